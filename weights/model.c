#include "weights/model.h"

#include <stdio.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "core/model/heads.h"
#include "weights/bind.h"
#include "weights/config_json.h"
#include "weights/model_dir.h"
#include "weights/named_tensor.h"
#include "weights/shards.h"
#include "weights/text_list.h"
#include "weights/weight_files.h"

struct gaze_model {
    gaze_model_options options;
    gaze_json *config_json;
    gaze_config config;
    gaze_params params;
    gaze_weight_files weights;
    gaze_arena copies; /* parameters that cannot be used in place */
    gaze_text_list labels;
    gaze_text_list missing;
    gaze_text_list notices;
};

static size_t memory_limit(const gaze_model *model) {
    return model->options.memory_limit ? model->options.memory_limit : SIZE_MAX;
}

/* The parts of a directory --------------------------------------------------------------------------- */

static gaze_status parse_config(gaze_model *model, const char *text, size_t length, gaze_error *err) {
    gaze_status status = gaze_config_parse(&model->config, &model->config_json, text, length, err);
    if (status) return status;
    return gaze_config_labels(&model->labels, &model->config, gaze_json_root(model->config_json), err);
}

static gaze_status read_config(gaze_model *model, const char *path, gaze_error *err) {
    gaze_file file;
    gaze_status status = gaze_file_open(&file, path, GAZE_FILE_READ, GAZE_CONFIG_MAX_SIZE, err);
    if (status) return status;
    status = parse_config(model, (const char *)file.data, file.size, err);
    gaze_file_close(&file);
    return status ? gaze_fail_prefix(err, status, "%s", path) : GAZE_OK;
}

static gaze_status open_files(gaze_model *model, const gaze_model_dir *dir, const char *const *names,
                              size_t count, gaze_error *err) {
    gaze_file_mode mode = model->options.read ? GAZE_FILE_READ : GAZE_FILE_MAP;
    return gaze_weight_files_open(&model->weights, dir->path, names, count, mode, memory_limit(model), err);
}

/* An index that gives another size than the shards have is worth a word, no more. */
static gaze_status note_total_size(gaze_model *model, const gaze_shard_index *index, gaze_error *err) {
    char notice[160];
    uint64_t total = 0;
    for (size_t i = 0; i < model->weights.tensor_count; i++)
        total += gaze_tensor_size(&model->weights.tensors[i].tensor);
    if (!index->has_total_size || index->total_size == total) return GAZE_OK;
    snprintf(notice, sizeof notice, GAZE_INDEX_FILE ": total_size is %llu bytes, but the tensors have %llu",
             (unsigned long long)index->total_size, (unsigned long long)total);
    return gaze_text_list_add(&model->notices, notice, strlen(notice), err);
}

static gaze_status read_index(gaze_shard_index *index, const char *path, gaze_error *err) {
    gaze_file file;
    gaze_status status = gaze_file_open(&file, path, GAZE_FILE_READ, GAZE_SHARDS_MAX_INDEX, err);
    if (status) return status;
    status = gaze_shard_index_parse(index, (const char *)file.data, file.size, err);
    gaze_file_close(&file);
    return status ? gaze_fail_prefix(err, status, "%s", path) : GAZE_OK;
}

static gaze_status open_shards(gaze_model *model, const gaze_model_dir *dir, gaze_error *err) {
    gaze_shard_index index = {0};
    gaze_status status = read_index(&index, dir->index, err);
    if (!status) status = open_files(model, dir, index.files.items, index.files.count, err);
    if (!status) {
        status = gaze_shard_index_check(&index, &model->weights, err);
        if (status) gaze_fail_prefix(err, status, "%s", dir->index);
    }
    if (!status) status = note_total_size(model, &index, err);
    gaze_shard_index_deinit(&index);
    return status;
}

static gaze_status open_weights(gaze_model *model, const gaze_model_dir *dir, gaze_error *err) {
    static const char *const single = GAZE_WEIGHTS_FILE;
    return dir->index ? open_shards(model, dir, err) : open_files(model, dir, &single, 1, err);
}

static gaze_status bind_weights(gaze_model *model, gaze_error *err) {
    size_t left = memory_limit(model) - model->weights.bytes;
    gaze_status status = gaze_params_init(&model->params, &model->config, err);
    if (status) return status;
    return gaze_bind(&model->params, &model->config, &model->weights, &model->copies, left, &model->missing,
                     err);
}

/* Opening and closing -------------------------------------------------------------------------------- */

gaze_status gaze_model_open(gaze_model **out, const char *directory, const gaze_model_options *options,
                            gaze_error *err) {
    gaze_model_dir dir = {0};
    *out = NULL;
    gaze_model *model = gaze_alloc_zero(1, sizeof *model);
    if (!model) return gaze_fail_memory(err);
    if (options) model->options = *options;
    gaze_status status = gaze_model_dir_open(&dir, directory, err);
    if (!status) status = read_config(model, dir.config, err);
    if (!status) status = open_weights(model, &dir, err);
    if (!status) {
        status = bind_weights(model, err);
        if (status) gaze_fail_prefix(err, status, "%s", dir.index ? dir.index : dir.safetensors);
    }
    gaze_model_dir_close(&dir);
    if (status)
        gaze_model_close(model);
    else
        *out = model;
    return status;
}

gaze_status gaze_model_open_files(gaze_model **out, const gaze_model_files *files, gaze_error *err) {
    *out = NULL;
    gaze_model *model = gaze_alloc_zero(1, sizeof *model);
    if (!model) return gaze_fail_memory(err);
    gaze_status status = parse_config(model, files->config_json, files->config_json_size, err);
    if (status) gaze_fail_prefix(err, status, "config.json");
    if (!status) {
        status =
            gaze_weight_files_open_memory(&model->weights, files->safetensors, files->safetensors_size, err);
        if (!status) status = bind_weights(model, err);
        if (status) gaze_fail_prefix(err, status, GAZE_WEIGHTS_FILE);
    }
    if (status)
        gaze_model_close(model);
    else
        *out = model;
    return status;
}

void gaze_model_close(gaze_model *model) {
    if (!model) return;
    gaze_params_deinit(&model->params);
    gaze_arena_deinit(&model->copies);
    gaze_weight_files_close(&model->weights);
    gaze_text_list_deinit(&model->labels);
    gaze_text_list_deinit(&model->missing);
    gaze_text_list_deinit(&model->notices);
    gaze_json_free(model->config_json);
    gaze_free(model);
}

/* Looking at it -------------------------------------------------------------------------------------- */

const gaze_config *gaze_model_config(const gaze_model *model) {
    return &model->config;
}

const gaze_params *gaze_model_params(const gaze_model *model) {
    return &model->params;
}

const gaze_json_value *gaze_model_config_json(const gaze_model *model) {
    return gaze_json_root(model->config_json);
}

const char *gaze_model_label(const gaze_model *model, size_t index) {
    return model->labels.items[index];
}

bool gaze_model_has_head(const gaze_model *model) {
    return gaze_head_present(&model->config, &model->params);
}

size_t gaze_model_tensor_count(const gaze_model *model) {
    return model->weights.tensor_count;
}

const gaze_model_tensor *gaze_model_tensor_at(const gaze_model *model, size_t index) {
    return &model->weights.tensors[index];
}

size_t gaze_model_missing_count(const gaze_model *model) {
    return model->missing.count;
}

const char *gaze_model_missing_at(const gaze_model *model, size_t index) {
    return model->missing.items[index];
}

size_t gaze_model_notice_count(const gaze_model *model) {
    return model->notices.count;
}

const char *gaze_model_notice_at(const gaze_model *model, size_t index) {
    return model->notices.items[index];
}

/* Values --------------------------------------------------------------------------------------------- */

typedef struct finite_check {
    gaze_naming naming;
    gaze_status status;
    gaze_error *err;
} finite_check;

static bool check_finite(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *param) {
    finite_check *check = context;
    char name[128];
    size_t index;
    if (!param->data || !gaze_tensor_find_nonfinite(param, &index)) return true;
    check->status = gaze_fail(check->err, GAZE_ERROR_FORMAT, "tensor '%s': element %zu is NaN or infinite",
                              gaze_param_name(entry, check->naming, layer, name, sizeof name), index);
    return false;
}

gaze_status gaze_model_check_finite(const gaze_model *model, gaze_error *err) {
    finite_check check = {.naming = model->params.naming, .err = err};
    gaze_params params = model->params; /* the visitor's pointers are not const; nothing is written */
    gaze_params_visit(&params, check_finite, &check);
    return check.status;
}
