/* A part of a matrix of attention: some of its tokens alone, and what that leaves out.
 *
 *     out[i,j] = a[kept[i], kept[j]]                                    rows sum to less than 1
 *     share    = 1/|rows| sum_{t in rows} sum_{s in columns} a[t,s]     what those columns take of those rows
 *     a[t,s]   = a[t,s] / sum_s' a[t,s']                                rows sum to 1 again
 */
#ifndef GAZE_CORE_EXPLAIN_SUBSET_H
#define GAZE_CORE_EXPLAIN_SUBSET_H

#include <stddef.h>

/* a (T,T) -> out (N,N): rows and columns kept[N], ascending. `out` may be `a`. */
void gaze_subset_take(float *out, const float *a, size_t T, const size_t *kept, size_t N);

/* Mean over the given rows of what they give to the given columns, in double; 0 when there are no rows. */
double gaze_subset_share(const float *a, size_t T, const size_t *rows, size_t row_count, const size_t *columns,
                         size_t column_count);

/* Divides each row by its sum; a row of zeros stays as it is. */
void gaze_rows_renormalise(float *a, size_t rows, size_t columns);

#endif
