#include "weights/weight_files.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "weights/model_dir.h"

/* Opening -------------------------------------------------------------------------------------------- */

static gaze_status open_path(gaze_weight_files *weights, gaze_weight_file *file, const char *path,
                             gaze_file_mode mode, size_t limit, gaze_error *err) {
    size_t left = limit - weights->bytes;
    if (left == 0)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%s: the files before it have all %zu bytes allowed", path,
                         limit);
    gaze_status status = gaze_file_open(&file->file, path, mode, left, err);
    if (status) return status;
    weights->bytes += file->file.size;
    status = gaze_safetensors_parse(&file->content, file->file.data, file->file.size, err);
    return status ? gaze_fail_prefix(err, status, "%s", path) : GAZE_OK;
}

static gaze_status open_file(gaze_weight_files *weights, const char *directory, const char *name,
                             gaze_file_mode mode, size_t limit, gaze_error *err) {
    gaze_weight_file *file = &weights->files[weights->file_count++];
    char *path = gaze_path_join(directory, name);
    file->name = gaze_copy_string(name, strlen(name));
    gaze_status status = path && file->name ? GAZE_OK : gaze_fail_memory(err);
    if (!status) status = open_path(weights, file, path, mode, limit, err);
    gaze_free(path);
    return status;
}

/* The list of all tensors ---------------------------------------------------------------------------- */

static int compare_names(const void *left, const void *right) {
    const gaze_model_tensor *a = left, *b = right;
    return strcmp(a->name, b->name);
}

static gaze_status refuse_duplicates(const gaze_weight_files *weights, gaze_error *err) {
    for (size_t i = 1; i < weights->tensor_count; i++) {
        const gaze_model_tensor *a = &weights->tensors[i - 1], *b = &weights->tensors[i];
        if (strcmp(a->name, b->name) == 0)
            return gaze_fail(err, GAZE_ERROR_DUPLICATE, "tensor '%s' stands in %s and in %s", a->name,
                             a->file, b->file);
    }
    return GAZE_OK;
}

static gaze_status list_tensors(gaze_weight_files *weights, gaze_error *err) {
    size_t count = 0;
    for (size_t f = 0; f < weights->file_count; f++) count += weights->files[f].content.count;
    weights->tensors = gaze_alloc(count, sizeof *weights->tensors);
    if (!weights->tensors) return gaze_fail_memory(err);
    for (size_t f = 0; f < weights->file_count; f++) {
        const gaze_weight_file *file = &weights->files[f];
        for (size_t i = 0; i < file->content.count; i++) {
            const gaze_named_tensor *t = &file->content.tensors[i];
            weights->tensors[weights->tensor_count++] =
                (gaze_model_tensor){.name = t->name, .file = file->name, .tensor = t->tensor};
        }
    }
    qsort(weights->tensors, weights->tensor_count, sizeof *weights->tensors, compare_names);
    return refuse_duplicates(weights, err);
}

gaze_status gaze_weight_files_open(gaze_weight_files *weights, const char *directory,
                                   const char *const *names, size_t count, gaze_file_mode mode, size_t limit,
                                   gaze_error *err) {
    *weights = (gaze_weight_files){.files = gaze_alloc_zero(count, sizeof *weights->files)};
    gaze_status status = weights->files ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++)
        status = open_file(weights, directory, names[i], mode, limit, err);
    if (!status) {
        status = list_tensors(weights, err);
        if (status) gaze_fail_prefix(err, status, "%s", directory);
    }
    if (status) gaze_weight_files_close(weights);
    return status;
}

gaze_status gaze_weight_files_open_memory(gaze_weight_files *weights, const void *bytes, size_t size,
                                          gaze_error *err) {
    *weights = (gaze_weight_files){.files = gaze_alloc_zero(1, sizeof *weights->files)};
    if (!weights->files) return gaze_fail_memory(err);
    gaze_weight_file *file = &weights->files[weights->file_count++];
    file->name = gaze_copy_string(GAZE_WEIGHTS_FILE, strlen(GAZE_WEIGHTS_FILE));
    gaze_status status = file->name ? GAZE_OK : gaze_fail_memory(err);
    if (!status) status = gaze_safetensors_parse(&file->content, bytes, size, err);
    if (!status) status = list_tensors(weights, err);
    if (status) gaze_weight_files_close(weights);
    return status;
}

void gaze_weight_files_close(gaze_weight_files *weights) {
    for (size_t f = 0; f < weights->file_count; f++) {
        gaze_safetensors_deinit(&weights->files[f].content);
        gaze_file_close(&weights->files[f].file);
        gaze_free(weights->files[f].name);
    }
    gaze_free(weights->files);
    gaze_free(weights->tensors);
    *weights = (gaze_weight_files){0};
}

/* Finding -------------------------------------------------------------------------------------------- */

typedef struct wanted {
    const char *name;
    size_t length;
} wanted;

static int compare_wanted(const void *key, const void *element) {
    const wanted *w = key;
    const gaze_model_tensor *t = element;
    size_t length = strlen(t->name), shorter = length < w->length ? length : w->length;
    int order = memcmp(w->name, t->name, shorter);
    return order ? order : (w->length > length) - (w->length < length);
}

const gaze_model_tensor *gaze_weight_files_find(const gaze_weight_files *weights, const char *name,
                                                size_t length) {
    const wanted w = {name, length};
    return bsearch(&w, weights->tensors, weights->tensor_count, sizeof *weights->tensors, compare_wanted);
}
