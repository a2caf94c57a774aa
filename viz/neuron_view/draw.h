/* The parts of a neuron view, each drawn by a file of its own. */
#ifndef GAZE_VIZ_NEURON_VIEW_DRAW_H
#define GAZE_VIZ_NEURON_VIEW_DRAW_H

#include "viz/caption.h"
#include "viz/neuron_view/facts.h"
#include "viz/neuron_view/layout.h"
#include "viz/neuron_view/neuron_view.h"
#include "viz/page.h"
#include "viz/svg.h"
#include "viz/words.h"

#define GAZE_NEURON_LEVELS   31 /* of a colour, on each side of 0 */
#define GAZE_NEURON_DECIMALS 3

/* What all parts share; all borrowed. */
typedef struct gaze_neuron_drawing {
    gaze_svg *svg;
    const gaze_neuron_view *view;
    const gaze_neuron_layout *layout;
    const gaze_neuron_facts *facts;
    const gaze_palette *palette;
    const gaze_words *common;
    const gaze_neuron_words *words;
    int decimals; /* of all numbers but limits */
} gaze_neuron_drawing;

/* neuron_view.c: whether the counts can be drawn (ARGUMENT, LIMIT); the figure's texts (MEMORY); the figure
 * without them. */
gaze_status gaze_neuron_check(const gaze_neuron_view *view, gaze_error *err);
gaze_status gaze_neuron_compose(gaze_texts *texts, const gaze_neuron_drawing *d, gaze_error *err);
void gaze_neuron_draw_figure(const gaze_neuron_drawing *d);

/* cells.c: all strips of q, k, q x k, v and the output, a path for each level. */
void gaze_neuron_draw_cells(const gaze_neuron_drawing *d);
/* -31 to 31; 0 for a number that is none. */
int gaze_neuron_level(double x, double limit);
/* The colour of a level in the figure's theme. */
gaze_rgb gaze_neuron_color(const gaze_neuron_view *view, int level);

/* Whether a number is larger than its colour tells; a tick in the corner that ends at (right, top) says so, as part
 * of a path's value. */
bool gaze_neuron_is_clipped(double x, double limit);
void gaze_neuron_put_tick(gaze_svg *svg, double right, double top, double size);

/* headings.c: letters and names above the columns, the bars of colours below them. */
void gaze_neuron_draw_headings(const gaze_neuron_drawing *d);
void gaze_neuron_draw_scales(const gaze_neuron_drawing *d);
/* Blue for Q, orange for K, green for V; ink for all others. */
gaze_rgb gaze_neuron_letter_color(const gaze_neuron_view *view, gaze_neuron_column column);
/* The style sheet that gives these colours on a dark screen. */
void gaze_neuron_put_style(const gaze_neuron_drawing *d);

/* rows.c: labels, lines from the query to the keys, lines along the rows, a veil over special tokens that are dimmed
 * (in a page always, and empty where none are). */
void gaze_neuron_draw_labels(const gaze_neuron_drawing *d);
/* Into the open <text>: a label, and which of several it is, as captions say it: "the (4)". */
void gaze_neuron_write_label(const gaze_neuron_drawing *d, size_t token);
void gaze_neuron_draw_connectors(const gaze_neuron_drawing *d);
void gaze_neuron_draw_guides(const gaze_neuron_drawing *d);
void gaze_neuron_draw_veil(const gaze_neuron_drawing *d);

/* numbers.c: the columns of numbers, their sums, the output's name; the largest weight of the rows. */
double gaze_neuron_longest_bar(const gaze_neuron_view *view);
void gaze_neuron_draw_numbers(const gaze_neuron_drawing *d);

/* hover.c: all numbers of a strip under the mouse. */
void gaze_neuron_draw_hovers(const gaze_neuron_drawing *d);

/* readout.c: what the query attends to most, in words and numbers. */
void gaze_neuron_readout(gaze_buffer *out, const gaze_neuron_drawing *d);

/* captions.c: what is said in words, as plain text. */
void gaze_neuron_title(gaze_buffer *out, const gaze_neuron_drawing *d);
void gaze_neuron_description(gaze_buffer *out, const gaze_neuron_drawing *d);
void gaze_neuron_caption(gaze_buffer *out, const gaze_neuron_drawing *d);

#endif
