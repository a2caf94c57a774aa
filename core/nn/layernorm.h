/* Layer normalisation: every row is brought to mean 0 and variance 1, then scaled and shifted.
 *
 *     mean = sum_d x[d] / D      var = sum_d (x[d] - mean)^2 / D
 *     y[d] = (x[d] - mean) / sqrt(var + eps) * weight[d] + bias[d]
 *
 *     x, y (rows, D)   weight, bias (D)          torch.nn.LayerNorm
 */
#ifndef GAZE_CORE_NN_LAYERNORM_H
#define GAZE_CORE_NN_LAYERNORM_H

#include <stddef.h>

#include "core/base/tensor.h"

/* y = (x - mean) / sqrt(variance + eps) * weight + bias   (torch.nn.LayerNorm) */
typedef struct gaze_layernorm_params {
    gaze_tensor weight; /* (D), "gamma" in old files */
    gaze_tensor bias;   /* (D), "beta" in old files */
} gaze_layernorm_params;

/* y (rows, D) from x (rows, D), D being the weight's size. y may be x. */
void gaze_layernorm_forward(float *y, const float *x, const gaze_layernorm_params *params,
                            size_t rows, float eps, int threads);

#endif
