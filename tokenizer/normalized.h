/* Text on its way through the pipeline: code points, each of which knows where it came from.
 *
 * Every char carries `start` and `end`, the code points of the original text that it stands for; at first
 * its own place. Normalizers delete, replace and insert chars, and keep these alignments by one rule
 * (Hugging Face: NormalizedString::transform), so that a token's offsets are always
 *
 *     (chars[first].start, chars[last].end)
 *
 *     original   N  a  i  U+0308  v  e       alignment of the normalized "naive":
 *                0  1  2  3       4  5       n (0,1)  a (1,2)  i (2,3)  v (4,5)  e (5,6)
 *
 * A text that cannot grow for lack of memory remembers that, and a chain of pushes is asked once at its end.
 */
#ifndef GAZE_TOKENIZER_NORMALIZED_H
#define GAZE_TOKENIZER_NORMALIZED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

typedef struct gaze_char {
    uint32_t code_point;
    uint32_t start, end;
} gaze_char;

/* A zeroed struct is an empty text. */
typedef struct gaze_normalized {
    gaze_char *chars;
    size_t count;
    size_t capacity;
    bool failed; /* an allocation failed on the way */
} gaze_normalized;

void gaze_normalized_deinit(gaze_normalized *text);
void gaze_normalized_push(gaze_normalized *text, uint32_t code_point, uint32_t start, uint32_t end);
void gaze_normalized_append(gaze_normalized *text, const gaze_char *chars, size_t count);
/* GAZE_OK, or GAZE_ERROR_MEMORY when a push failed. */
gaze_status gaze_normalized_status(const gaze_normalized *text, gaze_error *err);
/* Ends a step that wrote its result beside its input: *text becomes *result, which is emptied. */
gaze_status gaze_normalized_replace(gaze_normalized *text, gaze_normalized *result, gaze_error *err);

/* Reads bytes into an empty text, ill-formed UTF-8 as U+FFFD. (*byte_at)[i] is the byte where code point i
 * begins, (*byte_at)[count] is `length`; freed by the caller. LIMIT: a text of 2 GiB or more. */
gaze_status gaze_normalized_decode(gaze_normalized *text, uint32_t **byte_at, const char *bytes,
                                   size_t length, gaze_error *err);
/* Appends the chars as UTF-8. */
void gaze_chars_encode(gaze_buffer *out, const gaze_char *chars, size_t count);

/* Code points that a file gave: the content of a replacement, a pattern, an added token. */
typedef struct gaze_literal {
    const uint32_t *code_points;
    size_t count;
} gaze_literal;

/* What becomes of the source at one char of the new text:
 *      1: the char is inserted, and shares the alignment of the source char before it
 *      0: it replaces one source char
 *     -n: it replaces one and swallows the n behind it */
typedef struct gaze_change {
    uint32_t code_point;
    int32_t change;
} gaze_change;

/* Replaces the text by `count` changes, which together consume all of it. */
gaze_status gaze_normalized_transform(gaze_normalized *text, const gaze_change *changes, size_t count,
                                      gaze_error *err);

#endif
