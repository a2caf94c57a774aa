/* A heat map as characters: what a terminal shows, or a text file holds.
 *
 * A cell is two to six characters in the colour of its weight, with its number where there is room; where rows
 * and columns are many, one character shows two cells, one above the other. Without colours, a sign stands for a
 * range of weights. Nothing is asked of the terminal: the caller says how wide it is and what it can.
 */
#ifndef GAZE_VIZ_TERMINAL_H
#define GAZE_VIZ_TERMINAL_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/heatmap.h"

typedef enum gaze_terminal_colors {
    GAZE_TERMINAL_PLAIN, /* no escape sequence at all */
    GAZE_TERMINAL_256,   /* the 6 x 6 x 6 cube and 24 greys of xterm */
    GAZE_TERMINAL_TRUE   /* 24 bits */
} gaze_terminal_colors;

typedef struct gaze_terminal {
    size_t columns; /* 0: 80; fewer than 40 are taken as 40 */
    gaze_terminal_colors colors;
} gaze_terminal;

/* Appends the picture: lines of UTF-8, each ended by LF and none wider than the terminal. GAZE_THEME_AUTO is dark
 * here. Control characters in labels and texts do not reach the terminal. Errors: as gaze_heatmap_svg. */
gaze_status gaze_heatmap_text(gaze_buffer *out, const gaze_heatmap *map, const gaze_terminal *terminal,
                              gaze_error *err);

#endif
