/* core/explain: means and maxima over heads. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "core/explain/aggregate.h"

static void two_heads_by_hand(void **state) {
    (void)state;
    static const float left[] = {0.7f, 0.2f, 0.1f}, right[] = {0.1f, 0.2f, 0.7f};
    static const float mean[] = {0.4f, 0.2f, 0.4f}, max[] = {0.7f, 0.2f, 0.7f};
    const float *const heads[] = {left, right};
    float out[3];
    gaze_aggregate_mean(out, heads, 2, 3);
    for (int i = 0; i < 3; i++) assert_float_equal(out[i], mean[i], 1e-7);
    gaze_aggregate_max(out, heads, 2, 3);
    for (int i = 0; i < 3; i++) assert_true(out[i] == max[i]);
}

static void a_nan_is_not_hidden(void **state) {
    (void)state;
    const float bad[] = {NAN}, good[] = {0.5f};
    const float *const orders[2][2] = {{bad, good}, {good, bad}};
    float out[1];
    for (int i = 0; i < 2; i++) {
        gaze_aggregate_mean(out, orders[i], 2, 1);
        assert_true(isnan(out[0]));
        gaze_aggregate_max(out, orders[i], 2, 1);
        assert_true(isnan(out[0]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_heads_by_hand),
        cmocka_unit_test(a_nan_is_not_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
