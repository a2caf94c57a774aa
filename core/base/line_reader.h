/* The lines of a file or of standard input, one after another, in memory that the longest line bounds.
 *
 *     gaze_line_reader reader;
 *     const char *line;
 *     size_t length;
 *     gaze_status status = gaze_line_reader_open(&reader, path, err);
 *     while (!status && !(status = gaze_line_reader_next(&reader, &line, &length, err)) && line) use(line, length);
 *     gaze_line_reader_close(&reader);
 */
#ifndef GAZE_CORE_BASE_LINE_READER_H
#define GAZE_CORE_BASE_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/file.h"

typedef struct gaze_line_reader {
    gaze_stream stream;
    size_t number; /* lines given so far */
    size_t bytes;  /* of those lines, their feeds included */
    /* private */
    bool ended;
    size_t at;           /* where the next line begins in `waiting` */
    gaze_buffer waiting; /* what was read and not yet given */
} gaze_line_reader;

/* Opens a file of any kind; "-" is standard input. The path is borrowed. Errors: NOT_FOUND, IO. */
gaze_status gaze_line_reader_open(gaze_line_reader *reader, const char *path, gaze_error *err);

/* The next line, without its line feed; *line is NULL at the end. Behind the last feed there is a line only
 * when bytes stand there. Borrowed until the next call. Errors: IO, MEMORY. */
gaze_status gaze_line_reader_next(gaze_line_reader *reader, const char **line, size_t *length,
                                  gaze_error *err);

/* Whether gaze_line_reader_next would have to wait for somebody to write: a time to show what is done. */
bool gaze_line_reader_would_wait(const gaze_line_reader *reader);

/* Closes the file, but not standard input. */
void gaze_line_reader_close(gaze_line_reader *reader);

#endif
