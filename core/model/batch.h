/* A batch: the tokens of its sequences laid one after another. There is no padding anywhere inside.
 *
 *     starts     0        5          12       B = 2 sequences of T = 5 and 7 tokens, N = 12 in all
 *     ids        c t t t s  c t t t t t s
 *     positions  0 1 2 3 4  0 1 2 3 4 5 6
 */
#ifndef GAZE_CORE_MODEL_BATCH_H
#define GAZE_CORE_MODEL_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "core/model/config.h"

typedef struct gaze_batch {
    size_t count;       /* B: sequences */
    bool typed;         /* type ids are an input of the model; otherwise all are 0 */
    size_t *starts;     /* (B+1); starts[B] is N, the number of tokens in all */
    int32_t *ids;       /* (N) */
    int32_t *positions; /* (N) rows of the position table */
    int32_t *types;     /* (N) rows of the token type table */
    int32_t *columns;   /* (N) places in the sequence as it came, its padding counted */
} gaze_batch;

/* Room for `count` sequences and `tokens` tokens, all 0. */
gaze_status gaze_batch_init(gaze_batch *batch, size_t count, size_t tokens, gaze_error *err);
void gaze_batch_deinit(gaze_batch *batch);

/* One sequence as it came, padding included: (length) each. */
typedef struct gaze_batch_row {
    const int32_t *ids;
    const int32_t *types;    /* NULL: all 0 */
    const uint8_t *attention; /* 0: padding; NULL: there is none */
    size_t length;
} gaze_batch_row;

/* Lays a sequence behind those already there: it becomes number `sequence`, for which, and for whose tokens,
 * there must be room. Padding (attention 0) is left out. Positions:
 *     BertEmbeddings      a token's column
 *     RobertaEmbeddings   pad_token_id + the number of tokens up to and with this one that are not the
 *                         padding token; the padding token itself has row pad_token_id, wherever it stands
 * Types are 0 where the model's table of them has one row, or there is none. Fails with TOO_LONG when the
 * sequence needs more positions than the model has; the message has both numbers. */
gaze_status gaze_batch_add(gaze_batch *batch, const gaze_config *config, size_t sequence,
                           const gaze_batch_row *row, gaze_error *err);

/* The batch of `count` token sequences; their type ids enter it when `typed`. Fails as gaze_batch_add and
 * gaze_batch_check do. */
gaze_status gaze_batch_from_tokens(gaze_batch *batch, const gaze_config *config, const gaze_tokens *sequences,
                                   size_t count, bool typed, gaze_error *err);

/* Refuses (ARGUMENT) ids, positions and types outside the tables of the model, and empty sequences. */
gaze_status gaze_batch_check(const gaze_batch *batch, const gaze_config *config, gaze_error *err);

size_t gaze_batch_length(const gaze_batch *batch, size_t sequence); /* T of one sequence */
size_t gaze_batch_longest(const gaze_batch *batch);                 /* largest T */

#endif
