/* LayerNorm of one row: its mean and variance, and what is made with them. core/nn/layernorm.c gives the rows, and the
 * root. */
#include "core/kernels/simd/level.h"
#include "core/kernels/simd/strip.h"

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
