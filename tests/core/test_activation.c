/* The activations, core/nn/activation.h.
 *
 * By hand: gelu(1) = 1/2 (1 + erf(1/sqrt 2)) = 1/2 (1 + 0.6826894921) = 0.8413447461: a normal
 * variable lies below 1 with that probability. relu(-3) = 0. silu(0) = 0. quick_gelu(1) = 1/(1 +
 * e^-1.702).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "core/nn/activation.h"
#include "tests/support/levels.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tolerances.h"

static float one_value(gaze_activation activation, float x) {
    float y;
    gaze_activation_forward(&y, &x, 1, activation, 1);
    return y;
}

static void by_hand(void) {
    assert_true(fabs(one_value(GAZE_GELU, 1) - 0.8413447461) < 1e-7);
    assert_true(fabs(one_value(GAZE_QUICK_GELU, 1) - 0.8457957659) < 1e-7);
    assert_true(one_value(GAZE_RELU, -3) == 0);
    assert_true(one_value(GAZE_RELU, 2.5f) == 2.5f);
    assert_true(one_value(GAZE_SILU, 0) == 0);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

static void test_names(void **state) {
    (void)state;
    for (int i = 0; i < GAZE_ACTIVATION_COUNT; i++) {
        const char *name = gaze_activation_name((gaze_activation)i);
        gaze_activation found = GAZE_ACTIVATION_COUNT;
        assert_true(gaze_activation_from_name(name, strlen(name), &found));
        assert_int_equal(found, i);
    }
    gaze_activation found;
    assert_true(gaze_activation_from_name("swish", 5, &found));
    assert_int_equal(found, GAZE_SILU);
    assert_false(gaze_activation_from_name("mish", 4, &found));
    assert_false(gaze_activation_from_name("gelu_", 5, &found));
    assert_false(gaze_activation_from_name("gel", 3, &found));
    assert_false(gaze_activation_from_name("", 0, &found));
}

/* The header's formulas in double. */
static double in_double(gaze_activation activation, double x) {
    const double root_2_over_pi = 0.79788456080286535588;
    switch (activation) {
    case GAZE_GELU: return x / 2 * (1 + erf(x / sqrt(2)));
    case GAZE_GELU_NEW:
    case GAZE_GELU_PYTORCH_TANH:
        return x / 2 * (1 + tanh(root_2_over_pi * (x + 0.044715 * x * x * x)));
    case GAZE_GELU_FAST: return x / 2 * (1 + tanh(0.7978845608 * x * (1 + 0.044715 * x * x)));
    case GAZE_QUICK_GELU: return x / (1 + exp(-1.702 * x));
    case GAZE_RELU: return x > 0 ? x : 0;
    case GAZE_SILU: return x / (1 + exp(-x));
    case GAZE_TANH: return tanh(x);
    case GAZE_ACTIVATION_COUNT: break;
    }
    return (double)NAN;
}

enum { POINTS = 40001 };
static float x[POINTS], y[POINTS], again[POINTS];
static double want[POINTS];

/* -20 .. 20 in steps of 0.001; y may be x. */
static void close_to_double(void) {
    size_t shape = POINTS;
    for (int a = 0; a < GAZE_ACTIVATION_COUNT; a++) {
        for (size_t i = 0; i < POINTS; i++) x[i] = (float)((double)i / 1000 - 20);
        for (size_t i = 0; i < POINTS; i++) want[i] = in_double((gaze_activation)a, x[i]);
        gaze_activation_forward(x, x, POINTS, (gaze_activation)a, 1);
        assert_tensor_close_f64(gaze_activation_name((gaze_activation)a), x, want, &shape, 1,
                                TOLERANCE_ACTIVATION, RELATIVE_ACTIVATION);
    }
}

static void test_close_to_double(void **state) {
    (void)state;
    for_each_level(close_to_double);
}

static void threads_agree(void) {
    for (size_t i = 0; i < POINTS; i++) x[i] = (float)i / 1000 - 20;
    gaze_activation_forward(y, x, POINTS, GAZE_GELU, 1);
    for (int threads = 2; threads <= 8; threads++) {
        gaze_activation_forward(again, x, POINTS, GAZE_GELU, threads);
        assert_same_bits("gelu", again, y, POINTS);
    }
}

static void test_threads(void **state) {
    (void)state;
    for_each_level(threads_agree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_close_to_double),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
