/* The interactive page: the figure, its controls, and the vectors of all heads of the layer. What the script shows is
 * what this room draws: viz/neuron_view/neuron_view.js does again what the files beside this one do. */
#include <math.h>
#include <string.h>

#include "viz/html/controls.h"
#include "viz/html/html.h"
#include "viz/html/parts.h"
#include "viz/html/scripts.h"
#include "viz/html/terms.h"
#include "viz/label.h"
#include "viz/neuron_view/draw.h"
#include "viz/neuron_view/pack.h"
#include "viz/neuron_view/page_data.h"
#include "viz/sentence.h"
#include "viz/text.h"

enum { TABLE_TOKENS = 256 }; /* a table of more would be too many elements */

/* Controls ------------------------------------------------------------------------------------------- */

/* Numbers from `first` on. */
static void put_numbers(gaze_svg *svg, const char *id, const char *label, size_t first, size_t count, size_t chosen) {
    gaze_html_begin_select(svg, id, "", label);
    for (size_t i = first; i < first + count; i++) {
        gaze_svg_begin(svg, "option");
        gaze_svg_number(svg, "value", (double)i);
        if (i == chosen) gaze_svg_string(svg, "selected", "");
        gaze_svg_count(svg, i);
        gaze_svg_end(svg);
    }
    gaze_html_end_select(svg);
}

/* A token, and which of several it is. */
static void put_query(const gaze_neuron_drawing *d, size_t token) {
    const gaze_label *label = &d->view->labels[token];
    gaze_svg_begin(d->svg, "option");
    gaze_svg_number(d->svg, "value", (double)token);
    if (token == d->view->query) gaze_svg_string(d->svg, "selected", "");
    gaze_text_write(d->svg, label->text, label->length, GAZE_NEURON_LABEL_EM);
    if (label->nth) gaze_words_put_counts(d->svg->out, d->common->nth, &label->nth, 1);
    gaze_svg_end(d->svg);
}

static void put_controls(const gaze_neuron_drawing *d, const gaze_neuron_page *page) {
    const gaze_neuron_view *view = d->view;
    gaze_html_begin_controls(d->svg, view->figure.language);
    if (page->layer_count > 1)
        put_numbers(d->svg, "gaze-layer", d->words->layer, page->first_layer, page->layer_count, (size_t)view->layer);
    put_numbers(d->svg, "gaze-head", d->words->head, 0, page->head_count, (size_t)view->head);
    gaze_html_begin_select(d->svg, "gaze-query", "", d->words->query);
    for (size_t t = 0; t < view->token_count; t++) put_query(d, t);
    gaze_html_end_select(d->svg);
    gaze_html_special_select(d->svg, "gaze-special", view->figure.language, view->figure.special);
    gaze_html_checkbox(d->svg, "gaze-sort", d->words->sort, view->sorted);
    gaze_html_end_controls(d->svg, view->figure.language, d->words->keys);
}

/* The figure ----------------------------------------------------------------------------------------- */

/* Every label once, as it is drawn: the script copies them to the rows. */
static void put_labels(const gaze_neuron_drawing *d) {
    gaze_svg_begin(d->svg, "defs");
    gaze_svg_string(d->svg, "id", "gaze-labels");
    for (size_t t = 0; t < d->view->token_count; t++) {
        gaze_svg_begin(d->svg, "text");
        gaze_svg_content(d->svg);
        gaze_neuron_write_label(d, t);
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

static void put_figure(const gaze_neuron_drawing *d) {
    const gaze_figure *figure = &d->view->figure;
    gaze_html_begin_drawing(d->svg, figure, d->palette, d->layout->width, d->layout->bottom, d->words->figure);
    gaze_neuron_draw_figure(d);
    put_labels(d);
    gaze_html_end_drawing(d->svg);
}

/* The error is rounded up: it is a bound. */
static void put_stored(gaze_buffer *out, const gaze_neuron_drawing *d, const gaze_neuron_page *page) {
    char error[GAZE_FIXED_TEXT], bits[GAZE_FIXED_TEXT], layer[GAZE_FIXED_TEXT];
    gaze_fixed_text(error, ceil(page->largest_error * 10000) / 10000, 4);
    gaze_fixed_text(bits, page->bits, 0);
    gaze_fixed_text(layer, d->view->layer, 0);
    gaze_sentence_fill(out, d->words->stored, (const char *[]){bits, error});
    if (page->layer_count == 1) gaze_sentence_fill(out, d->words->layer_only, (const char *[]){layer});
}

/* The table ------------------------------------------------------------------------------------------ */

/* The steps of every key, those too that have no row; the script writes them when the table is opened. */
static void put_table(const gaze_neuron_drawing *d) {
    const gaze_neuron_heading *headings = d->words->headings;
    const char *const names[] = {headings[GAZE_NEURON_DOT].name,    headings[GAZE_NEURON_SCORE].name,
                                 headings[GAZE_NEURON_MASK].name,   headings[GAZE_NEURON_WEIGHT].name,
                                 d->words->length.name,             headings[GAZE_NEURON_NORM].name};
    if (d->view->token_count > TABLE_TOKENS) return;
    gaze_html_begin_table(d->svg, d->view->figure.language);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        gaze_html_heading(d->svg, names[i], d->view->head_size);
    gaze_html_end_table(d->svg);
}

/* Everything together -------------------------------------------------------------------------------- */

static void write_page(const gaze_neuron_drawing *d, const gaze_neuron_page *page, const gaze_page_parts *p) {
    static const unsigned char *const scripts[] = {gaze_script_common, gaze_script_inflate,
                                                   gaze_script_percentile, gaze_script_neuron_view, NULL};
    const gaze_figure *figure = &d->view->figure;
    gaze_html_begin(d->svg, figure, d->palette, p->texts.title.data);
    put_controls(d, page);
    gaze_html_readout(d->svg, &p->texts.readout);
    put_figure(d);
    gaze_html_caption(d->svg, figure, &p->texts.caption, 0, p->dropped.data);
    put_table(d);
    gaze_html_end(d->svg, &p->json, scripts);
}

static gaze_status put_page(const gaze_neuron_drawing *d, const gaze_neuron_page *page, gaze_error *err) {
    gaze_page_parts p = {0};
    gaze_status status = gaze_neuron_compose(&p.texts, d, err);
    put_stored(&p.dropped, d, page);
    if (!status) status = gaze_neuron_put_data(&p.json, d, page, err);
    if (!status) status = gaze_page_parts_status(&p, err);
    if (!status) write_page(d, page, &p);
    if (!status) status = gaze_buffer_status(d->svg->out, err);
    gaze_page_parts_deinit(&p);
    return status;
}

gaze_status gaze_neuron_view_html(gaze_buffer *out, const gaze_neuron_page *page, gaze_error *err) {
    const gaze_neuron_view *view = &page->view;
    gaze_status status = gaze_neuron_check(view, err);
    if (status) return status;
    gaze_palette palette;
    gaze_neuron_layout layout;
    gaze_neuron_facts facts;
    gaze_svg svg = gaze_svg_writer(out);
    gaze_palette_fill(&palette, &view->figure);
    gaze_neuron_layout_make(&layout, view);
    gaze_neuron_facts_collect(&facts, view);
    gaze_neuron_drawing d = {&svg, view, &layout, &facts, &palette, gaze_words_of(view->figure.language),
                             gaze_neuron_words_of(view->figure.language), page->bits == 8 ? 2 : GAZE_NEURON_DECIMALS};
    return put_page(&d, page, err);
}
