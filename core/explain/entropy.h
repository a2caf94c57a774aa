/* Entropy: how broadly a head looks.
 *
 *     H_t = -sum_s a[t,s] ln a[t,s]        0 ln 0 = 0; 0 for one key alone, ln S for all alike
 */
#ifndef GAZE_CORE_EXPLAIN_ENTROPY_H
#define GAZE_CORE_EXPLAIN_ENTROPY_H

#include <stddef.h>

/* Mean of H_t over the rows of a (rows, columns), in nats; 0 when there are no rows. */
double gaze_entropy_mean(const float *a, size_t rows, size_t columns);

#endif
