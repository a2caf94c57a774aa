/* The page of a comparison: controls of both sides, drawing, caption. Its data is written by page_data.c. */
#include "viz/compare/page.h"

#include "core/base/memory.h"
#include "viz/compare/page_data.h"
#include "viz/compare/words.h"
#include "viz/html/controls.h"
#include "viz/html/html.h"
#include "viz/html/parts.h"
#include "viz/html/scripts.h"
#include "viz/html/terms.h"
#include "viz/sentence.h"

static const double FOOT = 16, LEAST_WIDTH = 0.9; /* of the drawing; in a narrower window it is scrolled, not shrunk */

static void put_side_controls(gaze_svg *svg, const gaze_compare_page *page, size_t which, const bool *held) {
    const gaze_compare_page_side *side = &page->sides[which];
    gaze_language language = page->view.figure.language;
    char layer[GAZE_FIXED_TEXT];
    gaze_fixed_text(layer, (double)side->layers[side->layer], 0);
    gaze_html_begin_select(svg, which ? "b-layer" : "a-layer", which ? "B: " : "A: ",
                           gaze_terms_of(language)->layer);
    gaze_html_number_options(svg, side->layers, held, side->layer_count, layer);
    gaze_html_end_select(svg);
    gaze_html_begin_select(svg, which ? "b-head" : "a-head", "", gaze_compare_words_of(language)->head);
    gaze_html_head_options(svg, language, side->heads, side->head_count, side->head);
    gaze_html_end_select(svg);
}

static void put_controls(gaze_svg *svg, const gaze_compare_page *page, bool *const held[2]) {
    gaze_language language = page->view.figure.language;
    gaze_html_begin_controls(svg, language);
    for (size_t which = 0; which < 2; which++) put_side_controls(svg, page, which, held[which]);
    gaze_html_end_controls(svg, language, gaze_compare_words_of(language)->keys);
}

/* The layers of each side whose weights are not there. */
static void put_dropped(gaze_buffer *out, const gaze_compare_page *page, bool *const held[2]) {
    const char *template = gaze_compare_words_of(page->view.figure.language)->left_out;
    for (size_t which = 0; which < 2; which++) {
        gaze_buffer list = {0};
        gaze_page_put_left_out(&list, page->sides[which].layers, held[which], page->sides[which].layer_count);
        if (list.failed) out->failed = true;
        if (list.length) gaze_sentence_fill(out, template, (const char *[]){which ? "B" : "A", list.data});
        gaze_buffer_deinit(&list);
    }
}

static gaze_status compose(gaze_page_parts *p, bool *const held[2], const gaze_compare_plan *plan,
                           const gaze_compare_page *page, gaze_error *err) {
    gaze_compare_compose(&p->texts, plan->compare, &plan->layout);
    gaze_status status = gaze_compare_page_put_data(&p->json, held, page, plan, err);
    if (status) return status;
    put_dropped(&p->dropped, page, held);
    return gaze_page_parts_status(p, err);
}

static void put_least_width(gaze_svg *svg, double width) {
    gaze_svg_begin(svg, "style");
    gaze_svg_content(svg);
    gaze_buffer_printf(svg->out, "#gaze-figure{min-width:%upx}", (unsigned)(LEAST_WIDTH * width));
    gaze_svg_end(svg);
}

static gaze_status write_page(gaze_svg *svg, const gaze_compare_plan *plan, const gaze_page_parts *p,
                              const gaze_compare_page *page, bool *const held[2], gaze_error *err) {
    const gaze_figure *figure = &plan->compare->figure;
    const unsigned char *const scripts[] = {gaze_script_inflate, gaze_script_common, gaze_script_weights,
                                            gaze_script_heads, gaze_script_dots, gaze_script_percentile,
                                            gaze_script_compare, NULL};
    gaze_html_begin(svg, figure, &plan->palette, p->texts.title.data);
    put_controls(svg, page, held);
    gaze_html_readout(svg, &p->texts.readout);
    gaze_html_begin_drawing(svg, figure, &plan->palette, plan->width, plan->bottom + FOOT,
                            gaze_compare_words_of(figure->language)->figure);
    put_least_width(svg, plan->width);
    gaze_status status = gaze_compare_draw(svg, plan, err);
    if (status) return status;
    gaze_html_end_drawing(svg);
    gaze_html_caption(svg, figure, &p->texts.caption, page->bits, p->dropped.data);
    gaze_html_end(svg, &p->json, scripts);
    return gaze_buffer_status(svg->out, err);
}

gaze_status gaze_compare_html(gaze_buffer *out, gaze_buffer *dropped, const gaze_compare_page *page, gaze_error *err) {
    gaze_compare_plan plan;
    gaze_page_parts p = {0};
    gaze_svg svg = gaze_svg_writer(out);
    gaze_status status = gaze_compare_check(&page->view, err);
    if (status) return status;
    bool *held[2];
    for (size_t i = 0; i < 2; i++) held[i] = gaze_alloc_zero(page->sides[i].layer_count, sizeof **held);
    if (!held[0] || !held[1]) status = gaze_fail_memory(err);
    gaze_compare_plan_make(&plan, &page->view, true);
    if (!status) status = compose(&p, held, &plan, page, err);
    if (!status) status = write_page(&svg, &plan, &p, page, held, err);
    if (!status && dropped && p.dropped.length) gaze_buffer_puts(dropped, p.dropped.data);
    gaze_page_parts_deinit(&p);
    gaze_free(held[0]);
    gaze_free(held[1]);
    return status;
}
