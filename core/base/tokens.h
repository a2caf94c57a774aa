/* Tokens: what the tokenizer makes of a text, and what tasks, explanations and pictures read.
 *
 * Mirrors Hugging Face's `Encoding`. All arrays have `count` elements and belong to the struct.
 * One struct stands for one sequence as the model sees it: a text or a pair, with the special tokens.
 */
#ifndef GAZE_CORE_BASE_TOKENS_H
#define GAZE_CORE_BASE_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

/* A half-open range [start, end) of the original text of the token's sequence. */
typedef struct gaze_span {
    size_t start;
    size_t end;
} gaze_span;

#define GAZE_NO_WORD     (-1) /* word_ids: a special or padding token */
#define GAZE_NO_SEQUENCE (-1) /* sequence_ids: likewise */

/* A zeroed struct is an empty sequence. */
typedef struct gaze_tokens {
    size_t count;
    int32_t *ids;
    char **strings;         /* token text: "##ing", "[CLS]"; terminated, string_lengths tells about NULs */
    size_t *string_lengths; /* bytes */
    gaze_span *bytes;       /* in the text of its sequence; (0,0) for special and padding tokens */
    gaze_span *chars;       /* the same in code points, as Hugging Face's `offsets` */
    int32_t *word_ids;      /* index of the word in its sequence, or GAZE_NO_WORD */
    int32_t *type_ids;      /* segment: 0, 1 */
    int32_t *sequence_ids;  /* 0: text, 1: pair, GAZE_NO_SEQUENCE */
    uint8_t *special;       /* 1: added by the template or by padding (special_tokens_mask) */
    uint8_t *attention;     /* 0: padding (attention_mask) */
    struct gaze_tokens *overflow; /* windows that truncation cut off, in Hugging Face's order */
    size_t overflow_count;
    /* private */
    size_t capacity;
    struct gaze_arena *arena; /* owns the strings; NULL while there are none */
} gaze_tokens;

/* One token to append; the string is copied. */
typedef struct gaze_token {
    int32_t id;
    const char *string;
    size_t string_length;
    gaze_span bytes;
    gaze_span chars;
    int32_t word_id;
    int32_t type_id;
    int32_t sequence_id;
    uint8_t special;
    uint8_t attention;
} gaze_token;

gaze_status gaze_tokens_append(gaze_tokens *tokens, const gaze_token *token, gaze_error *err);
/* The i-th token; its string is borrowed from `tokens`. */
gaze_token gaze_tokens_at(const gaze_tokens *tokens, size_t i);
/* Appends tokens [start, end) of `from`. */
gaze_status gaze_tokens_append_range(gaze_tokens *tokens, const gaze_tokens *from, size_t start,
                                     size_t end, gaze_error *err);
void gaze_tokens_deinit(gaze_tokens *tokens); /* overflow included */

#endif
