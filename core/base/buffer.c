#include "core/base/buffer.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/utf8.h"

void gaze_buffer_deinit(gaze_buffer *buffer) {
    gaze_free(buffer->data);
    *buffer = (gaze_buffer){0};
}

void gaze_buffer_clear(gaze_buffer *buffer) {
    buffer->length = 0;
    if (buffer->data) buffer->data[0] = '\0';
}

/* Room for `more` bytes and the NUL behind them. */
static bool reserve(gaze_buffer *buffer, size_t more) {
    size_t needed;
    if (buffer->failed) return false;
    if (!gaze_size_add(buffer->length, more, &needed) || !gaze_size_add(needed, 1, &needed)) {
        buffer->failed = true;
        return false;
    }
    if (needed <= buffer->capacity) return true;
    size_t capacity = buffer->capacity > SIZE_MAX / 2 ? needed : buffer->capacity * 2;
    if (capacity < needed) capacity = needed;
    if (capacity < 64) capacity = 64;
    char *data = gaze_realloc(buffer->data, capacity, 1);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void gaze_buffer_append(gaze_buffer *buffer, const void *bytes, size_t length) {
    if (!reserve(buffer, length)) return;
    if (length) memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void gaze_buffer_puts(gaze_buffer *buffer, const char *string) {
    gaze_buffer_append(buffer, string, strlen(string));
}

void gaze_buffer_putc(gaze_buffer *buffer, char c) {
    gaze_buffer_append(buffer, &c, 1);
}

void gaze_buffer_printf(gaze_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) buffer->failed = true; /* more than an int counts, or what the locale cannot write */
    if (buffer->failed || !reserve(buffer, (size_t)length)) return;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

gaze_status gaze_buffer_status(const gaze_buffer *buffer, gaze_error *err) {
    return buffer->failed ? gaze_fail_memory(err) : GAZE_OK;
}

/* Numbers -------------------------------------------------------------------------------------------- */

static const double powers_of_ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/* Up to 2^53 every integer is a double, and the digits come from integer arithmetic. */
#define EXACT_LIMIT 9007199254740992.0

void gaze_buffer_put_fixed(gaze_buffer *buffer, double value, int decimals) {
    if (!isfinite(value)) {
        gaze_buffer_puts(buffer, isnan(value) ? "NaN" : value < 0 ? "-inf" : "inf");
        return;
    }
    double scaled = fabs(value) * powers_of_ten[decimals];
    if (scaled >= EXACT_LIMIT) { /* too large for a fraction to matter; %.0f has no decimal point */
        gaze_buffer_printf(buffer, "%.0f", value);
        if (decimals) gaze_buffer_printf(buffer, ".%0*d", decimals, 0);
        return;
    }
    uint64_t digits = (uint64_t)(scaled + 0.5);
    uint64_t unit = (uint64_t)powers_of_ten[decimals];
    if (value < 0 && digits) gaze_buffer_putc(buffer, '-');
    gaze_buffer_printf(buffer, "%llu", (unsigned long long)(digits / unit));
    if (decimals) gaze_buffer_printf(buffer, ".%0*llu", decimals, (unsigned long long)(digits % unit));
}

void gaze_buffer_put_trimmed(gaze_buffer *buffer, double value, int decimals) {
    size_t start = buffer->length;
    gaze_buffer_put_fixed(buffer, value, decimals);
    if (buffer->failed || !memchr(buffer->data + start, '.', buffer->length - start)) return;
    while (buffer->data[buffer->length - 1] == '0') buffer->length--;
    if (buffer->data[buffer->length - 1] == '.') buffer->length--;
    buffer->data[buffer->length] = '\0';
}

/* Appends a number as printf wrote it, with the locale's decimal point turned into '.'. */
static void append_number(gaze_buffer *buffer, const char *text) {
    const char *point = localeconv()->decimal_point;
    const char *at = strstr(text, point);
    if (at) {
        gaze_buffer_append(buffer, text, (size_t)(at - text));
        gaze_buffer_putc(buffer, '.');
        text = at + strlen(point);
    }
    gaze_buffer_puts(buffer, text);
}

void gaze_buffer_put_float(gaze_buffer *buffer, float value) {
    char text[48] = "null";
    for (int digits = 6; isfinite(value); digits++) {
        snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (digits == 9 || strtof(text, NULL) == value) break;
    }
    append_number(buffer, text);
}

void gaze_buffer_put_double(gaze_buffer *buffer, double value) {
    char text[48] = "null";
    for (int digits = 15; isfinite(value); digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (digits == 17 || strtod(text, NULL) == value) break;
    }
    append_number(buffer, text);
}

/* JSON strings --------------------------------------------------------------------------------------- */

/* Whether a code point is written as it stands inside a JSON string. */
static bool plain_in_json(uint32_t c) {
    return c >= 0x20 && c != 0x7F && c != '"' && c != '\\' && c != '<' && c != 0x2028 && c != 0x2029;
}

static void put_json_escape(gaze_buffer *buffer, uint32_t c) {
    switch (c) {
    case '"': gaze_buffer_puts(buffer, "\\\""); break;
    case '\\': gaze_buffer_puts(buffer, "\\\\"); break;
    case '\n': gaze_buffer_puts(buffer, "\\n"); break;
    case '\r': gaze_buffer_puts(buffer, "\\r"); break;
    case '\t': gaze_buffer_puts(buffer, "\\t"); break;
    default: gaze_buffer_printf(buffer, "\\u%04x", (unsigned)c); break;
    }
}

void gaze_buffer_put_json_string(gaze_buffer *buffer, const char *text, size_t length) {
    gaze_buffer_putc(buffer, '"');
    size_t plain = 0; /* start of the run not yet appended */
    for (size_t at = 0; at < length;) {
        uint32_t c;
        bool valid;
        size_t taken = gaze_utf8_decode(text + at, length - at, &c, &valid);
        if (!valid || !plain_in_json(c)) {
            gaze_buffer_append(buffer, text + plain, at - plain);
            if (valid)
                put_json_escape(buffer, c);
            else
                gaze_buffer_puts(buffer, "\xEF\xBF\xBD");
            plain = at + taken;
        }
        at += taken;
    }
    gaze_buffer_append(buffer, text + plain, length - plain);
    gaze_buffer_putc(buffer, '"');
}
