/* A model of any configuration with random parameters, in memory, and batches for it. */
#ifndef GAZE_TESTS_SUPPORT_TOY_MODEL_H
#define GAZE_TESTS_SUPPORT_TOY_MODEL_H

#include <stdbool.h>

#include "core/base/memory.h"
#include "core/model/batch.h"
#include "core/model/config.h"
#include "core/model/params.h"

typedef struct toy_model {
    gaze_config config;
    gaze_params params;
    gaze_arena arena; /* of the parameters' data */
    uint64_t seed;
    bool zero; /* all parameters 0 instead of random */
} toy_model;

/* Every parameter that the table gives such a model; a tied one is left absent where the configuration ties.
 * Matrices have gain 1.2, LayerNorm weights lie around 1, biases are small: attention is then neither
 * uniform nor all on one key, and the tokens of a sequence stay different from one another. */
void toy_model_init(toy_model *toy, const gaze_config *config, bool zero);
void toy_model_deinit(toy_model *toy);

/* Sequences of the given lengths, with made-up ids below 30 and two segments. */
gaze_batch toy_batch(const gaze_config *config, const size_t *lengths, size_t count);

#endif
