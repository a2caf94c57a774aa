#include "core/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"

static const unsigned char nothing[1];

/* Reading -------------------------------------------------------------------------------------------- */

static gaze_status fail_errno(gaze_error *err, const char *path, const char *action) {
    int code = errno;
    gaze_status status = code == ENOENT || code == ENOTDIR ? GAZE_ERROR_NOT_FOUND : GAZE_ERROR_IO;
    return gaze_fail(err, status, "%s: cannot %s: %s", path, action, strerror(code));
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
    if (fstat(fd, &info) != 0) return fail_errno(err, path, "read");
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
    void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) return fail_errno(err, path, "map");
    *file = (gaze_file){.data = data, .size = size, .mapped = true};
    return GAZE_OK;
}

static gaze_status read_file(gaze_file *file, int fd, size_t size, const char *path, gaze_error *err) {
    unsigned char *data = gaze_alloc(size, 1);
    if (!data) return gaze_fail(err, GAZE_ERROR_MEMORY, "%s: out of memory for %zu bytes", path, size);
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(fd, data + done, size - done, (off_t)done);
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
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return fail_errno(err, path, "open");
    size_t size = 0;
    gaze_status status = check_regular(fd, path, max_size, &size, err);
    if (!status && size == 0)
        *file = (gaze_file){.data = nothing, .size = 0, .mapped = true};
    else if (!status && mode == GAZE_FILE_MAP)
        status = map_file(file, fd, size, path, err);
    else if (!status)
        status = read_file(file, fd, size, path, err);
    close(fd);
    return status;
}

void gaze_file_close(gaze_file *file) {
    if (file->mapped && file->size)
        munmap((void *)(uintptr_t)file->data, file->size);
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
        ssize_t got = read(descriptor, data + size, capacity - size);
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
        ssize_t put = write(fd, (const char *)data + done, size - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return fail_errno(err, path, "write");
        done += (size_t)put;
    }
    return GAZE_OK;
}

/* Creates a new file beside `path`; its name goes to `name`. Returns the descriptor, or -1 with errno. */
static int create_beside(const char *path, char *name, size_t capacity) {
    for (int attempt = 0; attempt < 100; attempt++) {
        int length = snprintf(name, capacity, "%s.%ld-%d.tmp", path, (long)getpid(), attempt);
        if (length < 0 || (size_t)length >= capacity) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

static gaze_status replace_file(const char *path, const void *data, size_t size, gaze_error *err) {
    char name[PATH_MAX];
    int fd = create_beside(path, name, sizeof name);
    if (fd < 0) return fail_errno(err, path, "create");
    struct stat old;
    if (stat(path, &old) == 0) (void)fchmod(fd, old.st_mode & 07777); /* keeps the old permissions */
    gaze_status status = write_all(fd, data, size, path, err);
    if (close(fd) != 0 && !status) status = fail_errno(err, path, "write");
    if (!status && rename(name, path) != 0) status = fail_errno(err, path, "rename to");
    if (status) unlink(name);
    return status;
}

/* A pipe, a terminal, /dev/null: nothing to replace, the bytes simply go there. */
static gaze_status write_special(const char *path, const void *data, size_t size, gaze_error *err) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return fail_errno(err, path, "open");
    gaze_status status = write_all(fd, data, size, path, err);
    if (close(fd) != 0 && !status) status = fail_errno(err, path, "write");
    return status;
}

gaze_status gaze_file_write(const char *path, const void *data, size_t size, gaze_error *err) {
    struct stat info;
    char resolved[PATH_MAX];
    if (strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, data, size, "standard output", err);
    if (stat(path, &info) != 0) return replace_file(path, data, size, err);
    if (S_ISDIR(info.st_mode)) return gaze_fail(err, GAZE_ERROR_IO, "%s: a directory, expected a file", path);
    if (!S_ISREG(info.st_mode)) return write_special(path, data, size, err);
    /* behind a symbolic link the file is replaced, not the link */
    if (!realpath(path, resolved)) return fail_errno(err, path, "write");
    return replace_file(resolved, data, size, err);
}

/* Names ---------------------------------------------------------------------------------------------- */

bool gaze_path_is_directory(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool gaze_path_is_file(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool gaze_path_modified(const char *path, int64_t *time) {
    struct stat info;
    if (stat(path, &info) != 0) return false;
    *time = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    return true;
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
        const struct dirent *entry = readdir(directory);
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
    DIR *directory = opendir(path);
    if (!directory) return fail_errno(err, path, "open");
    gaze_status status = collect_names(directory, path, &arena, &names, &count, err);
    closedir(directory);
    if (!status && count) {
        qsort(names, count, sizeof *names, by_name);
        for (size_t i = 0; i < count && visit(context, names[i]); i++) continue;
    }
    gaze_free(names);
    gaze_arena_deinit(&arena);
    return status;
}
