#include "core/model/params.h"

#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"

#define MODEL(field) .in_layer = false, .offset = offsetof(gaze_params, field)
#define LAYER(field) .in_layer = true, .offset = offsetof(gaze_layer_params, field)
#define VECTOR(a)    .rank = 1, .shape = {GAZE_DIM_##a}
#define MATRIX(a, b) .rank = 2, .shape = {GAZE_DIM_##a, GAZE_DIM_##b}

/* clang-format off */
const gaze_param_entry gaze_param_table[] = {
    {.name = "embeddings.word_embeddings.weight",              MODEL(word_embeddings),         MATRIX(VOCAB, HIDDEN)},
    {.name = "embeddings.position_embeddings.weight",          MODEL(position_embeddings),     MATRIX(POSITIONS, HIDDEN)},
    {.name = "embeddings.token_type_embeddings.weight",        MODEL(token_type_embeddings),   MATRIX(TYPES, HIDDEN)},
    {.name = "embeddings.LayerNorm.weight",                    MODEL(embeddings_norm.weight),  VECTOR(HIDDEN)},
    {.name = "embeddings.LayerNorm.bias",                      MODEL(embeddings_norm.bias),    VECTOR(HIDDEN)},
    {.name = "encoder.layer.#.attention.self.query.weight",    LAYER(query.weight),            MATRIX(HEADS, HIDDEN)},
    {.name = "encoder.layer.#.attention.self.query.bias",      LAYER(query.bias),              VECTOR(HEADS)},
    {.name = "encoder.layer.#.attention.self.key.weight",      LAYER(key.weight),              MATRIX(HEADS, HIDDEN)},
    {.name = "encoder.layer.#.attention.self.key.bias",        LAYER(key.bias),                VECTOR(HEADS)},
    {.name = "encoder.layer.#.attention.self.value.weight",    LAYER(value.weight),            MATRIX(HEADS, HIDDEN)},
    {.name = "encoder.layer.#.attention.self.value.bias",      LAYER(value.bias),              VECTOR(HEADS)},
    {.name = "encoder.layer.#.attention.output.dense.weight",  LAYER(attention_output.weight), MATRIX(HIDDEN, HEADS)},
    {.name = "encoder.layer.#.attention.output.dense.bias",    LAYER(attention_output.bias),   VECTOR(HIDDEN)},
    {.name = "encoder.layer.#.attention.output.LayerNorm.weight", LAYER(attention_norm.weight), VECTOR(HIDDEN)},
    {.name = "encoder.layer.#.attention.output.LayerNorm.bias", LAYER(attention_norm.bias),    VECTOR(HIDDEN)},
    {.name = "encoder.layer.#.intermediate.dense.weight",      LAYER(intermediate.weight),     MATRIX(FEED_FORWARD, HIDDEN)},
    {.name = "encoder.layer.#.intermediate.dense.bias",        LAYER(intermediate.bias),       VECTOR(FEED_FORWARD)},
    {.name = "encoder.layer.#.output.dense.weight",            LAYER(output.weight),           MATRIX(HIDDEN, FEED_FORWARD)},
    {.name = "encoder.layer.#.output.dense.bias",              LAYER(output.bias),             VECTOR(HIDDEN)},
    {.name = "encoder.layer.#.output.LayerNorm.weight",        LAYER(output_norm.weight),      VECTOR(HIDDEN)},
    {.name = "encoder.layer.#.output.LayerNorm.bias",          LAYER(output_norm.bias),        VECTOR(HIDDEN)},
    {.name = "pooler.dense.weight", .optional = true,          MODEL(pooler.weight),           MATRIX(HIDDEN, HIDDEN)},
    {.name = "pooler.dense.bias",   .optional = true,          MODEL(pooler.bias),             VECTOR(HIDDEN)},
};
/* clang-format on */
const size_t gaze_param_table_count = sizeof gaze_param_table / sizeof *gaze_param_table;

size_t gaze_dim_size(gaze_dim dim, const gaze_config *config) {
    switch (dim) {
    case GAZE_DIM_VOCAB: return config->vocab_size;
    case GAZE_DIM_POSITIONS: return config->max_position_embeddings;
    case GAZE_DIM_TYPES: return config->type_vocab_size;
    case GAZE_DIM_HIDDEN: return config->hidden_size;
    case GAZE_DIM_HEADS: return config->num_attention_heads * config->head_size;
    case GAZE_DIM_FEED_FORWARD: return config->intermediate_size;
    }
    return 0;
}

gaze_tensor *gaze_params_tensor(gaze_params *params, const gaze_param_entry *entry, size_t layer) {
    char *base = entry->in_layer ? (char *)&params->layers[layer] : (char *)params;
    return (gaze_tensor *)(void *)(base + entry->offset);
}

const gaze_tensor *gaze_params_tensor_const(const gaze_params *params, const gaze_param_entry *entry,
                                            size_t layer) {
    const char *base = entry->in_layer ? (const char *)&params->layers[layer] : (const char *)params;
    return (const gaze_tensor *)(const void *)(base + entry->offset);
}

const char *gaze_param_name(const gaze_param_entry *entry, size_t layer, char *out, size_t capacity) {
    const char *hash = strchr(entry->name, '#');
    if (hash)
        snprintf(out, capacity, "%.*s%zu%s", (int)(hash - entry->name), entry->name, layer, hash + 1);
    else
        snprintf(out, capacity, "%s", entry->name);
    return out;
}

void gaze_params_visit(gaze_params *params, gaze_param_visitor *visit, void *context) {
    const gaze_param_entry *end = gaze_param_table + gaze_param_table_count;
    for (const gaze_param_entry *entry = gaze_param_table; entry < end;) {
        if (!entry->in_layer) {
            if (!visit(context, entry, 0, gaze_params_tensor(params, entry, 0))) return;
            entry++;
            continue;
        }
        const gaze_param_entry *after = entry; /* the run of entries that make up a layer */
        while (after < end && after->in_layer) after++;
        for (size_t layer = 0; layer < params->layer_count; layer++)
            for (const gaze_param_entry *e = entry; e < after; e++)
                if (!visit(context, e, layer, gaze_params_tensor(params, e, layer))) return;
        entry = after;
    }
}

gaze_status gaze_params_init(gaze_params *params, const gaze_config *config, gaze_error *err) {
    *params = (gaze_params){0};
    params->layers = gaze_alloc_zero(config->num_hidden_layers, sizeof *params->layers);
    if (!params->layers) return gaze_fail_memory(err);
    params->layer_count = config->num_hidden_layers;
    return GAZE_OK;
}

void gaze_params_deinit(gaze_params *params) {
    gaze_free(params->layers);
    *params = (gaze_params){0};
}

static bool add_count(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *tensor) {
    (void)entry;
    (void)layer;
    if (tensor->data) *(size_t *)context += gaze_tensor_count(tensor);
    return true;
}

size_t gaze_params_count(const gaze_params *params) {
    gaze_params copy = *params; /* the visitor's pointers are not const; nothing is written */
    size_t count = 0;
    gaze_params_visit(&copy, add_count, &count);
    return count;
}
