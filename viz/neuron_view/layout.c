/* Sizes and places. The numbers were chosen by looking at figures of 8 to 512 tokens. */
#include "viz/neuron_view/layout.h"

#include <math.h>

#include "viz/page.h"
#include "viz/text.h"

static const double STRIP = 170, NARROWEST_CELL = 4, WIDEST_CELL = 14;
static const double BOLD = 1.08; /* of the width of a label */
static const double LABEL_GAP = 8, CONNECTORS = 64, SIGN = 26, NUMBER = 62, MASK = 66, WEIGHT = 50;
static const double OUTPUT_NAME = 44, OUTPUT_WORDS = 206;
static const double READOUT = 24, HEADING = 48, OUTPUT_GAP = 12, SCALE_GAP = 22, SCALE = 30, WORDS_BELOW = 8;

double gaze_neuron_row_y(const gaze_neuron_layout *layout, size_t row) {
    return layout->top + GAZE_NEURON_PITCH * (double)row + (GAZE_NEURON_PITCH - GAZE_NEURON_STRIP) / 2;
}

double gaze_neuron_row_middle(const gaze_neuron_layout *layout, size_t row) {
    return layout->top + GAZE_NEURON_PITCH * ((double)row + 0.5);
}

size_t gaze_neuron_query_row(const gaze_neuron_view *view) {
    size_t row = 0;
    while (row + 1 < view->row_count && view->rows[row] != view->query) row++;
    return row;
}

bool gaze_neuron_all_queries(const gaze_neuron_view *view) {
    return view->page && view->token_count <= GAZE_NEURON_ALL;
}

static bool shows_query(const gaze_neuron_view *view, size_t row) {
    return view->rows[row] == view->query || gaze_neuron_all_queries(view);
}

const float *gaze_neuron_strip(const gaze_neuron_view *view, gaze_neuron_column column, size_t row) {
    size_t at = view->rows[row] * view->head_size;
    switch (column) {
    case GAZE_NEURON_Q: return shows_query(view, row) ? view->queries + at : NULL;
    case GAZE_NEURON_K: return view->keys + at;
    case GAZE_NEURON_PRODUCT: return view->products + at;
    case GAZE_NEURON_V: return view->values + at;
    default: return NULL;
    }
}

double gaze_neuron_limit(const gaze_neuron_view *view, gaze_neuron_column column) {
    switch (column) {
    case GAZE_NEURON_PRODUCT: return view->limits.products;
    case GAZE_NEURON_SCORE: return view->limits.scores;
    case GAZE_NEURON_V: return view->limits.values;
    default: return view->limits.vectors;
    }
}

double gaze_neuron_score(const gaze_neuron_view *view, size_t row) {
    return (double)(float)(view->dots[view->rows[row]] / sqrt((double)view->head_size));
}

size_t gaze_neuron_dimension(const gaze_neuron_view *view, size_t place) {
    return view->sorted ? view->order[place] : place;
}

/* " (4)" */
static double nth_em(const gaze_neuron_view *view, size_t nth) {
    double em = nth ? view->figure.language == GAZE_LANGUAGE_ZH ? 2 : 1 : 0;
    for (; nth; nth /= 10) em += 0.57;
    return em;
}

/* That of the query is bold; on a page any token may be the query. */
static double label_width(const gaze_neuron_view *view, size_t token) {
    const gaze_label *label = &view->labels[token];
    double em = gaze_text_fit(label->text, label->length, GAZE_NEURON_LABEL_EM).em + nth_em(view, label->nth);
    return em * GAZE_NEURON_FONT * (view->page || token == view->query ? BOLD : 1);
}

/* Of the rows; a page may come to show any token. */
static double widest_label(const gaze_neuron_view *view) {
    double widest = 0;
    size_t count = view->page ? view->token_count : view->row_count;
    for (size_t i = 0; i < count; i++)
        widest = fmax(widest, label_width(view, view->page ? i : view->rows[i]));
    return ceil(widest);
}

/* From left to right. A column of numbers is given by its right edge. */
static void place_columns(gaze_neuron_layout *layout, const gaze_neuron_view *view) {
    double *x = layout->x, words = widest_label(view);
    double query = view->page ? words : ceil(label_width(view, view->query));
    layout->labels = words;
    layout->query_x = GAZE_PAGE_MARGIN + fmax(query, 30);
    x[GAZE_NEURON_Q] = layout->query_x + LABEL_GAP;
    layout->key_x = x[GAZE_NEURON_Q] + layout->strip + CONNECTORS + layout->labels;
    x[GAZE_NEURON_K] = layout->key_x + LABEL_GAP;
    x[GAZE_NEURON_PRODUCT] = x[GAZE_NEURON_K] + layout->strip + SIGN;
    x[GAZE_NEURON_DOT] = x[GAZE_NEURON_PRODUCT] + layout->strip + NUMBER;
    x[GAZE_NEURON_SCORE] = x[GAZE_NEURON_DOT] + NUMBER + 8;
    x[GAZE_NEURON_MASK] = x[GAZE_NEURON_SCORE] + MASK;
    x[GAZE_NEURON_WEIGHT] = x[GAZE_NEURON_MASK] + 24;
    layout->weight_x = x[GAZE_NEURON_WEIGHT] + GAZE_NEURON_BAR + WEIGHT;
    layout->value_x = layout->weight_x + 2 * LABEL_GAP;
    x[GAZE_NEURON_V] = layout->value_x + fmax(words, OUTPUT_NAME) + LABEL_GAP;
    x[GAZE_NEURON_NORM] = x[GAZE_NEURON_V] + layout->strip + NUMBER;
    layout->length_x = x[GAZE_NEURON_NORM] - 6;
    x[GAZE_NEURON_NORM] += NUMBER;
    layout->width = fmax(x[GAZE_NEURON_NORM], x[GAZE_NEURON_V] + OUTPUT_WORDS) + GAZE_PAGE_MARGIN;
}

static void place_rows(gaze_neuron_layout *layout, const gaze_neuron_view *view) {
    double header = view->page ? 0 : gaze_page_header_height(&view->figure) + READOUT;
    layout->readout_y = header - 2;
    layout->heading_y = header + 34;
    layout->top = layout->heading_y + HEADING - 22;
    layout->output_gap = OUTPUT_GAP;
    layout->output_y = layout->top + GAZE_NEURON_PITCH * (double)view->row_count + OUTPUT_GAP;
    layout->scale_y = layout->output_y + GAZE_NEURON_STRIP + SCALE_GAP + WORDS_BELOW;
    layout->bottom = layout->scale_y + SCALE;
}

void gaze_neuron_layout_make(gaze_neuron_layout *layout, const gaze_neuron_view *view) {
    double cell = floor(STRIP / (double)view->head_size);
    *layout = (gaze_neuron_layout){.cell = fmin(fmax(cell, NARROWEST_CELL), WIDEST_CELL)};
    layout->strip = layout->cell * (double)view->head_size;
    place_columns(layout, view);
    place_rows(layout, view);
}
