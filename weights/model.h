/* A model: a configuration and its parameters, opened from a Hugging Face directory.
 *
 *     gaze_model *model = NULL;
 *     if (gaze_model_open(&model, "path/to/bert-base-uncased", NULL, &err)) return puts(err.message);
 *     ... gaze_model_config(model)->hidden_size, gaze_model_params(model)->word_embeddings ...
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
    bool read;           /* copy the weights into memory instead of mapping the files: slower to open,
                            but safe when another process shortens a file (core/base/file.h) */
    size_t memory_limit; /* bytes that the weights may take, mapped or copied; 0: no limit */
} gaze_model_options;

/* Opens config.json and model.safetensors (or its shards) of a directory. `options` may be NULL. A hub name
 * becomes a directory by gaze_model_dir_find (weights/model_dir.h). Every message begins with the path of
 * the file that it is about. Errors: NOT_FOUND names the files that were looked for, or the tensors that
 * are missing; UNSUPPORTED names the model type, or says how to convert other weights; LIMIT when the
 * weights exceed the memory; SHAPE; and those of weights/config_json.h, weights/safetensors.h,
 * weights/shards.h and weights/bind.h. *out is NULL on failure. */
gaze_status gaze_model_open(gaze_model **out, const char *directory, const gaze_model_options *options,
                            gaze_error *err);

/* The bytes of a model that lies in memory, which must outlive the model. */
typedef struct gaze_model_files {
    const void *config_json;
    size_t config_json_size;
    const void *safetensors;
    size_t safetensors_size;
} gaze_model_files;

/* The same from memory. */
gaze_status gaze_model_open_files(gaze_model **out, const gaze_model_files *files, gaze_error *err);

void gaze_model_close(gaze_model *model);

const gaze_config *gaze_model_config(const gaze_model *model);
const gaze_params *gaze_model_params(const gaze_model *model);
/* config.json as it stands in the file. */
const gaze_json_value *gaze_model_config_json(const gaze_model *model);

/* The name of a label, index < num_labels: id2label's, else "LABEL_0", ... */
const char *gaze_model_label(const gaze_model *model, size_t index);
/* Whether the head of the configuration's task is there, complete. */
bool gaze_model_has_head(const gaze_model *model);

/* One tensor as the file has it: little-endian, at any alignment. */
typedef struct gaze_model_tensor {
    const char *name; /* as in the file; may hold any character but NUL */
    const char *file; /* the name of its file: "model.safetensors" */
    gaze_tensor tensor;
    bool used; /* bound to a parameter */
} gaze_model_tensor;

/* All tensors of the files, in the order of their names. */
size_t gaze_model_tensor_count(const gaze_model *model);
const gaze_model_tensor *gaze_model_tensor_at(const gaze_model *model, size_t index);

/* Names of parameters that a model may lack (the pooler's, the head's) and no file holds. Any other missing
 * one is an error. */
size_t gaze_model_missing_count(const gaze_model *model);
const char *gaze_model_missing_at(const gaze_model *model, size_t index);

/* What is odd about the files, but no error: a sentence each, without a newline. */
size_t gaze_model_notice_count(const gaze_model *model);
const char *gaze_model_notice_at(const gaze_model *model, size_t index);

/* Looks at every parameter; FORMAT names the first that holds a NaN or an infinity, and where. This reads
 * all weights, which opening does not. */
gaze_status gaze_model_check_finite(const gaze_model *model, gaze_error *err);

#endif
