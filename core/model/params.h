/* The parameters of a model, and the one table that describes them.
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
#include "core/model/family.h"
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

/* What turns hidden states into a task's numbers; which parts there are depends on the task and the
 * family (core/model/heads.h). */
typedef struct gaze_head_params {
    gaze_linear_params dense;    /* (E, D) in a masked language model, else (D, D) */
    gaze_layernorm_params norm;  /* (E) */
    gaze_linear_params output;   /* (V, E), (C, D) or (2, D); weight absent: the word embeddings, tied */
} gaze_head_params;

typedef struct gaze_params {
    gaze_tensor word_embeddings;       /* (V, E) */
    gaze_tensor position_embeddings;   /* (max_position_embeddings, E) */
    gaze_tensor token_type_embeddings; /* (type_vocab_size, E); absent in DistilBERT */
    gaze_layernorm_params embeddings_norm;
    gaze_linear_params embeddings_project; /* (D, E); absent where E is D */
    gaze_layer_params *layers;             /* L of them, owned by this struct */
    size_t layer_count;
    gaze_linear_params pooler; /* (D, D); absent (data NULL) in many files */
    gaze_head_params head;
    /* which entries of the table the model has */
    gaze_naming naming;
    gaze_task task;
    bool projected;
} gaze_params;

/* What a dimension of a parameter is, so that the table can state shapes. */
typedef enum gaze_dim {
    GAZE_DIM_VOCAB,
    GAZE_DIM_POSITIONS,
    GAZE_DIM_TYPES,
    GAZE_DIM_EMBEDDING,
    GAZE_DIM_HIDDEN,
    GAZE_DIM_HEADS, /* H*K */
    GAZE_DIM_FEED_FORWARD,
    GAZE_DIM_LABELS
} gaze_dim;

/* Which models have an entry, besides those that have no name for it. */
typedef enum gaze_param_scope {
    GAZE_PARAM_ALWAYS,
    GAZE_PARAM_PROJECTED, /* where E is not D */
    GAZE_PARAM_POOLER,    /* optional: a file may lack it */
    GAZE_PARAM_HEAD       /* a file without it is a model without a head */
} gaze_param_scope;

typedef struct gaze_param_entry {
    const char *names[GAZE_NAMINGS]; /* Hugging Face's; NULL: the family has no such parameter. In a layer:
                                        behind "encoder.layer.3." */
    gaze_param_scope scope;
    unsigned tasks; /* bits 1 << gaze_task of the models that have it; 0: all */
    bool tied;      /* when absent, the word embeddings stand in for it, if the configuration says so */
    bool in_layer;  /* offset is within gaze_layer_params, else within gaze_params */
    size_t offset;  /* of the gaze_tensor */
    size_t rank;    /* 1 or 2 */
    gaze_dim shape[2];
} gaze_param_entry;

/* Size of one dimension in a model with this configuration. */
size_t gaze_dim_size(gaze_dim dim, const gaze_config *config);

/* The tensor that an entry describes; `layer` is ignored where the entry is not in a layer. */
gaze_tensor *gaze_params_tensor(gaze_params *params, const gaze_param_entry *entry, size_t layer);
const gaze_tensor *gaze_params_tensor_const(const gaze_params *params, const gaze_param_entry *entry,
                                            size_t layer);
/* "encoder.layer.3.output.dense.bias" into out; returns out. */
const char *gaze_param_name(const gaze_param_entry *entry, gaze_naming naming, size_t layer, char *out,
                            size_t capacity);

/* Calls visit for every parameter that such a model has, absent ones included, in the order of the
 * forward pass, until it returns false. */
typedef bool gaze_param_visitor(void *context, const gaze_param_entry *entry, size_t layer,
                                gaze_tensor *tensor);
void gaze_params_visit(gaze_params *params, gaze_param_visitor *visit, void *context);

/* Room for the layers; all tensors absent. The tensors' data is never owned by this struct. */
gaze_status gaze_params_init(gaze_params *params, const gaze_config *config, gaze_error *err);
void gaze_params_deinit(gaze_params *params);

/* Number of scalars in all parameters that are present. */
size_t gaze_params_count(const gaze_params *params);

#endif
