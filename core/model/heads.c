#include "core/model/heads.h"

#include <assert.h>

#include "core/model/family.h"
#include "core/nn/activation.h"
#include "core/nn/layernorm.h"
#include "core/nn/linear.h"

/* What the families do differently --------------------------------------------------------------------- */

#define HIDDEN_ACT GAZE_ACTIVATION_COUNT /* the configuration's own */

typedef struct head_rule {
    gaze_head_input input;
    gaze_activation activation; /* behind dense, where there is one */
} head_rule;

/* clang-format off */
static const head_rule rules[GAZE_TASK_COUNT][GAZE_NAMINGS] = {
    [GAZE_TASK_MASKED_LM] = {
        [GAZE_NAMES_BERT]       = {GAZE_HEAD_TOKENS, HIDDEN_ACT}, /* BertLMPredictionHead */
        [GAZE_NAMES_ROBERTA]    = {GAZE_HEAD_TOKENS, GAZE_GELU},  /* RobertaLMHead */
        [GAZE_NAMES_DISTILBERT] = {GAZE_HEAD_TOKENS, HIDDEN_ACT}, /* DistilBertForMaskedLM */
        [GAZE_NAMES_ELECTRA]    = {GAZE_HEAD_TOKENS, GAZE_GELU},  /* ElectraGeneratorPredictions */
    },
    [GAZE_TASK_SEQUENCE_CLASSIFICATION] = {
        [GAZE_NAMES_BERT]       = {GAZE_HEAD_POOLED, HIDDEN_ACT},      /* BertForSequenceClassification */
        [GAZE_NAMES_ROBERTA]    = {GAZE_HEAD_FIRST_TOKENS, GAZE_TANH}, /* RobertaClassificationHead */
        [GAZE_NAMES_DISTILBERT] = {GAZE_HEAD_FIRST_TOKENS, GAZE_RELU}, /* DistilBertForSequenceClassification */
        [GAZE_NAMES_ELECTRA]    = {GAZE_HEAD_FIRST_TOKENS, GAZE_GELU}, /* ElectraClassificationHead */
    },
    /* question answering and token classification: every token, nothing but an output, in all families */
};
/* clang-format on */

static const head_rule *rule_of(const gaze_config *config) {
    assert(config->task != GAZE_TASK_NONE);
    return &rules[config->task][gaze_family_of(config->model_type)->naming];
}

gaze_head_input gaze_head_input_of(const gaze_config *config) {
    return rule_of(config)->input;
}

size_t gaze_head_columns(const gaze_config *config) {
    return config->task == GAZE_TASK_MASKED_LM ? config->vocab_size : config->num_labels;
}

size_t gaze_head_scratch(const gaze_config *config) {
    return config->task == GAZE_TASK_MASKED_LM ? config->embedding_size : config->hidden_size;
}

/* Presence --------------------------------------------------------------------------------------------- */

typedef struct search {
    bool tie;
    bool complete;
} search;

static bool look(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *tensor) {
    search *s = context;
    (void)layer;
    if (entry->scope == GAZE_PARAM_HEAD && !tensor->data && !(entry->tied && s->tie)) s->complete = false;
    return s->complete;
}

bool gaze_head_present(const gaze_config *config, const gaze_params *params) {
    gaze_params copy = *params; /* the visitor's pointers are not const; nothing is written */
    search s = {.tie = config->tie_word_embeddings, .complete = config->task != GAZE_TASK_NONE};
    gaze_params_visit(&copy, look, &s);
    return s.complete;
}

/* Forward ---------------------------------------------------------------------------------------------- */

void gaze_pooler_forward(float *pooled, const float *hidden, const gaze_config *config,
                         const gaze_params *params, const gaze_batch *batch, int threads) {
    size_t D = config->hidden_size;
    for (size_t s = 0; s < batch->count; s++)
        gaze_linear_forward(pooled + s * D, hidden + batch->starts[s] * D, &params->pooler, 1, threads);
    gaze_activation_forward(pooled, pooled, batch->count * D, GAZE_TANH, threads);
}

void gaze_head_forward(float *logits, const float *x, size_t rows, float *scratch, const gaze_config *config,
                       const gaze_params *params, int threads) {
    const gaze_head_params *head = &params->head;
    gaze_linear_params output = head->output;
    if (head->dense.weight.data) {
        gaze_activation activation = rule_of(config)->activation;
        size_t count = rows * head->dense.weight.shape[0];
        if (activation == HIDDEN_ACT) activation = config->hidden_act;
        gaze_linear_forward(scratch, x, &head->dense, rows, threads);
        gaze_activation_forward(scratch, scratch, count, activation, threads);
        x = scratch;
    }
    if (head->norm.weight.data) {
        gaze_layernorm_forward(scratch, x, &head->norm, rows, config->layer_norm_eps, threads);
        x = scratch;
    }
    if (!output.weight.data) output.weight = params->word_embeddings;
    gaze_linear_forward(logits, x, &output, rows, threads);
}
