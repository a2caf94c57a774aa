/* The lines of a head view, and the bars that stand for what is not drawn. viz/edges.c has chosen which. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/sentence.h"

enum { MANY_EDGES = 1000 }; /* too many for a <title> and a dash each */
static const double HEAD_OFFSET = 3, HEAD_ROOM = 0.7; /* between heads, and of a row for all of them */
static const double BAR_GAP = 3, BAR_MIN = 2, BAR_PART = 0.3, BAR_MOST = 6;
static const double DASHED = 0.1, FAINT = 0.08, DIMMED = 0.3;

static double line_width(double weight) {
    return 0.5 + 5.5 * fmin(weight, 1);
}

static double line_opacity(double weight) {
    return 0.15 + 0.85 * sqrt(fmin(weight, 1));
}

/* Heads lie beside one another, so that none hides the other. */
static double head_offset(const gaze_head_drawing *d, size_t panel) {
    double heads = (double)d->view->panel_count;
    double step = fmin(HEAD_OFFSET, d->layout->pitch * HEAD_ROOM / heads);
    return step * ((double)panel - (heads - 1) / 2);
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
    double offset = head_offset(d, edge->panel), from = layout->from.end, to = layout->to.end;
    double a = gaze_head_layout_middle(layout, edge->row) + offset;
    double b = gaze_head_layout_middle(layout, edge->column) + offset;
    gaze_svg_begin_value(d->svg, "d");
    put_point(d->svg, 'M', gaze_head_layout_point(layout, a, from));
    if (d->view->panel_count > 1) {
        put_point(d->svg, 'C', gaze_head_layout_point(layout, a, (from + to) / 2));
        put_point(d->svg, ' ', gaze_head_layout_point(layout, b, (from + to) / 2));
        put_point(d->svg, ' ', gaze_head_layout_point(layout, b, to));
    } else {
        put_point(d->svg, 'L', gaze_head_layout_point(layout, b, to));
    }
    gaze_svg_end_value(d->svg);
}

/* 'cat' → 'sat' 0.3712 */
static void put_edge_title(const gaze_head_drawing *d, const gaze_edge *edge) {
    char weight[GAZE_FIXED_TEXT];
    gaze_buffer text = {0};
    gaze_head_view_put_names(&text, d->view, edge, gaze_fixed_text(weight, edge->weight, 4), d->words);
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

/* By this the style sheet finds the lines of a token; see hover.c. */
static void put_edge_class(const gaze_head_drawing *d, const gaze_edge *edge) {
    gaze_svg_begin_value(d->svg, "class");
    gaze_buffer_printf(d->svg->out, "q%u k%u", (unsigned)edge->row, (unsigned)edge->column);
    gaze_svg_end_value(d->svg);
}

/* The dashes of a faint line among very many cannot be seen, but are what a browser needs most of its time for. */
static bool is_dashed(const gaze_head_drawing *d, const gaze_edge *edge) {
    return edge->weight >= DASHED || d->edges->count <= MANY_EDGES;
}

static void put_edge(const gaze_head_drawing *d, const gaze_edge *edge) {
    gaze_head_color color = gaze_head_color_of(edge->panel);
    double fade = is_faint(d->view, edge) ? FAINT : is_dimmed(d->view, edge) ? DIMMED : 1;
    gaze_svg_begin(d->svg, "path");
    if (gaze_head_view_hovers(d)) put_edge_class(d, edge);
    put_course(d, edge);
    gaze_svg_color(d->svg, "stroke", color.color);
    if (color.dash && is_dashed(d, edge)) gaze_svg_string(d->svg, "stroke-dasharray", color.dash);
    gaze_svg_number(d->svg, "stroke-width", line_width(edge->weight));
    gaze_svg_number(d->svg, "stroke-opacity", line_opacity(edge->weight));
    if (fade < 1) gaze_svg_number(d->svg, "opacity", fade);
    if (d->titled && d->edges->count <= MANY_EDGES) put_edge_title(d, edge);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_lines(const gaze_head_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-edges");
    gaze_svg_string(d->svg, "fill", "none");
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
