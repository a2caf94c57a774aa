#include "core/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/system.h"

static const unsigned char nothing[1];

/* Reading -------------------------------------------------------------------------------------------- */

static gaze_status fail_errno(gaze_error *err, const char *path, const char *action) {
    int code = errno;
    gaze_status status = code == ENOENT || code == ENOTDIR ? GAZE_ERROR_NOT_FOUND : GAZE_ERROR_IO;
    return gaze_fail(err, status, "%s: cannot %s: %s", path, action, strerror(code));
}

/* A signal is no reason to give up. `mode` is that of a new file. */
static int open_retrying(const char *path, int flags, mode_t mode) {
    int fd;
    do fd = gaze_system->open(path, flags, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static const char *kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a directory";
    if (S_ISFIFO(mode)) return "a FIFO";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

/* The size of an open regular file that may be read. */
static gaze_status check_regular(int fd, const char *path, size_t max_size, size_t *size,
                                 gaze_error *err) {
    struct stat info;
    if (gaze_system->fstat(fd, &info) != 0) return fail_errno(err, path, "read");
    if (!S_ISREG(info.st_mode))
        return gaze_fail(err, GAZE_ERROR_IO, "%s: %s, expected a file", path, kind_of(info.st_mode));
    if (info.st_size < 0 || (uintmax_t)info.st_size > PTRDIFF_MAX)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%s: too large for this machine's memory", path);
    *size = (size_t)info.st_size;
    if (max_size && *size > max_size)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%s: %zu bytes, at most %zu are read", path, *size,
                         max_size);
    return GAZE_OK;
}

static gaze_status map_file(gaze_file *file, int fd, size_t size, const char *path, gaze_error *err) {
    void *data = gaze_system->map(size, fd);
    if (!data) return fail_errno(err, path, "map");
    *file = (gaze_file){.data = data, .size = size, .mapped = true};
    return GAZE_OK;
}

static gaze_status read_file(gaze_file *file, int fd, size_t size, const char *path, gaze_error *err) {
    unsigned char *data = gaze_alloc(size, 1);
    if (!data) return gaze_fail(err, GAZE_ERROR_MEMORY, "%s: out of memory for %zu bytes", path, size);
    for (size_t done = 0; done < size;) {
        ssize_t got = gaze_system->pread(fd, data + done, size - done, (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            gaze_status status =
                got < 0 ? fail_errno(err, path, "read")
                        : gaze_fail(err, GAZE_ERROR_IO, "%s: ended at byte %zu of %zu while it was read",
                                    path, done, size);
            gaze_free(data);
            return status;
        }
        done += (size_t)got;
    }
    *file = (gaze_file){.data = data, .size = size, .mapped = false};
    return GAZE_OK;
}

gaze_status gaze_file_open(gaze_file *file, const char *path, gaze_file_mode mode, size_t max_size,
                           gaze_error *err) {
    *file = (gaze_file){0};
    /* O_NONBLOCK: opening a FIFO must not wait for a writer; it is refused below */
    int fd = open_retrying(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    if (fd < 0) return fail_errno(err, path, "open");
    size_t size = 0;
    gaze_status status = check_regular(fd, path, max_size, &size, err);
    if (!status && size == 0)
        *file = (gaze_file){.data = nothing, .size = 0, .mapped = true};
    else if (!status && mode == GAZE_FILE_MAP)
        status = map_file(file, fd, size, path, err);
    else if (!status)
        status = read_file(file, fd, size, path, err);
    gaze_system->close(fd);
    return status;
}

gaze_status gaze_file_open_optional(gaze_file *file, const char *path, gaze_file_mode mode, size_t max_size,
                                    gaze_error *err) {
    gaze_path_info info;
    *file = (gaze_file){0};
    gaze_status status = gaze_path_look(&info, path, err);
    if (status || info.kind == GAZE_PATH_NOTHING) return status;
    return gaze_file_open(file, path, mode, max_size, err);
}

void gaze_file_close(gaze_file *file) {
    if (file->mapped && file->size)
        gaze_system->unmap((void *)(uintptr_t)file->data, file->size);
    else if (!file->mapped)
        gaze_free((void *)(uintptr_t)file->data);
    *file = (gaze_file){0};
}

gaze_status gaze_file_read_stream(gaze_file *file, int descriptor, const char *name, size_t max_size,
                                  gaze_error *err) {
    size_t size = 0, capacity = 0;
    unsigned char *data = NULL;
    gaze_status status = GAZE_OK;
    *file = (gaze_file){0};
    while (!status) {
        if (size == capacity) {
            size_t larger = capacity ? capacity * 2 : 65536;
            unsigned char *grown = gaze_realloc(data, larger, 1);
            if (!grown) {
                status = gaze_fail(err, GAZE_ERROR_MEMORY, "%s: out of memory", name);
                break;
            }
            data = grown;
            capacity = larger;
        }
        ssize_t got = gaze_system->read(descriptor, data + size, capacity - size);
        if (got == 0) break;
        if (got < 0 && errno != EINTR) status = fail_errno(err, name, "read");
        if (got > 0) size += (size_t)got;
        if (max_size && size > max_size)
            status = gaze_fail(err, GAZE_ERROR_LIMIT, "%s: more than %zu bytes", name, max_size);
    }
    if (status)
        gaze_free(data);
    else
        *file = (gaze_file){.data = data, .size = size, .mapped = false};
    return status;
}

/* Streams -------------------------------------------------------------------------------------------- */

gaze_status gaze_stream_open(gaze_stream *stream, const char *path, gaze_error *err) {
    const bool standard = strcmp(path, "-") == 0;
    struct stat info;
    *stream = (gaze_stream){.name = standard ? "standard input" : path, .descriptor = STDIN_FILENO};
    if (!standard) stream->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (stream->descriptor < 0) return fail_errno(err, path, "open");
    if (fstat(stream->descriptor, &info) == 0 && S_ISREG(info.st_mode) && (uintmax_t)info.st_size <= SIZE_MAX)
        stream->size = (size_t)info.st_size;
    return GAZE_OK;
}

gaze_status gaze_stream_read(gaze_stream *stream, void *bytes, size_t capacity, size_t *size, gaze_error *err) {
    ssize_t got;
    *size = 0;
    do got = read(stream->descriptor, bytes, capacity);
    while (got < 0 && errno == EINTR);
    if (got < 0) return fail_errno(err, stream->name, "read");
    *size = (size_t)got;
    return GAZE_OK;
}

bool gaze_stream_would_wait(const gaze_stream *stream) {
    struct pollfd ready = {.fd = stream->descriptor, .events = POLLIN};
    return poll(&ready, 1, 0) == 0;
}

void gaze_stream_close(gaze_stream *stream) {
    if (stream->descriptor > STDERR_FILENO) close(stream->descriptor);
    *stream = (gaze_stream){0};
}

/* Writing -------------------------------------------------------------------------------------------- */

static gaze_status write_all(int fd, const void *data, size_t size, const char *path, gaze_error *err) {
    for (size_t done = 0; done < size;) {
        ssize_t put = gaze_system->write(fd, (const char *)data + done, size - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return fail_errno(err, path, "write");
        if (put == 0) return gaze_fail(err, GAZE_ERROR_IO, "%s: cannot write: no bytes are taken", path);
        done += (size_t)put;
    }
    return GAZE_OK;
}

static gaze_status write_and_close(int fd, const void *data, size_t size, const char *path,
                                   gaze_error *err) {
    gaze_status status = write_all(fd, data, size, path, err);
    if (gaze_system->close(fd) != 0 && !status) status = fail_errno(err, path, "write");
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
        int fd = open_retrying(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

/* `old`: the file that is there already, whose permissions are kept; NULL: there is none. */
static gaze_status replace_file(const char *path, const struct stat *old, const void *data, size_t size,
                                gaze_error *err) {
    char name[PATH_MAX];
    int fd = create_beside(path, old ? old->st_mode & 0777 : 0666, name);
    if (fd < 0) return fail_errno(err, path, "create");
    if (old) (void)gaze_system->fchmod(fd, old->st_mode & 07777); /* what the umask took away */
    gaze_status status = write_and_close(fd, data, size, path, err);
    if (!status && gaze_system->rename(name, path) != 0) status = fail_errno(err, path, "rename to");
    if (status) gaze_system->unlink(name);
    return status;
}

/* A pipe, a terminal, /dev/null: nothing to replace, the bytes simply go there. */
static gaze_status write_special(const char *path, const void *data, size_t size, gaze_error *err) {
    int fd = open_retrying(path, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0) return fail_errno(err, path, "open");
    return write_and_close(fd, data, size, path, err);
}

gaze_status gaze_file_write(const char *path, const void *data, size_t size, gaze_error *err) {
    struct stat info;
    char resolved[PATH_MAX];
    if (strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, data, size, "standard output", err);
    if (gaze_system->stat(path, &info) != 0)
        return errno == ENOENT ? replace_file(path, NULL, data, size, err) : fail_errno(err, path, "write");
    if (S_ISDIR(info.st_mode)) return gaze_fail(err, GAZE_ERROR_IO, "%s: a directory, expected a file", path);
    if (!S_ISREG(info.st_mode)) return write_special(path, data, size, err);
    /* behind a symbolic link the file is replaced, not the link */
    if (!gaze_system->realpath(path, resolved)) return fail_errno(err, path, "write");
    return replace_file(resolved, &info, data, size, err);
}

/* Names ---------------------------------------------------------------------------------------------- */

static gaze_path_kind path_kind(mode_t mode) {
    if (S_ISREG(mode)) return GAZE_PATH_FILE;
    return S_ISDIR(mode) ? GAZE_PATH_DIRECTORY : GAZE_PATH_OTHER;
}

gaze_status gaze_path_look(gaze_path_info *info, const char *path, gaze_error *err) {
    struct stat found;
    *info = (gaze_path_info){0};
    if (gaze_system->stat(path, &found) != 0)
        return errno == ENOENT || errno == ENOTDIR ? GAZE_OK : fail_errno(err, path, "look at it");
    info->kind = path_kind(found.st_mode);
    info->modified = (int64_t)found.st_mtim.tv_sec * 1000000000 + found.st_mtim.tv_nsec;
    return GAZE_OK;
}

char *gaze_path_join(const char *directory, const char *name) {
    size_t first = strlen(directory), second = strlen(name), size;
    bool slash = first > 0 && directory[first - 1] != '/';
    if (!gaze_size_add(first, second, &size) || !gaze_size_add(size, 2, &size)) return NULL;
    char *path = gaze_alloc(size, 1);
    if (path) snprintf(path, size, "%s%s%s", directory, slash ? "/" : "", name);
    return path;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All entries of an open directory except "." and "..", copied into the arena. */
static gaze_status collect_names(DIR *directory, const char *path, gaze_arena *arena, char ***names,
                                 size_t *count, gaze_error *err) {
    size_t capacity = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = gaze_system->readdir(directory);
        if (!entry) return errno ? fail_errno(err, path, "list") : GAZE_OK;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 32;
            char **grown = gaze_realloc(*names, capacity, sizeof *grown);
            if (!grown) return gaze_fail_memory(err);
            *names = grown;
        }
        char *name = gaze_arena_copy_string(arena, entry->d_name, strlen(entry->d_name));
        if (!name) return gaze_fail_memory(err);
        (*names)[(*count)++] = name;
    }
}

gaze_status gaze_directory_list(const char *path, gaze_directory_visitor *visit, void *context,
                                gaze_error *err) {
    gaze_arena arena = {0};
    char **names = NULL;
    size_t count = 0;
    DIR *directory = gaze_system->opendir(path);
    if (!directory) return fail_errno(err, path, "open");
    gaze_status status = collect_names(directory, path, &arena, &names, &count, err);
    gaze_system->closedir(directory);
    if (!status && count) {
        qsort(names, count, sizeof *names, by_name);
        for (size_t i = 0; i < count && visit(context, names[i]); i++) continue;
    }
    gaze_free(names);
    gaze_arena_deinit(&arena);
    return status;
}
