/* Columns of a terminal. */
#ifndef GAZE_TOOLS_PIPELINE_COLUMNS_H
#define GAZE_TOOLS_PIPELINE_COLUMNS_H

#include <stdint.h>

/* How many a code point takes: 0 (accents), 1 or 2 (Han, Kana, Hangul, emoji). */
int gaze_columns_of(uint32_t c);

#endif
