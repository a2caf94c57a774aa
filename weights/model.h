/* A model: a configuration and its parameters, opened from a Hugging Face directory.
 *
 *     gaze_model *model = NULL;
 *     if (gaze_model_open(&model, "path/to/bert-base-uncased", NULL, &err)) { puts(err.message); ... }
 *     gaze_model_config(model)->hidden_size ...
 *     gaze_model_close(model);
 *
 * Immutable after opening; may be shared by threads.
 */
#ifndef GAZE_WEIGHTS_MODEL_H
#define GAZE_WEIGHTS_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/tensor.h"
#include "core/model/config.h"
#include "core/model/params.h"

typedef struct gaze_model gaze_model;

/* Zero fields take the default. */
typedef struct gaze_model_options {
    bool read; /* copy the weights into memory instead of mapping the file; see core/base/file.h */
} gaze_model_options;

/* Opens config.json and model.safetensors (or its shards) of a directory. `options` may be NULL.
 * Fails, with the file's name in the message, as the readers of these files do; NOT_FOUND names the
 * files that were looked for. *out is NULL on failure. */
gaze_status gaze_model_open(gaze_model **out, const char *directory, const gaze_model_options *options,
                            gaze_error *err);
void gaze_model_close(gaze_model *model);

const gaze_config *gaze_model_config(const gaze_model *model);
const gaze_params *gaze_model_params(const gaze_model *model);
/* config.json as it stands in the file. */
const gaze_json_value *gaze_model_config_json(const gaze_model *model);

/* One tensor as the file has it. */
typedef struct gaze_model_tensor {
    const char *name; /* as in the file; may hold any character but NUL */
    gaze_tensor tensor;
    bool used; /* bound to a parameter */
} gaze_model_tensor;

/* All tensors of the files, in the order of their names. */
size_t gaze_model_tensor_count(const gaze_model *model);
const gaze_model_tensor *gaze_model_tensor_at(const gaze_model *model, size_t index);
/* Names of optional parameters (the pooler's) that no file holds. A missing required one is an error. */
size_t gaze_model_missing_count(const gaze_model *model);
const char *gaze_model_missing_at(const gaze_model *model, size_t index);

#endif
