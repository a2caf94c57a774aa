/* The tokens beside the rows and above the columns. */
#include "viz/heatmap/draw.h"
#include "viz/text.h"

static const double LABEL_GAP = 8;
static const double BRACKET_AT = 3, BRACKET_PITCH = 6; /* from the cells; the least pitch to draw them at */

static void put_label(const gaze_heatmap_drawing *d, const gaze_label *label, bool marked) {
    if (marked) gaze_svg_string(d->svg, "font-weight", "700");
    if (label->special && !marked) gaze_page_muted(d->svg, d->palette);
    if (d->layout->titles || d->layout->row_titles) gaze_label_put_title(d->svg, label, d->words);
    gaze_label_write(d->svg, label, GAZE_LABEL_MAX_EM, d->palette->muted);
}

static void draw_row_labels(const gaze_heatmap_drawing *d, double top) {
    for (size_t t = 0; t < d->map->row_count; t++) {
        if (!d->layout->row_written[t]) continue;
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", d->layout->left - LABEL_GAP);
        gaze_svg_number(d->svg, "y", top + gaze_heatmap_pitch(d->layout) * ((double)t + 0.5) + 4);
        put_label(d, &d->map->rows[t], gaze_heatmap_is_marked_row(d->layout, t));
        gaze_svg_end(d->svg);
    }
}

/* Wide characters stand side by side where the column has room, else one above the other; letters lean. */
static void draw_column_label(const gaze_heatmap_drawing *d, size_t s, double x) {
    const gaze_label *label = &d->map->columns[s];
    gaze_label_stance stance = gaze_heatmap_stance(d->layout, label);
    double y = d->layout->top - LABEL_GAP;
    if (stance == GAZE_LABEL_STACKS) y -= gaze_heatmap_column_label_height(d->layout, label) - 3;
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", stance == GAZE_LABEL_LEANS ? x + 3 : x);
    gaze_svg_number(d->svg, "y", y);
    if (stance == GAZE_LABEL_LEANS) gaze_svg_rotate(d->svg, -60, x + 3, y);
    if (stance == GAZE_LABEL_STANDS) gaze_svg_string(d->svg, "text-anchor", "middle");
    if (stance == GAZE_LABEL_STACKS) {
        gaze_svg_string(d->svg, "writing-mode", "tb"); /* as SVG 1.1 calls it */
        gaze_svg_string(d->svg, "style", "writing-mode:vertical-rl");
    }
    put_label(d, label, gaze_heatmap_is_marked_column(d->layout, s));
    gaze_svg_end(d->svg);
}

static void draw_column_labels(const gaze_heatmap_drawing *d, double left) {
    for (size_t s = 0; s < d->map->column_count; s++)
        if (d->layout->column_written[s])
            draw_column_label(d, s, left + gaze_heatmap_pitch(d->layout) * ((double)s + 0.5));
}

/* Calls put for each run of labels [from, to) that are the pieces of one word. */
static void for_each_word(const gaze_label *labels, size_t count, const gaze_heatmap_drawing *d,
                          void put(const gaze_heatmap_drawing *d, size_t from, size_t to)) {
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        while (to < count && labels[to].marker > 0) to++;
        if (to > from + 1) put(d, from, to);
    }
}

static void put_row_bracket(const gaze_heatmap_drawing *d, size_t from, size_t to) {
    const gaze_heatmap_layout *layout = d->layout;
    double pitch = gaze_heatmap_pitch(layout), length = pitch * (double)(to - from) - 3;
    for (size_t row = 0; row < layout->grid_rows; row++)
        gaze_svg_line(d->svg, layout->left - BRACKET_AT,
                      layout->top + layout->pitch_y * (double)row + pitch * (double)from + 1, 'v', length);
}

static void put_column_bracket(const gaze_heatmap_drawing *d, size_t from, size_t to) {
    const gaze_heatmap_layout *layout = d->layout;
    double pitch = gaze_heatmap_pitch(layout), length = pitch * (double)(to - from) - 3;
    for (size_t column = 0; column < layout->labelled_columns; column++)
        gaze_svg_line(d->svg, layout->left + layout->pitch_x * (double)column + pitch * (double)from + 1,
                      layout->top - BRACKET_AT, 'h', length);
}

static bool has_words(const gaze_heatmap *map) {
    for (size_t t = 1; t < map->row_count; t++)
        if (map->rows[t].marker > 0) return true;
    for (size_t s = 1; s < map->column_count; s++)
        if (map->columns[s].marker > 0) return true;
    return false;
}

/* A line along the pieces of each word, between the labels and the cells. */
static void draw_words(const gaze_heatmap_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_page_line(d->svg, d->palette);
    gaze_svg_begin_value(d->svg, "d");
    for_each_word(d->map->rows, d->map->row_count, d, put_row_bracket);
    for_each_word(d->map->columns, d->map->column_count, d, put_column_bracket);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_heatmap_draw_labels(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_number(d->svg, "font-size", layout->label_font);
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "text-anchor", "end");
    for (size_t row = 0; row < layout->grid_rows; row++)
        draw_row_labels(d, layout->top + layout->pitch_y * (double)row);
    gaze_svg_end(d->svg);
    for (size_t column = 0; column < layout->labelled_columns; column++)
        draw_column_labels(d, layout->left + layout->pitch_x * (double)column);
    gaze_svg_end(d->svg);
    if (has_words(d->map) && gaze_heatmap_pitch(layout) >= BRACKET_PITCH) draw_words(d);
}
