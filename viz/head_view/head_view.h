/* The head view: two columns of tokens, and a line for each link of attention that counts (viz/edges.h).
 *
 * A line runs from the query, which attends, to the key, which is attended to. Its width is 0.5 + 5.5 w pixels, its
 * opacity 0.15 + 0.85 sqrt(w); the strongest lies on top. One head is drawn with straight lines, so that a fixed
 * distance reads as parallel strokes; several with curves, each head in a colour and a dash of its own.
 */
#ifndef GAZE_VIZ_HEAD_VIEW_H
#define GAZE_VIZ_HEAD_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/head_color.h"
#include "viz/label.h"

#define GAZE_STRIP_HEADS  16
#define GAZE_STRIP_TOKENS 128

/* "vertical", "horizontal", "narrow", NULL. */
extern const char *const gaze_head_view_layouts[];

/* Of a pair of texts, which one the rows are of, and which one the columns. */
typedef enum gaze_filter {
    GAZE_FILTER_ALL,
    GAZE_FILTER_AA,
    GAZE_FILTER_AB,
    GAZE_FILTER_BA,
    GAZE_FILTER_BB
} gaze_filter;

typedef struct gaze_head_view {
    gaze_figure figure;
    const gaze_label *rows;    /* T labels */
    const gaze_label *columns; /* S labels; may be the same array */
    size_t row_count;          /* T, at least 1 */
    size_t column_count;       /* S, at least 1 */
    const gaze_panel *panels;  /* each (T,S): what lines are drawn of */
    size_t panel_count;        /* 1 to GAZE_HEAD_COLORS */
    gaze_filter filter;        /* what the caller has left; the caption says so */
    bool horizontal;           /* tokens from left to right, queries above keys */
    bool narrow;               /* or for a page as narrow as a phone's: short lines, no strips, the legend below */
    /* Tokens that are pinned: their lines stand out, and a strip of cells shows what each head gives them. */
    const size_t *pinned; /* rows; or columns, when `pinned_keys`. Several: the mean over them */
    size_t pinned_count;
    bool pinned_keys;
    const size_t *chosen; /* heads that are drawn, each or as one matrix: marked in the strip */
    size_t chosen_count;
    const gaze_panel *strip; /* each (T,S): single heads. At most GAZE_STRIP_HEADS are shown, and no strip at all
                                where there are more than GAZE_STRIP_TOKENS tokens */
    size_t strip_count;
    /* Weights were rounded (viz/html/quantise.h), and before that each whole row summed to 1: the caption says so. */
    bool rounded;
} gaze_head_view;

/* Appends the figure, a whole SVG file, to `out`. Errors: ARGUMENT (nothing to draw, more than 6 panels, a pinned
 * token that is not there), LIMIT (more rows than viz/edges.h takes; 4096 columns), MEMORY. On failure what was
 * appended is undefined. */
gaze_status gaze_head_view_svg(gaze_buffer *out, const gaze_head_view *view, gaze_error *err);

/* Its layout, one of gaze_head_view_layouts; and that of this name. */
size_t gaze_head_view_layout(const gaze_head_view *view);
void gaze_head_view_set_layout(gaze_head_view *view, const char *name);

/* Whether the figure is better horizontal: most of its labels are wide characters, which stand upright. */
bool gaze_head_view_prefers_horizontal(const gaze_label *labels, size_t count);

#endif
