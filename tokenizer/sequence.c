#include "tokenizer/sequence.h"

#include "core/base/utf8.h"
#include "tokenizer/grow.h"

void gaze_sequence_deinit(gaze_sequence *sequence) {
    gaze_free(sequence->tokens);
    gaze_free(sequence->byte_at);
    gaze_arena_deinit(&sequence->strings);
    gaze_free(sequence->word.bytes);
    gaze_free(sequence->word.byte_at);
    for (size_t i = 0; i < 2; i++) gaze_free(sequence->scratch[i].bytes);
    *sequence = (gaze_sequence){0};
}

bool gaze_sequence_push(gaze_sequence *sequence, int32_t id, const gaze_char *chars, size_t count) {
    gaze_found *tokens =
        gaze_grow(sequence->tokens, &sequence->capacity, sequence->count + 1, sizeof *tokens);
    if (!tokens) return false;
    sequence->tokens = tokens;
    tokens[sequence->count++] = (gaze_found){.id = id, .start = chars[0].start, .end = chars[count - 1].end};
    return true;
}

/* Room for `count` chars of four bytes each. */
static bool reserve_word(gaze_word *word, size_t count) {
    if (word->bytes && count <= word->capacity) return true;
    size_t capacity = count < 64 ? 64 : count, bytes_capacity;
    if (!gaze_size_mul(capacity, 4, &bytes_capacity)) return false;
    char *bytes = gaze_realloc(word->bytes, bytes_capacity, 1);
    if (bytes) word->bytes = bytes;
    uint32_t *byte_at = gaze_realloc(word->byte_at, capacity + 1, sizeof *byte_at);
    if (byte_at) word->byte_at = byte_at;
    if (!bytes || !byte_at) return false;
    word->capacity = capacity;
    return true;
}

bool gaze_word_set(gaze_word *word, const gaze_char *chars, size_t count) {
    if (!reserve_word(word, count)) return false;
    uint32_t length = 0;
    for (size_t i = 0; i < count; i++) {
        word->byte_at[i] = length;
        length += (uint32_t)gaze_utf8_encode(chars[i].code_point, word->bytes + length);
    }
    word->byte_at[count] = length;
    word->count = count;
    return true;
}

void *gaze_scratch_get(gaze_scratch *scratch, size_t count, size_t size) {
    size_t needed;
    if (!gaze_size_mul(count, size, &needed)) return NULL;
    void *bytes = gaze_grow(scratch->bytes, &scratch->capacity, needed, 1);
    if (bytes) scratch->bytes = bytes;
    return bytes;
}
