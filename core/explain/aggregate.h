/* Aggregates: several heads as one matrix.
 *
 *     mean[t,s] = sum_h a[h,t,s] / H          rows still sum to 1
 *     max[t,s]  = max_h a[h,t,s]              rows sum to 1 or more
 */
#ifndef GAZE_CORE_EXPLAIN_AGGREGATE_H
#define GAZE_CORE_EXPLAIN_AGGREGATE_H

#include <stddef.h>

/* Of `count` matrices of `size` elements each, matrix i at matrices[i]; count is at least 1. The sum is
 * taken in double in the order of i. NaN in any of them is NaN in the result. */
void gaze_aggregate_mean(float *out, const float *const *matrices, size_t count, size_t size);
void gaze_aggregate_max(float *out, const float *const *matrices, size_t count, size_t size);

#endif
