/* core/explain: entropy. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdbool.h>

#include "core/explain/entropy.h"

static bool near(double got, double want) {
    return fabs(got - want) <= 1e-7;
}

/* One key alone: 0. Two alike of four: ln 2. All four alike: ln 4. Their mean is ln 2. */
static void three_rows_by_hand(void **state) {
    (void)state;
    static const float a[] = {1, 0, 0, 0, 0, .5f, .5f, 0, .25f, .25f, .25f, .25f};
    assert_true(gaze_entropy_mean(a, 1, 4) == 0);
    assert_true(near(gaze_entropy_mean(a + 4, 1, 4), log(2)));
    assert_true(near(gaze_entropy_mean(a + 8, 1, 4), log(4)));
    assert_true(near(gaze_entropy_mean(a, 3, 4), log(2)));
    assert_true(gaze_entropy_mean(a, 0, 4) == 0);
}

static void a_half_and_two_quarters(void **state) {
    (void)state;
    static const float a[] = {.5f, .25f, .25f};
    assert_true(near(gaze_entropy_mean(a, 1, 3), 1.5 * log(2)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_rows_by_hand),
        cmocka_unit_test(a_half_and_two_quarters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
