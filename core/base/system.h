/* The system: the calls through which core/base/file.h reaches the operating system, and nothing else.
 *
 * They stand in a table so that a test can put calls of its own in their place, and so make any of them
 * fail: tests/support/failing_io.h. Each has the meaning and the errno of the POSIX call of its name.
 */
#ifndef GAZE_CORE_BASE_SYSTEM_H
#define GAZE_CORE_BASE_SYSTEM_H

#include <dirent.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "core/base/error.h"

typedef struct gaze_system_calls {
    int (*open)(const char *path, int flags, mode_t mode);
    int (*close)(int descriptor);
    int (*stat)(const char *path, struct stat *info);
    int (*fstat)(int descriptor, struct stat *info);
    ssize_t (*read)(int descriptor, void *bytes, size_t size);
    ssize_t (*pread)(int descriptor, void *bytes, size_t size, off_t offset);
    void *(*map)(size_t size, int descriptor); /* the file's first `size` bytes, to be read; NULL: failed */
    int (*unmap)(void *bytes, size_t size);
    ssize_t (*write)(int descriptor, const void *bytes, size_t size);
    int (*fchmod)(int descriptor, mode_t mode);
    int (*rename)(const char *from, const char *to);
    int (*unlink)(const char *path);
    char *(*realpath)(const char *path, char *resolved);
    DIR *(*opendir)(const char *path);
    struct dirent *(*readdir)(DIR *directory);
    int (*closedir)(DIR *directory);
} gaze_system_calls;

/* What is called: the real ones, unless a test has set others. */
extern const gaze_system_calls *gaze_system;
extern const gaze_system_calls gaze_system_real;

/* gaze_system->open, again when a signal interrupts it. `mode` is that of a new file. */
int gaze_system_open(const char *path, int flags, mode_t mode);

/* "PATH: cannot ACTION: " and what errno says. NOT_FOUND when there is no such path, else IO. */
gaze_status gaze_system_fail(gaze_error *err, const char *path, const char *action);

#endif
