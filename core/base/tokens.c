#include "core/base/tokens.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/memory.h"

/* Grows one array of the struct, given the address of its pointer; the others stay usable when it fails.
 * The pointer is copied byte by byte, since its type differs from call to call. */
static bool grow(void *pointer_to_array, size_t capacity, size_t size) {
    void *array;
    memcpy(&array, pointer_to_array, sizeof array);
    void *grown = gaze_realloc(array, capacity, size);
    if (grown) memcpy(pointer_to_array, &grown, sizeof grown);
    return grown != NULL;
}

static bool reserve(gaze_tokens *t, size_t needed) {
    if (!t->arena && !(t->arena = gaze_alloc_zero(1, sizeof *t->arena))) return false;
    if (needed <= t->capacity) return true;
    size_t capacity = t->capacity ? t->capacity : 16;
    while (capacity < needed)
        if (!gaze_size_mul(capacity, 2, &capacity)) return false;
    bool ok = grow(&t->ids, capacity, sizeof *t->ids) && grow(&t->strings, capacity, sizeof *t->strings) &&
              grow(&t->string_lengths, capacity, sizeof *t->string_lengths) &&
              grow(&t->bytes, capacity, sizeof *t->bytes) && grow(&t->chars, capacity, sizeof *t->chars) &&
              grow(&t->word_ids, capacity, sizeof *t->word_ids) &&
              grow(&t->type_ids, capacity, sizeof *t->type_ids) &&
              grow(&t->sequence_ids, capacity, sizeof *t->sequence_ids) &&
              grow(&t->special, capacity, sizeof *t->special) &&
              grow(&t->attention, capacity, sizeof *t->attention);
    if (ok) t->capacity = capacity;
    return ok;
}

gaze_status gaze_tokens_append(gaze_tokens *tokens, const gaze_token *token, gaze_error *err) {
    if (!reserve(tokens, tokens->count + 1)) return gaze_fail_memory(err);
    char *string = gaze_arena_copy_string(tokens->arena, token->string, token->string_length);
    if (!string) return gaze_fail_memory(err);
    size_t i = tokens->count++;
    tokens->ids[i] = token->id;
    tokens->strings[i] = string;
    tokens->string_lengths[i] = token->string_length;
    tokens->bytes[i] = token->bytes;
    tokens->chars[i] = token->chars;
    tokens->word_ids[i] = token->word_id;
    tokens->type_ids[i] = token->type_id;
    tokens->sequence_ids[i] = token->sequence_id;
    tokens->special[i] = token->special;
    tokens->attention[i] = token->attention;
    return GAZE_OK;
}

gaze_token gaze_tokens_at(const gaze_tokens *tokens, size_t i) {
    return (gaze_token){
        .id = tokens->ids[i],
        .string = tokens->strings[i],
        .string_length = tokens->string_lengths[i],
        .bytes = tokens->bytes[i],
        .chars = tokens->chars[i],
        .word_id = tokens->word_ids[i],
        .type_id = tokens->type_ids[i],
        .sequence_id = tokens->sequence_ids[i],
        .special = tokens->special[i],
        .attention = tokens->attention[i],
    };
}

gaze_status gaze_tokens_append_range(gaze_tokens *tokens, const gaze_tokens *from, size_t start,
                                     size_t end, gaze_error *err) {
    for (size_t i = start; i < end; i++) {
        gaze_token token = gaze_tokens_at(from, i);
        gaze_status status = gaze_tokens_append(tokens, &token, err);
        if (status) return status;
    }
    return GAZE_OK;
}

void gaze_tokens_deinit(gaze_tokens *tokens) {
    for (size_t i = 0; i < tokens->overflow_count; i++) gaze_tokens_deinit(&tokens->overflow[i]);
    gaze_free(tokens->overflow);
    gaze_free(tokens->ids);
    gaze_free(tokens->strings);
    gaze_free(tokens->string_lengths);
    gaze_free(tokens->bytes);
    gaze_free(tokens->chars);
    gaze_free(tokens->word_ids);
    gaze_free(tokens->type_ids);
    gaze_free(tokens->sequence_ids);
    gaze_free(tokens->special);
    gaze_free(tokens->attention);
    if (tokens->arena) gaze_arena_deinit(tokens->arena);
    gaze_free(tokens->arena);
    *tokens = (gaze_tokens){0};
}
