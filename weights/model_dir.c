#include "weights/model_dir.h"

#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "weights/hub_cache.h"

/* To be run in the model's directory. Two names may share one tensor, which save_file refuses: clone. */
#define CONVERT                                                                                              \
    "python3 -c \"import torch, safetensors.torch as s; "                                                    \
    "w = torch.load('pytorch_model.bin', map_location='cpu', weights_only=True); "                           \
    "s.save_file({k: v.clone().contiguous() for k, v in w.items()}, 'model.safetensors', "                   \
    "{'format': 'pt'})\""

gaze_status gaze_model_dir_find(char **out, const char *name, gaze_error *err) {
    gaze_path_info info;
    *out = NULL;
    gaze_status status = gaze_path_look(&info, name, err);
    if (status) return status;
    if (info.kind == GAZE_PATH_FILE)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: a file, expected a model's directory or name", name);
    if (info.kind != GAZE_PATH_DIRECTORY) return gaze_hub_find(out, name, err);
    *out = gaze_copy_string(name, strlen(name));
    return *out ? GAZE_OK : gaze_fail_memory(err);
}

/* Sets *path to "directory/name" when that is a file, else to NULL. */
static gaze_status look_for(char **path, const char *directory, const char *name, gaze_error *err) {
    gaze_path_info info = {0};
    *path = gaze_path_join(directory, name);
    if (!*path) return gaze_fail_memory(err);
    gaze_status status = gaze_path_look(&info, *path, err);
    if (info.kind == GAZE_PATH_FILE) return GAZE_OK;
    gaze_free(*path);
    *path = NULL;
    return status;
}

static gaze_status refuse_without_weights(const char *directory, gaze_error *err) {
    char *pytorch;
    gaze_status status = look_for(&pytorch, directory, "pytorch_model.bin", err);
    if (status) return status;
    if (pytorch)
        status = gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                           "%s: has pytorch_model.bin only, which gaze does not read; to convert "
                           "it, run there: %s",
                           directory, CONVERT);
    else
        status = gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                           "%s: no weights: looked for model.safetensors and model.safetensors.index.json",
                           directory);
    gaze_free(pytorch);
    return status;
}

gaze_status gaze_model_dir_open(gaze_model_dir *dir, const char *directory, gaze_error *err) {
    gaze_path_info info;
    *dir = (gaze_model_dir){.path = directory};
    gaze_status status = gaze_path_look(&info, directory, err);
    if (!status && info.kind != GAZE_PATH_DIRECTORY)
        status = gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: no such directory", directory);
    if (!status) status = look_for(&dir->safetensors, directory, GAZE_WEIGHTS_FILE, err);
    if (!status && !dir->safetensors) status = look_for(&dir->index, directory, GAZE_INDEX_FILE, err);
    if (!status && !dir->safetensors && !dir->index) status = refuse_without_weights(directory, err);
    if (!status) status = look_for(&dir->config, directory, "config.json", err);
    if (!status && !dir->config)
        status = gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: no config.json", directory);
    if (status) gaze_model_dir_close(dir);
    return status;
}

void gaze_model_dir_close(gaze_model_dir *dir) {
    gaze_free(dir->config);
    gaze_free(dir->safetensors);
    gaze_free(dir->index);
    *dir = (gaze_model_dir){0};
}
