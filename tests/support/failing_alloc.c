#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/base/memory.h"
#include "tests/support/failing_alloc.h"

typedef struct plan {
    int calls;
    int failing; /* the call that fails, counted from 1 */
    bool ever_after;
} plan;

static bool allow(void *context) {
    plan *p = context;
    p->calls++;
    return p->ever_after ? p->calls < p->failing : p->calls != p->failing;
}

/* False when the work needed fewer allocations than the one that was to fail. */
static bool run_failing(work_function *work, void *context, int failing, bool ever_after) {
    plan p = {.failing = failing, .ever_after = ever_after};
    gaze_memory_set_hook(allow, &p);
    gaze_status status = work(context);
    gaze_memory_set_hook(NULL, NULL);
    bool reached = p.calls >= failing;
    if (!reached)
        assert_int_equal(status, GAZE_OK);
    else if (status != GAZE_OK)
        assert_int_equal(status, GAZE_ERROR_MEMORY);
    return reached;
}

int fail_each_allocation(work_function *work, void *context) {
    int failing = 1;
    while (run_failing(work, context, failing, false)) {
        run_failing(work, context, failing, true);
        failing++;
    }
    return failing - 1;
}
