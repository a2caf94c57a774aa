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

#define GAZE_STRIP_CELL 15.0 /* a number of two digits fits */
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
    bool horizontal, narrow;
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

typedef struct gaze_head_point {
    double x, y;
} gaze_head_point;

/* Of the legend, from its corner: where the first head's name has its line. */
gaze_head_point gaze_head_layout_heads(const gaze_head_layout *layout);

/* Along: the middle of a token. */
double gaze_head_layout_middle(const gaze_head_layout *layout, size_t token);

gaze_head_point gaze_head_layout_point(const gaze_head_layout *layout, double along, double across);

/* How a label stands at its place: along the middle of its token, across at the side's `label`, but for a shift.
 * Beside a column there is no more to it; above or below a row letters lean, and `wide` characters stand one above
 * the other. */
typedef struct gaze_head_stand {
    gaze_head_point shift;
    int turn;          /* degrees */
    const char *style; /* of those that stand; else NULL */
} gaze_head_stand;

gaze_head_stand gaze_head_layout_stand(const gaze_head_layout *layout, bool keys, bool wide);

/* Of a label's bold letters, cut where it is long: a frame is as wide as these, and a little. */
double gaze_head_layout_label_em(const gaze_label *label);
double gaze_head_layout_frame_width(const gaze_head_layout *layout, const gaze_label *label);

/* The frame around a pinned token, as the steps of a path from where its label stands (along its middle, across at the
 * side's `label`): "m2.5 -12h-31v24h31z". It leans as letters do; `wide` ones stand. Without a width a template of it,
 * "m2.5 -12h{-1}v24h{1}z": so many times the width. */
void gaze_head_layout_put_frame(gaze_buffer *out, const gaze_head_layout *layout, bool keys, bool wide,
                                const double *width);

#endif
