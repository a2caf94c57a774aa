/* The files that hold a model's weights, open, and all their tensors in one list. */
#ifndef GAZE_WEIGHTS_WEIGHT_FILES_H
#define GAZE_WEIGHTS_WEIGHT_FILES_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "weights/model.h"
#include "weights/safetensors.h"

typedef struct gaze_weight_file {
    char *name; /* without its directory */
    gaze_file file;
    gaze_safetensors content;
} gaze_weight_file;

/* A zeroed struct has no files. */
typedef struct gaze_weight_files {
    gaze_weight_file *files;
    size_t file_count;
    gaze_model_tensor *tensors; /* of all files, sorted by name */
    size_t tensor_count;
    size_t bytes; /* of all files */
} gaze_weight_files;

/* Opens `count` files of a directory. The bytes of all of them may not exceed `limit` (SIZE_MAX: no limit).
 * Errors, which begin with the file's path: as gaze_file_open and gaze_safetensors_parse; DUPLICATE when a
 * tensor stands in two files. *weights is zeroed on failure. */
gaze_status gaze_weight_files_open(gaze_weight_files *weights, const char *directory,
                                   const char *const *names, size_t count, gaze_file_mode mode, size_t limit,
                                   gaze_error *err);
/* The same for one file that lies in memory and must outlive *weights. */
gaze_status gaze_weight_files_open_memory(gaze_weight_files *weights, const void *bytes, size_t size,
                                          gaze_error *err);
void gaze_weight_files_close(gaze_weight_files *weights);

/* The tensor whose name is these `length` bytes, or NULL. */
const gaze_model_tensor *gaze_weight_files_find(const gaze_weight_files *weights, const char *name,
                                                size_t length);

#endif
