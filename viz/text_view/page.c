/* The page of the text view: controls, passage, caption. Its data is written by page_data.c. */
#include "viz/text_view/page.h"

#include "core/base/memory.h"
#include "viz/html/controls.h"
#include "viz/html/html.h"
#include "viz/html/parts.h"
#include "viz/html/scripts.h"
#include "viz/html/terms.h"
#include "viz/sentence.h"
#include "viz/text_view/page_data.h"
#include "viz/text_view/words.h"

static const double FOOT = 16;

static void put_layer_and_head(gaze_svg *svg, const gaze_text_page *page, const bool *held) {
    const gaze_terms *terms = gaze_terms_of(page->view.figure.language);
    char layer[GAZE_FIXED_TEXT];
    gaze_fixed_text(layer, (double)page->layers[page->layer], 0);
    gaze_html_begin_select(svg, "layer", "", terms->layer);
    gaze_html_number_options(svg, page->layers, held, page->layer_count, layer);
    gaze_html_end_select(svg);
    gaze_html_begin_select(svg, "head", "", gaze_text_view_words_of(page->view.figure.language)->head);
    gaze_html_head_options(svg, page->view.figure.language, page->heads, page->head_count, page->head);
    gaze_html_end_select(svg);
}

static void put_controls(gaze_svg *svg, const gaze_text_page *page, const bool *held) {
    const gaze_figure *figure = &page->view.figure;
    const gaze_terms *terms = gaze_terms_of(figure->language);
    const gaze_text_view_words *words = gaze_text_view_words_of(figure->language);
    const char *const directions[] = {"from", "to", NULL};
    gaze_html_begin_controls(svg, figure->language);
    put_layer_and_head(svg, page, held);
    gaze_html_select(svg, "direction", words->direction, directions, words->directions,
                     directions[page->view.received]);
    gaze_html_special_select(svg, "special", figure->language, figure->special);
    gaze_html_checkbox(svg, "renormalise", terms->renormalise, figure->renormalised);
    gaze_html_end_controls(svg, figure->language, words->keys);
}

/* "0, 1, 2" of the layers whose weights are not there. */
static void put_dropped(gaze_buffer *out, const gaze_text_page *page, const bool *held) {
    gaze_buffer list = {0};
    gaze_page_put_left_out(&list, page->layers, held, page->layer_count);
    if (list.failed) out->failed = true;
    if (list.length)
        gaze_words_put(out, gaze_text_view_words_of(page->view.figure.language)->left_out,
                       (const char *[]){list.data});
    gaze_buffer_deinit(&list);
}

static gaze_status compose(gaze_page_parts *p, bool *held, const gaze_text_drawing *d, const gaze_text_page *page,
                           gaze_error *err) {
    gaze_text_view_compose(&p->texts, d->view);
    gaze_text_view_readout(&p->texts.readout, d->view);
    gaze_status status = gaze_text_page_put_data(&p->json, held, page, d, err);
    put_dropped(&p->dropped, page, held);
    return status ? status : gaze_page_parts_status(p, err);
}

static void write_page(const gaze_text_drawing *d, const gaze_page_parts *p, const bool *held,
                       const gaze_text_page *page) {
    const gaze_text_layout *layout = d->layout;
    const unsigned char *const scripts[] = {gaze_script_inflate, gaze_script_common, gaze_script_weights,
                                            gaze_script_heads, gaze_script_text_view, NULL};
    gaze_figure header = d->view->figure;
    header.text = header.pair = NULL; /* the passage itself is the figure */
    gaze_html_begin(d->svg, &header, d->palette, p->texts.title.data);
    put_controls(d->svg, page, held);
    gaze_html_readout(d->svg, &p->texts.readout);
    gaze_html_begin_drawing(d->svg, &header, d->palette, layout->width, layout->bottom + FOOT,
                            gaze_text_view_words_of(header.language)->figure);
    gaze_svg_begin(d->svg, "style"); /* in a narrow window the script breaks the lines anew */
    gaze_svg_puts(d->svg, ".live #gaze-figure{min-width:0}");
    gaze_svg_end(d->svg);
    gaze_text_view_draw(d);
    gaze_html_end_drawing(d->svg);
    gaze_html_caption(d->svg, &header, &p->texts.caption, page->bits, p->dropped.data);
    gaze_html_end(d->svg, &p->json, scripts);
}

/* Laid out and drawn, with the layers that it has room for in held[layer_count], which are none so far. */
static gaze_status draw_page(gaze_buffer *out, gaze_buffer *dropped, gaze_text_drawing *d, bool *held,
                             const gaze_text_page *page, gaze_error *err) {
    gaze_page_parts parts = {0};
    gaze_status status = compose(&parts, held, d, page, err);
    if (!status) write_page(d, &parts, held, page);
    if (!status && dropped && parts.dropped.length) gaze_buffer_puts(dropped, parts.dropped.data);
    if (!status) status = gaze_buffer_status(out, err);
    gaze_page_parts_deinit(&parts);
    return status;
}

gaze_status gaze_text_view_html(gaze_buffer *out, gaze_buffer *dropped, const gaze_text_page *page,
                                gaze_error *err) {
    gaze_text_view view = page->view;
    gaze_palette palette;
    gaze_text_layout layout = {0};
    gaze_svg svg = gaze_svg_writer(out);
    gaze_text_drawing d = {&svg, &view, &layout, &palette, gaze_words_of(view.figure.language), {0}, true};
    bool *held = gaze_alloc_zero(page->layer_count, sizeof *held);
    gaze_status status = held ? gaze_text_view_check(&view, err) : gaze_fail_memory(err);
    if (!status) status = gaze_text_view_scale(&d.scale, &view.figure, &view, err);
    if (!status) status = gaze_text_layout_make(&layout, &view, true, err);
    gaze_palette_fill(&palette, &view.figure);
    if (!status) status = draw_page(out, dropped, &d, held, page, err);
    gaze_free(layout.places);
    gaze_free(held);
    return status;
}
