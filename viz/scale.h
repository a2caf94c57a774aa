/* From a weight to one of 256 levels, and from a level to its colour: the scales that a figure can have.
 *
 *     sqrt            t = sqrt(w)                 on 0 to 1: the same colours in every figure
 *                     t = sqrt(w / top)           where a figure may be fitted, and nearly all of its weights are small
 *     linear          t = w
 *     times uniform   log2(w S), S keys           0 is uniform attention; orange below, blue above
 *     row max         t = sqrt(w / max of row)    each row to its own largest weight
 *     signed          x / M, -1 to 1              0 is the ground; orange below, blue above
 *
 * Levels, not floats, decide the colour, so that a picture does not depend on the last bit of a number
 * and cells look alike as vectors and as dots.
 */
#ifndef GAZE_VIZ_SCALE_H
#define GAZE_VIZ_SCALE_H

#include <stddef.h>
#include <stdint.h>

#include "viz/color.h"
#include "viz/figure.h"

/* What the levels of one row depend on. */
typedef struct gaze_row_scale {
    gaze_scale scale;
    double factor; /* on the weight, before the curve */
} gaze_row_scale;

/* weights_t[S]: one row. */
gaze_row_scale gaze_scale_row(gaze_scale scale, const float *weights_t, size_t count);
/* By the figure's scale, and its top where it has one. */
gaze_row_scale gaze_scale_figure_row(const gaze_figure *figure, const float *weights_t, size_t count);
/* The same for signed numbers, linear to -limit and limit; a limit of 0 makes all of them 0. */
gaze_row_scale gaze_scale_signed(double limit);
#define GAZE_SCALE_ZERO 128 /* the level of 0 on the signed scale */

/* 0 to 255; weights off the scale at its end, NaN as 0. */
uint8_t gaze_scale_level(const gaze_row_scale *row, double weight);

/* colors[256]: of each level, on light ground. */
void gaze_scale_colors(gaze_scale scale, gaze_rgb *colors);

/* A mark on the colour bar. */
typedef struct gaze_tick {
    double at; /* 0: bottom, 1: top */
    const char *label;
} gaze_tick;

/* The marks of a scale, lowest first; *count tells how many. */
const gaze_tick *gaze_scale_ticks(gaze_scale scale, size_t *count);
/* Those of a figure, in ticks[GAZE_MOST_TICKS]: of its scale, or of 0 to its top. Returns how many. */
#define GAZE_MOST_TICKS 8
size_t gaze_scale_figure_ticks(gaze_tick *ticks, const gaze_figure *figure);

/* Where a fitted scale ends: at the least of .005, .01, .02, .05, .1, .2 that no more than one weight in a thousand
 * exceeds. A zeroed struct has seen none; what is no number is not counted. */
#define GAZE_TOPS 6
typedef struct gaze_scale_fit {
    size_t count, above[GAZE_TOPS];
} gaze_scale_fit;
void gaze_scale_fit_add(gaze_scale_fit *fit, const float *weights, size_t count);
double gaze_scale_fit_top(const gaze_scale_fit *fit); /* 0: they are not that small, and the scale ends at 1 */
/* ".05" */
const char *gaze_scale_top_text(double top);

#endif
