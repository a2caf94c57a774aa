#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/system.h"
#include "tests/support/failing_io.h"

static struct {
    size_t calls;
    size_t failing; /* the call that goes wrong, counted from 1 */
    bool ever_after;
    io_fault fault;
    bool reached;  /* the fault has been played */
    bool harmless; /* only by calls whose failure changes no result */
    long mappings; /* made and not yet taken back */
} now;

static const int errors[IO_FAULT_COUNT] = {
    [IO_FAULT_EIO] = EIO, [IO_FAULT_EACCES] = EACCES, [IO_FAULT_ENOSPC] = ENOSPC, [IO_FAULT_EINTR] = EINTR};

/* What a call can do. */
enum { WAITS = 1, MOVES = 2, MEASURES = 4, HARMLESS = 8 };

/* Whether this call, of that kind, is the one that goes wrong. */
static bool goes_wrong(unsigned kind) {
    now.calls++;
    bool chosen = now.ever_after ? now.calls >= now.failing : now.calls == now.failing;
    if (now.ever_after && now.fault == IO_FAULT_EINTR) chosen = chosen && now.calls < now.failing + 3;
    if (!chosen) return false;
    if (now.fault == IO_FAULT_EINTR && !(kind & WAITS)) return false;
    if ((now.fault == IO_FAULT_SHORT || now.fault == IO_FAULT_NOTHING) && !(kind & MOVES)) return false;
    if (now.fault == IO_FAULT_SHRUNK && !(kind & MEASURES)) return false;
    now.reached = true;
    now.harmless = now.harmless && (kind & HARMLESS);
    return true;
}

/* Whether the call fails; errno is set. */
static bool fails(unsigned kind) {
    if (!goes_wrong(kind) || !errors[now.fault]) return false;
    errno = errors[now.fault];
    return true;
}

/* The calls ------------------------------------------------------------------------------------------ */

static int failing_open(const char *path, int flags, mode_t mode) {
    return fails(WAITS) ? -1 : gaze_system_real.open(path, flags, mode);
}

static int failing_close(int descriptor) {
    bool failed = fails(HARMLESS); /* whatever it says, the descriptor is gone */
    int error = errno, status = gaze_system_real.close(descriptor);
    errno = error;
    return failed ? -1 : status;
}

static int measure(int status, struct stat *info) {
    if (!status && goes_wrong(MEASURES) && info->st_size > 0) info->st_size--;
    return status;
}

static int failing_stat(const char *path, struct stat *info) {
    return fails(0) ? -1 : gaze_system_real.stat(path, info);
}

static int failing_fstat(int descriptor, struct stat *info) {
    if (now.fault == IO_FAULT_SHRUNK) return measure(gaze_system_real.fstat(descriptor, info), info);
    return fails(0) ? -1 : gaze_system_real.fstat(descriptor, info);
}

/* How many of `size` bytes a read or write moves; -1: it fails. */
static ssize_t moves(size_t size) {
    if (!goes_wrong(WAITS | MOVES)) return (ssize_t)size;
    errno = errors[now.fault];
    if (errno) return -1;
    if (now.fault == IO_FAULT_NOTHING || size == 0) return 0;
    return size < 64 ? 1 : (ssize_t)size / 2;
}

static ssize_t failing_read(int descriptor, void *bytes, size_t size) {
    ssize_t count = moves(size);
    return count <= 0 ? count : gaze_system_real.read(descriptor, bytes, (size_t)count);
}

static ssize_t failing_pread(int descriptor, void *bytes, size_t size, off_t offset) {
    ssize_t count = moves(size);
    return count <= 0 ? count : gaze_system_real.pread(descriptor, bytes, (size_t)count, offset);
}

static ssize_t failing_write(int descriptor, const void *bytes, size_t size) {
    ssize_t count = moves(size);
    return count <= 0 ? count : gaze_system_real.write(descriptor, bytes, (size_t)count);
}

static void *failing_map(size_t size, int descriptor) {
    void *bytes = fails(0) ? NULL : gaze_system_real.map(size, descriptor);
    now.mappings += bytes != NULL;
    return bytes;
}

static int counting_unmap(void *bytes, size_t size) {
    now.mappings--;
    return gaze_system_real.unmap(bytes, size);
}

static int failing_fchmod(int descriptor, mode_t mode) {
    return fails(HARMLESS) ? -1 : gaze_system_real.fchmod(descriptor, mode);
}

static int failing_rename(const char *from, const char *to) {
    return fails(0) ? -1 : gaze_system_real.rename(from, to);
}

static char *failing_realpath(const char *path, char *resolved) {
    return fails(0) ? NULL : gaze_system_real.realpath(path, resolved);
}

static DIR *failing_opendir(const char *path) {
    return fails(0) ? NULL : gaze_system_real.opendir(path);
}

static struct dirent *failing_readdir(DIR *directory) {
    return fails(0) ? NULL : gaze_system_real.readdir(directory);
}

static int unlink_for_real(const char *path) {
    return gaze_system_real.unlink(path); /* what cleans up is not made to fail: it is how we look */
}

static int closedir_for_real(DIR *directory) {
    return gaze_system_real.closedir(directory);
}

static const gaze_system_calls failing_calls = {
    .open = failing_open,
    .close = failing_close,
    .stat = failing_stat,
    .fstat = failing_fstat,
    .read = failing_read,
    .pread = failing_pread,
    .map = failing_map,
    .unmap = counting_unmap,
    .write = failing_write,
    .fchmod = failing_fchmod,
    .rename = failing_rename,
    .unlink = unlink_for_real,
    .realpath = failing_realpath,
    .opendir = failing_opendir,
    .readdir = failing_readdir,
    .closedir = closedir_for_real,
};

/* The runs ------------------------------------------------------------------------------------------- */

/* The number that the next descriptor would get: higher when one was left open. */
static int next_descriptor(void) {
    int descriptor = dup(STDERR_FILENO);
    close(descriptor);
    return descriptor;
}

static void check_status(gaze_status status) {
    static const char *const names[] = {"EIO", "EACCES", "ENOSPC", "EINTR", "short", "nothing", "shrunk"};
    bool refused = status == GAZE_ERROR_IO;
    bool ok = status == GAZE_OK;
    if (now.reached && errors[now.fault] && now.fault != IO_FAULT_EINTR) ok = now.harmless ? ok || refused : refused;
    if (now.fault == IO_FAULT_NOTHING) ok = ok || refused;
    if (now.fault == IO_FAULT_SHRUNK && now.reached) ok = true; /* what a reader makes of other bytes is its own */
    if (!ok)
        fail_msg("%s at call %zu%s: ended with '%s'", names[now.fault], now.failing,
                 now.ever_after ? " and after" : "", gaze_status_name(status));
}

/* Returns the number of calls. */
static size_t run_failing(work_function *work, after_function *after, void *context, size_t failing) {
    int descriptor = next_descriptor();
    now.failing = failing;
    now.calls = 0;
    now.reached = false;
    now.harmless = true;
    now.mappings = 0;
    gaze_system = &failing_calls;
    gaze_status status = work(context);
    gaze_system = &gaze_system_real;
    check_status(status);
    assert_int_equal(next_descriptor(), descriptor);
    assert_int_equal(now.mappings, 0);
    if (after) after(context, status);
    return now.calls;
}

size_t fail_each_call(work_function *work, after_function *after, void *context) {
    size_t runs = 0, calls = run_failing(work, after, context, SIZE_MAX);
    size_t step = getenv("GAZE_TORTURE") ? 1 : calls / 8 + 1;
    for (int fault = 0; fault < IO_FAULT_COUNT; fault++)
        for (int ever_after = 0; ever_after < 2; ever_after++) {
            now.fault = (io_fault)fault;
            now.ever_after = ever_after;
            for (size_t k = 1; k <= calls; k += step, runs++) run_failing(work, after, context, k);
        }
    return runs;
}
