/* The tokens beside the rows and above the columns. */
#include "viz/heatmap_draw.h"
#include "viz/text.h"

static const double LABEL_GAP = 7, HOVER_EM = 40;

/* The token as the tokenizer has it and its id, on hover. */
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
    if (d->layout->titles || d->layout->row_titles) put_label_title(d, label);
    gaze_label_write(d->svg, label, GAZE_LABEL_MAX_EM, d->palette->muted);
}

static void draw_row_labels(const gaze_heatmap_drawing *d, double top) {
    for (size_t t = 0; t < d->map->row_count; t += d->layout->label_step) {
        gaze_svg_begin(d->svg, "text");
        gaze_svg_number(d->svg, "x", d->layout->left - LABEL_GAP);
        gaze_svg_number(d->svg, "y", top + gaze_heatmap_pitch(d->layout) * ((double)t + 0.5) + 4);
        put_label(d, &d->map->rows[t]);
        gaze_svg_end(d->svg);
    }
}

/* Wide characters stand side by side where the column has room, else one above the other; letters lean. */
static void draw_column_label(const gaze_heatmap_drawing *d, const gaze_label *label, double x) {
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
    put_label(d, label);
    gaze_svg_end(d->svg);
}

static void draw_column_labels(const gaze_heatmap_drawing *d, double left) {
    for (size_t s = 0; s < d->map->column_count; s += d->layout->label_step)
        draw_column_label(d, &d->map->columns[s], left + gaze_heatmap_pitch(d->layout) * ((double)s + 0.5));
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
}
