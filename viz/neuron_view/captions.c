/* The words of a neuron view: title, readout, description, caption. */
#include <math.h>
#include <string.h>

#include "viz/neuron_view/draw.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

static const double VISIBLE_ERROR = 0.0005;

/* A sentence with {}, of which one is a token's name: that stands at `place` among the values. */
static void put_named(gaze_buffer *out, const gaze_neuron_drawing *d, const char *template, const char **values,
                      size_t place, const gaze_label *label) {
    gaze_buffer text = {0};
    gaze_sentence_name(&text, label, d->common);
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i]) text.data[i] = 1; /* as forbidden as NUL, but no end of a string */
    values[place] = text.data ? text.data : "";
    if (text.failed) out->failed = true;
    gaze_sentence_fill(out, template, values);
    gaze_buffer_deinit(&text);
}

typedef char count_text[24];

static const char *count(count_text text, size_t value) {
    size_t at = sizeof(count_text) - 1;
    text[at] = '\0';
    do text[--at] = (char)('0' + value % 10);
    while (value /= 10);
    return text + at;
}

static const gaze_label *query_of(const gaze_neuron_drawing *d) {
    return &d->view->labels[d->view->query];
}

void gaze_neuron_title(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_panel panel = {.layer = d->view->layer, .head = d->view->head};
    const char *values[1];
    gaze_panels_put_title(out, &panel, 1, &d->view->figure, d->common);
    if (!d->view->figure.title) put_named(out, d, d->words->from, values, 0, query_of(d));
}

void gaze_neuron_description(gaze_buffer *out, const gaze_neuron_drawing *d) {
    count_text keys, size;
    const char *values[3] = {NULL, count(keys, d->view->row_count), count(size, d->view->head_size)};
    put_named(out, d, d->words->description, values, 0, query_of(d));
    gaze_buffer_puts(out, " ");
    gaze_neuron_readout(out, d);
    gaze_buffer_puts(out, d->common->full_stop);
}

/* Caption -------------------------------------------------------------------------------------------- */

static void put_shown(gaze_buffer *out, const gaze_neuron_drawing *d) {
    char shown[GAZE_FIXED_TEXT], all[GAZE_FIXED_TEXT];
    count_text rows, tokens;
    gaze_fixed_text(shown, d->facts->shown, d->decimals);
    gaze_fixed_text(all, d->facts->all, d->decimals);
    const char *values[5] = {NULL, count(rows, d->view->row_count), count(tokens, d->view->token_count), shown, all};
    if (d->view->row_count == d->view->token_count)
        gaze_sentence_fill(out, d->words->all_shown, (const char *[]){all});
    else
        put_named(out, d, d->words->some_shown, values, 0, query_of(d));
}

/* What special tokens take of this query, where they are not simply shown. */
static void put_shares(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_figure *figure = &d->view->figure;
    for (size_t i = 0; i < figure->share_count && figure->special != GAZE_SPECIAL_SHOW; i++) {
        gaze_sentence_put(out, "");
        gaze_sentence_label(out, figure->shares[i].text, figure->shares[i].length);
        gaze_buffer_puts(out, d->words->takes);
        gaze_buffer_put_fixed(out, 100 * figure->shares[i].most, 1);
        gaze_buffer_puts(out, d->words->of_query);
        gaze_buffer_puts(out, figure->special == GAZE_SPECIAL_HIDE ? d->words->hidden : d->words->dimmed);
    }
}

/* "4 of 32 dimensions make 7.31 of q . k = 10.30 for the strongest key, 'cat' (71 %)." The share is left out where
 * other dimensions take so much away that it is no part. */
static void put_dimensions(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_neuron_view *view = d->view;
    double dot = view->dots[view->strongest], share = d->facts->part_sum / dot;
    char part[GAZE_FIXED_TEXT], all[GAZE_FIXED_TEXT], percent[GAZE_FIXED_TEXT];
    count_text few, many;
    gaze_fixed_text(part, d->facts->part_sum, d->decimals);
    gaze_fixed_text(all, dot, d->decimals);
    gaze_fixed_text(percent, 100 * share, 0);
    const char *values[5] = {count(few, d->facts->part), count(many, view->head_size), part, all, NULL};
    put_named(out, d, d->words->dimensions, values, 4, &view->labels[view->strongest]);
    if (share > 0 && share <= 1) gaze_words_put(out, d->words->dimensions_share, (const char *[]){percent});
    gaze_buffer_puts(out, d->common->full_stop);
    if (view->sorted) put_named(out, d, d->words->sorted, values, 0, &view->labels[view->strongest]);
}

static void put_mismatch(gaze_buffer *out, const gaze_neuron_drawing *d) {
    char error[GAZE_FIXED_TEXT];
    if (d->view->softmax_error < VISIBLE_ERROR) return;
    gaze_fixed_text(error, d->view->softmax_error, 3);
    gaze_sentence_fill(out, d->words->mismatch, (const char *[]){error});
}

void gaze_neuron_caption(gaze_buffer *out, const gaze_neuron_drawing *d) {
    size_t K = d->view->head_size;
    gaze_sentence_count(out, d->words->reading, (size_t[]){K, K, d->view->token_count}, 3);
    if (d->view->figure.cut) gaze_sentence_count(out, d->common->cut, &d->view->figure.cut, 1);
    put_shown(out, d);
    put_shares(out, d);
    put_dimensions(out, d);
    gaze_sentence_put(out, d->words->colors);
    if (d->facts->clipped) gaze_sentence_count(out, d->words->clipped, &d->facts->clipped, 1);
    if (d->facts->not_numbers) gaze_sentence_count(out, d->words->not_numbers, &d->facts->not_numbers, 1);
    put_mismatch(out, d);
    gaze_sentence_put(out, d->words->norm);
    gaze_sentence_put(out, d->common->counting);
}
