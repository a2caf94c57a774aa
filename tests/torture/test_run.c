/* Everything that works on open handles, with every allocation and every call of the system failing in
 * turn: encode, run, compare, draw, write. */
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
    for (size_t i = 0; i < entry_points_run_count; i++) {
        int count = fail_each_allocation(entry_points_run[i].work, NULL);
        allocations += (size_t)count;
    }
    print_message("note: %zu entry points, %zu allocations, %zu runs with one failing\n", entry_points_run_count,
                  allocations, failing_alloc_runs());
}

static void every_call_of_the_system_fails(void **state) {
    size_t runs = 0;
    (void)state;
    for (size_t i = 0; i < entry_points_run_count; i++) {
        const entry_point *entry = &entry_points_run[i];
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
