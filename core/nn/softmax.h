/* Softmax: any row of numbers becomes positive numbers that sum to 1.
 *
 *     y[c] = exp(x[c] - max_c x) / sum_c exp(x[c] - max_c x)     torch.nn.functional.softmax
 *
 * Subtracting the maximum changes nothing in exact arithmetic and keeps exp from overflowing.
 */
#ifndef GAZE_CORE_NN_SOFTMAX_H
#define GAZE_CORE_NN_SOFTMAX_H

#include <stddef.h>

/* In place, row by row, y (rows, columns). -inf becomes exactly 0. A row of nothing but -inf
 * becomes uniform, 1/columns each: what Hugging Face gives for a row whose keys are all masked, as
 * its mask is the smallest float rather than -inf. A row with a NaN or +inf becomes NaN, as in
 * torch. */
void gaze_softmax_forward(float *y, size_t rows, size_t columns, int threads);

#endif
