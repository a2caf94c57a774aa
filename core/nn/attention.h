/* Attention: every query row looks at all key rows and takes the mean of their values, weighted.
 *
 *     scores_h     = Q_h @ K_h^T * scale          (T,K) x (S,K) -> (T,S)     scale = 1/sqrt(K)
 *     attentions_h = softmax(scores_h)            rows over S
 *     context_h    = attentions_h @ V_h           (T,S) x (S,K) -> (T,K)
 *
 * Three functions, one a phase, because hooks watch and edit between them; the phase in the middle
 * is gaze_softmax_forward(scores, H * T, S, threads). Hugging Face: eager_attention_forward, called
 * by BertSelfAttention.
 *
 * In rows of queries, keys, values and context the heads stand side by side, K numbers each; scores
 * are (H, T, S) without gaps.
 */
#ifndef GAZE_CORE_NN_ATTENTION_H
#define GAZE_CORE_NN_ATTENTION_H

#include <stddef.h>

/* The keys first .. end - 1 that one query row may look at; first < end <= S. */
typedef struct gaze_key_range {
    size_t first;
    size_t end;
} gaze_key_range;

/* Several heads may share the keys and values of one key head: head h reads h / (H / key_heads). */
typedef struct gaze_attention_shape {
    size_t queries;               /* T: query rows */
    size_t keys;                  /* S: key rows, and value rows */
    size_t heads;                 /* H */
    size_t key_heads;             /* divides H; H itself in BERT */
    size_t head_size;             /* K */
    size_t query_stride;          /* floats from a query row to the next: H*K, or more */
    size_t key_stride;            /* the same of keys and of values: key_heads*K, or more */
    size_t context_stride;        /* the same of context: H*K, or more */
    const gaze_key_range *ranges; /* (T), or NULL: every query sees every key */
} gaze_attention_shape;

/* scores (H,T,S) = Q K^T * scale, the product first, as Hugging Face does. A key outside its row's
 * range gets -inf, which the softmax turns into exactly 0. scale: usually head_size ^ -0.5. */
void gaze_attention_scores(float *scores, const float *queries, const float *keys,
                           const gaze_attention_shape *shape, float scale, int threads);

/* context (T, H*K) = attentions (H,T,S) @ values (S, key_heads*K). */
void gaze_attention_context(float *context, const float *attentions, const float *values,
                            const gaze_attention_shape *shape, int threads);

#endif
