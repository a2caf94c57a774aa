/* Layer normalisation of each row:
 *
 *     mean = sum_d x[d] / D      var = sum_d (x[d] - mean)^2 / D
 *     y[d] = (x[d] - mean) / sqrt(var + eps) * weight[d] + bias[d]
 *
 *     x, y (rows, D)   weight, bias (D)
 *
 * torch.nn.LayerNorm. The row is read twice, first for the mean, then for the variance: the
 * textbook's E[x^2] - mean^2 would subtract two nearly equal numbers. The variance divides by D,
 * not D - 1. The work on one row is in core/kernels/simd/layernorm.c.
 */
#include "core/nn/layernorm.h"

#include <assert.h>
#include <math.h>

#include "core/kernels/floats.h"
#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

/* Numbers of 16-bit parameters that are widened at once. */
enum { BLOCK = 256 };

static void normalize_row(float *y, const float *x, const gaze_layernorm_params *params, size_t D,
                          float eps) {
    const gaze_kernels *kernels = gaze_kernels_now();
    float mean, variance, weight[BLOCK], bias[BLOCK];
    kernels->moments(x, D, &mean, &variance);
    float factor = 1.0f / sqrtf(variance + eps);
    for (size_t d = 0; d < D; d += BLOCK) {
        size_t count = D - d < BLOCK ? D - d : BLOCK;
        kernels->normalize(y + d, x + d, mean, factor,
                           gaze_floats(&params->weight, d, count, weight),
                           gaze_floats(&params->bias, d, count, bias), count);
    }
}

void gaze_layernorm_forward(float *y, const float *x, const gaze_layernorm_params *params,
                            size_t rows, float eps, int threads) {
    size_t D = gaze_tensor_count(&params->weight);
    assert(params->weight.data && params->bias.data && D > 0 &&
           gaze_tensor_count(&params->bias) == D);
    assert(gaze_dtype_is_float(params->weight.dtype) && gaze_dtype_is_float(params->bias.dtype));
    threads = gaze_threads_for(threads, rows * D);
    GAZE_PARALLEL_FOR(threads)
    for (size_t t = 0; t < rows; t++) normalize_row(y + t * D, x + t * D, params, D, eps);
}
