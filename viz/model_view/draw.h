/* The parts of a model view, each drawn by a file of its own. */
#ifndef GAZE_VIZ_MODEL_VIEW_DRAW_H
#define GAZE_VIZ_MODEL_VIEW_DRAW_H

#include "core/base/error.h"
#include "viz/model_view/layout.h"
#include "viz/model_view/model_view.h"
#include "viz/model_view/words.h"
#include "viz/page.h"
#include "viz/svg.h"
#include "viz/words.h"

/* What all parts share; all borrowed. */
typedef struct gaze_model_drawing {
    gaze_svg *svg;
    const gaze_model_view *view;
    const gaze_model_layout *layout;
    const size_t *order; /* panels in the order in which they are drawn */
    const gaze_palette *palette;
    const gaze_words *words;
    const gaze_model_words *model_words;
    bool live; /* for a page: each thumbnail is a group that a script can move */
    bool redrawn; /* the script draws the thumbnails of the weights that the page holds */
} gaze_model_drawing;

/* A drawing, and what it borrows but for the view; where it is made, there it stays. */
typedef struct gaze_model_plan {
    gaze_svg svg;
    gaze_palette palette;
    gaze_model_layout layout;
    size_t *order;
    gaze_model_drawing drawing;
} gaze_model_plan;

/* One place of the grid. */
typedef struct gaze_thumb {
    const gaze_panel *panel;
    const gaze_badge *badge;
    double x, y;
} gaze_thumb;

/* plan.c: a plan of what is written to `out`, heads in the view's order or (live) in the model's. Errors:
 * ARGUMENT, LIMIT (the counts cannot be drawn), MEMORY; then there is nothing to deinit. */
gaze_status gaze_model_plan_make(gaze_model_plan *plan, gaze_buffer *out, const gaze_model_view *view, bool live,
                                 gaze_error *err);
void gaze_model_plan_deinit(gaze_model_plan *plan);

/* order.c: order[panel_count], by the view's sorting; equal ones stay as they are. */
void gaze_model_order(size_t *order, const gaze_model_view *view);
/* The value that a named badge stands for; of an unnamed one the largest mass. */
gaze_badge_value gaze_badge_main(const gaze_badge *badge);

/* grid.c: headings, and all thumbnails with their badges. Errors: MEMORY. */
gaze_status gaze_model_draw_grid(const gaze_model_drawing *d, gaze_error *err);
/* Number i of the heads in their order, then of the means, and how many these are. */
gaze_thumb gaze_model_thumb_at(const gaze_model_drawing *d, size_t i);
size_t gaze_model_thumb_count(const gaze_model_drawing *d);
/* Above a thumbnail, where its place does not say which head it is. */
void gaze_model_draw_own_name(const gaze_model_drawing *d, const gaze_thumb *thumb);

/* live.c: how many dots of a thumbnail, a side, make one of the picture that shows without scripts. */
size_t gaze_model_coarseness(const gaze_model_drawing *d);
/* The thumbnails of a page. Errors: MEMORY. */
gaze_status gaze_model_draw_live(const gaze_model_drawing *d, gaze_error *err);

/* thumbs.c: the matrix. Errors: MEMORY. */
gaze_status gaze_model_draw_thumb(const gaze_model_drawing *d, const gaze_thumb *thumb, gaze_error *err);
/* lines.c: the same as lines, where the view asks for them. Errors: MEMORY. */
gaze_status gaze_model_draw_lines(const gaze_model_drawing *d, const gaze_thumb *thumb, gaze_error *err);
/* What a thumbnail says on hover. */
void gaze_model_put_title(const gaze_model_drawing *d, const gaze_thumb *thumb);
/* Pieces of a path that goes over all thumbnails: frames, veils over special tokens, where the second text begins. */
void gaze_model_put_frame(const gaze_model_drawing *d, const gaze_thumb *thumb);
void gaze_model_put_veil(const gaze_model_drawing *d, const gaze_thumb *thumb);
void gaze_model_put_border(const gaze_model_drawing *d, const gaze_thumb *thumb);
/* The first token of the second text; 0 when there is none. */
size_t gaze_model_second_text(const gaze_model_view *view);

/* badges.c: what stands under a thumbnail, the line under its bars (a piece of a path), and the key to them. */
void gaze_model_put_base(const gaze_model_drawing *d, const gaze_thumb *thumb);
/* Lines at .5 and 1 of the bars, likewise. */
void gaze_model_put_guides(const gaze_model_drawing *d, const gaze_thumb *thumb);
void gaze_model_draw_badge(const gaze_model_drawing *d, const gaze_thumb *thumb);
void gaze_model_draw_key(const gaze_model_drawing *d);
/* How thick the bars of a page are, which it draws as lines. */
double gaze_model_bar_width(const gaze_model_drawing *d);

/* captions.c: plain text. */
void gaze_model_put_name(gaze_buffer *out, const gaze_model_drawing *d, const gaze_panel *panel);
void gaze_model_put_values(gaze_buffer *out, const gaze_model_drawing *d, const gaze_badge *badge);
/* "Stands out: layer 0, head 2, where the previous token takes .90. Largest share: ...": of heads that look beside each
 * token the clearest, where one passes the threshold; then the largest share of all. */
void gaze_model_headline(gaze_buffer *out, const gaze_model_drawing *d);
void gaze_model_description(gaze_buffer *out, const gaze_model_drawing *d);
void gaze_model_caption(gaze_buffer *out, const gaze_model_drawing *d);

#endif
