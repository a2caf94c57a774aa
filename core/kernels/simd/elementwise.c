/* Sums and multiples, number by number. */
#include "core/kernels/simd/level.h"

void NAME(add)(float *y, const float *x, size_t count) {
    size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH) store(y + i, load(y + i) + load(x + i));
    for (; i < count; i++) y[i] += x[i];
}

void NAME(scale)(float *y, float factor, size_t count) {
    size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH) store(y + i, load(y + i) * factor);
    for (; i < count; i++) y[i] *= factor;
}
