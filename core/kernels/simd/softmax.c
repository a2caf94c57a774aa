/* softmax of one row: exp(x - max x), divided by its sum. core/nn/softmax.c gives the rows. */
#include <math.h>

#include "core/kernels/simd/level.h"
#include "core/kernels/simd/strip.h"
#include "core/kernels/simd/vecmath.h"

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
