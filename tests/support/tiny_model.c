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
    .embedding_size = 6,
    .hidden_size = 6,
    .num_hidden_layers = 2,
    .num_attention_heads = 3,
    .head_size = 2,
    .intermediate_size = 10,
    .max_position_embeddings = 7,
    .type_vocab_size = 2,
    .layer_norm_eps = 1e-12F,
    .tie_word_embeddings = true,
    .num_labels = 2,
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

typedef struct filler {
    tiny_model *model;
    const tiny_model_options *options;
    gaze_naming naming;
} filler;

static bool add_parameter(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *unused) {
    const filler *f = context;
    char name[128];
    size_t shape[2] = {0};
    (void)unused;
    if (entry->scope == GAZE_PARAM_POOLER && f->options->no_pooler) return true;
    if (entry->tied && !f->options->untied) return true;
    for (size_t i = 0; i < entry->rank; i++) shape[i] = gaze_dim_size(entry->shape[i], &f->model->config);
    gaze_param_name(entry, f->naming, layer, name, sizeof name);
    tiny_model_add(f->model, file_name(f->model, f->options, name), f->options->dtype, entry->rank, shape);
    gaze_tensor *tensor = &f->model->tensors[f->model->count - 1].tensor;
    fill((void *)(uintptr_t)tensor->data, tensor);
    return true;
}

static void adapt_config(gaze_config *config, const tiny_model_options *options) {
    const gaze_family *family = gaze_family_of(options->model_type);
    config->model_type = options->model_type;
    config->task = options->task;
    if (options->task) snprintf(config->architecture, sizeof config->architecture, "TinyFor%s",
                                gaze_task_name(options->task));
    config->tie_word_embeddings = !options->untied;
    if (family->positions_behind_padding) config->first_position = (size_t)config->pad_token_id + 1;
    if (options->model_type == GAZE_MODEL_DISTILBERT) config->type_vocab_size = 0;
    if (options->model_type == GAZE_MODEL_ELECTRA) config->embedding_size = 4;
}

void tiny_model_init(tiny_model *model, const tiny_model_options *options) {
    static const tiny_model_options defaults;
    gaze_params params;
    *model = (tiny_model){.config = tiny_config};
    filler f = {.model = model, .options = options ? options : &defaults};
    adapt_config(&model->config, f.options);
    f.naming = gaze_family_of(model->config.model_type)->naming;
    assert_int_equal(gaze_params_init(&params, &model->config, NULL), GAZE_OK);
    gaze_params_visit(&params, add_parameter, &f);
    gaze_params_deinit(&params);
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
    gaze_named_tensor *removed = tiny_model_find(model, name);
    *removed = model->tensors[--model->count];
}

void tiny_model_put_config(gaze_buffer *out, const tiny_model *model, const char *more) {
    const gaze_config *c = &model->config;
    bool distil = c->model_type == GAZE_MODEL_DISTILBERT;
    gaze_buffer_printf(out, "{\"architectures\": [\"%s\"], \"model_type\": \"%s\", \"vocab_size\": %zu",
                       c->architecture, gaze_model_type_name(c->model_type), c->vocab_size);
    gaze_buffer_printf(out, ", \"%s\": %zu", distil ? "dim" : "hidden_size", c->hidden_size);
    gaze_buffer_printf(out, ", \"%s\": %zu", distil ? "n_layers" : "num_hidden_layers", c->num_hidden_layers);
    gaze_buffer_printf(out, ", \"%s\": %zu", distil ? "n_heads" : "num_attention_heads", c->num_attention_heads);
    gaze_buffer_printf(out, ", \"%s\": %zu", distil ? "hidden_dim" : "intermediate_size", c->intermediate_size);
    gaze_buffer_printf(out, ", \"max_position_embeddings\": %zu, \"pad_token_id\": %d",
                       c->max_position_embeddings, (int)c->pad_token_id);
    if (c->type_vocab_size) gaze_buffer_printf(out, ", \"type_vocab_size\": %zu", c->type_vocab_size);
    if (c->model_type == GAZE_MODEL_ELECTRA)
        gaze_buffer_printf(out, ", \"embedding_size\": %zu", c->embedding_size);
    if (!c->tie_word_embeddings) gaze_buffer_puts(out, ", \"tie_word_embeddings\": false");
    gaze_buffer_puts(out, more ? more : "");
    gaze_buffer_putc(out, '}');
}

gaze_model *tiny_model_open(const tiny_model *tiny, gaze_buffer *config, gaze_buffer *weights) {
    gaze_model *model;
    gaze_error err = {0};
    tiny_model_put_config(config, tiny, NULL);
    assert_int_equal(gaze_safetensors_write(weights, tiny->tensors, tiny->count, "pt", NULL), GAZE_OK);
    const gaze_model_files files = {config->data, config->length, weights->data, weights->length};
    if (gaze_model_open_files(&model, &files, &err)) fail_msg("%s", err.message);
    return model;
}

size_t tiny_model_unused(const gaze_model *model) {
    size_t unused = 0;
    for (size_t i = 0; i < gaze_model_tensor_count(model); i++)
        unused += !gaze_model_tensor_at(model, i)->used;
    return unused;
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
