/* The parts of a head view, each drawn by a file of its own. */
#ifndef GAZE_VIZ_HEAD_VIEW_DRAW_H
#define GAZE_VIZ_HEAD_VIEW_DRAW_H

#include "viz/caption.h"
#include "viz/edges.h"
#include "viz/head_view/head_view.h"
#include "viz/head_view/layout.h"
#include "viz/page.h"
#include "viz/svg.h"
#include "viz/words.h"

/* Up to here each token, rest and row of the strip has a <title>; more would be too many elements. */
#define GAZE_HEAD_TITLED 64
/* Tokens of a side at most. */
#define GAZE_HEAD_TOKENS 4096
/* Opacity of lines beside those of pinned tokens; of those of special tokens that are dimmed. */
#define GAZE_HEAD_FAINT  0.08
#define GAZE_HEAD_DIMMED 0.3
/* Where a page's figure begins: its header stands in HTML above it. */
#define GAZE_HEAD_PAGE_TOP 0.0
#define GAZE_HEAD_PAGE_GAP 12.0 /* below it */

/* What all parts share; all borrowed. */
typedef struct gaze_head_drawing {
    gaze_svg *svg;
    const gaze_head_view *view;
    const gaze_head_layout *layout;
    const gaze_edges *edges;
    const gaze_palette *palette;
    const gaze_words *words;
    bool titled; /* what appears on hover without a script. A page's script says it on demand */
    bool interactive;
} gaze_head_drawing;

/* head_view.c: whether it can be drawn. Errors: ARGUMENT, LIMIT. */
gaze_status gaze_head_view_check(const gaze_head_view *view, gaze_error *err);
/* All that is said in words. A buffer keeps its own failure (gaze_texts_status). */
void gaze_head_view_compose(gaze_texts *texts, const gaze_head_drawing *d);
/* All parts, in their order. */
void gaze_head_view_draw(const gaze_head_drawing *d);
/* Of them those that stand still while layers change. */
void gaze_head_view_draw_still(const gaze_head_drawing *d);

/* lines.c: the edges, each for itself; what it shares with bundles.c: an edge's course as data of a path, its width in
 * pixels, its head's dash, whether it is one of a pinned token, or of a special one that is dimmed. */
void gaze_head_view_draw_lines(const gaze_head_drawing *d);
void gaze_head_view_put_course(const gaze_head_drawing *d, const gaze_edge *edge);
double gaze_head_view_line_width(double weight);
void gaze_head_view_put_dash(const gaze_head_drawing *d, size_t panel, double weight);
bool gaze_head_view_is_clear(const gaze_head_view *view, const gaze_edge *edge);
bool gaze_head_view_is_dimmed(const gaze_head_view *view, const gaze_edge *edge);
/* bundles.c: the edges of a page, those of about the same weight as one path. */
void gaze_head_view_draw_bundles(const gaze_head_drawing *d);
/* rests.c: the bars of what is not drawn. */
void gaze_head_view_draw_rests(const gaze_head_drawing *d);
/* Whether a bar is drawn: of a row too little is. */
bool gaze_head_view_has_rests(const gaze_head_view *view, const gaze_edges *edges);
/* labels.c: tokens, headings, brackets of words and bands of a pair, frames of pinned tokens. */
void gaze_head_view_draw_labels(const gaze_head_drawing *d);
void gaze_head_view_draw_headings(const gaze_head_drawing *d);
void gaze_head_view_draw_marks(const gaze_head_drawing *d);
void gaze_head_view_draw_pins(const gaze_head_drawing *d);
/* thin.c: which labels are written, of queries and of keys. */
void gaze_head_view_choose_labels(bool written[2][GAZE_HEAD_TOKENS], const gaze_head_drawing *d);
/* strip.c: what each head gives to the pinned tokens. */
void gaze_head_view_draw_strip(const gaze_head_drawing *d);
/* Their heading and numbers; in a page those of both sides, of which one is shown at most. */
void gaze_head_view_draw_strip_heads(const gaze_head_drawing *d);
/* legend.c: weights and their lines, heads and their colours. */
void gaze_head_view_draw_legend(const gaze_head_drawing *d);
/* Of each scale a <template>, "gaze-scale-xn": the part of the legend that a page's script puts into its place. */
void gaze_head_view_put_scales(const gaze_head_drawing *d);
/* Their names, as readers write them: by gaze_scale, ended by NULL. */
extern const char *const gaze_head_view_scales[];
/* style.c: the colour of the panel-th head, and the opacity of a weight, in the figure's theme. */
bool gaze_head_view_is_dark(const gaze_figure *figure);
gaze_rgb gaze_head_view_color(const gaze_head_drawing *d, size_t panel);
double gaze_head_view_least_opacity(const gaze_figure *figure); /* of a weight of 0 */
double gaze_head_view_opacity(const gaze_head_drawing *d, double weight);
/* A style sheet: what becomes of them on a dark screen; in a page, what is written on the buttons of heads. */
void gaze_head_view_put_style(const gaze_head_drawing *d);
/* hover.c: the rules of a style sheet by which a token under the mouse isolates its lines, for few tokens. */
bool gaze_head_view_hovers(const gaze_head_drawing *d);
void gaze_head_view_put_hover(const gaze_head_drawing *d);

/* Weight between the pinned tokens and one token of the other side, mean over the pinned ones; 0 for what is no
 * number. */
double gaze_head_view_pinned_weight(const gaze_head_view *view, const gaze_panel *panel, size_t token);
bool gaze_head_view_is_pinned(const gaze_head_view *view, bool key, size_t token);

/* readout.c: "'it' attends to 'cat' .49; 'the' (2) .17; all others .34."; the strongest links when no token is
 * pinned. */
void gaze_head_view_readout(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges,
                            const gaze_words *words);
/* "Strongest: 'it' → '[CLS]' .49. Then, between ...": the strongest link, then three of those between two words, of as
 * many heads as there are; or nothing. */
void gaze_head_view_put_strongest(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges,
                                  const gaze_words *words);
/* captions.c: what is said in words, as plain text. */
void gaze_head_view_description(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges,
                                const gaze_words *words);
/* The caption's sentence on the texts that are shown; its last ones, on what stands beside the lines. */
void gaze_head_view_put_filter(gaze_buffer *out, const gaze_head_view *view, const gaze_words *words);
void gaze_head_view_put_reading(gaze_buffer *out, const gaze_head_layout *layout, const gaze_words *words);
void gaze_head_view_caption(gaze_buffer *out, const gaze_head_view *view, const gaze_head_layout *layout,
                            const gaze_edges *edges, const gaze_words *words);

#endif
