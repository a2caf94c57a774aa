/* A matrix as a picture of dots: a dot a weight, or a dot for the largest of several. */
#ifndef GAZE_VIZ_DOTS_H
#define GAZE_VIZ_DOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "viz/page.h"
#include "viz/png.h"
#include "viz/svg.h"

/* All borrowed. */
typedef struct gaze_dots {
    const float *weights; /* (rows, columns) */
    size_t rows, columns;
    size_t
        pool; /* this many weights a side make one dot: the largest, or with a signed scale the farthest from 0 */
    size_t times; /* pixels of the picture that a dot takes on a side; cut down where there is no zlib */
    gaze_scale scale;
    double limit;         /* of GAZE_SCALE_SIGNED; else unused */
    double top;           /* as in gaze_figure; 0: the scale ends at 1 */
    const gaze_rgb *ramp; /* colours of the 256 levels */
    size_t colors;        /* of the picture, 3 to 256, one of them for "no number": fewer make a smaller file */
    double x, y, width, height;
} gaze_dots;

/* Draws an <image>, which stays open for a <title>: gaze_svg_end closes it. A dot without a number is red. Errors:
 * MEMORY, after which nothing is open. */
gaze_status gaze_dots_begin(gaze_svg *svg, const gaze_dots *dots, gaze_error *err);

/* Its steps, for a picture that holds several matrices: palette[colors]; indices into it, a dot each, `stride` from one
 * row of `out` to the next; and the <image> of what was put together. */
void gaze_dots_palette(gaze_rgb *palette, const gaze_dots *dots);
void gaze_dots_fill(uint8_t *out, size_t stride, const gaze_dots *dots);
gaze_status gaze_dots_begin_picture(gaze_svg *svg, const gaze_dots *dots, const gaze_png *picture, gaze_error *err);

#endif
