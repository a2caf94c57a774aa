/* The colours of heads that are drawn side by side: at most 6, each with a dash of its own, so that colour is never
 * the only difference. They stand out 3:1 on white and on the dark paper alike; on dark paper lighter ones take their
 * place, so that thin and pale lines can be seen there too. */
#ifndef GAZE_VIZ_HEAD_COLOR_H
#define GAZE_VIZ_HEAD_COLOR_H

#include <stddef.h>

#include "viz/color.h"

#define GAZE_HEAD_COLORS 6

typedef struct gaze_head_color {
    gaze_rgb color;
    gaze_rgb night;   /* on dark paper: at least 8:1 */
    const char *dash; /* stroke-dasharray; NULL: an unbroken line */
} gaze_head_color;

/* Of the index-th head that is drawn; index below GAZE_HEAD_COLORS. */
gaze_head_color gaze_head_color_of(size_t index);

#endif
