/* The lines of a head view, and the bars that stand for what is not drawn. viz/edges.c has chosen which. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/sentence.h"

enum { MANY_EDGES = 1000 }; /* too many for a <title> and a dash each */
static const double HEAD_ROOM = 0.8; /* of a token's room, for the slots of all heads */
static const double BAR_GAP = 3, BAR_MIN = 2, BAR_PART = 0.3, BAR_MOST = 6;
static const double DASHED = 0.1, FAINT = 0.08, DIMMED = 0.3;

static double line_width(double weight) {
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
static void put_course(const gaze_head_drawing *d, const gaze_edge *edge) {
    const gaze_head_layout *layout = d->layout;
    double slot = head_slot(d, edge->panel), lane = head_lane(d, edge->panel);
    double a = gaze_head_layout_middle(layout, edge->row) + slot;
    double b = gaze_head_layout_middle(layout, edge->column) + slot;
    gaze_svg_begin_value(d->svg, "d");
    put_point(d->svg, 'M', gaze_head_layout_point(layout, a, layout->from.end));
    if (d->view->panel_count > 1) {
        put_point(d->svg, 'C', gaze_head_layout_point(layout, a, lane));
        put_point(d->svg, ' ', gaze_head_layout_point(layout, b, lane));
        put_point(d->svg, ' ', gaze_head_layout_point(layout, b, layout->to.end));
    } else {
        put_point(d->svg, 'L', gaze_head_layout_point(layout, b, layout->to.end));
    }
    gaze_svg_end_value(d->svg);
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

static bool is_faint(const gaze_head_view *view, const gaze_edge *edge) {
    size_t token = view->pinned_keys ? edge->column : edge->row;
    return view->pinned_count > 0 && !gaze_head_view_is_pinned(view, view->pinned_keys, token);
}

static bool is_dimmed(const gaze_head_view *view, const gaze_edge *edge) {
    return view->figure.special == GAZE_SPECIAL_DIM &&
           (view->rows[edge->row].special || view->columns[edge->column].special);
}

/* By these the style sheet finds the lines of a token (hover.c), and those of the pinned ones (style.c). */
static void put_edge_class(const gaze_head_drawing *d, const gaze_edge *edge) {
    bool clear = d->interactive && d->view->pinned_count && !is_faint(d->view, edge), hovers = gaze_head_view_hovers(d);
    if (!clear && !hovers) return;
    gaze_svg_begin_value(d->svg, "class");
    if (hovers) gaze_buffer_printf(d->svg->out, "q%u k%u", (unsigned)edge->row, (unsigned)edge->column);
    if (clear) gaze_buffer_puts(d->svg->out, hovers ? " gaze-clear" : "gaze-clear");
    gaze_svg_end_value(d->svg);
}

/* The dashes of a faint line among very many cannot be seen, but are what a browser needs most of its time for. */
static bool is_dashed(const gaze_head_drawing *d, const gaze_edge *edge) {
    return edge->weight >= DASHED || d->edges->count <= MANY_EDGES;
}

static void put_edge(const gaze_head_drawing *d, const gaze_edge *edge) {
    const char *dash = gaze_head_color_of(edge->panel).dash;
    bool faint = !d->interactive && is_faint(d->view, edge);
    double fade = faint ? FAINT : is_dimmed(d->view, edge) ? DIMMED : 1;
    gaze_svg_begin(d->svg, "path");
    put_edge_class(d, edge);
    put_course(d, edge);
    if (d->view->panel_count > 1) gaze_svg_color(d->svg, "stroke", gaze_head_view_color(d, edge->panel));
    if (dash && is_dashed(d, edge)) gaze_svg_string(d->svg, "stroke-dasharray", dash);
    gaze_svg_number(d->svg, "stroke-width", line_width(edge->weight));
    gaze_svg_number(d->svg, "stroke-opacity", gaze_head_view_opacity(d, edge->weight));
    if (fade < 1) gaze_svg_number(d->svg, "opacity", fade);
    if (d->titled && d->edges->count <= MANY_EDGES) put_edge_title(d, edge);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_lines(const gaze_head_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", d->interactive && d->view->pinned_count ? "gaze-edges gaze-pinned" : "gaze-edges");
    gaze_svg_string(d->svg, "fill", "none");
    if (d->view->panel_count == 1) gaze_svg_color(d->svg, "stroke", gaze_head_view_color(d, 0));
    for (size_t i = 0; i < d->edges->count; i++) put_edge(d, &d->edges->at[i]);
    gaze_svg_end(d->svg);
}

/* Rests ---------------------------------------------------------------------------------------------- */

static bool is_shown(const gaze_rest *rest) {
    return rest->share > 1 - GAZE_EDGES_MASS;
}

/* A bar from the lines' end towards the label. */
static void put_bar(const gaze_head_drawing *d, size_t token) {
    const gaze_head_layout *layout = d->layout;
    double thick = fmin(BAR_MOST, layout->pitch * BAR_PART);
    double length = fmax(BAR_MIN, GAZE_REST_ROOM * fmin(d->edges->rests[token].mass, 1));
    double along = gaze_head_layout_middle(layout, token) - thick / 2, across = layout->from.end - BAR_GAP - length;
    gaze_head_point p = gaze_head_layout_point(layout, along, across);
    gaze_head_point size = gaze_head_layout_point(layout, thick, length);
    gaze_svg_box(d->svg, p.x, p.y, size.x, size.y);
}

/* not drawn: .63 over 120 tokens */
static void put_rest_title(const gaze_head_drawing *d, const gaze_rest *rest) {
    gaze_svg_begin(d->svg, "title");
    gaze_svg_puts(d->svg, d->words->left_out);
    gaze_page_weight(d->svg, rest->mass);
    gaze_words_put_counts(d->svg->out, d->view->panel_count > 1 ? d->words->over_links : d->words->over_tokens,
                          (size_t[]){rest->links}, 1);
    gaze_svg_end(d->svg);
}

static void put_titled_bars(const gaze_head_drawing *d) {
    for (size_t t = 0; t < d->view->row_count; t++) {
        if (!is_shown(&d->edges->rests[t])) continue;
        gaze_svg_begin(d->svg, "path");
        gaze_svg_begin_value(d->svg, "d");
        put_bar(d, t);
        gaze_svg_end_value(d->svg);
        put_rest_title(d, &d->edges->rests[t]);
        gaze_svg_end(d->svg);
    }
}

static void put_bars(const gaze_head_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t t = 0; t < d->view->row_count; t++)
        if (is_shown(&d->edges->rests[t])) put_bar(d, t);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_rests(const gaze_head_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-bar gaze-rests");
    gaze_svg_color(d->svg, "fill", d->palette->line);
    if (d->titled)
        put_titled_bars(d);
    else
        put_bars(d);
    gaze_svg_end(d->svg);
}
