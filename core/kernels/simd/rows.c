/* What is done with one row: sums, softmax, LayerNorm.
 *
 * A row is walked in strips of 16 numbers, and every lane of a strip has a running sum of its own;
 * the 16 sums are added up at the end, in a fixed order. So a sum has the small error of a pairwise
 * one, and the same order at every level.
 */
#include <math.h>

#include "core/kernels/simd/level.h"
#include "core/kernels/simd/vecmath.h"

enum { STRIP = 16, PARTS = STRIP / WIDTH };

/* Lanes combined in halves: 16, 8, 4, 2, 1. */
static float sum_of(const vec parts[PARTS]) {
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

/* A NaN is passed over here; it shows in the sum. */
static float maximum(const float *x, size_t count) {
    vec best[PARTS], strip[PARTS];
    for (size_t p = 0; p < PARTS; p++) best[p] = splat(-INFINITY);
    for (size_t i = 0; i < count; i += STRIP) {
        load_strip(strip, x + i, count - i, -INFINITY);
        UNROLL
        for (size_t p = 0; p < PARTS; p++) best[p] = select(strip[p] > best[p], strip[p], best[p]);
    }
    float lanes[STRIP], largest = -INFINITY;
    for (size_t p = 0; p < PARTS; p++) store(lanes + p * WIDTH, best[p]);
    for (size_t i = 0; i < STRIP; i++)
        if (lanes[i] > largest) largest = lanes[i];
    return largest;
}

/* y = exp(y - shift); returns the sum. What fills the last strip adds exp(-inf) = 0. */
static float exp_and_sum(float *y, size_t count, float shift) {
    vec sums[PARTS] = {0}, strip[PARTS];
    for (size_t i = 0; i < count; i += STRIP) {
        load_strip(strip, y + i, count - i, -INFINITY);
        UNROLL
        for (size_t p = 0; p < PARTS; p++) {
            strip[p] = vec_exp(strip[p] - shift);
            sums[p] += strip[p];
        }
        store_strip(y + i, strip, count - i);
    }
    return sum_of(sums);
}

void NAME(softmax_row)(float *y, size_t count) {
    float largest = maximum(y, count);
    if (largest == -INFINITY) largest = 0; /* -inf - -inf would be NaN; so all are exp(-inf) = 0 */
    float sum = exp_and_sum(y, count, largest);
    if (sum == 0) {
        for (size_t i = 0; i < count; i++) y[i] = 1.0f / (float)count;
        return;
    }
    NAME(scale)(y, 1.0f / sum, count);
}

static float sum_of_row(const float *x, size_t count) {
    vec sums[PARTS] = {0}, strip[PARTS];
    for (size_t i = 0; i < count; i += STRIP) {
        load_strip(strip, x + i, count - i, 0);
        UNROLL
        for (size_t p = 0; p < PARTS; p++) sums[p] += strip[p];
    }
    return sum_of(sums);
}

static float sum_of_squares(const float *x, size_t count, float mean) {
    vec sums[PARTS] = {0}, strip[PARTS];
    for (size_t i = 0; i < count; i += STRIP) {
        load_strip(strip, x + i, count - i, mean);
        UNROLL
        for (size_t p = 0; p < PARTS; p++) {
            vec difference = strip[p] - mean;
            sums[p] += difference * difference;
        }
    }
    return sum_of(sums);
}

void NAME(moments)(const float *x, size_t count, float *mean, float *variance) {
    *mean = sum_of_row(x, count) / (float)count;
    *variance = sum_of_squares(x, count, *mean) / (float)count;
}

void NAME(normalize)(float *y, const float *x, float mean, float factor, const float *weight,
                     const float *bias, size_t count) {
    size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH)
        store(y + i, (load(x + i) - mean) * factor * load(weight + i) + load(bias + i));
    size_t rest = count - i;
    if (!rest) return;
    vec scaled = (load_part(x + i, rest) - mean) * factor * load_part(weight + i, rest);
    store_part(y + i, scaled + load_part(bias + i, rest), rest);
}

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
