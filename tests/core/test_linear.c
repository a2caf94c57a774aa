/* The linear layer and the residual connection, core/nn/linear.h and residual.h.
 *
 * By hand: W = [1 2]  b = [0.5]   x = [3 4]:   y = [1*3 + 2*4 + 0.5   -1*3 + 1*4 + 0  ] = [11.5  1]
 *              [-1 1]     [0  ]
 * and y += [1 1] gives [12.5 2].
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/nn/linear.h"
#include "core/nn/residual.h"
#include "tests/support/levels.h"
#include "tests/support/random.h"
#include "tests/support/tensor_assert.h"

static void by_hand(void) {
    const float w[] = {1, 2, -1, 1}, b[] = {0.5f, 0}, x[] = {3, 4}, one[] = {1, 1};
    const float want[] = {11.5f, 1}, more[] = {12.5f, 2}, without_bias[] = {11, 1};
    gaze_linear_params params = {
        .weight = {.data = w, .dtype = GAZE_DTYPE_F32, .rank = 2, .shape = {2, 2}},
        .bias = {.data = b, .dtype = GAZE_DTYPE_F32, .rank = 1, .shape = {2}},
    };
    float y[2];
    gaze_linear_forward(y, x, &params, 1, 1);
    assert_tensor_close("linear", y, want, (size_t[]){1, 2}, 2, 0, 0);
    gaze_residual_add(y, one, 2, 1);
    assert_tensor_close("residual", y, more, (size_t[]){1, 2}, 2, 0, 0);
    params.bias.data = NULL;
    gaze_linear_forward(y, x, &params, 1, 1);
    assert_tensor_close("no bias", y, without_bias, (size_t[]){1, 2}, 2, 0, 0);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

/* out and in differ: a weight read as (in, out) would give other numbers. */
static void rectangular(void) {
    const float w[] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1}, x[] = {1, 2, 3, 4, 5, 6};
    const float want[] = {1, 2, 3, 6, 4, 5, 6, 15};
    gaze_linear_params params = {
        .weight = {.data = w, .dtype = GAZE_DTYPE_F32, .rank = 2, .shape = {4, 3}}};
    float y[8];
    gaze_linear_forward(y, x, &params, 2, 1);
    assert_tensor_close("(4, 3)", y, want, (size_t[]){2, 4}, 2, 0, 0);
}

static void test_rectangular(void **state) {
    (void)state;
    for_each_level(rectangular);
}

/* The sum of any length, split over any number of threads. */
static void adds_everything_once(void) {
    enum { MOST = 200003 };
    static float x[MOST], y[MOST];
    const size_t counts[] = {0, 1, 17, 16384, 16385, MOST};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        for (int threads = 1; threads <= 8; threads++) {
            for (size_t i = 0; i < MOST; i++) {
                x[i] = (float)i;
                y[i] = 1;
            }
            gaze_residual_add(y, x, counts[c], threads);
            for (size_t i = 0; i < MOST; i++)
                assert_true(y[i] == (i < counts[c] ? 1 + (float)i : 1));
        }
}

static void test_adds_everything_once(void **state) {
    (void)state;
    for_each_level(adds_everything_once);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_rectangular),
        cmocka_unit_test(test_adds_everything_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
