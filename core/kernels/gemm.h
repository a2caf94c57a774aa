/* Matrix multiplication: Y[M,N] = X[M,K] W[N,K]^T + bias[N], in float32.
 *
 *     y[m,n] = bias[n] + sum_k x[m,k] w[n,k]
 *
 * Row-major means: the elements of a row are neighbours in memory. A matrix is described by two
 * strides, so that one function serves every product of a transformer and of its gradients:
 *
 *     linear             Y  = X W^T      gaze_gemm(y, N, X (M,K), W (N,K))
 *     attention scores   A  = Q K^T      gaze_gemm(a, S, Q (T,K), K (S,K))
 *     context            C  = A V        gaze_gemm(c, D, A (T,S), V^T (K,S))
 *     gradients          dX = dY W       gaze_gemm(dx, K, dY (M,N), W^T (K,N))
 *                        dW += dY^T X    gaze_gemm_add(dw, K, dY^T (N,M), X^T (K,M))
 *
 * The second factor may be F16 or BF16; it is widened, exactly, a block at a time. It is read where
 * it lies, nothing is allocated.
 *
 * Sums: K is cut into blocks of GAZE_GEMM_BLOCK; each block is summed from 0 in the order of k, the
 * sums are added in order, the bias last. So y[m,n] depends on row m of X and row n of W alone: not
 * on the number of threads, nor on M, nor on where the row stands. NaN and infinity propagate.
 */
#ifndef GAZE_CORE_KERNELS_GEMM_H
#define GAZE_CORE_KERNELS_GEMM_H

#include <stddef.h>

#include "core/base/tensor.h"

/* One running sum over K = 3072 would have two to three times the rounding error of blocks of 256. Blocks of 384 are
 * a little faster; with them the results of a base-size model were a third to a half farther from float64. */
#define GAZE_GEMM_BLOCK 256

/* A matrix where it lies: element (i, j) is data[i * row_stride + j * column_stride]. */
typedef struct gaze_matrix {
    const void *data;
    gaze_dtype dtype;     /* F32, F16 or BF16; aligned for its type */
    size_t row_stride;    /* in elements */
    size_t column_stride; /* in elements */
} gaze_matrix;

/* A float matrix whose rows begin `stride` floats apart. */
static inline gaze_matrix gaze_matrix_rows(const float *data, size_t stride) {
    return (gaze_matrix){
        .data = data, .dtype = GAZE_DTYPE_F32, .row_stride = stride, .column_stride = 1};
}

/* A tensor of rank 2, as it lies in a file: rows without gaps. */
static inline gaze_matrix gaze_matrix_of(const gaze_tensor *tensor) {
    return (gaze_matrix){.data = tensor->data,
                         .dtype = tensor->dtype,
                         .row_stride = tensor->shape[1],
                         .column_stride = 1};
}

/* The same matrix with rows and columns exchanged. Nothing moves. */
static inline gaze_matrix gaze_matrix_transpose(gaze_matrix a) {
    return (gaze_matrix){.data = a.data,
                         .dtype = a.dtype,
                         .row_stride = a.column_stride,
                         .column_stride = a.row_stride};
}

/* y (M,N), rows y_stride >= N floats apart, = x (M,K) @ w (N,K)^T + bias (N). x is F32. bias may be
 * NULL or absent (data NULL), and has any of the three types. y overlaps neither x nor w. M and N
 * may be 0, K may not. threads: at least 1; small products use fewer. */
void gaze_gemm(float *y, size_t y_stride, gaze_matrix x, gaze_matrix w, const gaze_tensor *bias,
               size_t M, size_t N, size_t K, int threads);

/* y += x @ w^T. */
void gaze_gemm_add(float *y, size_t y_stride, gaze_matrix x, gaze_matrix w, size_t M, size_t N,
                   size_t K, int threads);

/* The same product as three loops in plain C, with the same blocks (gemm_naive.c): what to read
 * first, and what tests compare the fast one with. They agree but for rounding. */
void gaze_gemm_naive(float *y, size_t y_stride, gaze_matrix x, gaze_matrix w,
                     const gaze_tensor *bias, size_t M, size_t N, size_t K);

#endif
