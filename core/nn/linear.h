/* Linear layer:  y = x @ W^T + b.
 *
 *     x (rows, in)   W (out, in)   b (out)   y (rows, out)          torch.nn.Linear
 */
#ifndef GAZE_CORE_NN_LINEAR_H
#define GAZE_CORE_NN_LINEAR_H

#include <stddef.h>

#include "core/base/tensor.h"

/* y = x @ weight^T + bias   (torch.nn.Linear) */
typedef struct gaze_linear_params {
    gaze_tensor weight; /* (out, in) */
    gaze_tensor bias;   /* (out); absent (data NULL): none */
} gaze_linear_params;

/* y (rows, out) from x (rows, in); both without gaps; y is not x. The sizes are the weight's. */
void gaze_linear_forward(float *y, const float *x, const gaze_linear_params *params, size_t rows,
                         int threads);

#endif
