#include "core/base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int open_file(const char *path, int flags, mode_t mode) {
    return open(path, flags, mode);
}

static void *map_file(size_t size, int descriptor) {
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    return bytes == MAP_FAILED ? NULL : bytes;
}

const gaze_system_calls gaze_system_real = {
    .open = open_file,
    .close = close,
    .stat = stat,
    .fstat = fstat,
    .read = read,
    .pread = pread,
    .map = map_file,
    .unmap = munmap,
    .write = write,
    .fchmod = fchmod,
    .rename = rename,
    .unlink = unlink,
    .realpath = realpath,
    .opendir = opendir,
    .readdir = readdir,
    .closedir = closedir,
};

const gaze_system_calls *gaze_system = &gaze_system_real;

int gaze_system_open(const char *path, int flags, mode_t mode) {
    int descriptor;
    do descriptor = gaze_system->open(path, flags, mode);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

gaze_status gaze_system_fail(gaze_error *err, const char *path, const char *action) {
    int code = errno;
    gaze_status status = code == ENOENT || code == ENOTDIR ? GAZE_ERROR_NOT_FOUND : GAZE_ERROR_IO;
    return gaze_fail(err, status, "%s: cannot %s: %s", path, action, strerror(code));
}
