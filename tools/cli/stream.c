#include "tools/cli/stream.h"

#include <string.h>

#include "core/base/file.h"
#include "core/base/line_reader.h"
#include "tools/cli/inputs.h"
#include "tools/cli/progress.h"

gaze_status cli_put_results(gaze_buffer *out, const cli_settings *s, bool last, gaze_error *err) {
    gaze_status status = GAZE_OK;
    const bool file = s->output && strcmp(s->output, "-") != 0;
    if (file && !last) return GAZE_OK;
    if (file || out->length) status = gaze_file_write(file ? s->output : "-", out->data, out->length, err);
    gaze_buffer_clear(out);
    return status;
}

/* What a stream is on its way through. */
typedef struct stream {
    const cli_settings *settings;
    gaze_lines *lines;
    gaze_buffer out;
    cli_progress progress;
    bool silent;
} stream;

/* Brings out what is there. */
static gaze_status put(stream *s, bool last, gaze_error *err) {
    if (s->out.length || last) cli_progress_wipe(&s->progress);
    return s->silent ? GAZE_OK : cli_put_results(&s->out, s->settings, last, err);
}

static gaze_status take_texts(stream *s, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < cli_input_count(s->settings) && !status; i++) {
        gaze_input input = cli_input_at(s->settings, i);
        status = gaze_lines_add_input(s->lines, &s->out, &input, err);
        if (!status) status = put(s, false, err);
    }
    return status;
}

/* Who writes line by line and waits for the answer gets it: when no line is there, those that wait are run. */
static gaze_status take_lines(stream *s, gaze_line_reader *reader, gaze_error *err) {
    const char *line;
    size_t length;
    gaze_status status = GAZE_OK;
    while (!status && !(status = gaze_line_reader_next(reader, &line, &length, err)) && line) {
        status = gaze_lines_add(s->lines, &s->out, line, length, err);
        if (!status && gaze_line_reader_would_wait(reader)) status = gaze_lines_flush(s->lines, &s->out, err);
        if (!status) status = put(s, false, err);
        cli_progress_show(&s->progress, s->lines->count,
                          reader->stream.size ? (double)reader->bytes / (double)reader->stream.size : -1);
    }
    return status;
}

static gaze_status take_file(stream *s, gaze_error *err) {
    gaze_line_reader reader;
    gaze_status status = gaze_line_reader_open(&reader, s->settings->file, err);
    if (!status) status = take_lines(s, &reader, err);
    gaze_line_reader_close(&reader);
    return status;
}

gaze_status cli_stream(gaze_lines *lines, const cli_settings *settings, bool silent, gaze_error *err) {
    stream s = {.settings = settings, .lines = lines, .progress.settings = settings, .silent = silent};
    gaze_status status = settings->file ? take_file(&s, err) : take_texts(&s, err);
    if (!status) status = gaze_lines_flush(lines, &s.out, err);
    if (!status) status = put(&s, true, err);
    cli_progress_wipe(&s.progress);
    gaze_buffer_deinit(&s.out);
    return status;
}
