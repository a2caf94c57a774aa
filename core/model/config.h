/* The configuration of a model: config.json's fields under Hugging Face's own names (BertConfig).
 *
 * weights/config_json.h reads it, with Hugging Face's defaults, and refuses values out of range; so the
 * rest of the library trusts what stands here. What sets one model type apart from another stands in
 * core/model/family.h.
 */
#ifndef GAZE_CORE_MODEL_CONFIG_H
#define GAZE_CORE_MODEL_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/nn/activation.h"

typedef enum gaze_model_type {
    GAZE_MODEL_BERT,
    GAZE_MODEL_ROBERTA, /* DistilRoBERTa too: it is a RoBERTa of 6 layers */
    GAZE_MODEL_XLM_ROBERTA,
    GAZE_MODEL_CAMEMBERT,
    GAZE_MODEL_DISTILBERT,
    GAZE_MODEL_ELECTRA,
    GAZE_MODEL_TYPE_COUNT
} gaze_model_type;

/* What the model was made to do beyond its encoder: the part of the class's name behind "For". */
typedef enum gaze_task {
    GAZE_TASK_NONE, /* BertModel */
    GAZE_TASK_MASKED_LM,
    GAZE_TASK_QUESTION_ANSWERING,
    GAZE_TASK_SEQUENCE_CLASSIFICATION,
    GAZE_TASK_TOKEN_CLASSIFICATION,
    GAZE_TASK_COUNT
} gaze_task;

/* "MaskedLM": behind the "For" of a class; "" for GAZE_TASK_NONE. */
const char *gaze_task_name(gaze_task task);

/* What a classifier's numbers mean (PretrainedConfig.problem_type). */
typedef enum gaze_problem {
    GAZE_PROBLEM_UNSET,
    GAZE_PROBLEM_REGRESSION,
    GAZE_PROBLEM_SINGLE_LABEL,
    GAZE_PROBLEM_MULTI_LABEL,
    GAZE_PROBLEM_COUNT
} gaze_problem;

typedef struct gaze_config {
    gaze_model_type model_type;
    char architecture[64];          /* first of "architectures": "BertModel"; "" when absent */
    gaze_task task;                 /* by the architecture */
    size_t vocab_size;              /* V */
    size_t embedding_size;          /* E: D, but in ELECTRA, which projects its embeddings from E to D */
    size_t hidden_size;             /* D */
    size_t num_hidden_layers;       /* L */
    size_t num_attention_heads;     /* H */
    size_t head_size;               /* K: D / H unless the file says otherwise */
    size_t intermediate_size;       /* F */
    size_t max_position_embeddings; /* rows of the position table */
    size_t first_position;          /* row of a text's first token: 0; in RoBERTa pad_token_id + 1 */
    size_t type_vocab_size;         /* rows of the token type table; 0: there is none (DistilBERT) */
    int32_t pad_token_id;
    float layer_norm_eps;
    gaze_activation hidden_act;
    bool tie_word_embeddings; /* a masked language model may decode with its word embeddings */
    size_t num_labels;        /* C of a classifier */
    gaze_problem problem_type;
} gaze_config;

/* Tokens that a text may have: the rows of the position table from first_position on. */
size_t gaze_config_positions(const gaze_config *config);

#endif
