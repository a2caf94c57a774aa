/* Colours by formula, and what the eye makes of them.
 *
 * The ramp goes from paper to ink through OKLab (Bjorn Ottosson), in which equal steps look equal:
 *
 *     L = 0.985 - 0.745 t      hue = 205 + 60 t degrees      C = 0.012 + 0.135 sin(0.98 pi t) (1 - 0.25 t)
 */
#ifndef GAZE_VIZ_COLOR_H
#define GAZE_VIZ_COLOR_H

#include <stdbool.h>
#include <stdint.h>

#define GAZE_RAMP_LEVELS 256

typedef struct gaze_rgb {
    uint8_t r, g, b;
} gaze_rgb;

/* A cell that holds no number. */
#define GAZE_NO_NUMBER_COLOR ((gaze_rgb){0xC0, 0x39, 0x2B})

/* The ramp's colour at `level` (0 to 255): paper for 0, ink for 255. */
gaze_rgb gaze_color_ramp(unsigned level);

/* A signed value t in -1 to 1: orange below 0, blue above, white at 0. */
gaze_rgb gaze_color_signed(double t);

/* The colour that the CSS filter invert(1) hue-rotate(180deg) makes of this one: light turns to dark and
 * the hue stays. The dark theme is made of it, so that a figure that turns dark by itself on a dark
 * screen and one drawn dark look the same. */
gaze_rgb gaze_color_darken(gaze_rgb color);

/* Relative luminance after WCAG 2, 0 (black) to 1 (white). */
double gaze_color_luminance(gaze_rgb color);
/* (lighter + 0.05) / (darker + 0.05): 1 to 21. Text needs 4.5, marks 3. */
double gaze_color_contrast(gaze_rgb a, gaze_rgb b);
/* Whether text on this ground is black (true) or white: the switch at luminance .179 is where both have
 * the same contrast. */
bool gaze_color_wants_black(gaze_rgb ground);

#endif
