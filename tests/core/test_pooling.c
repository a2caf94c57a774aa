/* core/task: pooling and normalisation. By hand: three tokens of two components,
 *
 *     x = [ 1  2]     mean (3 0)    max (5 2)    cls (1 2)    last (5 -4)
 *         [ 3  2]     mean_sqrt_len: (9 0) / sqrt(3)
 *         [ 5 -4]     weightedmean: (1 + 6 + 15, 2 + 4 - 12) / 6 = (22/6 -1)
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/task/pooling.h"

static const float x[] = {1, 2, 3, 2, 5, -4};

static void assert_pooled(gaze_pooling pooling, size_t first, double a, double b) {
    float pooled[2];
    gaze_pooling_forward(pooled, x, 3, 2, first, pooling);
    assert_true(pooled[0] == (float)a);
    assert_true(pooled[1] == (float)b);
}

static void three_tokens_by_hand(void **state) {
    (void)state;
    assert_pooled(GAZE_POOLING_CLS, 0, 1, 2);
    assert_pooled(GAZE_POOLING_MAX, 0, 5, 2);
    assert_pooled(GAZE_POOLING_MEAN, 0, 3, 0);
    assert_pooled(GAZE_POOLING_MEAN_SQRT_LEN, 0, 9 / sqrt(3), 0);
    assert_pooled(GAZE_POOLING_WEIGHTED_MEAN, 0, 22.0 / 6, -1);
    assert_pooled(GAZE_POOLING_LAST_TOKEN, 0, 5, -4);
}

/* A prompt of one token is passed over; the others keep the weights 2 and 3. */
static void tokens_of_a_prompt_do_not_count(void **state) {
    (void)state;
    assert_pooled(GAZE_POOLING_CLS, 1, 3, 2);
    assert_pooled(GAZE_POOLING_MAX, 1, 5, 2);
    assert_pooled(GAZE_POOLING_MEAN, 1, 4, -1);
    assert_pooled(GAZE_POOLING_MEAN_SQRT_LEN, 1, 8 / sqrt(2), -2 / sqrt(2));
    assert_pooled(GAZE_POOLING_WEIGHTED_MEAN, 1, 21.0 / 5, -8.0 / 5);
    assert_pooled(GAZE_POOLING_LAST_TOKEN, 1, 5, -4);
}

static void nothing_left_to_pool(void **state) {
    (void)state;
    assert_pooled(GAZE_POOLING_CLS, 3, 1, 2);
    assert_pooled(GAZE_POOLING_MAX, 3, -INFINITY, -INFINITY);
    assert_pooled(GAZE_POOLING_MEAN, 3, 0, 0);
    assert_pooled(GAZE_POOLING_MEAN_SQRT_LEN, 3, 0, 0);
    assert_pooled(GAZE_POOLING_WEIGHTED_MEAN, 3, 0, 0);
    assert_pooled(GAZE_POOLING_LAST_TOKEN, 3, 0, 0);
}

/* 2^24 + 1 + ... + 1 - 2^24: in float every 1 would be lost. */
static void sums_are_taken_in_double(void **state) {
    (void)state;
    float column[10] = {16777216.0f}, mean;
    for (int t = 1; t < 9; t++) column[t] = 1;
    column[9] = -16777216.0f;
    gaze_pooling_forward(&mean, column, 10, 1, 0, GAZE_POOLING_MEAN);
    assert_true(mean == 0.8f);
}

static void a_nan_is_not_hidden(void **state) {
    (void)state;
    static const float orders[3][3] = {{NAN, 1, 2}, {1, NAN, 2}, {1, 2, NAN}};
    float pooled;
    for (int i = 0; i < 3; i++) {
        gaze_pooling_forward(&pooled, orders[i], 3, 1, 0, GAZE_POOLING_MAX);
        assert_true(isnan(pooled));
        gaze_pooling_forward(&pooled, orders[i], 3, 1, 0, GAZE_POOLING_MEAN);
        assert_true(isnan(pooled));
    }
}

/* (3 4) has length 5; 0 stays 0; what is longer than the largest float's root, or shorter than the smallest
 * one's, has its length all the same. */
static void normalised_by_hand(void **state) {
    (void)state;
    float v[] = {3, 4}, zero[] = {0, 0}, large[] = {3e30f, 4e30f}, small[] = {3e-10f, 4e-10f},
          tiny[] = {3e-13f, 0};
    gaze_normalize_l2(v, 2);
    assert_true(v[0] == 0.6f && v[1] == 0.8f);
    gaze_normalize_l2(zero, 2);
    assert_true(zero[0] == 0 && zero[1] == 0);
    gaze_normalize_l2(large, 2);
    assert_true(fabsf(large[0] - 0.6f) < 1e-7f && fabsf(large[1] - 0.8f) < 1e-7f);
    gaze_normalize_l2(small, 2);
    assert_true(fabsf(small[0] - 0.6f) < 1e-7f && fabsf(small[1] - 0.8f) < 1e-7f);
    gaze_normalize_l2(tiny, 2); /* shorter than 1e-12: divided by that */
    assert_true(fabsf(tiny[0] - 0.3f) < 1e-7f);
}

static void every_pooling_has_a_name(void **state) {
    (void)state;
    gaze_pooling found;
    for (int i = 0; i < GAZE_POOLING_COUNT; i++) {
        const char *name = gaze_pooling_name((gaze_pooling)i);
        assert_true(gaze_pooling_from_name(name, strlen(name), &found));
        assert_int_equal(found, i);
    }
    assert_false(gaze_pooling_from_name("mea", 3, &found));
    assert_false(gaze_pooling_from_name("means", 5, &found));
    assert_false(gaze_pooling_from_name("", 0, &found));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_tokens_by_hand),     cmocka_unit_test(tokens_of_a_prompt_do_not_count),
        cmocka_unit_test(nothing_left_to_pool),     cmocka_unit_test(sums_are_taken_in_double),
        cmocka_unit_test(a_nan_is_not_hidden),      cmocka_unit_test(normalised_by_hand),
        cmocka_unit_test(every_pooling_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
