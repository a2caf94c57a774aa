/* Percentiles of sizes: where a scale of colours ends, so that a few large numbers do not make all others pale. */
#ifndef GAZE_CORE_EXPLAIN_PERCENTILE_H
#define GAZE_CORE_EXPLAIN_PERCENTILE_H

#include <stddef.h>

/* The smallest |x[i]| that at least the share p (0 to 1) of all |x| does not exceed (nearest rank); 0 when there are
 * none. NaN and infinities are left out. `scratch` (count) is overwritten. */
double gaze_percentile_abs(float *scratch, const float *x, size_t count, double p);

#endif
