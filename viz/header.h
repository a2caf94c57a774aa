/* The head of a figure: its title, the model's name, the texts, and the line that says what is strongest.
 *
 * A title that is too long for one line takes more of them, a text two; what is left out then is shortened between two
 * words and stands whole in a <title>. Further lines grow upwards: the last baseline is always where
 * gaze_page_header_height expects it, so that no view has to know how many there are.
 */
#ifndef GAZE_VIZ_HEADER_H
#define GAZE_VIZ_HEADER_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/figure.h"
#include "viz/page.h"
#include "viz/svg.h"

/* Pixels above y = 0 that the header needs; 0 where each of its parts fits its line. */
double gaze_header_rise(const gaze_figure *figure, const char *title, double width);
/* `rise`: above y = 0, at least that of gaze_header_rise. */
void gaze_header_draw(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                      const char *title, double rise);

/* The bold line under the header, its last baseline at y; and how far above that a long one begins. */
double gaze_readout_rise(const gaze_buffer *text, double width);
void gaze_readout_draw(gaze_svg *svg, const gaze_palette *palette, const gaze_buffer *text, double y, double width);

#endif
