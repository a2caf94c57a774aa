/* A list of strings in one buffer: what a decoder rewrites. */
#ifndef GAZE_TOKENIZER_STRINGS_H
#define GAZE_TOKENIZER_STRINGS_H

#include <stddef.h>

#include "core/base/buffer.h"

/* Bytes that belong to somebody else. */
typedef struct gaze_string {
    const char *text;
    size_t length;
} gaze_string;

/* Strings are written by appending to `bytes` and then ending one. When memory runs out, the buffer
 * remembers it (gaze_buffer_status). A zeroed struct is empty. */
typedef struct gaze_strings {
    gaze_buffer bytes;
    size_t *ends; /* where each string ends in `bytes` */
    size_t count;
    size_t capacity;
} gaze_strings;

void gaze_strings_deinit(gaze_strings *strings);
/* What was appended since the last end is one string. */
void gaze_strings_end(gaze_strings *strings);
gaze_string gaze_strings_at(const gaze_strings *strings, size_t i);

#endif
