/* The tokens of a window that are labelled: all but the special ones. One stage of tools/pipeline/labeller.h. */
#ifndef GAZE_TOOLS_PIPELINE_LABELLED_TOKENS_H
#define GAZE_TOOLS_PIPELINE_LABELLED_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/tokens.h"
#include "tools/pipeline/pipeline.h"

/* All arrays have `count` elements, or count * C. */
typedef struct gaze_labelled_tokens {
    size_t count;
    size_t *index;        /* in the window */
    float *scores;        /* (count, C) */
    bool *subword;        /* belongs to the word before it */
    const char **strings; /* in the vocabulary; of an unknown token what stands in the text */
    size_t *lengths;      /* bytes */
} gaze_labelled_tokens;

/* logits (T,C). The arrays lie in the arena; the strings themselves are the tokenizer's and the input's.
 * Errors: MEMORY. */
gaze_status gaze_labelled_tokens_init(gaze_labelled_tokens *tokens, gaze_arena *arena,
                                      const gaze_tokenizer *tokenizer, const gaze_input *input,
                                      const gaze_tokens *window, const float *logits, size_t C,
                                      gaze_error *err);

#endif
