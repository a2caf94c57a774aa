/* The columns of numbers: dot product, score, mask, weight, weighted length; and what stands below them. */
#include <math.h>
#include <string.h>

#include "viz/neuron_view/draw.h"
#include "viz/sentence.h"

static const double BASELINE = 4.5, BAR_HEIGHT = 9, CHIP_WIDTH = 56, CHIP_HEIGHT = 19, SUM_STEP = 18;
static const gaze_rgb BLACK = {0, 0, 0}, WHITE = {0xFF, 0xFF, 0xFF};

/* Three decimals, ending at x. */
static void put_number(const gaze_neuron_drawing *d, double value, double x, double middle) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", middle + BASELINE);
    gaze_svg_fixed(d->svg, value, d->decimals);
    gaze_svg_end(d->svg);
}

/* The ground of a score, in the colours of the strips. */
static void draw_chips(const gaze_neuron_drawing *d) {
    gaze_page_begin_heat(d->svg);
    gaze_svg_string(d->svg, "id", "gaze-chips");
    for (size_t r = 0; r < d->view->row_count; r++) {
        int level = gaze_neuron_level(gaze_neuron_score(d->view, r), d->view->limits.scores);
        gaze_svg_begin(d->svg, "rect");
        gaze_svg_number(d->svg, "x", d->layout->x[GAZE_NEURON_SCORE] - CHIP_WIDTH + 4);
        gaze_svg_number(d->svg, "y", gaze_neuron_row_middle(d->layout, r) - CHIP_HEIGHT / 2);
        gaze_svg_number(d->svg, "width", CHIP_WIDTH);
        gaze_svg_number(d->svg, "height", CHIP_HEIGHT);
        gaze_svg_number(d->svg, "rx", 3);
        gaze_svg_color(d->svg, "fill", gaze_neuron_color(d->view, level));
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

/* As on the cells of strips, where a score lies beyond the limit. */
static void draw_chip_ticks(const gaze_neuron_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "id", "gaze-chip-ticks");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t r = 0; r < d->view->row_count; r++)
        if (gaze_neuron_is_clipped(gaze_neuron_score(d->view, r), d->view->limits.scores))
            gaze_neuron_put_tick(d->svg, d->layout->x[GAZE_NEURON_SCORE] + 4,
                                 gaze_neuron_row_middle(d->layout, r) - CHIP_HEIGHT / 2, 5);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* Black or white on its chip, on a light page and on a dark one. */
static void put_score(const gaze_neuron_drawing *d, size_t row) {
    double score = gaze_neuron_score(d->view, row);
    gaze_rgb ground = gaze_neuron_color(d->view, gaze_neuron_level(score, d->view->limits.scores));
    bool auto_dark = d->view->figure.theme == GAZE_THEME_AUTO;
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->x[GAZE_NEURON_SCORE]);
    gaze_svg_number(d->svg, "y", gaze_neuron_row_middle(d->layout, row) + BASELINE);
    gaze_svg_color(d->svg, "fill", gaze_color_wants_black(ground) ? BLACK : WHITE);
    if (auto_dark && gaze_color_wants_black(gaze_color_darken(ground))) gaze_svg_string(d->svg, "class", "gaze-black");
    gaze_svg_fixed(d->svg, score, d->decimals);
    gaze_svg_end(d->svg);
}

double gaze_neuron_longest_bar(const gaze_neuron_view *view) {
    double largest = 0;
    for (size_t r = 0; r < view->row_count; r++) largest = fmax(largest, (double)view->weights[view->rows[r]]);
    return largest;
}

/* In one path the bars of all rows: their whole length (which = 0), or what the weights take of it (1). */
static void put_bars(const gaze_neuron_drawing *d, int which, double largest) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_color(d->svg, "fill", d->palette->ramp[which ? 160 : 12]);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t r = 0; r < d->view->row_count; r++) {
        double part = largest > 0 ? fmax((double)d->view->weights[d->view->rows[r]] / largest, 0) : 0;
        gaze_svg_box(d->svg, d->layout->x[GAZE_NEURON_WEIGHT], gaze_neuron_row_middle(d->layout, r) - BAR_HEIGHT / 2,
                     GAZE_NEURON_BAR * (which ? part : 1), BAR_HEIGHT);
    }
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* Bars of the weights: the largest has the full length, which the heading says. */
static void draw_bars(const gaze_neuron_drawing *d) {
    gaze_page_begin_heat(d->svg);
    gaze_svg_string(d->svg, "id", "gaze-bars");
    for (int which = 0; which < 2; which++) put_bars(d, which, gaze_neuron_longest_bar(d->view));
    gaze_svg_end(d->svg);
}

/* ‖v‖, without which the pale strip of a short v would seem to be missing. */
static double length_of(const gaze_neuron_view *view, size_t s) {
    const float *v = view->values + s * view->head_size;
    double sum = 0;
    for (size_t k = 0; k < view->head_size; k++) sum += (double)v[k] * (double)v[k];
    return sqrt(sum);
}

/* Five texts: a page's script counts on it. */
static void draw_row_numbers(const gaze_neuron_drawing *d, size_t row) {
    const gaze_neuron_view *view = d->view;
    const double *x = d->layout->x;
    size_t s = view->rows[row];
    double middle = gaze_neuron_row_middle(d->layout, row);
    bool masked = isinf(view->scores[s]);
    put_number(d, view->dots[s], x[GAZE_NEURON_DOT], middle);
    gaze_page_text(d->svg, x[GAZE_NEURON_MASK], middle + BASELINE, NULL,
                   masked ? d->words->masked : d->words->unmasked);
    put_number(d, (double)view->weights[s], d->layout->weight_x, middle);
    put_number(d, length_of(view, s), d->layout->length_x, middle);
    put_number(d, view->norms[s], x[GAZE_NEURON_NORM], middle);
}

/* What the keys hold that have no row. */
static void draw_others(const gaze_neuron_drawing *d, double x, double middle) {
    const size_t others = d->view->token_count - d->view->row_count;
    put_number(d, fmax(d->facts->all - d->facts->shown, 0), d->layout->weight_x, middle);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", middle + BASELINE);
    gaze_svg_content(d->svg);
    gaze_words_put_counts(d->svg->out, d->words->others_sum, &others, 1);
    gaze_svg_end(d->svg);
}

/* Below the rows: what they hold of the weight, and all of it; then the output beside its strip. */
static void draw_sums(const gaze_neuron_drawing *d) {
    double weight = d->layout->weight_x, middle = d->layout->output_y + GAZE_NEURON_STRIP / 2;
    double shown = d->layout->x[GAZE_NEURON_WEIGHT] + GAZE_NEURON_BAR - 8;
    bool all = d->view->row_count == d->view->token_count;
    double last = all ? middle : middle + 2 * SUM_STEP;
    put_number(d, d->facts->all, weight, last);
    gaze_page_text(d->svg, shown, last + BASELINE, NULL, d->words->all_sum);
    if (all) return;
    put_number(d, d->facts->shown, weight, middle);
    gaze_page_text(d->svg, shown, middle + BASELINE, NULL, d->words->shown_sum);
    draw_others(d, shown, middle + SUM_STEP);
}

static void put_output_name(const gaze_neuron_drawing *d) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->value_x);
    gaze_svg_number(d->svg, "y", d->layout->output_y + GAZE_NEURON_STRIP / 2 + BASELINE);
    gaze_svg_string(d->svg, "text-anchor", "start");
    gaze_svg_string(d->svg, "font-weight", "600");
    gaze_svg_puts(d->svg, d->words->output);
    gaze_svg_end(d->svg);
}

/* Below the strip: "over all 17 keys, own scale ±0.20". It is a mean of many v, and on their scale would be pale. */
static void put_output_words(const gaze_neuron_drawing *d) {
    char keys[GAZE_FIXED_TEXT], limit[GAZE_FIXED_TEXT];
    gaze_fixed_text(keys, (double)d->view->token_count, 0);
    gaze_fixed_text(limit, d->view->limits.output, 2);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->x[GAZE_NEURON_V]);
    gaze_svg_number(d->svg, "y", d->layout->output_y + GAZE_NEURON_STRIP + 15);
    gaze_svg_string(d->svg, "text-anchor", "start");
    gaze_page_muted(d->svg, d->palette);
    gaze_svg_number(d->svg, "font-size", GAZE_SMALL_FONT);
    gaze_svg_content(d->svg);
    gaze_words_put(d->svg->out, d->words->output_of_all, (const char *[]){keys, limit});
    gaze_svg_end(d->svg);
}

static void begin_numbers(const gaze_neuron_drawing *d, const char *id) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", id);
    gaze_svg_number(d->svg, "font-size", GAZE_NEURON_FONT);
    gaze_svg_string(d->svg, "text-anchor", "end");
}

void gaze_neuron_draw_numbers(const gaze_neuron_drawing *d) {
    draw_chips(d);
    draw_chip_ticks(d);
    draw_bars(d);
    begin_numbers(d, "gaze-steps");
    gaze_page_ink(d->svg, d->palette);
    for (size_t r = 0; r < d->view->row_count; r++) draw_row_numbers(d, r);
    gaze_svg_end(d->svg);
    begin_numbers(d, "gaze-sums");
    gaze_page_ink(d->svg, d->palette);
    put_output_name(d);
    put_output_words(d);
    draw_sums(d);
    gaze_svg_end(d->svg);
    begin_numbers(d, "gaze-scores");
    gaze_svg_string(d->svg, "class", "gaze-numbers");
    for (size_t r = 0; r < d->view->row_count; r++) put_score(d, r);
    gaze_svg_end(d->svg);
}
