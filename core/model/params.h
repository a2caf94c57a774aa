/* The parameters of an encoder, and the one table that describes them.
 *
 * The table serves everything that must visit all parameters: loading by name, counting, printing,
 * zeroing gradients, tests that drop one. Nobody lists them by hand a second time.
 */
#ifndef GAZE_CORE_MODEL_PARAMS_H
#define GAZE_CORE_MODEL_PARAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tensor.h"
#include "core/model/config.h"
#include "core/nn/layernorm.h"
#include "core/nn/linear.h"

/* One layer (Hugging Face: BertLayer). HK is H*K, which is D in every published BERT. */
typedef struct gaze_layer_params {
    gaze_linear_params query;            /* (HK, D) */
    gaze_linear_params key;              /* (HK, D) */
    gaze_linear_params value;            /* (HK, D) */
    gaze_linear_params attention_output; /* (D, HK) */
    gaze_layernorm_params attention_norm;
    gaze_linear_params intermediate; /* (F, D) */
    gaze_linear_params output;       /* (D, F) */
    gaze_layernorm_params output_norm;
} gaze_layer_params;

typedef struct gaze_params {
    gaze_tensor word_embeddings;       /* (V, D) */
    gaze_tensor position_embeddings;   /* (max_position_embeddings, D) */
    gaze_tensor token_type_embeddings; /* (type_vocab_size, D) */
    gaze_layernorm_params embeddings_norm;
    gaze_layer_params *layers; /* L of them, owned by this struct */
    size_t layer_count;
    gaze_linear_params pooler; /* (D, D); absent (data NULL) in many files */
} gaze_params;

/* What a dimension of a parameter is, so that the table can state shapes. */
typedef enum gaze_dim {
    GAZE_DIM_VOCAB,
    GAZE_DIM_POSITIONS,
    GAZE_DIM_TYPES,
    GAZE_DIM_HIDDEN,
    GAZE_DIM_HEADS, /* H*K */
    GAZE_DIM_FEED_FORWARD
} gaze_dim;

typedef struct gaze_param_entry {
    const char *name;   /* Hugging Face's name; '#' stands for the layer's number */
    bool in_layer;      /* offset is within gaze_layer_params, else within gaze_params */
    bool optional;      /* a file may lack it (the pooler) */
    size_t offset;      /* of the gaze_tensor */
    size_t rank;        /* 1 or 2 */
    gaze_dim shape[2];
} gaze_param_entry;

/* The table, in the order of the forward pass. */
extern const gaze_param_entry gaze_param_table[];
extern const size_t gaze_param_table_count;

/* Size of one dimension in a model with this configuration. */
size_t gaze_dim_size(gaze_dim dim, const gaze_config *config);

/* The tensor that an entry describes; `layer` is ignored where the entry is not in a layer. */
gaze_tensor *gaze_params_tensor(gaze_params *params, const gaze_param_entry *entry, size_t layer);
const gaze_tensor *gaze_params_tensor_const(const gaze_params *params, const gaze_param_entry *entry,
                                            size_t layer);
/* "encoder.layer.3.output.dense.bias" into out; returns out. */
const char *gaze_param_name(const gaze_param_entry *entry, size_t layer, char *out, size_t capacity);

/* Calls visit for every parameter, absent ones included, in the order of the forward pass, until it
 * returns false. */
typedef bool gaze_param_visitor(void *context, const gaze_param_entry *entry, size_t layer,
                                gaze_tensor *tensor);
void gaze_params_visit(gaze_params *params, gaze_param_visitor *visit, void *context);

/* Room for the layers; all tensors absent. The tensors' data is never owned by this struct. */
gaze_status gaze_params_init(gaze_params *params, const gaze_config *config, gaze_error *err);
void gaze_params_deinit(gaze_params *params);

/* Number of scalars in all parameters that are present. */
size_t gaze_params_count(const gaze_params *params);

#endif
