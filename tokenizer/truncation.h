/* Truncation: which ranges of tokens of a text, or of a pair, fit into max_length. */
#ifndef GAZE_TOKENIZER_TRUNCATION_H
#define GAZE_TOKENIZER_TRUNCATION_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "tokenizer/tokenizer.h"

/* The windows that truncation leaves of one sequence: window 0 is what stays, the others are its overflow.
 * Neighbours share `stride` tokens.
 *
 *     10 tokens, size 4, stride 1     right: [0,4) [3,7) [6,10)     left: [6,10) [3,7) [0,4)
 */
typedef struct gaze_windows {
    size_t count;
    size_t tokens; /* of the whole sequence */
    size_t size;
    size_t stride;
    gaze_side side;
} gaze_windows;

/* The i-th window, as a range of tokens. */
gaze_span gaze_window_at(const gaze_windows *windows, size_t i);

/* Truncates a sequence of tokens[0], or a pair (pair = true) of tokens[0] and tokens[1], to max_length less
 * the `added` special tokens. ARGUMENT, in Hugging Face's words where it has some, when that cannot be. */
gaze_status gaze_truncate(gaze_windows windows[2], const size_t tokens[2], bool pair, size_t added,
                          const gaze_truncation *truncation, gaze_error *err);

#endif
