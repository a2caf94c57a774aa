#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/model/params.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"
#include "weights/safetensors.h"

static const gaze_config tiny_config = {
    .model_type = GAZE_MODEL_BERT,
    .architecture = "BertModel",
    .vocab_size = 11,
    .hidden_size = 6,
    .num_hidden_layers = 2,
    .num_attention_heads = 3,
    .head_size = 2,
    .intermediate_size = 10,
    .max_position_embeddings = 7,
    .type_vocab_size = 2,
    .layer_norm_eps = 1e-12F,
};

/* Element i: 16 bits of a number near 1, the upper half of the float that F32 gets. */
static void fill(void *data, const gaze_tensor *tensor) {
    size_t count = gaze_tensor_count(tensor), width = gaze_dtype_bits(tensor->dtype) / 8;
    for (size_t i = 0; i < count; i++) {
        float value = 0.5F + (float)i / 1024;
        uint16_t half = (uint16_t)(0x3800 + i); /* F16: 0.5 and on; BF16: tiny */
        memcpy((char *)data + i * width, width == 4 ? (void *)&value : (void *)&half, width);
    }
}

/* "bert.embeddings.LayerNorm.gamma" for "embeddings.LayerNorm.weight", as the options say. */
static const char *file_name(tiny_model *model, const tiny_model_options *options, const char *name) {
    char text[160];
    size_t length = strlen(name);
    const char *norm = strstr(name, "LayerNorm.");
    snprintf(text, sizeof text, "%s%s", options->prefix ? options->prefix : "", name);
    if (options->old_names && norm) {
        size_t kept = strlen(text) - length + (size_t)(norm - name) + strlen("LayerNorm.");
        snprintf(text + kept, sizeof text - kept, "%s", strstr(norm, "weight") ? "gamma" : "beta");
    }
    return gaze_arena_copy_string(&model->memory, text, strlen(text));
}

void tiny_model_add(tiny_model *model, const char *name, gaze_dtype dtype, size_t rank, const size_t *shape) {
    assert_true(model->count < TINY_MODEL_TENSORS);
    gaze_tensor tensor = {.dtype = dtype, .rank = rank};
    for (size_t i = 0; i < rank; i++) tensor.shape[i] = shape[i];
    void *data = gaze_arena_alloc(&model->memory, gaze_tensor_size(&tensor), 1);
    memset(data, 0, gaze_tensor_size(&tensor));
    tensor.data = data;
    name = gaze_arena_copy_string(&model->memory, name, strlen(name));
    model->tensors[model->count++] = (gaze_named_tensor){name, tensor};
}

static void add_parameter(tiny_model *model, const tiny_model_options *options, const gaze_param_entry *entry,
                          size_t layer) {
    char name[128];
    size_t shape[2] = {0};
    if (entry->optional && options->no_pooler) return;
    for (size_t i = 0; i < entry->rank; i++) shape[i] = gaze_dim_size(entry->shape[i], &model->config);
    gaze_param_name(entry, layer, name, sizeof name);
    tiny_model_add(model, file_name(model, options, name), options->dtype, entry->rank, shape);
    gaze_tensor *tensor = &model->tensors[model->count - 1].tensor;
    fill((void *)(uintptr_t)tensor->data, tensor);
}

void tiny_model_init(tiny_model *model, const tiny_model_options *options) {
    static const tiny_model_options defaults;
    *model = (tiny_model){.config = tiny_config};
    for (size_t i = 0; i < gaze_param_table_count; i++) {
        const gaze_param_entry *entry = &gaze_param_table[i];
        size_t layers = entry->in_layer ? model->config.num_hidden_layers : 1;
        for (size_t layer = 0; layer < layers; layer++)
            add_parameter(model, options ? options : &defaults, entry, layer);
    }
}

void tiny_model_deinit(tiny_model *model) {
    gaze_arena_deinit(&model->memory);
    *model = (tiny_model){0};
}

gaze_named_tensor *tiny_model_find(tiny_model *model, const char *name) {
    for (size_t i = 0; i < model->count; i++)
        if (strcmp(model->tensors[i].name, name) == 0) return &model->tensors[i];
    fail_msg("the tiny model has no tensor %s", name);
    return NULL;
}

void tiny_model_remove(tiny_model *model, const char *name) {
    *tiny_model_find(model, name) = model->tensors[--model->count];
}

void tiny_model_put_config(gaze_buffer *out, const tiny_model *model, const char *more) {
    const gaze_config *c = &model->config;
    gaze_buffer_printf(
        out,
        "{\"architectures\": [\"%s\"], \"model_type\": \"bert\", \"vocab_size\": %zu, "
        "\"hidden_size\": %zu, \"num_hidden_layers\": %zu, \"num_attention_heads\": %zu, "
        "\"intermediate_size\": %zu, \"max_position_embeddings\": %zu, \"type_vocab_size\": %zu%s}",
        c->architecture, c->vocab_size, c->hidden_size, c->num_hidden_layers, c->num_attention_heads,
        c->intermediate_size, c->max_position_embeddings, c->type_vocab_size, more ? more : "");
}

void tiny_model_write_shard(const tiny_model *model, const char *directory, const char *name, size_t start,
                            size_t end) {
    gaze_buffer out = {0};
    assert_int_equal(gaze_safetensors_write(&out, model->tensors + start, end - start, "pt", NULL), GAZE_OK);
    tmpdir_write(directory, name, out.data, out.length);
    gaze_buffer_deinit(&out);
}

void tiny_model_write(const tiny_model *model, const char *directory) {
    gaze_buffer config = {0};
    tiny_model_put_config(&config, model, NULL);
    tmpdir_write(directory, "config.json", config.data, config.length);
    tiny_model_write_shard(model, directory, "model.safetensors", 0, model->count);
    gaze_buffer_deinit(&config);
}
