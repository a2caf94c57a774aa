/* The 16-bit floats, core/base/half.h and the vector versions: every one of the 65,536 patterns.
 *
 * By hand: binary16 0x3C01 is sign 0, exponent 15 (2^0), mantissa 1/1024: 1.0009765625.
 *          bfloat16 0xC049 is the upper half of 0xC0490000: -(1 + 73/128) * 2 = -3.140625.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "core/base/half.h"
#include "core/kernels/floats.h"
#include "tests/support/levels.h"
#include "tests/support/tensor_assert.h"

enum { PATTERNS = 65536 };

static void test_by_hand(void **state) {
    (void)state;
    assert_true(gaze_f16_to_f32(0x3C01) == 1.0009765625f);
    assert_true(gaze_f16_to_f32(0xC000) == -2.0f);
    assert_true(gaze_f16_to_f32(0x0001) == 0x1p-24f); /* the smallest subnormal */
    assert_true(gaze_f16_to_f32(0x7BFF) == 65504.0f); /* the largest */
    assert_true(gaze_bf16_to_f32(0xC049) == -3.140625f);
}

/* The value of a binary16 by its definition. */
static double f16_value(unsigned bits) {
    int exponent = (int)(bits >> 10 & 31);
    double mantissa = (double)(bits & 1023) / 1024;
    double size = exponent == 0 ? ldexp(mantissa, -14) : ldexp(1 + mantissa, exponent - 15);
    if (exponent == 31) size = bits & 1023 ? (double)NAN : (double)INFINITY;
    return bits & 0x8000 ? -size : size;
}

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void test_f16_every_pattern(void **state) {
    (void)state;
    for (unsigned i = 0; i < PATTERNS; i++) {
        float got = gaze_f16_to_f32((uint16_t)i);
        double want = f16_value(i);
        assert_true(isnan(want) ? isnan(got) : (double)got == want);
        assert_int_equal(bits_of(got) >> 31, i >> 15); /* the sign of zero and NaN too */
    }
}

static void test_bf16_every_pattern(void **state) {
    (void)state;
    for (unsigned i = 0; i < PATTERNS; i++)
        assert_int_equal(bits_of(gaze_bf16_to_f32((uint16_t)i)), (uint32_t)i << 16);
}

static void widen_like_half_h(void) {
    static uint16_t patterns[PATTERNS];
    static float got[PATTERNS], want[PATTERNS];
    for (unsigned i = 0; i < PATTERNS; i++) patterns[i] = (uint16_t)i;
    for (unsigned i = 0; i < PATTERNS; i++) want[i] = gaze_f16_to_f32(patterns[i]);
    gaze_widen(got, patterns, GAZE_DTYPE_F16, PATTERNS);
    assert_same_bits(gaze_level_name(gaze_level_now()), got, want, PATTERNS);
    for (unsigned i = 0; i < PATTERNS; i++) want[i] = gaze_bf16_to_f32(patterns[i]);
    gaze_widen(got, patterns, GAZE_DTYPE_BF16, PATTERNS);
    assert_same_bits(gaze_level_name(gaze_level_now()), got, want, PATTERNS);
}

/* Lengths that are no multiple of a vector, at odd places; nothing is written behind the end. */
static void widen_tails(void) {
    static const uint16_t ones[64] = {0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00,
                                      0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00,
                                      0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00,
                                      0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00, 0x3C00};
    for (size_t first = 0; first < 3; first++)
        for (size_t count = 0; count <= 20; count++) {
            float out[24];
            for (size_t i = 0; i < 24; i++) out[i] = -7;
            gaze_widen(out, ones + first, GAZE_DTYPE_F16, count);
            for (size_t i = 0; i < 24; i++) assert_true(out[i] == (i < count ? 1.0f : -7.0f));
        }
}

static void test_widen_at_every_level(void **state) {
    (void)state;
    for_each_level(widen_like_half_h);
    for_each_level(widen_tails);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_f16_every_pattern),
        cmocka_unit_test(test_bf16_every_pattern),
        cmocka_unit_test(test_widen_at_every_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
