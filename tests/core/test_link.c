/* core/explain/link.h: what the other rows give to a token.
 *
 * By hand: to the third of four tokens the rows give .2 .3 .1 .8; beside the second row, the others give
 * (.2 + .1 + .8) / 3 = .3667.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "core/explain/link.h"

static void others_by_hand(void **state) {
    (void)state;
    static const float a[] = {0.4f, 0.3f, 0.2f, 0.1f, 0.1f,  0.2f,  0.3f, 0.4f,
                              0.6f, 0.2f, 0.1f, 0.1f, 0.05f, 0.05f, 0.8f, 0.1f};
    assert_true(fabs(gaze_link_others(a, 4, 1, 2) - 1.1 / 3) < 1e-7);
    assert_true(fabs(gaze_link_others(a, 4, 2, 2) - 1.3 / 3) < 1e-7);
}

static void a_token_alone(void **state) {
    (void)state;
    static const float one = 1;
    assert_true(gaze_link_others(&one, 1, 0, 0) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(others_by_hand), cmocka_unit_test(a_token_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
