/* A model directory: which of its files hold the configuration and the weights. */
#ifndef GAZE_WEIGHTS_MODEL_DIR_H
#define GAZE_WEIGHTS_MODEL_DIR_H

#include "core/base/error.h"

/* The directory that `name` means, in new memory (gaze_free): `name` itself when it is a directory, else a
 * model of that name in the local Hugging Face cache (weights/hub_cache.h). Errors: NOT_FOUND, with the way
 * to get the model; IO, MEMORY. *out is NULL on failure. */
gaze_status gaze_model_dir_find(char **out, const char *name, gaze_error *err);

#define GAZE_WEIGHTS_FILE "model.safetensors"
#define GAZE_INDEX_FILE   "model.safetensors.index.json"

typedef struct gaze_model_dir {
    const char *path;  /* borrowed */
    char *config;      /* the path of config.json */
    char *safetensors; /* of model.safetensors; NULL when there is an index instead */
    char *index;       /* of model.safetensors.index.json; NULL when there is model.safetensors */
} gaze_model_dir;

/* Looks for the files. Errors: NOT_FOUND, naming what was looked for; UNSUPPORTED for a directory with
 * nothing but pytorch_model.bin, saying how to convert it; MEMORY. *dir is zeroed on failure. */
gaze_status gaze_model_dir_open(gaze_model_dir *dir, const char *directory, gaze_error *err);
void gaze_model_dir_close(gaze_model_dir *dir);

#endif
