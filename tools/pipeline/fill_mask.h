/* Fill-mask: what may stand where a text has a mask (transformers: FillMaskPipeline).
 *
 *     hidden (N,D) -> rows of the masked tokens (R,D) -> logits (R,V) -> p = softmax(logits) -> the best k of each
 *
 * Only the masked tokens go through the head: its matrix is as large as a few layers.
 *
 *     gaze_mask_filler filler = {0};
 *     gaze_mask_filler_init(&filler, pipeline, 5, err);
 *     ... a forward pass ...
 *     gaze_mask_filler_rank(&filler, &run, threads, err);
 *     gaze_masks masks = gaze_mask_filler_of(&filler, &run, sequence);
 *     ... masks.count, masks.places[i], gaze_mask_fills(&filler, &masks, i)[j].score ...
 *     gaze_mask_filler_deinit(&filler);
 */
#ifndef GAZE_TOOLS_PIPELINE_FILL_MASK_H
#define GAZE_TOOLS_PIPELINE_FILL_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/tokens.h"
#include "core/task/topk.h"
#include "tools/pipeline/pipeline.h"

/* Zeroed: nothing is owned. */
typedef struct gaze_mask_filler {
    const gaze_pipeline *pipeline;
    int32_t mask_id;
    size_t top_k;     /* fills of a mask: at most the vocabulary, or the targets */
    int32_t *targets; /* ids that may fill a mask; NULL: every one */
    size_t target_count;
    /* of the last pass */
    size_t *rows;        /* (R) places of the masked tokens among the N of the pass */
    gaze_ranked *ranked; /* (R, top_k) */
    size_t count;        /* R */
} gaze_mask_filler;

/* The model must have a head for MaskedLM. NOT_FOUND when the tokenizer has no mask token. */
gaze_status gaze_mask_filler_init(gaze_mask_filler *filler, const gaze_pipeline *pipeline, size_t top_k,
                                  gaze_error *err);
void gaze_mask_filler_deinit(gaze_mask_filler *filler);

/* Limits the fills to some tokens: words, with commas between them. A word that is no token stands for its first
 * token. Errors: NOT_FOUND for a word that has no token at all. */
gaze_status gaze_mask_filler_limit(gaze_mask_filler *filler, const char *words, gaze_error *err);

/* How this model spells a mask: "[MASK]", "<mask>". Borrowed. */
const char *gaze_mask_filler_spelling(const gaze_mask_filler *filler);

/* Ranks the fills of every masked token of a pass; what was there of an earlier one is forgotten. Errors: MEMORY. */
gaze_status gaze_mask_filler_rank(gaze_mask_filler *filler, const gaze_run *run, int threads,
                                  gaze_error *err);

/* The masks of one sequence. */
typedef struct gaze_masks {
    size_t first; /* among those of the pass */
    size_t count;
    const size_t *rows; /* (count) */
    size_t start;       /* row of the sequence's first token: mask i is token rows[i] - start */
} gaze_masks;

gaze_masks gaze_mask_filler_of(const gaze_mask_filler *filler, const gaze_run *run, size_t sequence);
/* The fills of mask i, best first: filler->top_k of them; `index` is the token's id. */
const gaze_ranked *gaze_mask_fills(const gaze_mask_filler *filler, const gaze_masks *masks, size_t i);

/* Appends the text of the tokens with `id` in the place `at`, without padding; with one mask in it without special
 * tokens too, otherwise the other masks would be lost. Errors: MEMORY. */
gaze_status gaze_mask_sequence(gaze_buffer *out, const gaze_mask_filler *filler, const gaze_tokens *tokens,
                               size_t at, int32_t id, bool single, gaze_error *err);

#endif
