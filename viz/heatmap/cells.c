/* A panel in vectors: a rectangle a cell, its exact value on hover, its number where there is room. */
#include <math.h>
#include <stdbool.h>

#include "viz/heatmap/draw.h"
#include "viz/scale.h"
#include "viz/text.h"

static const double HOVER_EM = 20; /* room for a token in what appears on hover */
static const double GAP_FROM = 12; /* cells at least that large are a pixel apart */
static const float STRONG = 0.10f; /* the least weight that NUMBERS_STRONG writes */
static const double NUMBER_FONT = 12.0, LARGE_NUMBER_FONT = 13.0;

static const gaze_rgb BLACK = {0, 0, 0}, WHITE = {255, 255, 255};

/* One row of a panel: its numbers and how they become colours. */
typedef struct cell_row {
    const float *weights_t;
    gaze_row_scale scale;
    size_t t;
} cell_row;

static cell_row row_of(const gaze_heatmap_drawing *d, size_t panel, size_t t) {
    size_t S = d->map->column_count;
    const float *weights_t = d->map->panels[panel].weights + t * S;
    return (cell_row){weights_t, gaze_scale_figure_row(&d->map->figure, weights_t, S), t};
}

static gaze_rgb color_of(const gaze_heatmap_drawing *d, const cell_row *r, size_t s) {
    return d->palette->ramp[gaze_scale_level(&r->scale, (double)r->weights_t[s])];
}

/* from 'cat' to 'sat': 0.3712 */
static void put_cell_title(const gaze_heatmap_drawing *d, size_t t, size_t s, double weight) {
    gaze_svg_begin(d->svg, "title");
    gaze_label_write_link(d->svg, &d->map->rows[t], &d->map->columns[s], HOVER_EM, d->words);
    gaze_svg_fixed(d->svg, weight, 4);
    gaze_svg_end(d->svg);
}

static void put_cell(const gaze_heatmap_drawing *d, const cell_row *r, size_t s) {
    double cell = d->layout->cell, side = cell >= GAP_FROM ? cell - 1 : cell;
    gaze_svg_begin(d->svg, "rect");
    gaze_svg_number(d->svg, "x", cell * (double)s);
    gaze_svg_number(d->svg, "y", cell * (double)r->t);
    gaze_svg_number(d->svg, "width", side);
    gaze_svg_number(d->svg, "height", side);
    gaze_svg_color(d->svg, "fill", color_of(d, r, s));
    if (d->layout->titles) put_cell_title(d, r->t, s, (double)r->weights_t[s]);
    gaze_svg_end(d->svg);
}

static void put_cells(const gaze_heatmap_drawing *d, size_t panel) {
    for (size_t t = 0; t < d->map->row_count; t++) {
        cell_row r = row_of(d, panel, t);
        for (size_t s = 0; s < d->map->column_count; s++) put_cell(d, &r, s);
    }
}

/* One stroke of a path, from corner to corner of a box. */
static void put_stroke(gaze_buffer *out, double x0, double y0, double x1, double y1) {
    const double at[4] = {x0, y0, x1, y1};
    for (size_t i = 0; i < 4; i++) {
        gaze_buffer_putc(out, i == 0 ? 'M' : i == 2 ? 'L' : ' ');
        gaze_buffer_put_trimmed(out, at[i], 1);
    }
}

static bool has_hatches(const gaze_heatmap_drawing *d, size_t panel) {
    const float *weights = d->map->panels[panel].weights;
    for (size_t i = 0; i < d->map->row_count * d->map->column_count; i++)
        if (!isfinite(weights[i])) return true;
    return false;
}

/* Three strokes through each cell that holds no number, all of a panel in one path. */
static void put_hatches(const gaze_heatmap_drawing *d, size_t panel) {
    double cell = d->layout->cell, side = cell - 1, half = side / 2;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_color(d->svg, "stroke", GAZE_NO_NUMBER_COLOR);
    gaze_svg_string(d->svg, "stroke-width", "1.5");
    gaze_svg_string(d->svg, "pointer-events", "none");
    gaze_svg_begin_value(d->svg, "d");
    const float *weight = d->map->panels[panel].weights;
    for (size_t t = 0; t < d->map->row_count; t++)
        for (size_t s = 0; s < d->map->column_count; s++) {
            if (isfinite(*weight++)) continue;
            double x = cell * (double)s, y = cell * (double)t;
            put_stroke(d->svg->out, x, y + half, x + half, y);
            put_stroke(d->svg->out, x, y + side, x + side, y);
            put_stroke(d->svg->out, x + half, y + side, x + side, y + half);
        }
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* In black or white on the colour of the cell; a dimmed one in the colour of its group. */
static void put_number(const gaze_heatmap_drawing *d, const cell_row *r, size_t s, bool dimmed) {
    double cell = d->layout->cell, middle = (cell - 1) / 2;
    gaze_rgb ground = color_of(d, r, s);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", cell * (double)s + middle);
    gaze_svg_number(d->svg, "y", cell * (double)r->t + middle + 4.5);
    if (!dimmed) gaze_svg_color(d->svg, "fill", gaze_color_wants_black(ground) ? BLACK : WHITE);
    if (!dimmed && gaze_color_wants_black(gaze_color_darken(ground)) && d->map->figure.theme == GAZE_THEME_AUTO)
        gaze_svg_string(d->svg, "class", "gaze-black");
    gaze_page_weight(d->svg, (double)r->weights_t[s]);
    gaze_svg_end(d->svg);
}

/* Whether a veil will lie on the cell. */
static bool is_dimmed(const gaze_heatmap_drawing *d, size_t t, size_t s) {
    return d->map->figure.special == GAZE_SPECIAL_DIM && (d->map->rows[t].special || d->map->columns[s].special);
}

/* The numbers of the cells that are dimmed, or of the others. */
static void put_numbers(const gaze_heatmap_drawing *d, size_t panel, bool dimmed) {
    bool all = d->layout->numbers == GAZE_NUMBERS_ALL;
    gaze_svg_begin(d->svg, "g");
    if (dimmed)
        gaze_page_muted(d->svg, d->palette);
    else
        gaze_svg_string(d->svg, "class", "gaze-numbers");
    gaze_svg_string(d->svg, "text-anchor", "middle");
    gaze_svg_number(d->svg, "font-size", d->layout->cell >= 36 ? LARGE_NUMBER_FONT : NUMBER_FONT);
    gaze_svg_string(d->svg, "pointer-events", "none");
    for (size_t t = 0; t < d->map->row_count; t++) {
        cell_row r = row_of(d, panel, t);
        for (size_t s = 0; s < d->map->column_count; s++)
            if (isfinite(r.weights_t[s]) && (all || r.weights_t[s] >= STRONG) && is_dimmed(d, t, s) == dimmed)
                put_number(d, &r, s, dimmed);
    }
    gaze_svg_end(d->svg);
}

void gaze_heatmap_draw_cells(const gaze_heatmap_drawing *d, size_t panel) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_translate(d->svg, gaze_heatmap_panel_x(d->layout, panel),
                       gaze_heatmap_panel_y(d->layout, panel));
    gaze_page_begin_heat(d->svg);
    put_cells(d, panel);
    gaze_svg_end(d->svg);
    if (has_hatches(d, panel)) put_hatches(d, panel);
    if (d->layout->numbers != GAZE_NUMBERS_NONE) put_numbers(d, panel, false);
    gaze_svg_end(d->svg);
}

void gaze_heatmap_draw_dimmed_numbers(const gaze_heatmap_drawing *d) {
    if (d->layout->numbers == GAZE_NUMBERS_NONE) return;
    for (size_t panel = 0; panel < d->map->panel_count; panel++) {
        gaze_svg_begin(d->svg, "g");
        gaze_svg_translate(d->svg, gaze_heatmap_panel_x(d->layout, panel), gaze_heatmap_panel_y(d->layout, panel));
        put_numbers(d, panel, true);
        gaze_svg_end(d->svg);
    }
}
