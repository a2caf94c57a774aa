/* The kernels of one level: the functions that core/kernels/simd builds once for each instruction
 * set.
 *
 * core/nn calls them through gaze_kernels_now(). All are pure and single-threaded: whoever calls
 * splits the work. None allocates.
 */
#ifndef GAZE_CORE_KERNELS_KERNELS_H
#define GAZE_CORE_KERNELS_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/tensor.h"
#include "core/kernels/cpu.h"
#include "core/kernels/gemm.h"

/* One product, as gaze_gemm was asked for it: y = x @ w^T + bias, or y += x @ w^T. */
typedef struct gaze_gemm_job {
    float *y;
    size_t y_stride;
    gaze_matrix x;           /* (M, K), F32 */
    gaze_matrix w;           /* (N, K) */
    const gaze_tensor *bias; /* (N), or NULL */
    size_t M, N, K;
    bool add;
} gaze_gemm_job;

/* y[i] = f(x[i]), i < count; y may be x. The result for an element does not depend on its place. */
typedef void gaze_map(float *y, const float *x, size_t count);

typedef struct gaze_kernels {
    gaze_level level;

    /* Columns n .. n + panel - 1 (those that exist) and rows begin .. end - 1 of a product. */
    size_t panel;
    void (*gemm_panel)(const gaze_gemm_job *job, size_t n, size_t begin, size_t end);

    gaze_map *exp, *erf, *tanh;
    gaze_map *gelu, *gelu_new, *gelu_fast, *quick_gelu, *relu, *silu;

    void (*add)(float *y, const float *x, size_t count); /* y += x */
    void (*scale)(float *y, float factor, size_t count); /* y *= factor */
    void (*widen)(float *out, const void *in, gaze_dtype dtype, size_t count);

    /* In place, as core/nn/softmax.h says. */
    void (*softmax_row)(float *y, size_t count);
    /* Mean and variance (divided by count, not count - 1) of one row. */
    void (*moments)(const float *x, size_t count, float *mean, float *variance);
    /* y = (x - mean) * factor * weight + bias */
    void (*normalize)(float *y, const float *x, float mean, float factor, const float *weight,
                      const float *bias, size_t count);

    /* Multiplies and adds in registers, and returns how many operations that was: for
     * benchmarks. */
    double (*peak)(size_t rounds);
} gaze_kernels;

/* Those of the level in use (core/kernels/cpu.h). */
const gaze_kernels *gaze_kernels_now(void);

#endif
