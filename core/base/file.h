/* Files: the only place of the library that touches a file system.
 *
 * Reading gives bytes in memory, mapped or copied; every loader then works on bytes. Writing goes through
 * a temporary file beside the target, which is renamed at the end: a file appears whole or not at all.
 */
#ifndef GAZE_CORE_BASE_FILE_H
#define GAZE_CORE_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

typedef enum gaze_file_mode {
    GAZE_FILE_READ, /* pread into memory that the struct owns */
    GAZE_FILE_MAP   /* map read-only and in place. If another process shortens the file while it is
                       mapped, touching the lost pages raises SIGBUS. */
} gaze_file_mode;

typedef struct gaze_file {
    const unsigned char *data; /* never NULL after a successful open, even when size is 0 */
    size_t size;
    bool mapped;
} gaze_file;

/* Opens a regular file. Refuses directories, FIFOs, devices, and files above max_size (0: no limit).
 * Errors (message begins with the path): NOT_FOUND, IO, LIMIT, MEMORY. *file is zeroed on failure. */
gaze_status gaze_file_open(gaze_file *file, const char *path, gaze_file_mode mode, size_t max_size,
                           gaze_error *err);
/* The same for a file that need not be there: without it, *file stays zeroed. */
gaze_status gaze_file_open_optional(gaze_file *file, const char *path, gaze_file_mode mode, size_t max_size,
                                    gaze_error *err);
void gaze_file_close(gaze_file *file); /* zeroed structs are fine */

/* Reads a whole stream (standard input, a pipe) up to max_size bytes into memory the struct owns. */
gaze_status gaze_file_read_stream(gaze_file *file, int descriptor, const char *name, size_t max_size,
                                  gaze_error *err);

/* A file of any kind that is read from its start to its end, a piece at a time. */
typedef struct gaze_stream {
    const char *name; /* borrowed: the path, or "standard input" */
    size_t size;      /* of a regular file; 0: not known */
    size_t done;      /* private: bytes read */
    int descriptor;   /* private */
} gaze_stream;

/* "-" is standard input. Errors: NOT_FOUND, IO. On failure *stream may be closed, which does nothing. */
gaze_status gaze_stream_open(gaze_stream *stream, const char *path, gaze_error *err);
/* Waits for some bytes; *size is how many came, at most `capacity`, and 0 at the end. Errors: IO,
 * also when a file ends before the size that it had. */
gaze_status gaze_stream_read(gaze_stream *stream, void *bytes, size_t capacity, size_t *size, gaze_error *err);
/* Whether reading would have to wait for somebody to write. */
bool gaze_stream_would_wait(const gaze_stream *stream);
void gaze_stream_close(gaze_stream *stream); /* leaves standard input open */

/* Writes PATH whole or not at all; with path "-" writes to standard output. */
gaze_status gaze_file_write(const char *path, const void *data, size_t size, gaze_error *err);

typedef enum gaze_path_kind {
    GAZE_PATH_NOTHING, /* there is none of that name */
    GAZE_PATH_FILE,    /* a regular file */
    GAZE_PATH_DIRECTORY,
    GAZE_PATH_OTHER
} gaze_path_kind;

typedef struct gaze_path_info {
    gaze_path_kind kind;
    int64_t modified; /* nanoseconds since 1970 */
} gaze_path_info;

/* What the path leads to, links followed. IO when the system does not tell: that is not the same as
 * NOTHING, since a reader that goes on without a file may go on with another one. */
gaze_status gaze_path_look(gaze_path_info *info, const char *path, gaze_error *err);

/* "directory/name" in new memory (gaze_free). NULL: out of memory. */
char *gaze_path_join(const char *directory, const char *name);

/* Calls visit for each entry of a directory except "." and "..", in byte order of the names, until it
 * returns false. */
typedef bool gaze_directory_visitor(void *context, const char *name);
gaze_status gaze_directory_list(const char *path, gaze_directory_visitor *visit, void *context,
                                gaze_error *err);

#endif
