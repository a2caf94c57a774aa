#include "tokenizer/vocabulary.h"

#include <assert.h>
#include <string.h>

#include "tokenizer/component.h"

static gaze_status read_id(int32_t *id, const gaze_json_value *token, gaze_error *err) {
    int64_t value;
    if (!gaze_json_int64(token->next, &value) || value < 0)
        return gaze_fail(
            err, GAZE_ERROR_SCHEMA, "vocab: the id of token '%.*s' is %s, expected a whole number from 0",
            GAZE_QUOTED(token), token->as.text,
            token->next->type == GAZE_JSON_NUMBER ? "negative or no integer" : gaze_json_kind(token->next));
    if (value > GAZE_MAX_ID)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "vocab: the id of token '%.*s' is %lld, at most %d is allowed", GAZE_QUOTED(token),
                         token->as.text, (long long)value, GAZE_MAX_ID);
    *id = (int32_t)value;
    return GAZE_OK;
}

/* Fills the map from strings to ids; `size` becomes the largest id + 1. */
static gaze_status read_ids(gaze_vocabulary *v, gaze_arena *arena, const gaze_json_value *json,
                            gaze_error *err) {
    for (const gaze_json_value *token = gaze_json_first(json); token; token = gaze_json_next_key(token)) {
        int32_t id = 0;
        gaze_status status = read_id(&id, token, err);
        if (status) return status;
        const char *string = gaze_arena_copy_string(arena, token->as.text, token->length);
        if (!string || !gaze_strmap_set(&v->ids, string, token->length, id, NULL))
            return gaze_fail_memory(err);
        if ((size_t)id >= v->size) v->size = (size_t)id + 1;
    }
    return GAZE_OK;
}

/* The other way, from ids to strings. */
static gaze_status invert(gaze_vocabulary *v, gaze_error *err) {
    v->entries = gaze_alloc_zero(v->size, sizeof *v->entries);
    if (!v->entries) return gaze_fail_memory(err);
    for (size_t i = 0; i < v->ids.capacity; i++) {
        const gaze_strmap_entry *slot = &v->ids.slots[i];
        if (!slot->key) continue;
        gaze_vocabulary_entry *entry = &v->entries[slot->value];
        if (entry->string)
            return gaze_fail(err, GAZE_ERROR_DUPLICATE, "vocab: tokens '%.*s' and '%.*s' both have the id %d",
                             GAZE_QUOTED(entry), entry->string, GAZE_QUOTED(slot), slot->key,
                             (int)slot->value);
        *entry = (gaze_vocabulary_entry){slot->key, slot->length};
    }
    return GAZE_OK;
}

gaze_status gaze_vocabulary_read(gaze_vocabulary *vocabulary, gaze_arena *arena, const gaze_json_value *json,
                                 gaze_error *err) {
    *vocabulary = (gaze_vocabulary){0};
    if (!json || json->type != GAZE_JSON_OBJECT)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'vocab' is %s, expected an object", gaze_json_kind(json));
    if (!json->count) return gaze_fail(err, GAZE_ERROR_SCHEMA, "'vocab' is empty");
    gaze_status status = read_ids(vocabulary, arena, json, err);
    if (!status) status = invert(vocabulary, err);
    vocabulary->count = vocabulary->ids.count;
    if (status) gaze_vocabulary_deinit(vocabulary);
    return status;
}

/* Appends one entry of a list. */
static gaze_status read_entry(gaze_vocabulary *v, gaze_arena *arena, const gaze_json_value *entry,
                              gaze_error *err) {
    const gaze_json_value *token = entry->type == GAZE_JSON_ARRAY ? gaze_json_first(entry) : NULL;
    if (!token || token->type != GAZE_JSON_STRING || entry->count != 2)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "vocab: entry %zu is no [token, score]", v->size);
    assert(v->size <= GAZE_MAX_ID); /* ["",0], is 7 bytes, of which 64 MB, the limit of a file, have no more */
    const char *string = gaze_arena_copy_string(arena, token->as.text, token->length);
    if (!string || !gaze_strmap_set(&v->ids, string, token->length, (int32_t)v->size, NULL))
        return gaze_fail_memory(err);
    v->entries[v->size++] = (gaze_vocabulary_entry){string, token->length};
    return GAZE_OK;
}

gaze_status gaze_vocabulary_read_list(gaze_vocabulary *vocabulary, gaze_arena *arena,
                                      const gaze_json_value *json, gaze_error *err) {
    *vocabulary = (gaze_vocabulary){0};
    gaze_status status = GAZE_OK;
    if (!json || json->type != GAZE_JSON_ARRAY || !json->count)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'vocab' is %s, expected an array that is not empty",
                         gaze_json_kind(json));
    vocabulary->entries = gaze_alloc(json->count, sizeof *vocabulary->entries);
    if (!vocabulary->entries) status = gaze_fail_memory(err);
    for (const gaze_json_value *entry = gaze_json_first(json); entry && !status; entry = entry->next)
        status = read_entry(vocabulary, arena, entry, err);
    vocabulary->count = vocabulary->size;
    if (status) gaze_vocabulary_deinit(vocabulary);
    return status;
}

void gaze_vocabulary_deinit(gaze_vocabulary *vocabulary) {
    gaze_strmap_deinit(&vocabulary->ids);
    gaze_free(vocabulary->entries);
    *vocabulary = (gaze_vocabulary){0};
}

int32_t gaze_vocabulary_id(const gaze_vocabulary *vocabulary, const char *token, size_t length) {
    int32_t id = -1;
    gaze_strmap_get(&vocabulary->ids, token, length, &id);
    return id;
}

gaze_vocabulary_entry gaze_vocabulary_token(const gaze_vocabulary *vocabulary, int32_t id) {
    if (id < 0 || (size_t)id >= vocabulary->size) return (gaze_vocabulary_entry){0};
    return vocabulary->entries[id];
}
