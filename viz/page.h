/* The page around a figure, the same in every view: frame, title, colour bar, caption, light and dark.
 *
 * All appearance stands in presentation attributes, which every SVG reader understands. The style sheet
 * only adds what they cannot say: a dark screen (GAZE_THEME_AUTO), a mark under the mouse.
 */
#ifndef GAZE_VIZ_PAGE_H
#define GAZE_VIZ_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/color.h"
#include "viz/figure.h"
#include "viz/svg.h"

/* Pixels. The text sizes are also the least that a reader can be asked to read. */
#define GAZE_PAGE_MARGIN  24.0
#define GAZE_TITLE_FONT   20.0
#define GAZE_TEXT_FONT    14.0
#define GAZE_SMALL_FONT   12.0
#define GAZE_CAPTION_LINE 18.0
#define GAZE_LEGEND_WIDTH 56.0 /* colour bar, ticks and their numbers */

typedef struct gaze_palette {
    gaze_rgb paper;
    gaze_rgb ink;
    gaze_rgb muted;                  /* text of second rank: contrast with paper at least 4.5 */
    gaze_rgb line;                   /* marks: at least 3 */
    gaze_rgb ramp[GAZE_RAMP_LEVELS]; /* of the figure's scale */
} gaze_palette;

void gaze_palette_fill(gaze_palette *palette, const gaze_figure *figure);

/* Each sets one colour and the class by which the style sheet finds it. */
void gaze_page_ink(gaze_svg *svg, const gaze_palette *palette);   /* fill */
void gaze_page_muted(gaze_svg *svg, const gaze_palette *palette); /* fill */
void gaze_page_line(gaze_svg *svg, const gaze_palette *palette);  /* stroke */
/* <text> at a baseline. `anchor`: "middle", "end", or NULL for the start. */
void gaze_page_text(gaze_svg *svg, double x, double y, const char *anchor, const char *text);
/* Begins a group of ramp colours, which turns dark as one. */
void gaze_page_begin_heat(gaze_svg *svg);

/* A weight with two decimals and without the leading zero: ".37"; "1.00" from .995 on. */
void gaze_page_weight(gaze_svg *svg, double weight);

/* Height of title, model and input above the view. */
double gaze_page_header_height(const gaze_figure *figure);

/* Everything from <svg> to the input line. `title` and `description` are complete sentences of ours.
 * The element stays open: gaze_svg_end(svg) closes the file. */
void gaze_page_begin(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                     double height, const char *title, const char *description);

/* The same with `above` pixels more between the header and what is below, for a readout of several lines. */
void gaze_page_begin_above(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                           double height, const char *title, const char *description, double above);

/* For a part of an HTML page, which has title and texts of its own: <svg id="gaze-figure"> with its style and paper. */
void gaze_page_begin_drawing(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                             double height, const char *label);

/* The colour bar of the figure's scale, `height` high, with its ticks and its name below. */
void gaze_page_legend(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double x,
                      double y, double height);
/* The bar of the signed scale, from -limit to limit, with its own ramp of 256 colours. `beyond`: some values lie beyond
 * an end and have its colour. */
void gaze_page_signed_legend(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette,
                             const gaze_rgb *ramp, double limit, bool beyond, double x, double y, double height);
/* The colours of the signed scale in the figure's theme: ramp[256]. */
void gaze_page_signed_ramp(gaze_rgb *ramp, const gaze_figure *figure);
/* What the legend takes below `height`. */
#define GAZE_LEGEND_FOOT 40.0

/* Lines that a paragraph takes at this width, and the paragraph itself, its first baseline at y. */
size_t gaze_page_lines(const char *text, size_t length, double width);
void gaze_page_paragraph(gaze_svg *svg, const char *text, size_t length, double x, double y, double width);
/* One line, cut in the middle where it is too long. */
void gaze_page_line_of_text(gaze_svg *svg, const char *text, size_t length, double x, double y, double width);

#endif
