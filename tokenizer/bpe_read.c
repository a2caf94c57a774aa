/* Reading a BPE model: its settings, and the merges, whose order is their rank. */
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"
#include "tokenizer/component.h"
#include "tokenizer/token_model.h"

/* "a b", or ["a", "b"]. */
static gaze_status read_pair(gaze_string *left, gaze_string *right, const gaze_json_value *json,
                             gaze_error *err) {
    if (json->type == GAZE_JSON_ARRAY && json->count == 2) {
        const gaze_json_value *a = gaze_json_first(json), *b = a->next;
        *left = (gaze_string){a->as.text, a->length};
        *right = (gaze_string){b->as.text, b->length};
        if (a->type == GAZE_JSON_STRING && b->type == GAZE_JSON_STRING) return GAZE_OK;
    }
    const char *space = NULL;
    if (json->type == GAZE_JSON_STRING) space = memchr(json->as.text, ' ', json->length);
    if (space) {
        const size_t length = (size_t)(space - json->as.text);
        *left = (gaze_string){json->as.text, length};
        *right = (gaze_string){space + 1, json->length - length - 1};
        if (!memchr(right->text, ' ', right->length)) return GAZE_OK;
    }
    return gaze_fail(err, GAZE_ERROR_SCHEMA, "expected \"a b\" or [\"a\", \"b\"]");
}

static gaze_status read_id(uint32_t *id, const gaze_vocabulary *vocabulary, gaze_string token,
                           gaze_error *err) {
    int32_t found = gaze_vocabulary_id(vocabulary, token.text, token.length);
    *id = (uint32_t)found;
    if (found >= 0) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_SCHEMA, "'%.*s' is not in the vocabulary",
                     (int)(token.length < 80 ? token.length : 80), token.text);
}

/* The token that two become: the right one without its prefix. */
static gaze_status read_merged(uint32_t *id, const gaze_token_model *model, gaze_string left,
                               gaze_string right, gaze_buffer *both, gaze_error *err) {
    const size_t cut = model->bpe.prefix.length;
    if (right.length < cut)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'%.*s' is shorter than 'continuing_subword_prefix'",
                         (int)right.length, right.text);
    gaze_buffer_clear(both);
    gaze_buffer_append(both, left.text, left.length);
    gaze_buffer_append(both, right.text + cut, right.length - cut);
    gaze_status status = gaze_buffer_status(both, err);
    return status ? status : read_id(id, &model->vocabulary, (gaze_string){both->data, both->length}, err);
}

/* Of a pair that stands twice, the later rank counts. */
static gaze_status read_merge(gaze_token_model *model, const gaze_json_value *json, uint32_t rank,
                              gaze_buffer *both, gaze_error *err) {
    gaze_string left = {0}, right = {0};
    gaze_pair key = {0, 0}, value = {rank, 0};
    gaze_status status = read_pair(&left, &right, json, err);
    if (!status) status = read_id(&key.first, &model->vocabulary, left, err);
    if (!status) status = read_id(&key.second, &model->vocabulary, right, err);
    if (!status) status = read_merged(&value.second, model, left, right, both, err);
    if (status) return gaze_fail_prefix(err, status, "merge %u", (unsigned)rank);
    gaze_pair *place = gaze_pair_map_at(&model->bpe.merges, key);
    if (!place) return gaze_fail_memory(err);
    *place = value;
    return GAZE_OK;
}

/* The old form may have the comment of merges.txt in it. */
static bool is_comment(const gaze_json_value *json) {
    return json->type == GAZE_JSON_STRING && json->length >= 8 && memcmp(json->as.text, "#version", 8) == 0;
}

static gaze_status read_merges(gaze_token_model *model, const gaze_json_value *json, gaze_error *err) {
    gaze_buffer both = {0};
    gaze_status status = GAZE_OK;
    uint32_t rank = 0;
    if (!json || json->type != GAZE_JSON_ARRAY)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'merges' is %s, expected an array", gaze_json_kind(json));
    for (const gaze_json_value *m = gaze_json_first(json); m && !status; m = m->next)
        if (!is_comment(m)) status = read_merge(model, m, rank++, &both, err);
    gaze_buffer_deinit(&both);
    return status;
}

static gaze_status read_switch(bool *out, const gaze_json_value *json, const char *key, gaze_error *err) {
    *out = false;
    return gaze_field_is_absent(json, key) ? GAZE_OK : gaze_field_bool(out, json, key, err);
}

/* A string that may be absent: then *out stays as it is. */
static gaze_status read_string(gaze_string *out, gaze_arena *arena, const gaze_json_value *json,
                               const char *key, gaze_error *err) {
    const gaze_json_value *string = NULL;
    if (gaze_field_is_absent(json, key)) return GAZE_OK;
    gaze_status status = gaze_field_string(&string, json, key, err);
    if (status) return status;
    *out = (gaze_string){gaze_arena_copy_string(arena, string->as.text, string->length), string->length};
    return out->text ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status read_affix(gaze_string *out, gaze_arena *arena, const gaze_json_value *json,
                              const char *key, gaze_error *err) {
    *out = (gaze_string){"", 0};
    gaze_status status = read_string(out, arena, json, key, err);
    if (status || out->length <= GAZE_BPE_AFFIX) return status;
    return gaze_fail(err, GAZE_ERROR_LIMIT, "'%s' has %zu bytes, at most %d are allowed", key, out->length,
                     GAZE_BPE_AFFIX);
}

static gaze_status read_unknown(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    gaze_string *unk = &model->bpe.unk;
    gaze_status status = read_string(unk, arena, json, "unk_token", err);
    if (!status && unk->text) model->unk_id = gaze_vocabulary_id(&model->vocabulary, unk->text, unk->length);
    return status;
}

/* Dropout skips merges at random, which is for training. */
static gaze_status refuse_dropout(const gaze_json_value *json, gaze_error *err) {
    const gaze_json_value *dropout = gaze_json_get(json, "dropout");
    double value = 0;
    if (gaze_field_is_absent(json, "dropout")) return GAZE_OK;
    if (gaze_json_double(dropout, &value) && value == 0) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "'dropout' is not 0: what it gives is random");
}

static gaze_status read_settings(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                 gaze_error *err) {
    gaze_bpe *bpe = &model->bpe;
    gaze_status status = refuse_dropout(json, err);
    if (!status) status = read_unknown(model, arena, json, err);
    if (!status) status = read_affix(&bpe->prefix, arena, json, "continuing_subword_prefix", err);
    if (!status) status = read_affix(&bpe->suffix, arena, json, "end_of_word_suffix", err);
    if (!status) status = read_switch(&bpe->fuse_unk, json, "fuse_unk", err);
    if (!status) status = read_switch(&bpe->byte_fallback, json, "byte_fallback", err);
    if (!status) status = read_switch(&bpe->ignore_merges, json, "ignore_merges", err);
    if (!status && bpe->byte_fallback && (bpe->prefix.length || bpe->suffix.length))
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                         "'byte_fallback' together with a prefix or a suffix is not supported");
    return status;
}

/* The entries that are looked up again and again. */
static void index_entries(gaze_token_model *model) {
    char key[8];
    for (uint32_t c = 0; c < GAZE_BPE_CHARS; c++)
        model->bpe.char_ids[c] = gaze_vocabulary_id(&model->vocabulary, key, gaze_utf8_encode(c, key));
    for (unsigned byte = 0; byte < 256; byte++) {
        snprintf(key, sizeof key, "<0x%02X>", byte);
        model->bpe.byte_ids[byte] = gaze_vocabulary_id(&model->vocabulary, key, 6);
    }
}

gaze_status gaze_bpe_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                          gaze_error *err) {
    gaze_status status = read_settings(model, arena, json, err);
    if (status) return status;
    model->tokenize = gaze_bpe_tokenize;
    index_entries(model);
    return read_merges(model, gaze_json_get(json, "merges"), err);
}
