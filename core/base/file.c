#include "core/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/system.h"

static const unsigned char nothing[1];

/* Reading -------------------------------------------------------------------------------------------- */

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
    if (gaze_system->fstat(fd, &info) != 0) return gaze_system_fail(err, path, "read");
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
    if (!data) return gaze_system_fail(err, path, "map");
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
                got < 0 ? gaze_system_fail(err, path, "read")
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
    int fd = gaze_system_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    if (fd < 0) return gaze_system_fail(err, path, "open");
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
        if (got < 0 && errno != EINTR) status = gaze_system_fail(err, name, "read");
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
    if (!standard) stream->descriptor = gaze_system_open(path, O_RDONLY | O_CLOEXEC, 0);
    if (stream->descriptor < 0) return gaze_system_fail(err, path, "open");
    if (gaze_system->fstat(stream->descriptor, &info) != 0) {
        gaze_status status = gaze_system_fail(err, stream->name, "read");
        gaze_stream_close(stream);
        return status;
    }
    if (S_ISREG(info.st_mode) && (uintmax_t)info.st_size <= SIZE_MAX) stream->size = (size_t)info.st_size;
    return GAZE_OK;
}

gaze_status gaze_stream_read(gaze_stream *stream, void *bytes, size_t capacity, size_t *size, gaze_error *err) {
    ssize_t got;
    *size = 0;
    do got = gaze_system->read(stream->descriptor, bytes, capacity);
    while (got < 0 && errno == EINTR);
    if (got < 0) return gaze_system_fail(err, stream->name, "read");
    const bool from_start = stream->descriptor != STDIN_FILENO; /* which may be in the midst of a file */
    if (got == 0 && capacity > 0 && from_start && stream->done < stream->size)
        return gaze_fail(err, GAZE_ERROR_IO, "%s: ended at byte %zu of %zu while it was read", stream->name,
                         stream->done, stream->size);
    stream->done += (size_t)got;
    *size = (size_t)got;
    return GAZE_OK;
}

bool gaze_stream_would_wait(const gaze_stream *stream) {
    struct pollfd ready = {.fd = stream->descriptor, .events = POLLIN};
    return poll(&ready, 1, 0) == 0;
}

void gaze_stream_close(gaze_stream *stream) {
    if (stream->descriptor > STDERR_FILENO) gaze_system->close(stream->descriptor);
    *stream = (gaze_stream){0};
}
