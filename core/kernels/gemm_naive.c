/* The product as it stands in the book, in three loops:
 *
 *     for every row m of X, for every row n of W:   y[m,n] = sum_k x[m,k] w[n,k] + bias[n]
 *
 * Nothing here is fast, and nothing can hide a mistake: it is what to read first, and what the
 * tests compare the fast product (gemm.c, simd/gemm.c) with.
 *
 * The one refinement is in `dot`: K is cut into blocks, each summed from 0. A float has 24 bits.
 * When a small product is added to a long running sum its last bits fall off, every time; short
 * sums, added up at the end, lose fewer.
 */
#include <assert.h>

#include "core/base/half.h"
#include "core/kernels/floats.h"
#include "core/kernels/gemm.h"

/* Element i of an array of one of the three types. */
static float element(const void *data, gaze_dtype dtype, size_t i) {
    switch (dtype) {
    case GAZE_DTYPE_F16: return gaze_f16_to_f32(((const uint16_t *)data)[i]);
    case GAZE_DTYPE_BF16: return gaze_bf16_to_f32(((const uint16_t *)data)[i]);
    default: return ((const float *)data)[i];
    }
}

static float at(gaze_matrix a, size_t i, size_t j) {
    return element(a.data, a.dtype, i * a.row_stride + j * a.column_stride);
}

/* sum_k x[m,k] w[n,k] */
static float dot(gaze_matrix x, size_t m, gaze_matrix w, size_t n, size_t K) {
    float sum = 0;
    for (size_t k0 = 0; k0 < K; k0 += GAZE_GEMM_BLOCK) {
        float block = 0;
        for (size_t k = k0; k < K && k < k0 + GAZE_GEMM_BLOCK; k++)
            block += at(x, m, k) * at(w, n, k);
        sum += block;
    }
    return sum;
}

void gaze_gemm_naive(float *y, size_t y_stride, gaze_matrix x, gaze_matrix w,
                     const gaze_tensor *bias, size_t M, size_t N, size_t K) {
    assert(K > 0 && y_stride >= N && x.dtype == GAZE_DTYPE_F32 && gaze_dtype_is_float(w.dtype));
    bool has_bias = bias && bias->data;
    for (size_t m = 0; m < M; m++)
        for (size_t n = 0; n < N; n++)
            y[m * y_stride + n] =
                dot(x, m, w, n, K) + (has_bias ? element(bias->data, bias->dtype, n) : 0);
}
