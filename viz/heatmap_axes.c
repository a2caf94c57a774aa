/* What stands around the panels: labels, titles of the axes and of the panels, bands, row sums. */
#include "viz/heatmap_draw.h"
#include "viz/heatmap_facts.h"
#include "viz/text.h"

static const double LABEL_GAP = 7, HOVER_EM = 40;

static void put_text(gaze_svg *svg, double x, double y, const char *anchor, const char *text) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y);
    if (anchor) gaze_svg_string(svg, "text-anchor", anchor);
    gaze_svg_puts(svg, text);
    gaze_svg_end(svg);
}

static double pitch(const gaze_heatmap_layout *layout) {
    return layout->cell / (double)layout->pool;
}

/* The raw token and its id, on hover. */
static void put_label_title(const gaze_heatmap_drawing *d, const gaze_label *label) {
    gaze_svg_begin(d->svg, "title");
    gaze_text_write(d->svg, label->text, label->length, HOVER_EM);
    if (label->id != GAZE_LABEL_NO_ID) {
        gaze_svg_puts(d->svg, d->words->comma);
        gaze_words_put_counts(d->svg->out, d->words->token_id, (size_t[]){(size_t)label->id}, 1);
    }
    gaze_svg_end(d->svg);
}

static void put_label(const gaze_heatmap_drawing *d, const gaze_label *label) {
    if (label->special) gaze_page_muted(d->svg, d->palette);
    put_label_title(d, label);
    gaze_label_write(d->svg, label, GAZE_LABEL_MAX_EM, d->palette->muted);
}

static void draw_row_labels(const gaze_heatmap_drawing *d, double top) {
    for (size_t t = 0; t < d->map->row_count; t += d->layout->label_step) {
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", d->layout->left - LABEL_GAP);
        gaze_svg_number(d->svg, "y", top + pitch(d->layout) * ((double)t + 0.5) + 4);
        put_label(d, &d->map->rows[t]);
        gaze_svg_end(d->svg);
    }
}

static void draw_column_labels(const gaze_heatmap_drawing *d, double left) {
    double y = d->layout->top - LABEL_GAP;
    for (size_t s = 0; s < d->map->column_count; s += d->layout->label_step) {
        const gaze_label *label = &d->map->columns[s];
        double x = left + pitch(d->layout) * ((double)s + 0.5);
        bool upright = gaze_text_is_wide(label->text, label->length);
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", upright ? x : x + 3);
        gaze_svg_number(d->svg, "y", y);
        if (upright) gaze_svg_string(d->svg, "text-anchor", "middle");
        else gaze_svg_rotate(d->svg, -60, x + 3, y);
        put_label(d, label);
        gaze_svg_end(d->svg);
    }
}

static void draw_labels(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_number(d->svg, "font-size", layout->label_font);
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "text-anchor", "end");
    for (size_t row = 0; row < layout->grid_rows; row++)
        draw_row_labels(d, layout->top + layout->pitch_y * (double)row);
    gaze_svg_end(d->svg);
    for (size_t column = 0; column < layout->grid_columns; column++)
        draw_column_labels(d, layout->left + layout->pitch_x * (double)column);
    gaze_svg_end(d->svg);
}

static void draw_axis_titles(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    double y = layout->top - LABEL_GAP - layout->column_label_height - 12;
    put_text(d->svg, layout->left, y, NULL, d->words->attended_to);
    put_text(d->svg, layout->left - LABEL_GAP, layout->top - 26, "end", d->words->query);
    put_text(d->svg, layout->left - LABEL_GAP, layout->top - 10, "end", d->words->attends_from);
}

static void draw_headings(const gaze_heatmap_drawing *d) {
    for (size_t i = 0; i < d->map->panel_count; i++) {
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", gaze_heatmap_panel_x(d->layout, i) + d->layout->panel_width / 2);
        gaze_svg_number(d->svg, "y", gaze_heatmap_panel_y(d->layout, i) + d->layout->panel_height + 16);
        gaze_svg_string(d->svg, "text-anchor", "middle");
        gaze_svg_content(d->svg);
        gaze_heatmap_panel_name(d->svg->out, d->words, &d->map->panels[i]);
        gaze_svg_end(d->svg);
    }
}

static void draw_sums(const gaze_heatmap_drawing *d) {
    const gaze_heatmap_layout *layout = d->layout;
    double x = layout->left + layout->panel_width + (layout->pair ? 24 : 6) + 32;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "text-anchor", "end");
    put_text(d->svg, x, layout->top - 8, NULL, d->words->row_sum);
    for (size_t t = 0; t < d->map->row_count; t++) {
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", x);
        gaze_svg_number(d->svg, "y", layout->top + layout->cell * ((double)t + 0.5) + 4);
        gaze_svg_fixed(d->svg, gaze_heatmap_row_sum(d->map, 0, t), 2);
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

void gaze_heatmap_draw_axes(const gaze_heatmap_drawing *d) {
    draw_labels(d);
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    draw_axis_titles(d);
    if (d->map->panel_count > 1) draw_headings(d);
    if (d->layout->sums) draw_sums(d);
    gaze_svg_end(d->svg);
}
