/* The parameter table: what each tensor of a model is called in every family, and its shape; core/model/params.h. */
#include "core/model/params.h"

#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"

#define MODEL(field) .in_layer = false, .offset = offsetof(gaze_params, field)
#define LAYER(field) .in_layer = true, .offset = offsetof(gaze_layer_params, field)
#define VECTOR(a)    .rank = 1, .shape = {GAZE_DIM_##a}
#define MATRIX(a, b) .rank = 2, .shape = {GAZE_DIM_##a, GAZE_DIM_##b}

/* Names: the same in all families; in all but DistilBERT, whose own follows; or BERT's, RoBERTa's,
 * DistilBERT's and ELECTRA's one after another. */
#define ALL(name)              .names = {name, name, name, name}
#define MOST(name, distilbert) .names = {name, name, distilbert, name}
#define EACH(...)              .names = {__VA_ARGS__}

/* Two tensors of each layer, ".weight" and ".bias" behind one name (BERT's, DistilBERT's):
 * of y = x W^T + b, with W (out, in) and b (out); of a layer norm. */
#define DENSE(field, out, in, bert, distilbert) \
    {LAYER(field.weight), MATRIX(out, in), MOST(bert ".weight", distilbert ".weight")}, \
    {LAYER(field.bias), VECTOR(out), MOST(bert ".bias", distilbert ".bias")}
#define NORM(field, size, bert, distilbert) \
    {LAYER(field.weight), VECTOR(size), MOST(bert ".weight", distilbert ".weight")}, \
    {LAYER(field.bias), VECTOR(size), MOST(bert ".bias", distilbert ".bias")}

#define PROJECTED  .scope = GAZE_PARAM_PROJECTED
#define POOLER(task) .scope = GAZE_PARAM_POOLER, .tasks = 1u << GAZE_TASK_##task
#define HEAD(task) .scope = GAZE_PARAM_HEAD, .tasks = 1u << GAZE_TASK_##task

/* clang-format off */
static const gaze_param_entry param_table[] = {
    {MODEL(word_embeddings),         MATRIX(VOCAB, EMBEDDING),     ALL("embeddings.word_embeddings.weight")},
    {MODEL(token_type_embeddings),   MATRIX(TYPES, EMBEDDING),
     MOST("embeddings.token_type_embeddings.weight", NULL)},
    {MODEL(position_embeddings),     MATRIX(POSITIONS, EMBEDDING), ALL("embeddings.position_embeddings.weight")},
    {MODEL(embeddings_norm.weight),  VECTOR(EMBEDDING),            ALL("embeddings.LayerNorm.weight")},
    {MODEL(embeddings_norm.bias),    VECTOR(EMBEDDING),            ALL("embeddings.LayerNorm.bias")},
    {MODEL(embeddings_project.weight), MATRIX(HIDDEN, EMBEDDING),  ALL("embeddings_project.weight"), PROJECTED},
    {MODEL(embeddings_project.bias), VECTOR(HIDDEN),               ALL("embeddings_project.bias"),   PROJECTED},

    DENSE(query, HEADS, HIDDEN, "attention.self.query", "attention.q_lin"),
    DENSE(key, HEADS, HIDDEN, "attention.self.key", "attention.k_lin"),
    DENSE(value, HEADS, HIDDEN, "attention.self.value", "attention.v_lin"),
    DENSE(attention_output, HIDDEN, HEADS, "attention.output.dense", "attention.out_lin"),
    NORM(attention_norm, HIDDEN, "attention.output.LayerNorm", "sa_layer_norm"),
    DENSE(intermediate, FEED_FORWARD, HIDDEN, "intermediate.dense", "ffn.lin1"),
    DENSE(output, HIDDEN, FEED_FORWARD, "output.dense", "ffn.lin2"),
    NORM(output_norm, HIDDEN, "output.LayerNorm", "output_layer_norm"),

    {MODEL(pooler.weight), MATRIX(HIDDEN, HIDDEN), POOLER(NONE),
     EACH("pooler.dense.weight", "pooler.dense.weight", NULL, NULL)},
    {MODEL(pooler.bias),   VECTOR(HIDDEN),         POOLER(NONE),
     EACH("pooler.dense.bias", "pooler.dense.bias", NULL, NULL)},

    {MODEL(head.dense.weight), MATRIX(EMBEDDING, HIDDEN), HEAD(MASKED_LM),
     EACH("cls.predictions.transform.dense.weight", "lm_head.dense.weight",
          "vocab_transform.weight", "generator_predictions.dense.weight")},
    {MODEL(head.dense.bias), VECTOR(EMBEDDING), HEAD(MASKED_LM),
     EACH("cls.predictions.transform.dense.bias", "lm_head.dense.bias",
          "vocab_transform.bias", "generator_predictions.dense.bias")},
    {MODEL(head.norm.weight), VECTOR(EMBEDDING), HEAD(MASKED_LM),
     EACH("cls.predictions.transform.LayerNorm.weight", "lm_head.layer_norm.weight",
          "vocab_layer_norm.weight", "generator_predictions.LayerNorm.weight")},
    {MODEL(head.norm.bias), VECTOR(EMBEDDING), HEAD(MASKED_LM),
     EACH("cls.predictions.transform.LayerNorm.bias", "lm_head.layer_norm.bias",
          "vocab_layer_norm.bias", "generator_predictions.LayerNorm.bias")},
    {MODEL(head.output.weight), MATRIX(VOCAB, EMBEDDING), HEAD(MASKED_LM), .tied = true,
     EACH("cls.predictions.decoder.weight", "lm_head.decoder.weight",
          "vocab_projector.weight", "generator_lm_head.weight")},
    {MODEL(head.output.bias), VECTOR(VOCAB), HEAD(MASKED_LM),
     EACH("cls.predictions.decoder.bias", "lm_head.decoder.bias", "vocab_projector.bias", "generator_lm_head.bias")},

    {MODEL(head.output.weight), MATRIX(LABELS, HIDDEN), HEAD(QUESTION_ANSWERING), ALL("qa_outputs.weight")},
    {MODEL(head.output.bias),   VECTOR(LABELS),         HEAD(QUESTION_ANSWERING), ALL("qa_outputs.bias")},

    {MODEL(pooler.weight),      MATRIX(HIDDEN, HIDDEN), HEAD(SEQUENCE_CLASSIFICATION),
     EACH("pooler.dense.weight", NULL, NULL, NULL)},
    {MODEL(pooler.bias),        VECTOR(HIDDEN),         HEAD(SEQUENCE_CLASSIFICATION),
     EACH("pooler.dense.bias", NULL, NULL, NULL)},
    {MODEL(head.dense.weight),  MATRIX(HIDDEN, HIDDEN), HEAD(SEQUENCE_CLASSIFICATION),
     EACH(NULL, "classifier.dense.weight", "pre_classifier.weight", "classifier.dense.weight")},
    {MODEL(head.dense.bias),    VECTOR(HIDDEN),         HEAD(SEQUENCE_CLASSIFICATION),
     EACH(NULL, "classifier.dense.bias", "pre_classifier.bias", "classifier.dense.bias")},
    {MODEL(head.output.weight), MATRIX(LABELS, HIDDEN), HEAD(SEQUENCE_CLASSIFICATION),
     EACH("classifier.weight", "classifier.out_proj.weight", "classifier.weight", "classifier.out_proj.weight")},
    {MODEL(head.output.bias),   VECTOR(LABELS),         HEAD(SEQUENCE_CLASSIFICATION),
     EACH("classifier.bias", "classifier.out_proj.bias", "classifier.bias", "classifier.out_proj.bias")},

    {MODEL(head.output.weight), MATRIX(LABELS, HIDDEN), HEAD(TOKEN_CLASSIFICATION), ALL("classifier.weight")},
    {MODEL(head.output.bias),   VECTOR(LABELS),         HEAD(TOKEN_CLASSIFICATION), ALL("classifier.bias")},
};
/* clang-format on */
enum { PARAM_COUNT = sizeof param_table / sizeof *param_table };

static const char *const layer_prefixes[GAZE_NAMINGS] = {
    [GAZE_NAMES_BERT] = "encoder.layer.",
    [GAZE_NAMES_ROBERTA] = "encoder.layer.",
    [GAZE_NAMES_DISTILBERT] = "transformer.layer.",
    [GAZE_NAMES_ELECTRA] = "encoder.layer.",
};

size_t gaze_dim_size(gaze_dim dim, const gaze_config *config) {
    switch (dim) {
    case GAZE_DIM_VOCAB: return config->vocab_size;
    case GAZE_DIM_POSITIONS: return config->max_position_embeddings;
    case GAZE_DIM_TYPES: return config->type_vocab_size;
    case GAZE_DIM_EMBEDDING: return config->embedding_size;
    case GAZE_DIM_HIDDEN: return config->hidden_size;
    case GAZE_DIM_HEADS: return config->num_attention_heads * config->head_size;
    case GAZE_DIM_FEED_FORWARD: return config->intermediate_size;
    case GAZE_DIM_LABELS: return config->num_labels;
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

const char *gaze_param_name(const gaze_param_entry *entry, gaze_naming naming, size_t layer, char *out,
                            size_t capacity) {
    const char *name = entry->names[naming];
    if (entry->in_layer)
        snprintf(out, capacity, "%s%zu.%s", layer_prefixes[naming], layer, name);
    else
        snprintf(out, capacity, "%s", name);
    return out;
}

static bool has(const gaze_params *params, const gaze_param_entry *entry) {
    if (!entry->names[params->naming]) return false;
    if (entry->scope == GAZE_PARAM_PROJECTED && !params->projected) return false;
    return entry->tasks == 0 || (entry->tasks & 1u << params->task);
}

void gaze_params_visit(gaze_params *params, gaze_param_visitor *visit, void *context) {
    const gaze_param_entry *end = param_table + PARAM_COUNT;
    for (const gaze_param_entry *entry = param_table; entry < end;) {
        if (!entry->in_layer) {
            if (has(params, entry) && !visit(context, entry, 0, gaze_params_tensor(params, entry, 0))) return;
            entry++;
            continue;
        }
        const gaze_param_entry *after = entry; /* the run of entries that make up a layer */
        while (after < end && after->in_layer) after++;
        for (size_t layer = 0; layer < params->layer_count; layer++)
            for (const gaze_param_entry *e = entry; e < after; e++)
                if (has(params, e) && !visit(context, e, layer, gaze_params_tensor(params, e, layer))) return;
        entry = after;
    }
}

gaze_status gaze_params_init(gaze_params *params, const gaze_config *config, gaze_error *err) {
    *params = (gaze_params){.naming = gaze_family_of(config->model_type)->naming,
                            .task = config->task,
                            .projected = config->embedding_size != config->hidden_size};
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
