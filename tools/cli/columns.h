/* Columns of the tables for people: numbers and texts of one width. */
#ifndef GAZE_TOOLS_CLI_COLUMNS_H
#define GAZE_TOOLS_CLI_COLUMNS_H

#include <stddef.h>

#include "core/base/buffer.h"

/* The number with `decimals` digits behind the point, at the right of `width` columns. */
void cli_put_number(gaze_buffer *out, double value, int decimals, int width);

/* A score in 8 columns: 0.1234, and 1.2e-07 where four decimals would show nothing of it. */
void cli_put_score(gaze_buffer *out, double score);

/* The text on one line, with signs for control characters (viz/sign.h); what is longer than `most` code points
 * ends in "...". */
void cli_put_text(gaze_buffer *out, const char *text, size_t length, size_t most);

/* The same in `columns` columns of a terminal: filled up with spaces, never cut. */
void cli_put_padded(gaze_buffer *out, const char *text, size_t length, size_t columns);

#endif
