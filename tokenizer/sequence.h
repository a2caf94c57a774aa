/* One text as the model tokenized it: before truncation, and before the template adds special tokens. */
#ifndef GAZE_TOKENIZER_SEQUENCE_H
#define GAZE_TOKENIZER_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/memory.h"
#include "tokenizer/normalized.h"

/* A token that was found in the text. */
typedef struct gaze_found {
    int32_t id;
    uint32_t start, end; /* code points of the original text */
    uint32_t word;       /* index of the piece that it comes from */
    const char *string;  /* NULL: the vocabulary's; an added token's is the slice of the text */
    size_t string_length;
} gaze_found;

/* The UTF-8 of one word, and the byte at which each of its chars begins. */
typedef struct gaze_word {
    char *bytes;
    uint32_t *byte_at; /* [count + 1] */
    size_t count;      /* chars */
    size_t capacity;
} gaze_word;

/* Memory that a model uses again for each word. A zeroed struct has none. */
typedef struct gaze_scratch {
    void *bytes;
    size_t capacity;
} gaze_scratch;

/* A zeroed struct is empty. */
typedef struct gaze_sequence {
    gaze_found *tokens;
    size_t count;
    size_t capacity;
    uint32_t *byte_at;       /* byte of the original text at which a code point begins, and its length */
    gaze_arena strings;      /* of added tokens */
    gaze_word word;          /* scratch for the model, */
    gaze_scratch scratch[2]; /* and more of it */
} gaze_sequence;

void gaze_sequence_deinit(gaze_sequence *sequence);
/* Appends a token that covers chars[0] to chars[count - 1]; count > 0. False: out of memory. */
bool gaze_sequence_push(gaze_sequence *sequence, int32_t id, const gaze_char *chars, size_t count);
/* Encodes chars into the word. False: out of memory. */
bool gaze_word_set(gaze_word *word, const gaze_char *chars, size_t count);
/* Room for `count` things of `size` bytes, aligned for any type, valid until the next call; what is in it is
 * undefined. NULL: out of memory. */
void *gaze_scratch_get(gaze_scratch *scratch, size_t count, size_t size);

#endif
