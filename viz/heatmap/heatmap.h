/* The heat map: attention as a matrix of coloured cells, one panel or a grid of them.
 *
 * Row t is the query token, which attends from; column s is the key token, which is attended to; a row
 * of one head sums to 1. Colour shows sqrt(weight) on the fixed scale 0 to 1, so that all figures
 * compare. See the room's README for the rules of layout.
 */
#ifndef GAZE_VIZ_HEATMAP_H
#define GAZE_VIZ_HEATMAP_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"
#include "viz/terminal.h"

typedef struct gaze_heatmap {
    gaze_figure figure;
    const gaze_label *rows;    /* T labels */
    const gaze_label *columns; /* S labels; may be the same array */
    size_t row_count;          /* T, at least 1 */
    size_t column_count;       /* S, at least 1 */
    const gaze_panel *panels; /* each (T,S) */
    const double *entropies;  /* of each panel: mean over its rows, in nats; NULL: not known */
    size_t panel_count;  /* 1: one head. H: the heads of a layer. L*H: the whole model. */
    size_t grid_columns; /* panels side by side; 0: by the number of panels, or the heads of a layer
                            when the panels are whole layers one after another */
} gaze_heatmap;

/* Appends the figure, a whole SVG file, to `out`. Errors: ARGUMENT (no row, column or panel), LIMIT
 * (more than 4096 rows or columns, or 4096 panels), MEMORY. On failure what was appended is undefined. */
gaze_status gaze_heatmap_svg(gaze_buffer *out, const gaze_heatmap *map, gaze_error *err);

/* The same as characters: what a terminal shows, or a text file holds. A cell is two to six characters in the colour
 * of its weight, with its number where there is room; where rows and columns are many, one character shows two cells,
 * one above the other. Without colours, a sign stands for a range of weights. Appends lines of UTF-8, each ended by
 * LF and none wider than the terminal. GAZE_THEME_AUTO is dark here. Control characters in labels and texts do not
 * reach the terminal. Errors: as gaze_heatmap_svg. */
gaze_status gaze_heatmap_text(gaze_buffer *out, const gaze_heatmap *map, const gaze_terminal *terminal,
                              gaze_error *err);

#endif
