/* What stands beside the strips: labels, and the lines that join them. */
#include <math.h>

#include "viz/label.h"
#include "viz/neuron_view/draw.h"

static const double BASELINE = 4.5, CURVE = 52;

void gaze_neuron_write_label(const gaze_neuron_drawing *d, size_t token) {
    const gaze_label *label = &d->view->labels[token];
    gaze_label_write(d->svg, label, GAZE_NEURON_LABEL_EM, d->palette->muted);
    if (!label->nth) return;
    gaze_svg_begin(d->svg, "tspan");
    gaze_page_muted(d->svg, d->palette);
    gaze_svg_number(d->svg, "font-size", GAZE_SMALL_FONT);
    gaze_svg_content(d->svg);
    gaze_words_put_counts(d->svg->out, d->common->nth, &label->nth, 1);
    gaze_svg_end(d->svg);
}

/* The token that a row stands for, ending at x, or beginning there. */
static void put_label(const gaze_neuron_drawing *d, size_t token, double x, double middle, bool ends) {
    const gaze_label *label = &d->view->labels[token];
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", middle + BASELINE);
    if (ends) gaze_svg_string(d->svg, "text-anchor", "end");
    if (token == d->view->query) gaze_svg_string(d->svg, "font-weight", "600");
    if (label->special)
        gaze_page_muted(d->svg, d->palette);
    else
        gaze_page_ink(d->svg, d->palette);
    gaze_neuron_write_label(d, token);
    gaze_svg_end(d->svg);
}

static void begin_labels(const gaze_neuron_drawing *d, const char *id) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", id);
    gaze_svg_number(d->svg, "font-size", GAZE_NEURON_FONT);
}

void gaze_neuron_draw_labels(const gaze_neuron_drawing *d) {
    const gaze_neuron_view *view = d->view;
    size_t query = gaze_neuron_query_row(view);
    begin_labels(d, "gaze-queries");
    for (size_t r = 0; r < view->row_count; r++)
        if (r == query || gaze_neuron_all_queries(view))
            put_label(d, view->rows[r], d->layout->query_x, gaze_neuron_row_middle(d->layout, r), true);
    gaze_svg_end(d->svg);
    begin_labels(d, "gaze-keys");
    for (size_t r = 0; r < view->row_count; r++)
        put_label(d, view->rows[r], d->layout->key_x, gaze_neuron_row_middle(d->layout, r), true);
    gaze_svg_end(d->svg);
    begin_labels(d, "gaze-value-labels");
    for (size_t r = 0; r < view->row_count; r++)
        put_label(d, view->rows[r], d->layout->value_x, gaze_neuron_row_middle(d->layout, r), false);
    gaze_svg_end(d->svg);
}

/* Lines ---------------------------------------------------------------------------------------------- */

static void put_points(gaze_buffer *out, char command, const double *numbers, size_t count) {
    gaze_buffer_putc(out, command);
    for (size_t i = 0; i < count; i++) {
        if (i) gaze_buffer_putc(out, ' ');
        gaze_buffer_put_trimmed(out, numbers[i], 2);
    }
}

/* From the end of q's strip to a key. */
static void put_curve(const gaze_neuron_drawing *d, double y0, double y1) {
    double x0 = d->layout->x[GAZE_NEURON_Q] + d->layout->strip + 2, x1 = x0 + CURVE, half = (x0 + x1) / 2;
    gaze_svg_begin_value(d->svg, "d");
    put_points(d->svg->out, 'M', (double[]){x0, y0}, 2);
    put_points(d->svg->out, 'C', (double[]){half, y0, half, y1, x1, y1}, 6);
    gaze_svg_end_value(d->svg);
}

/* As strong as the square root of the weight. */
void gaze_neuron_draw_connectors(const gaze_neuron_drawing *d) {
    double y0 = gaze_neuron_row_middle(d->layout, gaze_neuron_query_row(d->view));
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", "gaze-connectors");
    gaze_svg_string(d->svg, "class", "gaze-q-line");
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_number(d->svg, "stroke-width", 2);
    gaze_svg_color(d->svg, "stroke", gaze_neuron_letter_color(d->view, GAZE_NEURON_Q));
    for (size_t r = 0; r < d->view->row_count; r++) {
        double weight = (double)d->view->weights[d->view->rows[r]];
        gaze_svg_begin(d->svg, "path");
        gaze_svg_number(d->svg, "stroke-opacity", weight > 0 ? sqrt(fmin(weight, 1)) : 0);
        put_curve(d, y0, gaze_neuron_row_middle(d->layout, r));
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

/* A thin line below each row, which the eye follows from column to column. */
void gaze_neuron_draw_guides(const gaze_neuron_drawing *d) {
    double left = d->layout->key_x - d->layout->labels, right = d->layout->x[GAZE_NEURON_NORM];
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "id", "gaze-guides");
    gaze_page_line(d->svg, d->palette);
    gaze_svg_number(d->svg, "stroke-opacity", 0.25);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t r = 0; r <= d->view->row_count; r++)
        gaze_svg_line(d->svg, left, d->layout->top + GAZE_NEURON_PITCH * (double)r, 'h', right - left);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_neuron_draw_veil(const gaze_neuron_drawing *d) {
    double left = d->layout->key_x - d->layout->labels, width = d->layout->x[GAZE_NEURON_NORM] - left + 2;
    bool dimmed = d->view->figure.special == GAZE_SPECIAL_DIM;
    if (!dimmed && !d->view->page) return;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "id", "gaze-veil");
    gaze_svg_string(d->svg, "class", "gaze-paper");
    gaze_svg_color(d->svg, "fill", d->palette->paper);
    gaze_svg_number(d->svg, "fill-opacity", 0.6);
    gaze_svg_string(d->svg, "pointer-events", "none");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t r = 0; r < d->view->row_count; r++)
        if (dimmed && d->view->labels[d->view->rows[r]].special)
            gaze_svg_box(d->svg, left, d->layout->top + GAZE_NEURON_PITCH * (double)r + 1, width,
                         GAZE_NEURON_PITCH - 2);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}
