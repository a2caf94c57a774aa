/* The bars of a head view: of each row that of what is not drawn as lines. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/sentence.h"

static const double BAR_GAP = 3, BAR_MIN = 2, BAR_PART = 0.3, BAR_MOST = 6;

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
