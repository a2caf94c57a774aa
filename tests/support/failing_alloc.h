/* Running out of memory, at every allocation in turn. */
#ifndef GAZE_TESTS_SUPPORT_FAILING_ALLOC_H
#define GAZE_TESTS_SUPPORT_FAILING_ALLOC_H

#include "core/base/error.h"

/* Does the work once, cleans up after itself, and returns how the work ended. */
typedef gaze_status work_function(void *context);

/* Runs `work` with its k-th allocation failing, for k = 1, 2, ... until it needs fewer than k: once with
 * that allocation alone failing, once with all later ones failing too. Every run must end in
 * GAZE_ERROR_MEMORY or, where it can do without, in GAZE_OK; the last one must end in GAZE_OK. Returns the
 * number of allocations. Leaks are seen by `make test-asan`. */
int fail_each_allocation(work_function *work, void *context);

#endif
