/* The code points of a text: where each of them begins, and whether two texts read the same. */
#ifndef GAZE_TOOLS_PIPELINE_CHARACTERS_H
#define GAZE_TOOLS_PIPELINE_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/tokens.h"

/* A zeroed struct is an empty text. */
typedef struct gaze_characters {
    size_t count;
    size_t *starts; /* (count + 1): bytes from the start of the text; the last is its length */
} gaze_characters;

/* Ill-formed bytes count as U+FFFD does (core/base/utf8.h). Errors: MEMORY. */
gaze_status gaze_characters_init(gaze_characters *characters, const char *text, size_t length,
                                 gaze_error *err);
void gaze_characters_deinit(gaze_characters *characters);

/* The bytes of text[span.start : span.end] as Python slices: what lies beyond the text is not in it, and a span that
 * ends before it begins is empty. */
gaze_span gaze_characters_bytes(const gaze_characters *characters, gaze_span span);

/* Whether a.lower() == b.lower() in Python: without regard to capitals, and a capital sigma at the end of a word is a
 * final one. */
bool gaze_same_lowered(const char *a, size_t a_length, const char *b, size_t b_length);
/* A number that is the same for texts that are the same so (FNV-1a). */
uint64_t gaze_lowered_key(const char *text, size_t length);

#endif
