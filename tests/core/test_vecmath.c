/* exp, erf and tanh of the kernels, against the C library's in double precision.
 *
 * By hand: exp(0) = 1 exactly, exp(1) = 2.71828183, erf(0) = 0, tanh(0) = 0; all odd functions keep
 * the sign of a zero.
 *
 * Every 1009th of the 2^32 bit patterns is tried, NaN payloads and subnormals among them. With
 * GAZE_TEST_EVERY_FLOAT=1 in the environment it is every one, which takes some minutes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernels/kernels.h"
#include "tests/support/levels.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tolerances.h"

static float float_of(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float one_value(gaze_map *map, float x) {
    float y;
    map(&y, &x, 1);
    return y;
}

/* The distance from the true value in units of the last place of a float of that size. */
static double ulps(float got, double want) {
    int exponent;
    frexp(want, &exponent);
    if (exponent < -125) exponent = -125;
    return fabs(got - want) / ldexp(1, exponent - 24);
}

/* ---------------------------------------------------------------------------------------------- */

static void by_hand(void) {
    const gaze_kernels *kernels = gaze_kernels_now();
    assert_true(one_value(kernels->exp, 0.0f) == 1.0f);
    assert_true(one_value(kernels->exp, -0.0f) == 1.0f);
    assert_true(fabs(one_value(kernels->exp, 1.0f) - 2.718281828) < 2.5e-7);
    gaze_map *const odd[] = {kernels->erf, kernels->tanh};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(bits_of(one_value(odd[i], 0.0f)), bits_of(0.0f));
        assert_int_equal(bits_of(one_value(odd[i], -0.0f)), bits_of(-0.0f));
        assert_true(one_value(odd[i], INFINITY) == 1.0f);
        assert_true(one_value(odd[i], -INFINITY) == -1.0f);
        assert_true(one_value(odd[i], FLT_MAX) == 1.0f);
    }
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

/* A masked score is -inf, and its weight must be exactly 0: not 1e-38, and not a subnormal. */
static void exp_at_its_ends(void) {
    gaze_map *exp_of = gaze_kernels_now()->exp;
    assert_true(one_value(exp_of, -INFINITY) == 0.0f);
    assert_true(one_value(exp_of, -FLT_MAX) == 0.0f);
    assert_true(one_value(exp_of, -88.0f) == 0.0f);
    assert_true(one_value(exp_of, -87.5f) == 0.0f);
    assert_true(one_value(exp_of, -87.33f) >= FLT_MIN);
    assert_true(one_value(exp_of, 88.72f) < INFINITY);
    assert_true(one_value(exp_of, 88.73f) == INFINITY);
    assert_true(one_value(exp_of, 1e30f) == INFINITY);
    assert_true(one_value(exp_of, INFINITY) == INFINITY);
    assert_true(one_value(exp_of, 1e-42f) == 1.0f);
}

static void test_exp_at_its_ends(void **state) {
    (void)state;
    for_each_level(exp_at_its_ends);
}

/* A NaN may carry any payload, and weights come from files. */
static void nan_stays_nan(void) {
    const uint32_t payloads[] = {0x7FC00000, 0x7FC00001, 0x7FFFFFFF,
                                 0x7F800001, 0xFFC00000, 0xFFC12345};
    const gaze_kernels *k = gaze_kernels_now();
    gaze_map *const maps[] = {k->exp,       k->erf,       k->tanh,       k->gelu, k->gelu_new,
                              k->gelu_fast, k->quick_gelu, k->relu, k->silu};
    for (size_t m = 0; m < sizeof maps / sizeof *maps; m++)
        for (size_t p = 0; p < sizeof payloads / sizeof *payloads; p++)
            assert_true(isnan(one_value(maps[m], float_of(payloads[p]))));
}

static void test_nan_stays_nan(void **state) {
    (void)state;
    for_each_level(nan_stays_nan);
}

/* ---------------------------------------------------------------------------------------------- */

enum { CHUNK = 4096 };

/* Calls judge(x, f(x)) for the floats of the sample. */
static void for_sampled_floats(gaze_map *map, void (*judge)(float x, float y)) {
    static float x[CHUNK], y[CHUNK];
    const uint64_t step = getenv("GAZE_TEST_EVERY_FLOAT") ? 1 : 1009;
    size_t count = 0;
    for (uint64_t bits = 0; bits <= UINT32_MAX; bits += step) {
        x[count++] = float_of((uint32_t)bits);
        if (count < CHUNK && bits + step <= UINT32_MAX) continue;
        map(y, x, count);
        for (size_t i = 0; i < count; i++) judge(x[i], y[i]);
        count = 0;
    }
}

static void judge_exp(float x, float y) {
    if (isnan(x) != isnan(y)) fail_msg("exp(%a) = %a", (double)x, (double)y);
    if (isnan(x)) return;
    double want = exp((double)x);
    if (x < -87.33654f && y == 0) return; /* would be subnormal */
    if (want > FLT_MAX && y == INFINITY) return;
    if (!(ulps(y, want) <= ULPS_EXP)) fail_msg("exp(%a) = %a, not %a", (double)x, (double)y, want);
}

static void judge_odd(const char *name, float x, float y, double want, double most_ulps) {
    if (isnan(x) != isnan(y)) fail_msg("%s(%a) = %a", name, (double)x, (double)y);
    if (isnan(x)) return;
    if (!(ulps(y, want) <= most_ulps))
        fail_msg("%s(%a) = %a, not %a", name, (double)x, (double)y, want);
}

static void judge_erf(float x, float y) {
    double want = erf((double)x);
    judge_odd("erf", x, y, want, ULPS_ERF);
    if (!isnan(x) && !(fabs(y - want) <= TOLERANCE_ERF))
        fail_msg("erf(%a) = %a, not %a", (double)x, (double)y, want);
}

static void judge_tanh(float x, float y) {
    judge_odd("tanh", x, y, tanh((double)x), ULPS_TANH);
}

static void exp_is_close(void) {
    for_sampled_floats(gaze_kernels_now()->exp, judge_exp);
}

static void erf_is_close(void) {
    for_sampled_floats(gaze_kernels_now()->erf, judge_erf);
}

static void tanh_is_close(void) {
    for_sampled_floats(gaze_kernels_now()->tanh, judge_tanh);
}

static void test_exp(void **state) {
    (void)state;
    for_each_level(exp_is_close);
}

static void test_erf(void **state) {
    (void)state;
    for_each_level(erf_is_close);
}

static void test_tanh(void **state) {
    (void)state;
    for_each_level(tanh_is_close);
}

/* The result for a number does not depend on where in the array it stands, nor on the array's
 * length; and nothing is written behind the end. */
static void place_does_not_matter(void) {
    const gaze_kernels *kernels = gaze_kernels_now();
    gaze_map *const maps[] = {kernels->exp, kernels->erf, kernels->tanh, kernels->gelu,
                              kernels->silu};
    float x[64], y[64], alone;
    for (size_t i = 0; i < 64; i++) x[i] = (float)i * 0.173f - 5;
    for (size_t m = 0; m < sizeof maps / sizeof *maps; m++)
        for (size_t count = 0; count < 40; count++) {
            for (size_t i = 0; i < 64; i++) y[i] = -7;
            maps[m](y, x + 3, count);
            for (size_t i = 0; i < count; i++) {
                maps[m](&alone, x + 3 + i, 1);
                assert_same_bits(gaze_level_name(kernels->level), &y[i], &alone, 1);
            }
            for (size_t i = count; i < 64; i++) assert_true(y[i] == -7);
        }
}

static void test_place_does_not_matter(void **state) {
    (void)state;
    for_each_level(place_does_not_matter);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_exp_at_its_ends),
        cmocka_unit_test(test_nan_stays_nan),
        cmocka_unit_test(test_exp),
        cmocka_unit_test(test_erf),
        cmocka_unit_test(test_tanh),
        cmocka_unit_test(test_place_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
