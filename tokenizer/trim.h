/* Trimming: the space in a token such as _the (_ is U+0120) is not to count in its offsets. (Hugging Face:
 * pre_tokenizers/byte_level.rs, process_offsets.)
 *
 *     text "a the"     tokens a (0,1) _the (1,5)  ->  a (0,1) _the (2,5)
 *
 * With add_prefix_space, the space at the beginning was not in the text, so the token there keeps its start.
 * The library recognises that token by being first, or by starting at 0; true spaces there are not trimmed
 * either.
 */
#ifndef GAZE_TOKENIZER_TRIM_H
#define GAZE_TOKENIZER_TRIM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/tokens.h"

#define GAZE_MAX_TRIMS 4

/* The processors that trim, one after the other. A zeroed struct leaves offsets alone. */
typedef struct gaze_trims {
    bool add_prefix_space[GAZE_MAX_TRIMS]; /* of each */
    size_t count;
} gaze_trims;

/* Trims the offsets of a token, the index-th of its window. */
void gaze_trim(gaze_span *offsets, const gaze_trims *trims, size_t index, const char *token, size_t length);

#endif
