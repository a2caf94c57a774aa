/* Reading added tokens (Hugging Face tokenizers, tokenizer/added_vocabulary.rs: add_tokens). */
#include "tokenizer/added_tokens.h"

#include "tokenizer/component.h"

/* The list while it is read. */
typedef struct reading {
    gaze_added_tokens *added;
    gaze_arena *arena;
    const gaze_vocabulary *vocabulary;
    int32_t next_id; /* for a content that has none */
} reading;

static gaze_status read_flags(gaze_added_token *token, const gaze_json_value *json, gaze_error *err) {
    gaze_status status = gaze_field_bool(&token->single_word, json, "single_word", err);
    if (!status) status = gaze_field_bool(&token->lstrip, json, "lstrip", err);
    if (!status) status = gaze_field_bool(&token->rstrip, json, "rstrip", err);
    if (!status) status = gaze_field_bool(&token->normalized, json, "normalized", err);
    if (!status) status = gaze_field_bool(&token->special, json, "special", err);
    return status;
}

/* A content that is new to the list: a further item, with the id of the vocabulary or the next free one. */
static gaze_added_token *add_content(reading *r, const gaze_json_value *content) {
    gaze_added_tokens *added = r->added;
    gaze_added_token *token = &added->items[added->count];
    token->content = gaze_arena_copy_string(r->arena, content->as.text, content->length);
    token->length = content->length;
    if (!token->content ||
        !gaze_strmap_set(&added->by_content, token->content, token->length, (int32_t)added->count, NULL))
        return NULL;
    token->id = gaze_vocabulary_id(r->vocabulary, token->content, token->length);
    if (token->id < 0) token->id = r->next_id;
    if (token->id >= r->next_id) r->next_id = token->id + 1;
    added->count++;
    return token;
}

/* One entry of the file. Of a content that stands twice, the later flags count. */
static gaze_status read_token(reading *r, const gaze_json_value *json, gaze_error *err) {
    const gaze_json_value *content = NULL;
    gaze_added_token flags = {0};
    int32_t i;
    gaze_status status = gaze_field_string(&content, json, "content", err);
    if (!status) status = read_flags(&flags, json, err);
    if (status || !content->length) return status;
    gaze_added_token *token;
    if (gaze_strmap_get(&r->added->by_content, content->as.text, content->length, &i))
        token = &r->added->items[i];
    else if (!(token = add_content(r, content)))
        return gaze_fail_memory(err);
    token->single_word = flags.single_word;
    token->lstrip = flags.lstrip;
    token->rstrip = flags.rstrip;
    token->normalized = flags.normalized;
    token->special = flags.special;
    return GAZE_OK;
}

static gaze_status read_all(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_status status = GAZE_OK;
    if (!json || json->type == GAZE_JSON_NULL) return GAZE_OK;
    if (json->type != GAZE_JSON_ARRAY)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected an array", gaze_json_kind(json));
    r->added->items = gaze_alloc_zero(json->count, sizeof *r->added->items);
    if (!r->added->items) return gaze_fail_memory(err);
    for (const gaze_json_value *entry = gaze_json_first(json); entry && !status; entry = entry->next)
        status = read_token(r, entry, err);
    return status;
}

static gaze_status index_by_id(gaze_added_tokens *added, const gaze_vocabulary *vocabulary, gaze_error *err) {
    added->size = vocabulary->size;
    for (size_t i = 0; i < added->count; i++)
        if ((size_t)added->items[i].id >= added->size) added->size = (size_t)added->items[i].id + 1;
    added->by_id = gaze_alloc(added->size, sizeof *added->by_id);
    if (!added->by_id) return gaze_fail_memory(err);
    for (size_t id = 0; id < added->size; id++) added->by_id[id] = -1;
    for (size_t i = 0; i < added->count; i++) added->by_id[added->items[i].id] = (int32_t)i;
    return GAZE_OK;
}

/* What is searched for, and what decoding gives: the content, normalized if the token is. */
static gaze_status prepare(gaze_added_token *token, gaze_literal *sought, gaze_arena *arena,
                           const gaze_normalizers *normalizers, gaze_error *err) {
    gaze_normalized text = {0};
    gaze_buffer utf8 = {0};
    uint32_t *byte_at = NULL, *code_points = NULL;
    gaze_status status = gaze_normalized_decode(&text, &byte_at, token->content, token->length, err);
    if (!status && token->normalized) status = gaze_normalizers_apply(normalizers, &text, err);
    if (!status && !text.count)
        status = gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "the normalizers leave nothing of '%.80s'",
                           token->content);
    if (status) goto cleanup;
    gaze_chars_encode(&utf8, text.chars, text.count);
    token->decoded_length = utf8.length;
    code_points = gaze_arena_alloc(arena, text.count, sizeof *code_points);
    if (!utf8.failed) token->decoded = gaze_arena_copy_string(arena, utf8.data, utf8.length);
    if (!code_points || !token->decoded) {
        status = gaze_fail_memory(err);
        goto cleanup;
    }
    for (size_t i = 0; i < text.count; i++) code_points[i] = text.chars[i].code_point;
    *sought = (gaze_literal){code_points, text.count};
cleanup:
    gaze_normalized_deinit(&text);
    gaze_buffer_deinit(&utf8);
    gaze_free(byte_at);
    return status;
}

/* The matcher of the tokens whose `normalized` is this. */
static gaze_status build_matcher(gaze_matcher *matcher, gaze_added_tokens *added, bool normalized,
                                 gaze_arena *arena, const gaze_normalizers *normalizers, gaze_error *err) {
    gaze_matcher_key *keys = gaze_alloc(added->count, sizeof *keys);
    gaze_status status = keys ? GAZE_OK : gaze_fail_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < added->count && !status; i++) {
        if (added->items[i].normalized != normalized) continue;
        keys[count].value = (int32_t)i;
        status = prepare(&added->items[i], &keys[count++].literal, arena, normalizers, err);
    }
    if (status)
        gaze_free(keys);
    else
        gaze_matcher_init(matcher, keys, count);
    return status;
}

gaze_status gaze_added_tokens_read(gaze_added_tokens *added, gaze_arena *arena, const gaze_json_value *json,
                                   const gaze_vocabulary *vocabulary, const gaze_normalizers *normalizers,
                                   gaze_error *err) {
    *added = (gaze_added_tokens){0};
    reading r = {added, arena, vocabulary, (int32_t)vocabulary->count};
    gaze_status status = read_all(&r, json, err);
    if (!status) status = index_by_id(added, vocabulary, err);
    if (!status) status = build_matcher(&added->raw, added, false, arena, normalizers, err);
    if (!status) status = build_matcher(&added->normalized, added, true, arena, normalizers, err);
    if (!status) return GAZE_OK;
    gaze_added_tokens_deinit(added);
    return gaze_fail_prefix(err, status, "added_tokens");
}

void gaze_added_tokens_deinit(gaze_added_tokens *added) {
    gaze_free(added->items);
    gaze_strmap_deinit(&added->by_content);
    gaze_free(added->by_id);
    gaze_matcher_deinit(&added->raw);
    gaze_matcher_deinit(&added->normalized);
    *added = (gaze_added_tokens){0};
}

const gaze_added_token *gaze_added_token_by_id(const gaze_added_tokens *added, int32_t id) {
    if (id < 0 || (size_t)id >= added->size || added->by_id[id] < 0) return NULL;
    return &added->items[added->by_id[id]];
}

const gaze_added_token *gaze_added_token_by_content(const gaze_added_tokens *added, const char *content,
                                                    size_t length) {
    int32_t i;
    return gaze_strmap_get(&added->by_content, content, length, &i) ? &added->items[i] : NULL;
}
