#include "tests/support/levels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

void for_each_level(void (*test)(void)) {
    gaze_level before = gaze_level_now();
    for (int level = 0; level < GAZE_LEVEL_COUNT; level++) {
        if (!gaze_level_available((gaze_level)level)) continue;
        assert_int_equal(gaze_level_force((gaze_level)level, NULL), GAZE_OK);
        test();
    }
    gaze_level_force(before, NULL);
}

static void print_level(void) {
    printf(" %s", gaze_level_name(gaze_level_now()));
}

void print_levels(void) {
    printf("note: levels ran:");
    for_each_level(print_level);
    printf("\n");
}
