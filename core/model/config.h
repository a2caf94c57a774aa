/* The configuration of an encoder: config.json's fields under Hugging Face's own names (BertConfig).
 *
 * weights/config_json.h reads it, with Hugging Face's defaults, and refuses values out of range; so the
 * rest of the library trusts what stands here.
 */
#ifndef GAZE_CORE_MODEL_CONFIG_H
#define GAZE_CORE_MODEL_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "core/nn/activation.h"

typedef enum gaze_model_type {
    GAZE_MODEL_BERT,
    GAZE_MODEL_TYPE_COUNT
} gaze_model_type;

/* "bert": config.json's model_type. */
const char *gaze_model_type_name(gaze_model_type type);

typedef struct gaze_config {
    gaze_model_type model_type;
    char architecture[64];          /* first of "architectures": "BertModel"; "" when absent */
    size_t vocab_size;              /* V */
    size_t hidden_size;             /* D */
    size_t num_hidden_layers;       /* L */
    size_t num_attention_heads;     /* H */
    size_t head_size;               /* K: D / H unless the file says otherwise */
    size_t intermediate_size;       /* F */
    size_t max_position_embeddings; /* rows of the position table */
    size_t type_vocab_size;         /* rows of the token type table */
    int32_t pad_token_id;
    float layer_norm_eps;
    gaze_activation hidden_act;
} gaze_config;

#endif
