#include "core/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const status_names[GAZE_STATUS_COUNT] = {
    [GAZE_OK] = "ok",
    [GAZE_ERROR_MEMORY] = "out of memory",
    [GAZE_ERROR_IO] = "input/output error",
    [GAZE_ERROR_NOT_FOUND] = "not found",
    [GAZE_ERROR_ARGUMENT] = "invalid argument",
    [GAZE_ERROR_UNSUPPORTED] = "not supported",
    [GAZE_ERROR_FORMAT] = "malformed file",
    [GAZE_ERROR_CONFIG] = "invalid configuration",
    [GAZE_ERROR_SHAPE] = "wrong shape",
    [GAZE_ERROR_TOO_LONG] = "text too long",
    [GAZE_ERROR_LIMIT] = "beyond a limit",
    [GAZE_ERROR_UTF8] = "ill-formed UTF-8",
    [GAZE_ERROR_JSON_EOF] = "JSON ends early",
    [GAZE_ERROR_JSON_SYNTAX] = "JSON syntax error",
    [GAZE_ERROR_JSON_DEPTH] = "JSON nested too deep",
    [GAZE_ERROR_SCHEMA] = "JSON of the wrong kind",
    [GAZE_ERROR_DUPLICATE] = "duplicate key",
    [GAZE_ERROR_HEADER_TOO_SMALL] = "header too small",
    [GAZE_ERROR_HEADER_TOO_LARGE] = "header too large",
    [GAZE_ERROR_HEADER_LENGTH] = "header length beyond the file",
    [GAZE_ERROR_DTYPE] = "unknown dtype",
    [GAZE_ERROR_NAME] = "invalid name",
    [GAZE_ERROR_OFFSETS] = "invalid offsets",
    [GAZE_ERROR_OVERFLOW] = "size overflow",
    [GAZE_ERROR_MISALIGNED] = "not whole bytes",
    [GAZE_ERROR_SIZE_MISMATCH] = "size mismatch",
    [GAZE_ERROR_COVERAGE] = "data and file size differ",
};

const char *gaze_status_name(gaze_status status) {
    if ((unsigned)status >= GAZE_STATUS_COUNT) return "unknown status";
    return status_names[status];
}

/* Messages quote names from files: a control character in one must not reach a terminal. Those of U+0080 to
 * U+009F are two bytes in UTF-8, and command a terminal as ESC does. */
static void mask_controls(char *text) {
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        bool wide = at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0;
        if (wide) at[1] = '?';
        if (wide || *at < 0x20 || *at == 0x7F) *at = '?';
    }
}

static void fill(gaze_error *err, gaze_status code, const char *format, va_list arguments) {
    err->code = code;
    err->has_offset = false;
    err->offset = 0;
    vsnprintf(err->message, sizeof err->message, format, arguments);
    mask_controls(err->message);
}

gaze_status gaze_fail(gaze_error *err, gaze_status code, const char *format, ...) {
    if (err) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, code, format, arguments);
        va_end(arguments);
    }
    return code;
}

gaze_status gaze_fail_at(gaze_error *err, gaze_status code, size_t offset, const char *format, ...) {
    if (err) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, code, format, arguments);
        va_end(arguments);
        err->has_offset = true;
        err->offset = offset;
    }
    return code;
}

gaze_status gaze_fail_memory(gaze_error *err) {
    return gaze_fail(err, GAZE_ERROR_MEMORY, "out of memory");
}

/* Appends what fits of `from` to the terminated string in `to`. */
static void append(char *to, size_t capacity, const char *from) {
    size_t used = strlen(to);
    while (*from && used + 1 < capacity) to[used++] = *from++;
    to[used] = '\0';
}

gaze_status gaze_fail_prefix(gaze_error *err, gaze_status status, const char *format, ...) {
    if (!err) return status;
    char message[sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    append(message, sizeof message, ": ");
    append(message, sizeof message, err->message);
    memcpy(err->message, message, sizeof message);
    mask_controls(err->message);
    return err->code;
}
