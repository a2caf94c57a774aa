/* Linear layer:  y[t,o] = sum_i x[t,i] W[o,i] + b[o]
 *
 *     x (rows, in)   W (out, in)   b (out)   y (rows, out)
 *
 * torch.nn.Linear: BertSelfAttention's query, key and value, and every "dense" in modeling_bert.py.
 * W is stored with a row for each output, so the product is with its transpose.
 */
#include "core/nn/linear.h"

#include <assert.h>

#include "core/kernels/gemm.h"

void gaze_linear_forward(float *y, const float *x, const gaze_linear_params *params, size_t rows,
                         int threads) {
    const gaze_tensor *weight = &params->weight;
    assert(weight->data && weight->rank == 2);
    size_t out = weight->shape[0], in = weight->shape[1];
    gaze_gemm(y, out, gaze_matrix_rows(x, in), gaze_matrix_of(weight), &params->bias, rows, out, in,
              threads);
}
