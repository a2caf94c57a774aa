#include "core/base/line_reader.h"

#include <string.h>

gaze_status gaze_line_reader_open(gaze_line_reader *r, const char *path, gaze_error *err) {
    *r = (gaze_line_reader){0};
    return gaze_stream_open(&r->stream, path, err);
}

/* Reads some more bytes behind those that wait; moves these to the front first. */
static gaze_status fill(gaze_line_reader *r, gaze_error *err) {
    char chunk[1 << 15];
    size_t size;
    if (r->at) {
        r->waiting.length -= r->at;
        memmove(r->waiting.data, r->waiting.data + r->at, r->waiting.length);
        r->at = 0;
    }
    gaze_status status = gaze_stream_read(&r->stream, chunk, sizeof chunk, &size, err);
    if (status) return status;
    r->ended = size == 0;
    gaze_buffer_append(&r->waiting, chunk, size);
    return gaze_buffer_status(&r->waiting, err);
}

/* The line feed of the next line, looked for from byte `from` of it on; NULL when it is not there yet. */
static const char *find_feed(const gaze_line_reader *r, size_t from) {
    size_t start = r->at + from;
    return start < r->waiting.length ? memchr(r->waiting.data + start, '\n', r->waiting.length - start)
                                     : NULL;
}

gaze_status gaze_line_reader_next(gaze_line_reader *r, const char **line, size_t *length, gaze_error *err) {
    const char *feed;
    size_t searched = 0;
    *line = NULL;
    *length = 0;
    while (!(feed = find_feed(r, searched)) && !r->ended) {
        searched = r->waiting.length - r->at;
        gaze_status status = fill(r, err);
        if (status) return status;
    }
    if (r->at == r->waiting.length) return GAZE_OK;
    *line = r->waiting.data + r->at;
    *length = feed ? (size_t)(feed - *line) : r->waiting.length - r->at;
    r->at += *length + (feed != NULL);
    r->bytes += *length + (feed != NULL);
    r->number++;
    return GAZE_OK;
}

bool gaze_line_reader_would_wait(const gaze_line_reader *r) {
    return !r->ended && !find_feed(r, 0) && gaze_stream_would_wait(&r->stream);
}

void gaze_line_reader_close(gaze_line_reader *r) {
    gaze_stream_close(&r->stream);
    gaze_buffer_deinit(&r->waiting);
    *r = (gaze_line_reader){0};
}
