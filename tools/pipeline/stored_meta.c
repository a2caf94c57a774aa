#include "tools/pipeline/stored_meta.h"

#include <stdint.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/utf8.h"

/* The lists of one input, one element a token; NULL where the file has none. */
typedef struct lists {
    const gaze_json_value *tokens, *spans, *word_ids, *sequence_ids;
} lists;

static const gaze_json_value *element(const gaze_json_value *array, size_t index) {
    const gaze_json_value *v = array && array->type == GAZE_JSON_ARRAY ? gaze_json_first(array) : NULL;
    while (v && index-- > 0) v = v->next;
    return v;
}

/* The list of input `input` under a key; as long as the tokens are, or absent. */
static gaze_status find_list(const gaze_json_value **list, const gaze_json_value *root, const char *key,
                             size_t input, size_t length, gaze_error *err) {
    const gaze_json_value *all = gaze_json_get(root, key);
    *list = NULL;
    if (!all || all->type == GAZE_JSON_NULL) return GAZE_OK;
    *list = element(all, input);
    if (!*list || (*list)->type != GAZE_JSON_ARRAY || (*list)->count != length)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "meta: '%s' of input %zu: %s, expected an array of %zu elements", key,
                         input, gaze_json_kind(*list), length);
    return GAZE_OK;
}

static gaze_status find_lists(lists *l, const gaze_json_value *root, size_t input, size_t *inputs,
                              gaze_error *err) {
    const gaze_json_value *all = gaze_json_get(root, "tokens");
    if (!all)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                         "meta has no 'tokens'; a figure needs them for its labels (gaze dump and "
                         "tools/export_hf.py write them for texts)");
    if (all->type != GAZE_JSON_ARRAY)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "meta: 'tokens' is %s, expected an array", gaze_json_kind(all));
    *inputs = all->count;
    if (input >= all->count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "there is no input %zu; the file holds %zu, counted from 0", input,
                         (size_t)all->count);
    l->tokens = element(all, input);
    if (l->tokens->type != GAZE_JSON_ARRAY || l->tokens->count == 0)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "meta: 'tokens' of input %zu: expected an array of strings", input);
    size_t length = l->tokens->count;
    gaze_status status = find_list(&l->spans, root, "spans", input, length, err);
    if (!status) status = find_list(&l->word_ids, root, "word_ids", input, length, err);
    if (!status) status = find_list(&l->sequence_ids, root, "sequence_ids", input, length, err);
    return status;
}

/* Texts ---------------------------------------------------------------------------------------------- */

/* A string of the tree, copied; NULL when it is none. */
static gaze_status copy_string(const char **out, size_t *length, gaze_stored_meta *meta,
                               const gaze_json_value *value, gaze_error *err) {
    *out = NULL;
    if (!value || value->type != GAZE_JSON_STRING) return GAZE_OK;
    *length = value->length;
    *out = gaze_arena_copy_string(&meta->memory, value->as.text, value->length);
    return *out ? GAZE_OK : gaze_fail_memory(err);
}

/* "path/to/bert-base-uncased/" -> "bert-base-uncased"; the name of a hub's model stays as it is. */
static gaze_status copy_model_name(gaze_stored_meta *meta, const gaze_json_value *value, gaze_error *err) {
    if (!value || value->type != GAZE_JSON_STRING || value->length == 0) return GAZE_OK;
    const char *text = value->as.text;
    size_t end = value->length, slashes = 0;
    while (end > 1 && text[end - 1] == '/') end--;
    size_t start = end;
    while (start > 0 && text[start - 1] != '/') start--;
    for (size_t i = 0; i < end; i++) slashes += text[i] == '/';
    if (slashes < 2 && text[0] != '/' && text[0] != '.') start = 0;
    meta->model = gaze_arena_copy_string(&meta->memory, text + start, end - start);
    return meta->model ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status read_texts(gaze_stored_meta *meta, const gaze_json_value *root, size_t input, gaze_error *err) {
    const gaze_json_value *text = element(gaze_json_get(root, "texts"), input);
    const gaze_json_value *pair = element(text, 1);
    size_t length;
    if (text && text->type == GAZE_JSON_ARRAY) text = element(text, 0);
    gaze_status status = copy_string(&meta->input.text, &meta->input.text_length, meta, text, err);
    if (!status && meta->input.text)
        status = copy_string(&meta->input.pair, &meta->input.pair_length, meta, pair, err);
    if (!status) status = copy_model_name(meta, gaze_json_get(root, "model"), err);
    if (!status) status = copy_string(&meta->note, &length, meta, gaze_json_get(root, "note"), err);
    return status;
}

/* Tokens --------------------------------------------------------------------------------------------- */

/* [3, 7], or (0,0) without one. */
static bool read_span(gaze_span *span, const gaze_json_value *value) {
    uint64_t start, end;
    *span = (gaze_span){0, 0};
    if (!value) return true;
    if (value->type != GAZE_JSON_ARRAY || value->count != 2) return false;
    if (!gaze_json_uint64(element(value, 0), &start) || !gaze_json_uint64(element(value, 1), &end)) return false;
    if (start > end || end > SIZE_MAX / 2) return false;
    *span = (gaze_span){(size_t)start, (size_t)end};
    return true;
}

/* A whole number, or `none` for null and for no list at all. */
static bool read_id(int32_t *id, const gaze_json_value *value, int32_t none) {
    int64_t number;
    *id = none;
    if (!value || value->type == GAZE_JSON_NULL) return true;
    if (!gaze_json_int64(value, &number) || number < 0 || number > INT32_MAX) return false;
    *id = (int32_t)number;
    return true;
}

/* Code points to bytes; past the end of the text, its end. */
static size_t byte_offset(const char *text, size_t length, size_t chars) {
    size_t at = 0;
    uint32_t c;
    while (chars-- > 0 && at < length) at += gaze_utf8_decode(text + at, length - at, &c, NULL);
    return at;
}

static gaze_status read_token(gaze_token *token, const gaze_json_value *const values[4], size_t index,
                              gaze_error *err) {
    *token = (gaze_token){.id = -1, .attention = 1};
    if (values[0]->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "meta: token %zu is %s, expected a string", index,
                         gaze_json_kind(values[0]));
    token->string = values[0]->as.text;
    token->string_length = values[0]->length;
    if (!read_span(&token->chars, values[1]))
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "meta: span %zu: expected [start, end]", index);
    if (!read_id(&token->word_id, values[2], GAZE_NO_WORD) ||
        !read_id(&token->sequence_id, values[3], GAZE_NO_SEQUENCE))
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "meta: word or sequence id of token %zu: expected a number or null",
                         index);
    return GAZE_OK;
}

static gaze_status read_tokens(gaze_tokens *tokens, const lists *l, gaze_error *err) {
    const gaze_json_value *at[4] = {gaze_json_first(l->tokens), gaze_json_first(l->spans),
                                    gaze_json_first(l->word_ids), gaze_json_first(l->sequence_ids)};
    for (size_t i = 0; at[0]; i++) {
        gaze_token token;
        gaze_status status = read_token(&token, at, i, err);
        if (!status) status = gaze_tokens_append(tokens, &token, err);
        if (status) return status;
        for (int k = 0; k < 4; k++) at[k] = at[k] ? at[k]->next : NULL;
    }
    return GAZE_OK;
}

/* What the file does not say ------------------------------------------------------------------------- */

static bool stands_nowhere(const gaze_tokens *t, size_t i) {
    return t->chars[i].start == t->chars[i].end;
}

/* Special tokens stand nowhere in the text; the second text begins behind the first ones that follow a text. */
static void guess_sequences(gaze_tokens *t, bool has_spans, bool pair) {
    int32_t sequence = 0;
    bool text_seen = false;
    for (size_t i = 0; i < t->count; i++) {
        bool nowhere = has_spans && stands_nowhere(t, i);
        if (nowhere && text_seen && pair) sequence = 1;
        if (!nowhere) text_seen = true;
        t->sequence_ids[i] = nowhere ? GAZE_NO_SEQUENCE : sequence;
    }
}

/* "##ing" continues the word that ends where it begins. */
static bool continues_word(const gaze_tokens *t, size_t i, bool has_spans) {
    return i > 0 && has_spans && !t->special[i] && t->sequence_ids[i] == t->sequence_ids[i - 1] &&
           t->chars[i].start == t->chars[i - 1].end && t->string_lengths[i] > 2 &&
           memcmp(t->strings[i], "##", 2) == 0;
}

static void guess_words(gaze_tokens *t, bool has_spans) {
    int32_t word = -1;
    for (size_t i = 0; i < t->count; i++) {
        if (!t->special[i] && !continues_word(t, i, has_spans)) word++;
        t->word_ids[i] = t->special[i] ? GAZE_NO_WORD : word;
    }
}

static void find_bytes(gaze_tokens *t, const gaze_input *input) {
    for (size_t i = 0; i < t->count; i++) {
        bool second = t->sequence_ids[i] == 1;
        const char *text = second ? input->pair : input->text;
        size_t length = second ? input->pair_length : input->text_length;
        if (!text || t->special[i]) continue;
        t->bytes[i].start = byte_offset(text, length, t->chars[i].start);
        t->bytes[i].end = byte_offset(text, length, t->chars[i].end);
    }
}

static void complete(gaze_stored_meta *meta, const lists *l) {
    gaze_tokens *t = &meta->tokens;
    if (!l->sequence_ids) guess_sequences(t, l->spans != NULL, meta->input.pair != NULL);
    for (size_t i = 0; i < t->count; i++) t->special[i] = t->sequence_ids[i] == GAZE_NO_SEQUENCE;
    if (!l->word_ids) guess_words(t, l->spans != NULL);
    find_bytes(t, &meta->input);
}

gaze_status gaze_stored_meta_read(gaze_stored_meta *meta, const void *json, size_t size, size_t input,
                                  gaze_error *err) {
    static const gaze_json_options lenient = {.lenient_text = true};
    gaze_json *tree = NULL;
    lists l = {0};
    *meta = (gaze_stored_meta){0};
    gaze_status status = gaze_json_parse(&tree, json, size, &lenient, err);
    if (status) return gaze_fail_prefix(err, status, "meta");
    status = find_lists(&l, gaze_json_root(tree), input, &meta->inputs, err);
    if (!status) status = read_tokens(&meta->tokens, &l, err);
    if (!status) status = read_texts(meta, gaze_json_root(tree), input, err);
    if (!status) complete(meta, &l);
    gaze_json_free(tree);
    if (status) gaze_stored_meta_deinit(meta);
    return status;
}

void gaze_stored_meta_deinit(gaze_stored_meta *meta) {
    gaze_tokens_deinit(&meta->tokens);
    gaze_arena_deinit(&meta->memory);
    *meta = (gaze_stored_meta){0};
}
