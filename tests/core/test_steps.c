/* core/explain/steps.h and percentile.h.
 *
 * By hand, with K = 4, so that the root is 2:
 *
 *     q = (1, 2, 0, 0)   k_a = (2, 0, 0, 0)    q x k_a = (2, 0, 0, 0)     dot  2   score  1   weight e/(e + 1/e)   = .881
 *                        k_b = (0, -1, 0, 0)   q x k_b = (0, -2, 0, 0)    dot -2   score -1   weight 1/e/(e + 1/e) = .119
 *     v_a = (1, 0, 0, 0)   v_b = (0, 3, 4, 0), 5 long   output (.881, .358, .477, 0)   w ||v||: .881, .596
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/explain/percentile.h"
#include "core/explain/steps.h"

static const float q[4] = {1, 2, 0, 0}, keys[8] = {2, 0, 0, 0, 0, -1, 0, 0}, values[8] = {1, 0, 0, 0, 0, 3, 4, 0};

#define NEAR(got, want) assert_true(fabs((got) - (want)) < 5e-4)

static void two_keys_by_hand(void **state) {
    (void)state;
    static const float want[8] = {2, 0, 0, 0, 0, -2, 0, 0};
    float products[8];
    const float weights[2] = {(float)(M_E / (M_E + 1 / M_E)), (float)(1 / M_E / (M_E + 1 / M_E))};
    double dots[2], scores[2], norms[2], output[4];
    gaze_steps_products(products, q, keys, 2, 4);
    assert_memory_equal(products, want, sizeof want);
    gaze_steps_dots(dots, q, keys, 2, 4);
    gaze_steps_scores(scores, dots, weights, 2, 4);
    assert_true(dots[0] == 2 && dots[1] == -2 && scores[0] == 1 && scores[1] == -1);
    assert_true(gaze_steps_softmax_error(scores, weights, 2) < 1e-7);
    float again[2];
    gaze_steps_softmax(again, scores, 2);
    assert_true(again[0] == weights[0] && again[1] == weights[1]);
    gaze_steps_norms(norms, weights, values, 2, 4);
    NEAR(norms[0], .881);
    NEAR(norms[1], .596);
    gaze_steps_output(output, weights, values, 2, 4);
    NEAR(output[0], .881);
    NEAR(output[1], .358);
    NEAR(output[2], .477);
    assert_true(output[3] == 0);
}

/* The same two keys and a third, which is masked: its score would be 1 as well. */
static void a_masked_key(void **state) {
    (void)state;
    static const double dots[3] = {2, -2, 2};
    const float weights[3] = {(float)(M_E / (M_E + 1 / M_E)), (float)(1 / M_E / (M_E + 1 / M_E)), 0};
    double scores[3];
    gaze_steps_scores(scores, dots, weights, 3, 4);
    assert_true(scores[0] == 1 && scores[1] == -1 && scores[2] == -(double)INFINITY);
    float again[3];
    gaze_steps_softmax(again, scores, 3);
    assert_true(again[2] == 0 && fabsf(again[0] - weights[0]) < 1e-7f);
    assert_true(gaze_steps_softmax_error(scores, weights, 3) < 1e-7);
}

/* A weight of 0 that the softmax itself gives: exp(-200) is none of a float. */
static void a_weight_too_small_for_a_float_is_not_masked(void **state) {
    (void)state;
    static const double dots[2] = {400, 0};
    static const float weights[2] = {1, 0};
    double scores[2];
    gaze_steps_scores(scores, dots, weights, 2, 4);
    assert_true(scores[0] == 200 && scores[1] == 0);
}

static void weights_of_something_else_are_noticed(void **state) {
    (void)state;
    static const double scores[2] = {1, -1};
    static const float even[2] = {.5f, .5f}, broken[2] = {NAN, .5f};
    NEAR(gaze_steps_softmax_error(scores, even, 2), .381);
    assert_true(isnan(gaze_steps_softmax_error(scores, broken, 2)));
}

static void dimensions_by_size(void **state) {
    (void)state;
    static const float products[5] = {1, -3, 0, 3, 2};
    static const size_t want[5] = {1, 3, 4, 0, 2};
    size_t order[5];
    gaze_steps_order(order, products, 5);
    assert_memory_equal(order, want, sizeof want);
}

/* Of 1 ... 100 with any sign, 99 are at most 99. */
static void percentiles_by_hand(void **state) {
    (void)state;
    float x[103], scratch[103];
    for (int i = 0; i < 100; i++) x[i] = (float)(i % 2 ? i + 1 : -i - 1);
    assert_true(gaze_percentile_abs(scratch, x, 100, .99) == 99);
    assert_true(gaze_percentile_abs(scratch, x, 100, .5) == 50);
    assert_true(gaze_percentile_abs(scratch, x, 100, 1) == 100);
    assert_true(gaze_percentile_abs(scratch, x, 100, 0) == 1);
    assert_true(gaze_percentile_abs(scratch, x, 3, .99) == 3);
    x[100] = NAN;
    x[101] = INFINITY;
    x[102] = -INFINITY;
    assert_true(gaze_percentile_abs(scratch, x, 103, .99) == 99);
    assert_true(gaze_percentile_abs(scratch, x + 100, 3, .99) == 0);
    assert_true(gaze_percentile_abs(scratch, x, 0, .99) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_keys_by_hand),
        cmocka_unit_test(a_masked_key),
        cmocka_unit_test(a_weight_too_small_for_a_float_is_not_masked),
        cmocka_unit_test(weights_of_something_else_are_noticed),
        cmocka_unit_test(dimensions_by_size),
        cmocka_unit_test(percentiles_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
