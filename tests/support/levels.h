/* Running a test at every instruction set that this machine has. */
#ifndef GAZE_TESTS_SUPPORT_LEVELS_H
#define GAZE_TESTS_SUPPORT_LEVELS_H

#include "core/kernels/cpu.h"

/* Calls test() once for each available level, with that level forced; then goes back to the
 * first. */
void for_each_level(void (*test)(void));

/* Prints "note: levels ran: scalar baseline avx2". */
void print_levels(void);

#endif
