/* Running out of memory, at every allocation in turn. */
#ifndef GAZE_TESTS_SUPPORT_FAILING_ALLOC_H
#define GAZE_TESTS_SUPPORT_FAILING_ALLOC_H

#include <stddef.h>

#include "core/base/error.h"

/* Does the work once, cleans up after itself, and returns how the work ended. */
typedef gaze_status work_function(void *context);

/* Runs `work` with its k-th allocation failing, for each of its allocations: once with that one alone
 * failing, once with all later ones failing too. Where there are more than some hundred, every n-th is
 * taken, unless GAZE_TORTURE is set (make torture). Every run must end in GAZE_ERROR_MEMORY or, where it
 * can do without, in GAZE_OK; the first and the last one, in which nothing fails, must end in GAZE_OK.
 * Returns the number of allocations. Leaks are seen by `make test-asan`. */
int fail_each_allocation(work_function *work, void *context);

/* How many runs with a failing allocation there have been. */
size_t failing_alloc_runs(void);

#endif
