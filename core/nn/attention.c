/* Attention, head by head:
 *
 *     scores[h,t,s]  = scale * sum_k q[t,h,k] k[s,h,k]          (T,K) @ (S,K)^T
 *     context[t,h,k] = sum_s attentions[h,t,s] v[s,h,k]         (T,S) @ (S,K)
 *
 *     queries, context (T, H, K)   keys, values (S, key_heads, K)   scores, attentions (H, T, S)
 *
 * Hugging Face: eager_attention_forward in modeling_bert.py. With fewer key heads than heads
 * (grouped-query attention) H / key_heads neighbouring heads share one; repeat_kv in
 * modeling_qwen2.py.
 */
#include "core/nn/attention.h"

#include <assert.h>
#include <math.h>

#include "core/kernels/gemm.h"
#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

/* A thread's share: one head, this many query rows. */
enum { ROWS = 128 };

static void assert_shape(const gaze_attention_shape *a) {
    assert(a->keys > 0 && a->head_size > 0 && a->heads > 0);
    assert(a->key_heads > 0 && a->heads % a->key_heads == 0);
    assert(a->query_stride >= a->heads * a->head_size);
    assert(a->context_stride >= a->heads * a->head_size);
    assert(a->key_stride >= a->key_heads * a->head_size);
    (void)a;
}

static size_t blocks_of(const gaze_attention_shape *a) {
    return (a->queries + ROWS - 1) / ROWS;
}

static int threads_of(const gaze_attention_shape *a, int threads) {
    return gaze_threads_for(threads, a->heads * a->queries * a->keys * a->head_size / 8);
}

/* Where key head of head h begins in a row of keys or values. */
static size_t key_column(const gaze_attention_shape *a, size_t h) {
    return h / (a->heads / a->key_heads) * a->head_size;
}

/* scores[0..S) outside the range = -inf */
static void mask_row(float *scores, size_t S, gaze_key_range range) {
    assert(range.first < range.end && range.end <= S);
    for (size_t s = 0; s < range.first; s++) scores[s] = -INFINITY;
    for (size_t s = range.end; s < S; s++) scores[s] = -INFINITY;
}

/* Rows t .. t + rows - 1 of head h. */
static void scores_of(float *scores, const float *queries, const float *keys,
                      const gaze_attention_shape *a, float scale, size_t h, size_t t, size_t rows) {
    size_t S = a->keys, K = a->head_size;
    const float *q_th = queries + t * a->query_stride + h * K;
    const float *k_h = keys + key_column(a, h);
    float *scores_ht = scores + (h * a->queries + t) * S;
    gaze_gemm(scores_ht, S, gaze_matrix_rows(q_th, a->query_stride),
              gaze_matrix_rows(k_h, a->key_stride), NULL, rows, S, K, 1);
    gaze_kernels_now()->scale(scores_ht, scale, rows * S);
    for (size_t r = 0; a->ranges && r < rows; r++) mask_row(scores_ht + r * S, S, a->ranges[t + r]);
}

void gaze_attention_scores(float *scores, const float *queries, const float *keys,
                           const gaze_attention_shape *shape, float scale, int threads) {
    assert_shape(shape);
    size_t T = shape->queries, blocks = blocks_of(shape);
    threads = threads_of(shape, threads);
    GAZE_PARALLEL_FOR(threads)
    for (size_t i = 0; i < shape->heads * blocks; i++) {
        size_t t = i % blocks * ROWS;
        scores_of(scores, queries, keys, shape, scale, i / blocks, t, T - t < ROWS ? T - t : ROWS);
    }
}

/* Rows t .. t + rows - 1 of head h. */
static void context_of(float *context, const float *attentions, const float *values,
                       const gaze_attention_shape *a, size_t h, size_t t, size_t rows) {
    size_t S = a->keys, K = a->head_size;
    const float *p_ht = attentions + (h * a->queries + t) * S;
    gaze_matrix v_h = gaze_matrix_rows(values + key_column(a, h), a->key_stride);
    gaze_gemm(context + t * a->context_stride + h * K, a->context_stride, gaze_matrix_rows(p_ht, S),
              gaze_matrix_transpose(v_h), NULL, rows, K, S, 1);
}

void gaze_attention_context(float *context, const float *attentions, const float *values,
                            const gaze_attention_shape *shape, int threads) {
    assert_shape(shape);
    size_t T = shape->queries, blocks = blocks_of(shape);
    threads = threads_of(shape, threads);
    GAZE_PARALLEL_FOR(threads)
    for (size_t i = 0; i < shape->heads * blocks; i++) {
        size_t t = i % blocks * ROWS;
        context_of(context, attentions, values, shape, i / blocks, t, T - t < ROWS ? T - t : ROWS);
    }
}
