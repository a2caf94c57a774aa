/* A growable byte buffer for everything that is written piece by piece: SVG, JSON, decoded text.
 *
 * Failure is sticky: once an append fails, later ones do nothing, so that a writer of a hundred pieces
 * asks once, at the end, with gaze_buffer_status.
 */
#ifndef GAZE_CORE_BASE_BUFFER_H
#define GAZE_CORE_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

/* A zeroed struct is an empty buffer. */
typedef struct gaze_buffer {
    char *data; /* `length` bytes, and a NUL behind them that is not counted (NULL while empty) */
    size_t length;
    size_t capacity;
    bool failed; /* an allocation failed somewhere on the way */
} gaze_buffer;

void gaze_buffer_deinit(gaze_buffer *buffer);
void gaze_buffer_clear(gaze_buffer *buffer); /* length 0, capacity kept; a failure is kept too */

void gaze_buffer_append(gaze_buffer *buffer, const void *bytes, size_t length);
void gaze_buffer_puts(gaze_buffer *buffer, const char *string);
void gaze_buffer_putc(gaze_buffer *buffer, char c);
/* No floating-point conversions here: they depend on the locale. Use the functions below. */
void gaze_buffer_printf(gaze_buffer *buffer, const char *format, ...) GAZE_PRINTF(2, 3);

/* `value` with exactly `decimals` (0 to 9) digits after the point, rounded half away from zero, in any
 * locale. Not-a-number is written "NaN", infinities "inf" and "-inf". -0.00 is written 0.00. */
void gaze_buffer_put_fixed(gaze_buffer *buffer, double value, int decimals);
/* As gaze_buffer_put_fixed, without trailing zeros, and without the point when nothing follows it. */
void gaze_buffer_put_trimmed(gaze_buffer *buffer, double value, int decimals);
/* Shortest decimal (up to 9 digits) that reads back as the same float; what JSON gets.
 * Not-a-number and infinities are written null. */
void gaze_buffer_put_float(gaze_buffer *buffer, float value);
/* The same for a double (up to 17 digits). */
void gaze_buffer_put_double(gaze_buffer *buffer, double value);

/* Appends `length` bytes of UTF-8 as a JSON string with its quotes: control characters and '"' '\\' are
 * escaped, '<' and U+2028/2029 too (so that it may stand in a script), ill-formed bytes become U+FFFD. */
void gaze_buffer_put_json_string(gaze_buffer *buffer, const char *text, size_t length);

/* GAZE_OK, or GAZE_ERROR_MEMORY when an append failed. */
gaze_status gaze_buffer_status(const gaze_buffer *buffer, gaze_error *err);

#endif
