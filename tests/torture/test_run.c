/* Everything that works on open handles, with every allocation and every call of the system failing in
 * turn: encode, run, compare, draw, write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/entry_points.h"

static void every_allocation_fails(void **state) {
    (void)state;
    entry_points_fail_allocations(entry_points_run, entry_points_run_count);
}

static void every_call_of_the_system_fails(void **state) {
    (void)state;
    entry_points_fail_calls(entry_points_run, entry_points_run_count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_fails),
        cmocka_unit_test(every_call_of_the_system_fails),
    };
    return cmocka_run_group_tests(tests, entry_points_setup, entry_points_teardown);
}
