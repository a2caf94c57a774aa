/* Text with parts of it marked, for people: "I live in [Berlin LOC]."; in a terminal with colours, reversed. */
#ifndef GAZE_TOOLS_CLI_MARKED_H
#define GAZE_TOOLS_CLI_MARKED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/tokens.h"

typedef struct cli_mark {
    gaze_span bytes;
    const char *tag; /* stands behind the marked text; NULL: nothing does */
} cli_mark;

/* The part `range` of the text on one line, with `count` marks, in order. A mark that lies outside, or begins
 * inside the one before it, is left out. */
void cli_put_marked(gaze_buffer *out, const char *text, gaze_span range, const cli_mark *marks, size_t count,
                    bool color);

/* The span and about `around` bytes on both sides of it, from word to word. */
gaze_span cli_excerpt(const char *text, size_t length, gaze_span span, size_t around);

#endif
