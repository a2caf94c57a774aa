/* Thumbnails of lines, from the queries at the left to the keys at the right: what bertviz draws. */
#include "viz/edges.h"
#include "viz/model_view/draw.h"

enum { MOST_LINES = 150, SHADES = 4, LINE_LEVEL = 150 };

static const double INSET = 2;

/* A line is drawn in the first shade whose weight it does not reach. */
static const struct {
    double below;
    const char *opacity;
} shades[SHADES] = {{0.1, "0.2"}, {0.25, "0.4"}, {0.5, "0.65"}, {1e9, "1"}};

static size_t shade_of(const gaze_model_drawing *d, const gaze_edge *edge) {
    const gaze_label *labels = d->view->labels;
    bool special = labels[edge->row].special || labels[edge->column].special;
    size_t shade = 0;
    if (d->view->figure.special == GAZE_SPECIAL_DIM && special) return 0;
    while (edge->weight >= shades[shade].below) shade++;
    return shade;
}

static void put_line(const gaze_model_drawing *d, const gaze_thumb *thumb, const gaze_edge *edge) {
    double pitch = d->layout->side / (double)d->view->count;
    gaze_buffer *out = d->svg->out;
    const double at[4] = {thumb->x + INSET, thumb->y + pitch * (edge->row + 0.5),
                          thumb->x + d->layout->side - INSET, thumb->y + pitch * (edge->column + 0.5)};
    for (size_t i = 0; i < 4; i++) {
        gaze_buffer_putc(out, i == 0 ? 'M' : i == 2 ? 'L' : ' ');
        gaze_buffer_put_trimmed(out, at[i], 1);
    }
}

/* The last edges are the strongest. */
static void put_shade(const gaze_model_drawing *d, const gaze_thumb *thumb, const gaze_edges *edges,
                      size_t shade) {
    size_t first = edges->count > MOST_LINES ? edges->count - MOST_LINES : 0, count = 0;
    for (size_t i = first; i < edges->count; i++) count += shade_of(d, &edges->at[i]) == shade;
    if (!count) return;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "stroke-opacity", shades[shade].opacity);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = first; i < edges->count; i++)
        if (shade_of(d, &edges->at[i]) == shade) put_line(d, thumb, &edges->at[i]);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

gaze_status gaze_model_draw_lines(const gaze_model_drawing *d, const gaze_thumb *thumb, gaze_error *err) {
    gaze_edges edges = {0};
    gaze_status status = gaze_edges_choose(&edges, thumb->panel, 1, d->view->count, d->view->count, err);
    if (status) return status;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_color(d->svg, "stroke", d->palette->ramp[LINE_LEVEL]);
    gaze_svg_string(d->svg, "fill", "none");
    gaze_model_put_title(d, thumb);
    for (size_t shade = 0; shade < SHADES; shade++) put_shade(d, thumb, &edges, shade);
    gaze_svg_end(d->svg);
    gaze_edges_deinit(&edges);
    return GAZE_OK;
}
