/* Everything that opens and parses, with every allocation and every call of the system failing in turn.
 * By hand: gaze_directory_list of an empty folder needs no memory beyond the names, and three calls. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/entry_points.h"

static void every_allocation_fails(void **state) {
    (void)state;
    entry_points_fail_allocations(entry_points_read, entry_points_read_count);
}

static void every_call_of_the_system_fails(void **state) {
    (void)state;
    entry_points_fail_calls(entry_points_read, entry_points_read_count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_fails),
        cmocka_unit_test(every_call_of_the_system_fails),
    };
    return cmocka_run_group_tests(tests, entry_points_setup, entry_points_teardown);
}
