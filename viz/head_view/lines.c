/* The lines of a head view, each for itself. viz/edges.c has chosen which. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/sentence.h"

enum { MANY_EDGES = 1000 }; /* too many for a <title> and a dash each */
static const double HEAD_ROOM = 0.8; /* of a token's room, for the slots of all heads */
static const double DASHED = 0.1;

double gaze_head_view_line_width(double weight) {
    return 0.5 + 5.5 * fmin(weight, 1);
}

/* Along: each head leaves and arrives at a slot of its own in a token's room. */
static double head_slot(const gaze_head_drawing *d, size_t panel) {
    double heads = (double)d->view->panel_count;
    return d->layout->pitch * HEAD_ROOM / heads * ((double)panel - (heads - 1) / 2);
}

/* Across: each head turns from one token to the other in a lane of its own, or their lines would lie in one bundle. */
static double head_lane(const gaze_head_drawing *d, size_t panel) {
    double from = d->layout->from.end, to = d->layout->to.end;
    return from + (to - from) * ((double)panel + 1) / ((double)d->view->panel_count + 1);
}

static void put_point(gaze_svg *svg, char command, gaze_head_point p) {
    if (command) gaze_buffer_putc(svg->out, command);
    gaze_buffer_put_trimmed(svg->out, p.x, 2);
    gaze_buffer_putc(svg->out, ' ');
    gaze_buffer_put_trimmed(svg->out, p.y, 2);
}

/* Straight with one head; with several a curve that leaves and arrives at a right angle to the columns. */
void gaze_head_view_put_course(const gaze_head_drawing *d, const gaze_edge *edge) {
    const gaze_head_layout *layout = d->layout;
    double slot = head_slot(d, edge->panel), lane = head_lane(d, edge->panel);
    double a = gaze_head_layout_middle(layout, edge->row) + slot;
    double b = gaze_head_layout_middle(layout, edge->column) + slot;
    put_point(d->svg, 'M', gaze_head_layout_point(layout, a, layout->from.end));
    if (d->view->panel_count > 1) {
        put_point(d->svg, 'C', gaze_head_layout_point(layout, a, lane));
        put_point(d->svg, ' ', gaze_head_layout_point(layout, b, lane));
        put_point(d->svg, ' ', gaze_head_layout_point(layout, b, layout->to.end));
    } else {
        put_point(d->svg, 'L', gaze_head_layout_point(layout, b, layout->to.end));
    }
}

/* 'cat' → 'sat' 0.3712 */
static void put_edge_title(const gaze_head_drawing *d, const gaze_edge *edge) {
    char weight[GAZE_FIXED_TEXT];
    gaze_buffer text = {0};
    gaze_sentence_arrow(&text, &d->view->rows[edge->row], &d->view->columns[edge->column],
                        gaze_fixed_text(weight, edge->weight, 4), d->words);
    gaze_svg_begin(d->svg, "title");
    gaze_svg_text(d->svg, text.data, text.length);
    gaze_svg_end(d->svg);
    if (text.failed) d->svg->out->failed = true;
    gaze_buffer_deinit(&text);
}

bool gaze_head_view_is_clear(const gaze_head_view *view, const gaze_edge *edge) {
    return gaze_head_view_is_pinned(view, view->pinned_keys, view->pinned_keys ? edge->column : edge->row);
}

bool gaze_head_view_is_dimmed(const gaze_head_view *view, const gaze_edge *edge) {
    return view->figure.special == GAZE_SPECIAL_DIM &&
           (view->rows[edge->row].special || view->columns[edge->column].special);
}

/* By it the style sheet finds the lines of a token (hover.c). */
static void put_edge_class(const gaze_head_drawing *d, const gaze_edge *edge) {
    if (!gaze_head_view_hovers(d)) return;
    gaze_svg_begin_value(d->svg, "class");
    gaze_buffer_printf(d->svg->out, "q%u k%u", (unsigned)edge->row, (unsigned)edge->column);
    gaze_svg_end_value(d->svg);
}

/* The dashes of a faint line among very many cannot be seen, but are what a browser needs most of its time for. */
void gaze_head_view_put_dash(const gaze_head_drawing *d, size_t panel, double weight) {
    const char *dash = gaze_head_color_of(panel).dash;
    if (dash && (weight >= DASHED || d->edges->count <= MANY_EDGES))
        gaze_svg_string(d->svg, "stroke-dasharray", dash);
}

static void put_edge(const gaze_head_drawing *d, const gaze_edge *edge) {
    bool faint = d->view->pinned_count && !gaze_head_view_is_clear(d->view, edge);
    double fade = faint ? GAZE_HEAD_FAINT : gaze_head_view_is_dimmed(d->view, edge) ? GAZE_HEAD_DIMMED : 1;
    gaze_svg_begin(d->svg, "path");
    put_edge_class(d, edge);
    gaze_svg_begin_value(d->svg, "d");
    gaze_head_view_put_course(d, edge);
    gaze_svg_end_value(d->svg);
    if (d->view->panel_count > 1) gaze_svg_color(d->svg, "stroke", gaze_head_view_color(d, edge->panel));
    gaze_head_view_put_dash(d, edge->panel, edge->weight);
    gaze_svg_number(d->svg, "stroke-width", gaze_head_view_line_width(edge->weight));
    gaze_svg_number(d->svg, "stroke-opacity", gaze_head_view_opacity(d, edge->weight));
    if (fade < 1) gaze_svg_number(d->svg, "opacity", fade);
    if (d->titled && d->edges->count <= MANY_EDGES) put_edge_title(d, edge);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_lines(const gaze_head_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-edges");
    gaze_svg_string(d->svg, "fill", "none");
    if (d->view->panel_count == 1) gaze_svg_color(d->svg, "stroke", gaze_head_view_color(d, 0));
    for (size_t i = 0; i < d->edges->count; i++) put_edge(d, &d->edges->at[i]);
    gaze_svg_end(d->svg);
}
