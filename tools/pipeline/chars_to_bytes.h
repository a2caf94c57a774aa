/* From places counted in code points, as Python and Hugging Face's offsets count, to bytes of the text. */
#ifndef GAZE_TOOLS_PIPELINE_CHARS_TO_BYTES_H
#define GAZE_TOOLS_PIPELINE_CHARS_TO_BYTES_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tokens.h"

/* A zeroed struct is an empty text. */
typedef struct gaze_char_starts {
    size_t count;
    size_t *starts; /* (count + 1): bytes from the start of the text; the last is its length */
} gaze_char_starts;

/* Ill-formed bytes count as U+FFFD does (core/base/utf8.h). Errors: MEMORY. */
gaze_status gaze_char_starts_init(gaze_char_starts *places, const char *text, size_t length,
                                  gaze_error *err);
void gaze_char_starts_deinit(gaze_char_starts *places);

/* The bytes of text[span.start : span.end] as Python slices: what lies beyond the text is not in it, and a span that
 * ends before it begins is empty. */
gaze_span gaze_chars_to_bytes(const gaze_char_starts *places, gaze_span span);

#endif
