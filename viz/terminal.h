/* What a terminal can show. Nothing is asked of it: the caller says how wide it is and what it can. */
#ifndef GAZE_VIZ_TERMINAL_H
#define GAZE_VIZ_TERMINAL_H

#include <stddef.h>

typedef enum gaze_terminal_colors {
    GAZE_TERMINAL_PLAIN, /* no escape sequence at all */
    GAZE_TERMINAL_256,   /* the 6 x 6 x 6 cube and 24 greys of xterm */
    GAZE_TERMINAL_TRUE   /* 24 bits */
} gaze_terminal_colors;

typedef struct gaze_terminal {
    size_t columns; /* 0: 80; fewer than 40 are taken as 40 */
    gaze_terminal_colors colors;
} gaze_terminal;

#endif
