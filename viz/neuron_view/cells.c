/* Strips of cells. Neighbours of one colour are one stroke, and all strokes of a colour one path: a figure of 2,600 cells
 * has at most 62 elements. */
#include <math.h>

#include "viz/neuron_view/draw.h"

static const double TICK = 4;

int gaze_neuron_level(double x, double limit) {
    if (!isfinite(x) || !(limit > 0)) return 0;
    double t = fmin(fabs(x) / limit, 1);
    int level = (int)floor(GAZE_NEURON_LEVELS * t + 0.5);
    return x < 0 ? -level : level;
}

gaze_rgb gaze_neuron_color(const gaze_neuron_view *view, int level) {
    gaze_rgb color = gaze_color_signed((double)level / GAZE_NEURON_LEVELS);
    return view->figure.theme == GAZE_THEME_DARK ? gaze_color_darken(color) : color;
}

bool gaze_neuron_is_clipped(double x, double limit) {
    return isfinite(x) && fabs(x) > limit;
}

void gaze_neuron_put_tick(gaze_svg *svg, double right, double top, double size) {
    gaze_svg_line(svg, right - size, top, 'h', size);
    gaze_buffer_putc(svg->out, 'v');
    gaze_buffer_put_trimmed(svg->out, size, 2);
    gaze_buffer_putc(svg->out, 'z');
}

/* A strip, where it stands, and how it is coloured. */
typedef struct strip {
    const float *x;
    double left, top, limit;
} strip;

/* The i-th strip of a column; the output is the one behind the rows of v. False: there are no more. */
static bool next_strip(const gaze_neuron_drawing *d, gaze_neuron_column column, size_t *row, strip *out) {
    const gaze_neuron_view *view = d->view;
    for (; *row < view->row_count; ++*row) {
        const float *x = gaze_neuron_strip(view, column, *row);
        *out = (strip){x, d->layout->x[column], gaze_neuron_row_y(d->layout, *row), gaze_neuron_limit(view, column)};
        if (x) return ++*row, true;
    }
    if (column != GAZE_NEURON_V || *row > view->row_count) return false;
    *out = (strip){view->output, d->layout->x[column], d->layout->output_y, view->limits.output};
    return ++*row, true;
}

static int level_at(const gaze_neuron_drawing *d, const strip *s, size_t place) {
    return gaze_neuron_level((double)s->x[gaze_neuron_dimension(d->view, place)], s->limit);
}

/* A path of strokes. To each it tells only the way, which is shorter than the place; to the first, from (0, 0). */
typedef struct pen {
    bool begun;
    double x, y; /* where the last stroke ended */
} pen;

static void begin_path(const gaze_neuron_drawing *d, int level, pen *p) {
    if (p->begun) return;
    p->begun = true;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_color(d->svg, "stroke", gaze_neuron_color(d->view, level));
    gaze_svg_begin_value(d->svg, "d");
}

static void put_stroke(gaze_buffer *out, pen *p, double x, double y, double length) {
    gaze_buffer_putc(out, 'm');
    gaze_buffer_put_trimmed(out, x - p->x, 2);
    gaze_buffer_putc(out, ' ');
    gaze_buffer_put_trimmed(out, y - p->y, 2);
    gaze_buffer_putc(out, 'h');
    gaze_buffer_put_trimmed(out, length, 2);
    p->x = x + length;
    p->y = y;
}

/* Strokes of one level along a strip; the first of all begins the path. */
static void put_runs(const gaze_neuron_drawing *d, const strip *s, int level, pen *p) {
    size_t K = d->view->head_size;
    for (size_t from = 0, to; from < K; from = to) {
        to = from + 1;
        if (level_at(d, s, from) != level) continue;
        while (to < K && level_at(d, s, to) == level) to++;
        begin_path(d, level, p);
        put_stroke(d->svg->out, p, s->left + d->layout->cell * (double)from, s->top + GAZE_NEURON_STRIP / 2,
                   d->layout->cell * (double)(to - from));
    }
}

static const gaze_neuron_column STRIPS[] = {GAZE_NEURON_Q, GAZE_NEURON_K, GAZE_NEURON_PRODUCT, GAZE_NEURON_V};
enum { STRIP_COLUMNS = sizeof STRIPS / sizeof *STRIPS };

/* In a page always, and empty where no cell has this level: the script changes paths, and makes none. */
static void draw_level(const gaze_neuron_drawing *d, int level) {
    pen p = {false, 0, 0};
    strip s;
    if (d->view->page) begin_path(d, level, &p);
    for (size_t i = 0; i < STRIP_COLUMNS; i++)
        for (size_t row = 0; next_strip(d, STRIPS[i], &row, &s);) put_runs(d, &s, level, &p);
    if (!p.begun) return;
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* A tick in the upper right corner of each cell beyond the limit. */
static void put_ticks(const gaze_neuron_drawing *d, const strip *s) {
    double size = fmin(TICK, d->layout->cell);
    for (size_t place = 0; place < d->view->head_size; place++) {
        double x = (double)s->x[gaze_neuron_dimension(d->view, place)];
        if (!gaze_neuron_is_clipped(x, s->limit)) continue;
        gaze_neuron_put_tick(d->svg, s->left + d->layout->cell * (double)(place + 1), s->top, size);
    }
}

/* A thin frame around each strip, so that pale ends are seen. */
static void draw_frames(const gaze_neuron_drawing *d, gaze_neuron_column column) {
    strip s;
    for (size_t row = 0; next_strip(d, column, &row, &s);)
        gaze_svg_box(d->svg, s.left - 0.5, s.top - 0.5, d->layout->strip + 1, GAZE_NEURON_STRIP + 1);
}

static void draw_marks(const gaze_neuron_drawing *d) {
    strip s;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "id", "gaze-frames");
    gaze_page_line(d->svg, d->palette);
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_number(d->svg, "stroke-opacity", 0.5);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < STRIP_COLUMNS; i++) draw_frames(d, STRIPS[i]);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "id", "gaze-ticks");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < STRIP_COLUMNS; i++)
        for (size_t row = 0; next_strip(d, STRIPS[i], &row, &s);) put_ticks(d, &s);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* Where q of every token is seen, the one that attends has a frame of its own. */
static void draw_pinned(const gaze_neuron_drawing *d) {
    double y = gaze_neuron_row_y(d->layout, gaze_neuron_query_row(d->view));
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "id", "gaze-pinned");
    gaze_svg_string(d->svg, "class", "gaze-q-line");
    gaze_svg_color(d->svg, "stroke", gaze_neuron_letter_color(d->view, GAZE_NEURON_Q));
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_number(d->svg, "stroke-width", 2);
    gaze_svg_begin_value(d->svg, "d");
    gaze_svg_box(d->svg, d->layout->x[GAZE_NEURON_Q] - 2, y - 2, d->layout->strip + 4, GAZE_NEURON_STRIP + 4);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_neuron_draw_cells(const gaze_neuron_drawing *d) {
    gaze_page_begin_heat(d->svg);
    gaze_svg_string(d->svg, "id", "gaze-cells");
    gaze_svg_number(d->svg, "stroke-width", GAZE_NEURON_STRIP);
    gaze_svg_string(d->svg, "shape-rendering", "crispEdges");
    for (int level = -GAZE_NEURON_LEVELS; level <= GAZE_NEURON_LEVELS; level++)
        if (level) draw_level(d, level);
    gaze_svg_end(d->svg);
    draw_marks(d);
    draw_pinned(d);
}
