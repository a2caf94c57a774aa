/* The page of the head view: controls, figure, table. Its data is written by page_data.c. */
#include "viz/head_view/page.h"

#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "viz/caption.h"
#include "viz/head_view/draw.h"
#include "viz/head_view/page_data.h"
#include "viz/head_view/page_scenes.h"
#include "viz/html/controls.h"
#include "viz/html/html.h"
#include "viz/html/parts.h"
#include "viz/html/scripts.h"
#include "viz/html/terms.h"
#include "viz/panel_name.h"

enum { TABLE_TOKENS = 64 }; /* a table of more would be too many elements */

/* Controls ------------------------------------------------------------------------------------------- */

/* Returns whether all layers are among the options. */
static bool put_layer_numbers(gaze_svg *svg, const gaze_head_page *page, const bool *held) {
    bool all = true;
    for (size_t i = 0; i < page->layer_count; i++) {
        all = all && held[i];
        if (!held[i]) continue;
        gaze_svg_begin(svg, "option");
        if (page->layers[i] == page->layer && !page->layer_mean) gaze_svg_string(svg, "selected", "");
        gaze_svg_count(svg, page->layers[i]);
        gaze_svg_end(svg);
    }
    return all;
}

/* The mean over layers can be chosen where all of them are there. */
static void put_layers(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms, const bool *held) {
    gaze_html_begin_select(svg, "layer", "", terms->layer);
    if (put_layer_numbers(svg, page, held)) {
        gaze_svg_begin(svg, "option");
        gaze_svg_string(svg, "value", "mean");
        if (page->layer_mean) gaze_svg_string(svg, "selected", "");
        gaze_svg_puts(svg, gaze_words_of(page->view.figure.language)->layer_mean);
        gaze_svg_end(svg);
    }
    gaze_html_end_select(svg);
}

static bool is_chosen(const gaze_head_page *page, size_t head) {
    for (size_t i = 0; i < page->view.chosen_count; i++)
        if (page->view.chosen[i] == head) return true;
    return false;
}

static void put_heads(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms) {
    gaze_svg_begin(svg, "span");
    gaze_svg_string(svg, "class", "group");
    gaze_svg_string(svg, "role", "group");
    gaze_svg_string(svg, "aria-label", terms->heads);
    gaze_svg_puts(svg, terms->heads);
    for (size_t i = 0; i < page->head_count; i++) {
        gaze_svg_begin(svg, "button");
        gaze_svg_string(svg, "type", "button");
        gaze_svg_string(svg, "class", "head");
        gaze_svg_string(svg, "aria-pressed", is_chosen(page, page->heads[i]) ? "true" : "false");
        gaze_svg_count(svg, page->heads[i]);
        gaze_svg_end(svg);
    }
    gaze_html_button(svg, "all", terms->all);
    gaze_html_button(svg, "none", terms->none);
    gaze_svg_end(svg);
}

bool gaze_head_page_has_pair(const gaze_head_page *page) {
    return page->tokens[0].segment != page->tokens[page->token_count - 1].segment;
}

static void put_filter(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms) {
    const char *const values[] = {"all", "aa", "ab", "ba", "bb", NULL};
    const char *const names[] = {terms->all, "A → A", "A → B", "B → A", "B → B", NULL};
    if (gaze_head_page_has_pair(page))
        gaze_html_select(svg, "filter", terms->filter, values, names, values[page->view.filter]);
}

/* More heads than there are colours are drawn as their mean. */
static const char *mode_drawn(const gaze_head_page *page) {
    bool many = page->view.chosen_count > GAZE_HEAD_COLORS && strcmp(page->mode, "each") == 0;
    return many ? "mean" : page->mode;
}

static void put_mode(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms) {
    const char *const modes[] = {"each", "mean", "max", NULL};
    const char *const names[] = {terms->each, terms->mean, terms->max, NULL};
    gaze_html_select(svg, "mode", terms->show_as, modes, names, mode_drawn(page));
}

static void put_selects(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms) {
    const gaze_figure *figure = &page->view.figure;
    const char *const units[] = {"token", "word", NULL}, *const unit_names[] = {terms->token, terms->word, NULL};
    const char *const sums[] = {"0", "1", NULL}, *const sum_names[] = {terms->as_they_are, terms->divided, NULL};
    const char *const masses[] = {"30", "50", "70", "80", "90", "95", "99", NULL};
    const char *const mass_names[] = {"30 %", "50 %", "70 %", "80 %", "90 %", "95 %", "99 %", NULL};
    const char *const layout_names[] = {terms->vertical, terms->horizontal, terms->narrow, NULL};
    put_filter(svg, page, terms);
    gaze_html_select(svg, "unit", terms->unit, units, unit_names, units[figure->words]);
    gaze_html_special_select(svg, "special", figure->language, figure->special);
    gaze_html_select(svg, "renormalise", terms->rows, sums, sum_names, sums[figure->renormalised]);
    gaze_html_select(svg, "layout", terms->layout, gaze_head_view_layouts, layout_names,
                     gaze_head_view_layouts[gaze_head_view_layout(&page->view)]);
    gaze_html_select(svg, "scale", terms->scale, gaze_head_view_scales, terms->scales,
                     gaze_head_view_scales[figure->scale]);
    gaze_html_select(svg, "mass", terms->mass, masses, mass_names, "90");
}

/* What a narrow window folds away. */
static void put_more(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms) {
    gaze_html_begin_details(svg, "gaze-more", terms->more);
    gaze_svg_begin(svg, "div");
    gaze_svg_content(svg);
    put_selects(svg, page, terms);
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

static void put_controls(gaze_svg *svg, const gaze_head_page *page, const gaze_terms *terms, const bool *held) {
    gaze_html_begin_controls(svg, page->view.figure.language);
    put_layers(svg, page, terms, held);
    put_heads(svg, page, terms);
    put_mode(svg, page, terms);
    put_more(svg, page, terms);
    gaze_html_end_controls(svg, page->view.figure.language, gaze_head_view_keys(page->view.figure.language));
}

/* The table of the pinned token: what each head gives to each token ---------------------------------------- */

static void put_table(gaze_svg *svg, const gaze_head_page *page) {
    gaze_language language = page->view.figure.language;
    if (page->token_count > TABLE_TOKENS) return;
    gaze_html_begin_table(svg, language);
    for (size_t i = 0; i < page->head_count && i < GAZE_STRIP_HEADS; i++)
        gaze_html_heading(svg, gaze_words_of(language)->head, page->heads[i]);
    gaze_html_end_table(svg);
}

/* All of it ------------------------------------------------------------------------------------------ */

/* What is written before the page is: strings and numbers. */
typedef struct parts {
    gaze_edges edges;
    gaze_page_parts page;
    gaze_buffer scenes;
    bool *held; /* (layer_count) */
} parts;

static void free_parts(parts *p) {
    gaze_edges_deinit(&p->edges);
    gaze_page_parts_deinit(&p->page);
    gaze_buffer_deinit(&p->scenes);
    gaze_free(p->held);
}

static gaze_status compose(parts *p, const gaze_head_drawing *d, const gaze_head_page *page, gaze_error *err) {
    gaze_buffer *json = &p->page.json;
    gaze_head_view_compose(&p->page.texts, d);
    p->held = gaze_alloc_zero(page->layer_count, sizeof *p->held);
    gaze_status status = p->held ? gaze_head_page_put_data(json, p->held, page, err) : gaze_fail_memory(err);
    if (!status) status = gaze_head_page_put_scenes(json, &p->scenes, page, d->palette, err);
    if (status) return status;
    gaze_buffer_puts(json, "}\n");
    gaze_head_page_put_dropped(&p->page.dropped, p->held, page);
    return gaze_page_parts_status(&p->page, err);
}

static void write_page(const gaze_head_drawing *d, const parts *p, const gaze_head_page *page) {
    const gaze_terms *terms = gaze_terms_of(d->view->figure.language);
    const unsigned char *const scripts[] = {gaze_script_common, gaze_script_weights, gaze_script_edges,
                                            gaze_script_head_view, NULL};
    gaze_html_begin(d->svg, &d->view->figure, d->palette, p->page.texts.title.data);
    put_controls(d->svg, page, terms, p->held);
    gaze_html_readout(d->svg, &p->page.texts.readout);
    double height = d->layout->bottom + GAZE_HEAD_PAGE_GAP;
    gaze_html_begin_drawing(d->svg, &d->view->figure, d->palette, d->layout->width, height, terms->figure);
    gaze_head_view_draw(d);
    gaze_html_end_drawing(d->svg);
    gaze_html_caption(d->svg, &d->view->figure, &p->page.texts.caption, page->bits, p->page.dropped.data);
    put_table(d->svg, page);
    gaze_head_page_put_labels(d, page);
    gaze_head_view_put_scales(d);
    gaze_buffer_append(d->svg->out, p->scenes.data, p->scenes.length);
    gaze_html_end(d->svg, &p->page.json, scripts);
}

gaze_status gaze_head_view_html(gaze_buffer *out, gaze_buffer *dropped, const gaze_head_page *page, gaze_error *err) {
    const gaze_head_view *view = &page->view;
    gaze_status status = gaze_head_view_check(view, err);
    if (status) return status;
    gaze_palette palette;
    gaze_head_layout layout;
    parts p = {0};
    gaze_svg svg = gaze_svg_writer(out);
    status = gaze_edges_choose(&p.edges, view->panels, view->panel_count, view->row_count, view->column_count, err);
    if (status) return status;
    gaze_palette_fill(&palette, &view->figure);
    gaze_head_layout_make(&layout, view, GAZE_HEAD_PAGE_TOP, true);
    gaze_head_drawing d = {.svg = &svg,
                           .view = view,
                           .layout = &layout,
                           .edges = &p.edges,
                           .palette = &palette,
                           .words = gaze_words_of(view->figure.language),
                           .interactive = true};
    status = compose(&p, &d, page, err);
    if (!status) write_page(&d, &p, page);
    if (!status && dropped && p.page.dropped.length) gaze_buffer_puts(dropped, p.page.dropped.data);
    if (!status) status = gaze_buffer_status(out, err);
    free_parts(&p);
    return status;
}
