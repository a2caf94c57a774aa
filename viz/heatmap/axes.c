/* What stands around the panels: titles of the axes and of the panels, row sums, the two texts of a pair. */
#include "viz/heatmap/draw.h"
#include "viz/heatmap/facts.h"

static const double AXIS_GAP = 8;     /* between labels and cells */
static const double BAND_AT = 6;      /* from the cells to the band of a pair */
static const char VEIL[] = "0.87"; /* how much of a dimmed cell is covered: muted text on it is still legible */
static const double BAND_LETTER = 11; /* from the band to its letter */

static void draw_axis_titles(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    double x = layout->left - AXIS_GAP;
    gaze_page_text(d->svg, layout->left, layout->axis_title_y, NULL, d->words->attended_to);
    gaze_page_text(d->svg, x, layout->top - 26, "end", d->words->query);
    gaze_page_text(d->svg, x, layout->top - 10, "end", d->words->attends_from);
}

static void put_heading(const gaze_heatmap_drawing *d, double x, double y, const char *anchor,
                        const gaze_panel *panel, gaze_heading what) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", y);
    if (anchor) gaze_svg_string(d->svg, "text-anchor", anchor);
    gaze_svg_content(d->svg);
    gaze_heatmap_heading(d->svg->out, d->words, panel, what);
    gaze_svg_end(d->svg);
}

/* Each panel its own, below it. */
static void draw_headings(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    for (size_t i = 0; i < d->map->panel_count; i++)
        put_heading(d, gaze_heatmap_panel_x(layout, i) + layout->panel_width / 2,
                    gaze_heatmap_panel_y(layout, i) + layout->panel_height + 16, "middle", &d->map->panels[i],
                    layout->heading);
}

/* Heads above the columns of the grid, layers at the right of its rows. */
static void draw_facets(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    size_t columns = layout->grid_columns;
    for (size_t i = 0; i < columns; i++)
        put_heading(d, gaze_heatmap_panel_x(layout, i) + layout->panel_width / 2, layout->facet_y, "middle",
                    &d->map->panels[i], GAZE_HEADING_HEAD);
    for (size_t i = 0; i < d->map->panel_count; i += columns)
        put_heading(d, gaze_heatmap_panel_x(layout, columns - 1) + layout->panel_width + 10,
                    gaze_heatmap_panel_y(layout, i) + layout->panel_height / 2 + 4, NULL, &d->map->panels[i],
                    GAZE_HEADING_LAYER);
}

static void draw_sums(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    double x = layout->sums_x;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "text-anchor", "end");
    gaze_page_text(d->svg, x, layout->top - 8, NULL, d->words->row_sum);
    for (size_t t = 0; t < d->map->row_count; t++) {
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", x);
        gaze_svg_number(d->svg, "y", layout->top + layout->cell * ((double)t + 0.5) + 4);
        gaze_page_weight(d->svg, gaze_heatmap_row_sum(d->map, 0, t));
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

static void put_band(const gaze_heatmap_drawing *d, double x0, double y0, double x1, double y1) {
    gaze_svg_begin(d->svg, "line");
    gaze_svg_number(d->svg, "x1", x0);
    gaze_svg_number(d->svg, "y1", y0);
    gaze_svg_number(d->svg, "x2", x1);
    gaze_svg_number(d->svg, "y2", y1);
    gaze_page_line(d->svg, d->palette);
    gaze_svg_number(d->svg, "stroke-width", 2);
    gaze_svg_end(d->svg);
}

static const char *segment_letter(const gaze_heatmap_drawing *d, const gaze_label *label) {
    return label->segment == 0 ? d->words->text_a : d->words->text_b;
}

static void draw_row_bands(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    double pitch = gaze_heatmap_pitch(layout), x = layout->left + layout->panel_width + BAND_AT;
    for (size_t from = 0, to; from < d->map->row_count; from = to) {
        to = gaze_labels_run_end(d->map->rows, d->map->row_count, from);
        double y0 = layout->top + pitch * (double)from, y1 = layout->top + pitch * (double)to - 1;
        put_band(d, x, y0, x, y1);
        gaze_page_text(d->svg, x + BAND_LETTER, (y0 + y1) / 2 + 4, "middle", segment_letter(d, &d->map->rows[from]));
    }
}

static void draw_column_bands(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    double pitch = gaze_heatmap_pitch(layout), y = layout->top + layout->panel_height + BAND_AT;
    for (size_t from = 0, to; from < d->map->column_count; from = to) {
        to = gaze_labels_run_end(d->map->columns, d->map->column_count, from);
        double x0 = layout->left + pitch * (double)from, x1 = layout->left + pitch * (double)to - 1;
        put_band(d, x0, y, x1, y);
        gaze_page_text(d->svg, (x0 + x1) / 2, y + BAND_LETTER + 4, "middle", segment_letter(d, &d->map->columns[from]));
    }
}

void gaze_heatmap_draw_axes(const gaze_heatmap_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    draw_axis_titles(d);
    if (d->layout->facets)
        draw_facets(d);
    else if (d->map->panel_count > 1)
        draw_headings(d);
    if (d->layout->sums) draw_sums(d);
    if (d->layout->bands) draw_row_bands(d);
    if (d->layout->bands) draw_column_bands(d);
    gaze_svg_end(d->svg);
}

static void put_borders(const gaze_heatmap_drawing *d, size_t panel) {
    const gaze_heatmap_layout *layout = d->layout;
    double x = gaze_heatmap_panel_x(layout, panel), y = gaze_heatmap_panel_y(layout, panel);
    double pitch = gaze_heatmap_pitch(layout);
    size_t T = d->map->row_count, S = d->map->column_count;
    for (size_t t = gaze_labels_run_end(d->map->rows, T, 0); t < T; t = gaze_labels_run_end(d->map->rows, T, t))
        gaze_svg_line(d->svg, x, y + pitch * (double)t - 0.5, 'h', layout->panel_width);
    for (size_t s = gaze_labels_run_end(d->map->columns, S, 0); s < S; s = gaze_labels_run_end(d->map->columns, S, s))
        gaze_svg_line(d->svg, x + pitch * (double)s - 0.5, y, 'v', layout->panel_height);
}

static void put_veil(const gaze_heatmap_drawing *d, size_t panel) {
    const gaze_heatmap_layout *layout = d->layout;
    double x = gaze_heatmap_panel_x(layout, panel), y = gaze_heatmap_panel_y(layout, panel);
    double pitch = gaze_heatmap_pitch(layout);
    for (size_t t = 0; t < d->map->row_count; t++)
        if (d->map->rows[t].special) gaze_svg_box(d->svg, x, y + pitch * (double)t, layout->panel_width, pitch);
    for (size_t s = 0; s < d->map->column_count; s++)
        if (d->map->columns[s].special) gaze_svg_box(d->svg, x + pitch * (double)s, y, pitch, layout->panel_height);
}

/* One path, so that a cell is not veiled twice where a row and a column cross. */
void gaze_heatmap_draw_veil(const gaze_heatmap_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-paper");
    gaze_svg_color(d->svg, "fill", d->palette->paper);
    gaze_svg_string(d->svg, "fill-opacity", VEIL);
    gaze_svg_string(d->svg, "pointer-events", "none");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < d->map->panel_count; i++) put_veil(d, i);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_heatmap_draw_borders(const gaze_heatmap_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-border");
    gaze_svg_color(d->svg, "stroke", d->palette->ink);
    gaze_svg_string(d->svg, "pointer-events", "none");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < d->map->panel_count; i++) put_borders(d, i);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}
