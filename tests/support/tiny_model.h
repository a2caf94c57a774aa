/* A small model of any family and task, built in memory, that a test may damage before it is written to a directory. */
#ifndef GAZE_TESTS_SUPPORT_TINY_MODEL_H
#define GAZE_TESTS_SUPPORT_TINY_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/model/config.h"
#include "weights/model.h"
#include "weights/named_tensor.h"

enum { TINY_MODEL_TENSORS = 64 };

/* Zero fields take the default. */
typedef struct tiny_model_options {
    gaze_dtype dtype;   /* F32, F16 or BF16 */
    gaze_model_type model_type;
    gaze_task task;
    const char *prefix; /* "bert." */
    bool old_names;     /* gamma and beta */
    bool no_pooler;
    bool untied; /* a masked language model's own decoder, and a configuration that says so */
} tiny_model_options;

typedef struct tiny_model {
    gaze_config config; /* V 11, D 6, L 2, H 3, K 2, F 10, 7 positions, 2 types; ELECTRA's E is 4 */
    gaze_named_tensor tensors[TINY_MODEL_TENSORS];
    size_t count;
    gaze_arena memory; /* of names and data */
} tiny_model;

/* All parameters of core/model/params.c's table, in its order, with numbers that are never the same twice
 * in one tensor. `options` may be NULL. Free with tiny_model_deinit. */
void tiny_model_init(tiny_model *model, const tiny_model_options *options);
void tiny_model_deinit(tiny_model *model);

/* The tensor of that name; the test fails when there is none. */
gaze_named_tensor *tiny_model_find(tiny_model *model, const char *name);
void tiny_model_remove(tiny_model *model, const char *name);
/* Adds a tensor of zeros. */
void tiny_model_add(tiny_model *model, const char *name, gaze_dtype dtype, size_t rank, const size_t *shape);

/* Appends config.json; `more` is put behind its fields (", \"is_decoder\": true"), and may be NULL. */
void tiny_model_put_config(gaze_buffer *out, const tiny_model *model, const char *more);
/* Opens it from memory, which the two empty buffers get, and which must outlive the model. */
gaze_model *tiny_model_open(const tiny_model *tiny, gaze_buffer *config, gaze_buffer *weights);
/* Tensors of the files that no parameter is bound to. */
size_t tiny_model_unused(const gaze_model *model);
/* Writes config.json and model.safetensors. */
void tiny_model_write(const tiny_model *model, const char *directory);
/* Writes the tensors [start, end) as directory/name. */
void tiny_model_write_shard(const tiny_model *model, const char *directory, const char *name, size_t start,
                            size_t end);

#endif
