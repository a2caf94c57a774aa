/* A row is walked in strips of 16 numbers, and every lane of a strip has a running sum of its own; the 16 sums are
 * added up at the end, in a fixed order. So a sum has the small error of a pairwise one, and the same order at every
 * level.
 */
#ifndef GAZE_CORE_KERNELS_SIMD_STRIP_H
#define GAZE_CORE_KERNELS_SIMD_STRIP_H

#include "core/kernels/simd/vector.h"

enum { STRIP = 16, PARTS = STRIP / WIDTH };

/* Lanes combined in halves: 16, 8, 4, 2, 1. */
static inline float sum_of(const vec parts[PARTS]) {
    float lanes[STRIP];
    for (size_t p = 0; p < PARTS; p++) store(lanes + p * WIDTH, parts[p]);
    for (size_t half = STRIP / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++) lanes[i] += lanes[i + half];
    return lanes[0];
}

/* The strip that begins at x, of which `count` numbers exist; `fill` stands for the others. */
ALWAYS_INLINE void load_strip(vec strip[PARTS], const float *x, size_t count, float fill) {
    float lanes[STRIP];
    if (count < STRIP) {
        for (size_t i = 0; i < STRIP; i++) lanes[i] = i < count ? x[i] : fill;
        x = lanes;
    }
    UNROLL
    for (size_t p = 0; p < PARTS; p++) strip[p] = load(x + p * WIDTH);
}

ALWAYS_INLINE void store_strip(float *y, const vec strip[PARTS], size_t count) {
    float lanes[STRIP];
    float *to = count < STRIP ? lanes : y;
    UNROLL
    for (size_t p = 0; p < PARTS; p++) store(to + p * WIDTH, strip[p]);
    if (count < STRIP) memcpy(y, lanes, count * sizeof *y);
}

#endif
