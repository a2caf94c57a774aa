/* A record read back from a file: the arrays of `gaze dump` or tools/export_hf.py, and the array "meta", which
 * names their tokens.
 *
 *     attentions.l, scores.l       (B,H,T,T)
 *     queries.l, keys.l, values.l  (B,H,T,K)
 *     hidden_states.l              (B,T,D)
 *     attention_mask, token_type_ids (B,T), where there is padding, and for pairs
 *     meta   {"tokens": [["[CLS]", ...], ...], "texts": [text or [text, pair], ...], "spans": [[[0, 3], ...], ...],
 *             "word_ids", "sequence_ids": [[null, 0, ...], ...], "model": "...", "note": "..."}
 *
 * Of meta only "tokens" is required. Without word_ids, pieces that begin with "##" and touch the piece before
 * them continue its word. One input of the batch is taken out, its padding left behind.
 */
#ifndef GAZE_TOOLS_PIPELINE_STORED_H
#define GAZE_TOOLS_PIPELINE_STORED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "tools/pipeline/pipeline.h"

typedef struct gaze_stored gaze_stored;

/* What can be read of a layer, as the bits of gaze_record_what. */
typedef enum gaze_stored_series {
    GAZE_STORED_HIDDEN_STATES,
    GAZE_STORED_ATTENTIONS,
    GAZE_STORED_SCORES,
    GAZE_STORED_QUERIES,
    GAZE_STORED_KEYS,
    GAZE_STORED_VALUES,
    GAZE_STORED_SERIES
} gaze_stored_series;

/* Input number `input` of a file. Errors, which begin with the path: those of gaze_npz_open; NOT_FOUND (no meta, no
 * tokens, no attentions at all); SCHEMA (meta is not as above); ARGUMENT (no such input). */
gaze_status gaze_stored_open(gaze_stored **out, const char *path, size_t input, gaze_error *err);
void gaze_stored_close(gaze_stored *stored);

/* One more than the highest layer whose attentions are there; the heads of each. */
size_t gaze_stored_layers(const gaze_stored *stored);
size_t gaze_stored_heads(const gaze_stored *stored);
const gaze_tokens *gaze_stored_tokens(const gaze_stored *stored);
const gaze_input *gaze_stored_input(const gaze_stored *stored);
const char *gaze_stored_model(const gaze_stored *stored); /* NULL: not said */
const char *gaze_stored_note(const gaze_stored *stored);  /* likewise */

/* Takes the arrays of these layers out of the file. `what`: gaze_record_what. Errors: NOT_FOUND (the array is not in
 * the file; the message says which layers are), SHAPE, MEMORY. */
gaze_status gaze_stored_read(gaze_stored *stored, unsigned what, const bool *layers, gaze_error *err);
/* An array that was read, and its last dimension (T, K or D); NULL when it was not. */
const float *gaze_stored_array(const gaze_stored *stored, gaze_stored_series series, size_t layer,
                               size_t *columns);

#endif
