/* Everything that opens and parses, with every allocation and every call of the system failing in turn.
 * By hand: gaze_directory_list of an empty folder needs no memory beyond the names, and three calls. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "tests/support/entry_points.h"
#include "tests/support/failing_io.h"

static void every_allocation_fails(void **state) {
    size_t allocations = 0;
    (void)state;
    for (size_t i = 0; i < entry_points_read_count; i++) {
        int count = fail_each_allocation(entry_points_read[i].work, NULL);
        allocations += (size_t)count;
    }
    print_message("note: %zu entry points, %zu allocations, %zu runs with one failing\n", entry_points_read_count,
                  allocations, failing_alloc_runs());
}

static void every_call_of_the_system_fails(void **state) {
    size_t runs = 0;
    (void)state;
    for (size_t i = 0; i < entry_points_read_count; i++) {
        const entry_point *entry = &entry_points_read[i];
        if (!entry->calls_system) continue;
        print_message("%s\n", entry->name);
        runs += fail_each_call(entry->work, entry_points_after, NULL);
    }
    print_message("note: %zu runs with a call of the system failing\n", runs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_fails),
        cmocka_unit_test(every_call_of_the_system_fails),
    };
    return cmocka_run_group_tests(tests, entry_points_setup, entry_points_teardown);
}
