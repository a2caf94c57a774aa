/* Where everything of a head view stands. Lengths are pixels at 100 %.
 *
 * Both layouts are one: tokens follow one another *along*, lines run *across*. A vertical figure has along as y and
 * across as x, a horizontal one has it the other way round.
 *
 *     across:  strip | A | label of query | rest | line ............. line | label of key | A | strip
 */
#ifndef GAZE_VIZ_HEAD_VIEW_LAYOUT_H
#define GAZE_VIZ_HEAD_VIEW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/head_view/head_view.h"

#define GAZE_STRIP_CELL 12.0
#define GAZE_REST_ROOM  32.0 /* length of the bar of a rest of 1 */

/* One side: queries or keys. */
typedef struct gaze_head_side {
    double end;    /* of the lines */
    double label;  /* where labels begin (keys) or end (queries) */
    double extent; /* of the longest label */
    double band;   /* of a pair */
    double strip;  /* nearest edge, when this side has one */
    bool has_strip;
} gaze_head_side;

typedef struct gaze_head_layout {
    bool horizontal;
    bool pair;
    double start; /* along: of the first token */
    double pitch;
    double font;
    size_t label_step; /* every k-th label is written */
    gaze_head_side from, to;
    size_t strip_heads;
    double legend_x, legend_y;
    double width, bottom; /* of all of it */
} gaze_head_layout;

/* `top`: y below the page's header. `both_strips`: for a page, which has room for a strip on each side and for as many
 * heads as there are colours, whatever is pinned and drawn. */
void gaze_head_layout_make(gaze_head_layout *layout, const gaze_head_view *view, double top, bool both_strips);

/* Along: the middle of a token. */
double gaze_head_layout_middle(const gaze_head_layout *layout, size_t token);

typedef struct gaze_head_point {
    double x, y;
} gaze_head_point;

gaze_head_point gaze_head_layout_point(const gaze_head_layout *layout, double along, double across);

/* Across: the frame around a pinned token; a bar at its foot where letters lean. */
typedef struct gaze_head_span {
    double start, length;
} gaze_head_span;

gaze_head_span gaze_head_layout_pin(const gaze_head_layout *layout, bool keys);

#endif
