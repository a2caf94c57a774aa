/* Softmax, core/nn/softmax.h.
 *
 * By hand: softmax([0, ln 2, ln 5]) = [1, 2, 5] / 8 = [0.125, 0.25, 0.625].
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "core/nn/softmax.h"
#include "tests/support/levels.h"
#include "tests/support/random.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tolerances.h"

static void by_hand(void) {
    float y[] = {0, 0.693147180559945f, 1.6094379124341f};
    const float want[] = {0.125f, 0.25f, 0.625f};
    gaze_softmax_forward(y, 1, 3, 1);
    assert_tensor_close("by hand", y, want, (size_t[]){1, 3}, 2, 0, RELATIVE_SOFTMAX);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

enum { MOST = 777, GUARDS = 16 };
static float x[MOST + GUARDS], y[MOST + GUARDS];

/* Every length from 1 to 70, then a long row; scores as wide as 40, so that some weights are tiny,
 * in steps of 1/1024, so that subtracting the maximum is exact. */
static void close_to_double(void) {
    random_state random = {3};
    static double want[MOST];
    for (size_t count = 1; count <= MOST; count += count < 70 ? 1 : 707) {
        double sum = 0, largest = -INFINITY;
        for (size_t i = 0; i < MOST + GUARDS; i++)
            x[i] = (float)random_below(&random, 40960) / 1024 - 20;
        for (size_t i = 0; i < count; i++) largest = x[i] > largest ? (double)x[i] : largest;
        for (size_t i = 0; i < count; i++) sum += want[i] = exp(x[i] - largest);
        for (size_t i = 0; i < count; i++) want[i] /= sum;
        memcpy(y, x, sizeof y);
        gaze_softmax_forward(y, 1, count, 1);
        assert_tensor_close_f64(gaze_level_name(gaze_level_now()), y, want, &count, 1, 0,
                                RELATIVE_SOFTMAX);
        assert_same_bits("behind the row", y + count, x + count, MOST + GUARDS - count);
    }
}

static void test_close_to_double(void **state) {
    (void)state;
    for_each_level(close_to_double);
}

static void masked_keys_weigh_nothing(void) {
    for (size_t count = 2; count < 40; count++)
        for (size_t masked = 0; masked < count; masked++) {
            for (size_t i = 0; i < count; i++) y[i] = 1e3f;
            y[masked] = -INFINITY;
            gaze_softmax_forward(y, 1, count, 1);
            for (size_t i = 0; i < count; i++)
                assert_true(i == masked ? y[i] == 0.0f : y[i] == 1.0f / (float)(count - 1));
        }
}

static void test_masked_keys_weigh_nothing(void **state) {
    (void)state;
    for_each_level(masked_keys_weigh_nothing);
}

/* Nothing left to look at: uniform, as Hugging Face's mask of the smallest float gives. */
static void all_masked_is_uniform(void) {
    for (size_t count = 1; count < 40; count++) {
        for (size_t i = 0; i < count; i++) y[i] = -INFINITY;
        gaze_softmax_forward(y, 1, count, 1);
        for (size_t i = 0; i < count; i++) assert_true(y[i] == 1.0f / (float)count);
        for (size_t i = 0; i < count; i++) y[i] = -3.4028234e38f; /* Hugging Face's own mask */
        gaze_softmax_forward(y, 1, count, 1);
        for (size_t i = 0; i < count; i++) assert_true(y[i] == 1.0f / (float)count);
    }
}

static void test_all_masked_is_uniform(void **state) {
    (void)state;
    for_each_level(all_masked_is_uniform);
}

/* NaN and +inf make their row NaN, and no other; also beside nothing but masked keys. */
static void nan_stays_in_its_row(void) {
    const float bad[] = {NAN, INFINITY}, others[] = {0, -INFINITY};
    enum { COLUMNS = 21 };
    for (size_t b = 0; b < 2; b++)
        for (size_t o = 0; o < 2; o++)
            for (size_t at = 0; at < COLUMNS; at++) {
                for (size_t i = 0; i < 3 * COLUMNS; i++) y[i] = others[o];
                y[COLUMNS + at] = bad[b];
                gaze_softmax_forward(y, 3, COLUMNS, 1);
                for (size_t i = 0; i < 3 * COLUMNS; i++)
                    assert_int_equal(!!isnan(y[i]), i / COLUMNS == 1);
            }
}

static void test_nan_stays_in_its_row(void **state) {
    (void)state;
    for_each_level(nan_stays_in_its_row);
}

static void threads_agree(void) {
    enum { ROWS = 700, COLUMNS = 300 };
    static float scores[ROWS * COLUMNS], one[ROWS * COLUMNS], many[ROWS * COLUMNS];
    random_state random = {5};
    random_fill(&random, scores, ROWS * COLUMNS);
    memcpy(one, scores, sizeof one);
    gaze_softmax_forward(one, ROWS, COLUMNS, 1);
    for (int threads = 2; threads <= 8; threads++) {
        memcpy(many, scores, sizeof many);
        gaze_softmax_forward(many, ROWS, COLUMNS, threads);
        assert_same_bits("softmax", many, one, ROWS * COLUMNS);
    }
}

static void test_threads(void **state) {
    (void)state;
    for_each_level(threads_agree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_close_to_double),
        cmocka_unit_test(test_masked_keys_weigh_nothing),
        cmocka_unit_test(test_all_masked_is_uniform),
        cmocka_unit_test(test_nan_stays_in_its_row),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
