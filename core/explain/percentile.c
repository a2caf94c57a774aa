#include "core/explain/percentile.h"

#include <math.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

double gaze_percentile_abs(float *scratch, const float *x, size_t count, double p) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(x[i])) scratch[n++] = fabsf(x[i]);
    if (n == 0) return 0;
    qsort(scratch, n, sizeof *scratch, compare);
    size_t rank = (size_t)ceil(p * (double)n);
    return (double)scratch[rank > 0 ? rank - 1 : 0];
}
