/* Input and output that fails, at every call of the system in turn. */
#ifndef GAZE_TESTS_SUPPORT_FAILING_IO_H
#define GAZE_TESTS_SUPPORT_FAILING_IO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "tests/support/failing_alloc.h"

/* How a call goes wrong. */
typedef enum io_fault {
    IO_FAULT_EIO,
    IO_FAULT_EACCES,
    IO_FAULT_ENOSPC,
    IO_FAULT_EINTR,   /* of calls that wait: open, read, write */
    IO_FAULT_SHORT,   /* reads and writes move half of the bytes, and then one at a time */
    IO_FAULT_NOTHING, /* reads end early, as of a file that has become shorter; writes take no byte */
    IO_FAULT_SHRUNK,  /* a file's size is one byte less than it was */
    IO_FAULT_COUNT
} io_fault;

/* Runs `work` with its k-th call of the system going wrong, for each of its calls: once with that one alone,
 * once with all later ones too, and in each of the ways above. Every n-th call is taken where there are
 * many, unless GAZE_TORTURE is set (make torture). `work` must tell by itself whether its result is right
 * when it ends in GAZE_OK. Fails the test unless
 *
 *     an interrupted or short call makes no difference,
 *     a call that fails ends in GAZE_ERROR_IO (but a close after reading, or fchmod, may fail unnoticed),
 *     no descriptor and no mapping is left.
 *
 * `after`, when not NULL, is called behind each run with its status. Returns the number of runs. */
typedef void after_function(void *context, gaze_status status);
size_t fail_each_call(work_function *work, after_function *after, void *context);

#endif
