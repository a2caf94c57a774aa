/* Writing whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/system.h"

static gaze_status write_all(int fd, const void *data, size_t size, const char *path, gaze_error *err) {
    for (size_t done = 0; done < size;) {
        ssize_t put = gaze_system->write(fd, (const char *)data + done, size - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return gaze_system_fail(err, path, "write");
        if (put == 0) return gaze_fail(err, GAZE_ERROR_IO, "%s: cannot write: no bytes are taken", path);
        done += (size_t)put;
    }
    return GAZE_OK;
}

static gaze_status write_and_close(int fd, const void *data, size_t size, const char *path,
                                   gaze_error *err) {
    gaze_status status = write_all(fd, data, size, path, err);
    if (gaze_system->close(fd) != 0 && !status) status = gaze_system_fail(err, path, "write");
    return status;
}

/* Creates a new file in the directory of `path`; its name goes to `name`. The name is short: that of
 * `path` may be as long as a file system allows. Returns the descriptor, or -1 with errno. */
static int create_beside(const char *path, mode_t mode, char name[PATH_MAX]) {
    const char *slash = strrchr(path, '/');
    int directory = slash ? (int)(slash - path) + 1 : 0;
    for (int attempt = 0; attempt < 100; attempt++) {
        int length = snprintf(name, PATH_MAX, "%.*s.gaze-%ld-%d.tmp", directory, path, (long)getpid(), attempt);
        if (length >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = gaze_system_open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

/* `old`: the file that is there already, whose permissions are kept; NULL: there is none. */
static gaze_status replace_file(const char *path, const struct stat *old, const void *data, size_t size,
                                gaze_error *err) {
    char name[PATH_MAX];
    int fd = create_beside(path, old ? old->st_mode & 0777 : 0666, name);
    if (fd < 0) return gaze_system_fail(err, path, "create");
    if (old) (void)gaze_system->fchmod(fd, old->st_mode & 07777); /* what the umask took away */
    gaze_status status = write_and_close(fd, data, size, path, err);
    if (!status && gaze_system->rename(name, path) != 0) status = gaze_system_fail(err, path, "rename to");
    if (status) gaze_system->unlink(name);
    return status;
}

/* A pipe, a terminal, /dev/null: nothing to replace, the bytes simply go there. */
static gaze_status write_special(const char *path, const void *data, size_t size, gaze_error *err) {
    int fd = gaze_system_open(path, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0) return gaze_system_fail(err, path, "open");
    return write_and_close(fd, data, size, path, err);
}

gaze_status gaze_file_write(const char *path, const void *data, size_t size, gaze_error *err) {
    struct stat info;
    char resolved[PATH_MAX];
    if (strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, data, size, "standard output", err);
    if (gaze_system->stat(path, &info) != 0)
        return errno == ENOENT ? replace_file(path, NULL, data, size, err) : gaze_system_fail(err, path, "write");
    if (S_ISDIR(info.st_mode)) return gaze_fail(err, GAZE_ERROR_IO, "%s: a directory, expected a file", path);
    if (!S_ISREG(info.st_mode)) return write_special(path, data, size, err);
    /* behind a symbolic link the file is replaced, not the link */
    if (!gaze_system->realpath(path, resolved)) return gaze_system_fail(err, path, "write");
    return replace_file(resolved, &info, data, size, err);
}
