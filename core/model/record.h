/* A record: what the encoder computed on the way, kept for chosen layers.
 *
 * It is filled by a hook, so recording costs the forward pass one line. Each sequence of the batch has
 * its own arrays, contiguous and row-major, as they go into a .npy file.
 */
#ifndef GAZE_CORE_MODEL_RECORD_H
#define GAZE_CORE_MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/model/batch.h"
#include "core/model/config.h"
#include "core/model/hook.h"

/* What to keep; or-ed together. */
typedef enum gaze_record_what {
    GAZE_RECORD_HIDDEN_STATES = 1 << 0, /* (T, D), L+1 of them */
    GAZE_RECORD_ATTENTIONS = 1 << 1,    /* (H, T, T) a layer */
    GAZE_RECORD_SCORES = 1 << 2,        /* (H, T, T) a layer, scaled, before the softmax */
    GAZE_RECORD_QKV = 1 << 3,           /* queries, keys, values: (H, T, K) each a layer */
    GAZE_RECORD_ALL = (1 << 4) - 1
} gaze_record_what;

typedef struct gaze_record gaze_record;

/* Memory for one batch. `layers` (L) says which layers to keep, NULL for all; of layer l the hidden
 * states l and l+1 are kept. Errors: MEMORY (also when a size overflows). */
gaze_status gaze_record_new(gaze_record **out, const gaze_config *config, const gaze_batch *batch,
                            unsigned what, const bool *layers, gaze_error *err);
void gaze_record_free(gaze_record *record);

/* The hook that fills the record; hand it to gaze_encoder_forward with the same batch. */
gaze_hook gaze_record_hook(gaze_record *record);

/* Arrays of one sequence, in the shapes above; NULL when they were not kept. Borrowed. */
const float *gaze_record_hidden_state(const gaze_record *record, size_t index, size_t sequence);
const float *gaze_record_attentions(const gaze_record *record, size_t layer, size_t sequence);
const float *gaze_record_scores(const gaze_record *record, size_t layer, size_t sequence);
const float *gaze_record_queries(const gaze_record *record, size_t layer, size_t sequence);
const float *gaze_record_keys(const gaze_record *record, size_t layer, size_t sequence);
const float *gaze_record_values(const gaze_record *record, size_t layer, size_t sequence);

#endif
