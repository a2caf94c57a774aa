#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "core/base/memory.h"
#include "tests/support/failing_alloc.h"

static size_t runs;

typedef struct plan {
    int calls;
    int failing; /* the call that fails, counted from 1; 0: none */
    bool ever_after;
} plan;

static bool allow(void *context) {
    plan *p = context;
    p->calls++;
    return p->ever_after && p->failing ? p->calls < p->failing : p->calls != p->failing;
}

static int run_failing(work_function *work, void *context, int failing, bool ever_after) {
    plan p = {.failing = failing, .ever_after = ever_after};
    gaze_memory_set_hook(allow, &p);
    gaze_status status = work(context);
    gaze_memory_set_hook(NULL, NULL);
    bool reached = failing && p.calls >= failing;
    if (status != (reached && status ? GAZE_ERROR_MEMORY : GAZE_OK))
        fail_msg("allocation %d of %d fails%s: ended with '%s'", failing, p.calls,
                 ever_after ? " and all after it" : "", gaze_status_name(status));
    runs += reached;
    return p.calls;
}

int fail_each_allocation(work_function *work, void *context) {
    int count = run_failing(work, context, 0, false);
    int step = getenv("GAZE_TORTURE") ? 1 : count / 200 + 1;
    for (int failing = 1; failing <= count; failing += step) {
        run_failing(work, context, failing, false);
        run_failing(work, context, failing, true);
    }
    run_failing(work, context, 0, false);
    return count;
}

size_t failing_alloc_runs(void) {
    return runs;
}
