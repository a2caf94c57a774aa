/* Hooks: the encoder can be watched, and edited, at named points of its forward pass.
 *
 * One structure serves the record (core/model/record.h), ablation, patched activations and gates. A hook
 * is called for each layer and each sequence of the batch, in order, from one thread, and may change what
 * it is shown: the forward pass goes on with the changed numbers.
 */
#ifndef GAZE_CORE_MODEL_HOOK_H
#define GAZE_CORE_MODEL_HOOK_H

#include <stddef.h>

typedef enum gaze_point {
    GAZE_POINT_EMBEDDINGS,   /* rows T, columns D: after the embeddings' LayerNorm (hidden_states[0]) */
    GAZE_POINT_QUERIES,      /* H x (T, K), heads side by side in rows of H*K */
    GAZE_POINT_KEYS,         /* the same */
    GAZE_POINT_VALUES,       /* the same */
    GAZE_POINT_SCORES,       /* H x (T, S): scaled, before the softmax */
    GAZE_POINT_ATTENTIONS,   /* H x (T, S): after the softmax */
    GAZE_POINT_HEAD_OUTPUTS, /* H x (T, K): attention @ values, before the output projection */
    GAZE_POINT_LAYER_OUTPUT, /* rows T, columns D: hidden_states[layer + 1] */
    GAZE_POINT_COUNT
} gaze_point;

/* What a hook is shown: `heads` matrices of rows x columns. Element (h, r, c) stands at
 * data[h * head_stride + r * row_stride + c]. */
typedef struct gaze_site {
    gaze_point point;
    size_t layer;    /* 0 for EMBEDDINGS */
    size_t sequence; /* index in the batch */
    float *data;
    size_t heads; /* 1 where there are none */
    size_t rows;
    size_t columns;
    size_t head_stride;
    size_t row_stride;
} gaze_site;

typedef void gaze_hook_function(void *context, const gaze_site *site);

/* A list of hooks; several may be linked. They are called in the order of the list. */
typedef struct gaze_hook {
    gaze_hook_function *call;
    void *context;
    const struct gaze_hook *next;
} gaze_hook;

#endif
