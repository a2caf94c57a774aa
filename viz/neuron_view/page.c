/* The interactive page: the figure, its controls, and the vectors of all heads of the layer. What the script shows is
 * what this room draws: viz/neuron_view/neuron_view.js does again what the files beside this one do. */
#include <math.h>
#include <string.h>

#include "viz/html/html.h"
#include "viz/html/scripts.h"
#include "viz/label.h"
#include "viz/neuron_view/draw.h"
#include "viz/neuron_view/pack.h"
#include "viz/neuron_view/page_data.h"
#include "viz/sentence.h"
#include "viz/text.h"

/* Controls ------------------------------------------------------------------------------------------- */

static void begin_select(gaze_svg *svg, const char *id, const char *label) {
    gaze_svg_begin(svg, "label");
    gaze_svg_puts(svg, label);
    gaze_svg_begin(svg, "select");
    gaze_svg_string(svg, "id", id);
    gaze_svg_content(svg);
}

static void begin_option(gaze_svg *svg, size_t value, bool chosen) {
    gaze_svg_begin(svg, "option");
    gaze_svg_number(svg, "value", (double)value);
    if (chosen) gaze_svg_string(svg, "selected", "");
    gaze_svg_count(svg, value);
}

static void end_select(gaze_svg *svg) {
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

static bool is_hidden(const gaze_neuron_view *view, size_t token) {
    return view->figure.special == GAZE_SPECIAL_HIDE && view->labels[token].special;
}

static void put_controls(const gaze_neuron_drawing *d, const gaze_neuron_page *page) {
    const gaze_neuron_view *view = d->view;
    gaze_html_begin_controls(d->svg, view->figure.language);
    begin_select(d->svg, "gaze-head", d->words->head);
    for (size_t h = 0; h < page->head_count; h++) {
        begin_option(d->svg, h, h == (size_t)view->head);
        gaze_svg_end(d->svg);
    }
    end_select(d->svg);
    begin_select(d->svg, "gaze-query", d->words->query);
    for (size_t t = 0; t < view->token_count; t++) {
        if (is_hidden(view, t)) continue;
        begin_option(d->svg, t, t == view->query);
        gaze_svg_puts(d->svg, " ");
        gaze_text_write(d->svg, view->labels[t].text, view->labels[t].length, GAZE_NEURON_LABEL_EM);
        gaze_svg_end(d->svg);
    }
    end_select(d->svg);
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
        gaze_label_write(d->svg, &d->view->labels[t], GAZE_NEURON_LABEL_EM, d->palette->muted);
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
    gaze_sentence_fill(out, d->words->layer_only, (const char *[]){layer});
}

/* Everything together -------------------------------------------------------------------------------- */

static gaze_status put_page(const gaze_neuron_drawing *d, const gaze_neuron_page *page, gaze_error *err) {
    static const unsigned char *const scripts[] = {gaze_script_common, gaze_script_inflate, gaze_script_neuron_view, NULL};
    const gaze_figure *figure = &d->view->figure;
    gaze_texts text = {0};
    gaze_buffer readout = {0}, stored = {0}, json = {0};
    gaze_status status = gaze_neuron_compose(&text, d, err);
    gaze_neuron_readout(&readout, d);
    put_stored(&stored, d, page);
    if (!status) status = gaze_neuron_put_data(&json, d, page, err);
    if (!status) status = gaze_buffer_status(&readout, err);
    if (!status) status = gaze_buffer_status(&stored, err);
    if (!status) {
        gaze_html_begin(d->svg, figure, d->palette, text.title.data);
        put_controls(d, page);
        gaze_html_readout(d->svg, &readout);
        put_figure(d);
        gaze_html_caption(d->svg, figure, &text.caption, stored.data);
        gaze_html_end(d->svg, &json, scripts);
        status = gaze_buffer_status(d->svg->out, err);
    }
    gaze_texts_deinit(&text);
    gaze_buffer_deinit(&readout);
    gaze_buffer_deinit(&stored);
    gaze_buffer_deinit(&json);
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
