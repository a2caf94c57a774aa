/* Softmax of each row:
 *
 *     y[c] = exp(x[c] - max) / sum_c exp(x[c] - max)
 *
 *     y (rows, columns), in place
 *
 * torch.nn.functional.softmax(x, dim=-1). exp(-inf) is exactly 0 here, so a masked key weighs
 * nothing. The work on one row is in core/kernels/simd/softmax.c.
 */
#include "core/nn/softmax.h"

#include <assert.h>

#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

void gaze_softmax_forward(float *y, size_t rows, size_t columns, int threads) {
    assert(columns > 0);
    const gaze_kernels *kernels = gaze_kernels_now();
    threads = gaze_threads_for(threads, rows * columns);
    GAZE_PARALLEL_FOR(threads)
    for (size_t r = 0; r < rows; r++) kernels->softmax_row(y + r * columns, columns);
}
