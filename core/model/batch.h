/* A batch: the tokens of its sequences laid one after another. There is no padding anywhere inside.
 *
 *     starts     0        5          12       B = 2 sequences of T = 5 and 7 tokens, N = 12 in all
 *     ids        c t t t s  c t t t t t s
 *     positions  0 1 2 3 4  0 1 2 3 4 5 6
 */
#ifndef GAZE_CORE_MODEL_BATCH_H
#define GAZE_CORE_MODEL_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "core/model/config.h"

typedef struct gaze_batch {
    size_t count;       /* B: sequences */
    size_t *starts;     /* (B+1); starts[B] is N, the number of tokens in all */
    int32_t *ids;       /* (N) */
    int32_t *positions; /* (N) rows of the position table */
    int32_t *types;     /* (N) rows of the token type table */
} gaze_batch;

/* Room for `count` sequences and `tokens` tokens, all 0. */
gaze_status gaze_batch_init(gaze_batch *batch, size_t count, size_t tokens, gaze_error *err);
void gaze_batch_deinit(gaze_batch *batch);

/* The batch of `count` token sequences. Padding tokens (attention 0) are left out; a token's position is
 * its index in its sequence, as in Hugging Face's BertEmbeddings. Fails with TOO_LONG when a sequence has
 * more tokens than the model has positions (both numbers are named), and as gaze_batch_check does. */
gaze_status gaze_batch_from_tokens(gaze_batch *batch, const gaze_config *config,
                                   const gaze_tokens *sequences, size_t count, gaze_error *err);

/* Refuses (ARGUMENT) ids, positions and types outside the tables of the model, and empty sequences. */
gaze_status gaze_batch_check(const gaze_batch *batch, const gaze_config *config, gaze_error *err);

size_t gaze_batch_length(const gaze_batch *batch, size_t sequence); /* T of one sequence */
size_t gaze_batch_longest(const gaze_batch *batch);                 /* largest T */

#endif
