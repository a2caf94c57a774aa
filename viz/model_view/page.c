/* The page of the model view: controls, grid, the place for one head, the place for a link. */
#include "viz/model_view/page.h"

#include "core/base/memory.h"
#include "viz/html/controls.h"
#include "viz/html/html.h"
#include "viz/html/parts.h"
#include "viz/html/scripts.h"
#include "viz/html/terms.h"
#include "viz/link_map/words.h"
#include "viz/model_view/page_data.h"
#include "viz/model_view/page_words.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

static const double FOOT = 16;
static const double LEAST_SCALE = 0.75; /* of the grid: with less room it scrolls, for its words could not be read */

/* "none" and every token, by its number. */
static void put_token_select(gaze_svg *svg, const gaze_model_view *view, const char *id, const char *label,
                             const char *none) {
    gaze_html_begin_select(svg, id, "", label);
    gaze_html_option(svg, "", none, NULL);
    for (size_t i = 0; i < view->count; i++) {
        gaze_buffer text = {0};
        gaze_sentence_label(&text, view->labels[i].text, view->labels[i].length);
        if (text.failed) svg->out->failed = true;
        gaze_svg_begin(svg, "option");
        gaze_svg_number(svg, "value", (double)i);
        gaze_svg_text(svg, text.data ? text.data : "", text.length);
        gaze_svg_puts(svg, " ");
        gaze_svg_count(svg, i);
        gaze_svg_end(svg);
        gaze_buffer_deinit(&text);
    }
    gaze_html_end_select(svg);
}

static void put_controls(gaze_svg *svg, const gaze_model_page *page) {
    gaze_language language = page->view.figure.language;
    const gaze_model_page_words *words = gaze_model_page_words_of(language);
    gaze_html_begin_controls(svg, language);
    gaze_html_select(svg, "sort", words->sort, gaze_model_sort_values, words->sorts, page->sort);
    gaze_html_special_select(svg, "special", language, page->special);
    put_token_select(svg, &page->view, "link-from", words->link_from, words->no_link);
    put_token_select(svg, &page->view, "link-to", words->link_to, words->no_link);
    gaze_html_end_controls(svg, language, words->keys);
}

/* What is the same in all thumbnails. */
static void put_thumb_style(const gaze_model_drawing *d) {
    gaze_buffer *out = d->svg->out;
    gaze_svg_begin(d->svg, "style");
    gaze_svg_raw(d->svg, "main{max-width:1900px}:root:not(.live) #gaze-readout{display:none}"
                         "#gaze-detail{position:sticky;top:8px;max-height:100vh;overflow:auto}#gaze-figure{min-width:");
    gaze_buffer_put_fixed(out, LEAST_SCALE * d->layout->width, 0);
    gaze_svg_raw(d->svg, "px}.gaze-thumb .gaze-heat{image-rendering:pixelated}"
                         ".gaze-frame{fill:none;stroke:var(--line);stroke-width:1}"
                         ".gaze-veil{fill:var(--paper);fill-opacity:.8;stroke:none}"
                         ".gaze-border{stroke:var(--ink);stroke-opacity:.6;stroke-width:1}"
                         ".gaze-guides{stroke-opacity:.4;stroke-width:1}.gaze-muted{fill:var(--muted)}"
                         ".gaze-bars{stroke:var(--ink);stroke-width:");
    gaze_buffer_put_fixed(out, gaze_model_bar_width(d), 2);
    gaze_svg_raw(d->svg, "}.gaze-thumb:hover .gaze-frame,.gaze-thumb:focus .gaze-frame{stroke-width:2.5}"
                         ".gaze-thumb[aria-pressed=true] .gaze-frame{stroke-width:3}.live .gaze-thumb{cursor:pointer}");
    gaze_svg_end(d->svg);
}

/* Text on cells, which the script draws; on a dark screen the cells turn, and the text with them. */
static const char CELL_STYLE[] =
    "section svg{max-width:100%;height:auto}section h2{font-size:16px;margin:4px 0}section p{max-width:50em}"
    ".gaze-on-paper{fill:#000}.gaze-on-ink{fill:#fff}";
static const char CELL_STYLE_DARK[] = ".gaze-on-paper{fill:#fff}.gaze-on-ink{fill:#000}";

static void put_cell_style(gaze_svg *svg, gaze_theme theme) {
    gaze_svg_begin(svg, "style");
    gaze_svg_raw(svg, CELL_STYLE);
    if (theme == GAZE_THEME_DARK) gaze_svg_raw(svg, CELL_STYLE_DARK);
    if (theme == GAZE_THEME_AUTO) {
        gaze_svg_raw(svg, "@media screen and (prefers-color-scheme:dark){");
        gaze_svg_raw(svg, CELL_STYLE_DARK);
        gaze_svg_raw(svg, "}");
    }
    gaze_svg_end(svg);
}

/* An empty element that the script fills. */
static void put_place(gaze_svg *svg, const char *element, const char *id, const char *label) {
    gaze_svg_begin(svg, element);
    gaze_svg_string(svg, "id", id);
    gaze_svg_string(svg, "aria-label", label);
    gaze_svg_string(svg, "style", "flex:1 1 380px;min-width:0");
    gaze_svg_string(svg, "hidden", "");
    gaze_svg_content(svg);
    gaze_svg_end(svg);
}

/* The colour bar, and one for differences, of which the script makes use beside a link's maps. */
static void put_bars(const gaze_model_drawing *d) {
    const gaze_figure *figure = &d->view->figure;
    const gaze_model_layout *layout = d->layout;
    gaze_rgb signed_ramp[GAZE_RAMP_LEVELS];
    gaze_page_signed_ramp(signed_ramp, figure);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", "gaze-bar");
    gaze_page_legend(d->svg, figure, d->palette, layout->legend_x, layout->top, layout->legend_height);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "defs");
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", "gaze-signed-bar");
    gaze_page_signed_legend(d->svg, figure, d->palette, signed_ramp, 1, false, layout->legend_x, layout->top,
                            layout->legend_height);
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
}

static gaze_status put_figure(const gaze_model_drawing *d, gaze_error *err) {
    const gaze_model_page_words *words = gaze_model_page_words_of(d->view->figure.language);
    const gaze_model_layout *layout = d->layout;
    gaze_html_begin_drawing(d->svg, &d->view->figure, d->palette, layout->width, layout->bottom + FOOT,
                            words->figure);
    gaze_status status = gaze_model_draw_grid(d, err);
    if (status) return status;
    gaze_model_draw_key(d);
    put_bars(d);
    gaze_html_end_drawing(d->svg);
    return GAZE_OK;
}

/* "0, 1, 2" of the layers whose weights are not there. */
static void put_dropped(gaze_buffer *out, const gaze_model_page *page, const bool *held) {
    const gaze_model_page_words *words = gaze_model_page_words_of(page->view.figure.language);
    gaze_buffer list = {0};
    for (size_t l = 0; l < page->view.panel_count / page->view.head_count; l++)
        if (!held[l])
            gaze_buffer_printf(&list, "%s%d", list.length ? ", " : "",
                               (int)page->view.panels[l * page->view.head_count].layer);
    if (list.failed) out->failed = true;
    if (list.length) gaze_words_put(out, words->left_out, (const char *[]){list.data});
    gaze_buffer_deinit(&list);
}

static gaze_status compose(gaze_page_parts *p, bool *held, const gaze_model_drawing *d, const gaze_model_page *page,
                           gaze_error *err) {
    gaze_panels_put_title(&p->texts.title, d->view->panels, d->view->panel_count, &d->view->figure, d->words);
    gaze_model_caption(&p->texts.caption, d);
    gaze_model_page_hint(&p->texts.readout, d);
    gaze_status status = gaze_model_page_put_data(&p->json, held, page, d, err);
    if (status) return status;
    put_dropped(&p->dropped, page, held);
    return gaze_page_parts_status(p, err);
}

/* Of the picture that shows without scripts, where it is not what they would draw. */
static void put_coarse(const gaze_model_drawing *d) {
    size_t times = gaze_model_coarseness(d);
    if (times == 1) return;
    gaze_svg_begin(d->svg, "noscript");
    gaze_svg_begin(d->svg, "p");
    gaze_svg_string(d->svg, "class", "note");
    gaze_svg_content(d->svg);
    const gaze_model_page_words *words = gaze_model_page_words_of(d->view->figure.language);
    gaze_words_put_counts(d->svg->out, words->coarse, (size_t[]){times, times}, 2);
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
}

static gaze_status write_page(const gaze_model_drawing *d, const gaze_page_parts *p, const gaze_model_page *page,
                              gaze_error *err) {
    const gaze_model_page_words *words = gaze_model_page_words_of(d->view->figure.language);
    const unsigned char *const scripts[] = {gaze_script_inflate, gaze_script_common, gaze_script_weights,
                                            gaze_script_dots, gaze_script_model_view, NULL};
    gaze_html_begin(d->svg, &d->view->figure, d->palette, p->texts.title.data);
    put_controls(d->svg, page);
    put_coarse(d);
    put_thumb_style(d);
    put_cell_style(d->svg, d->view->figure.theme);
    gaze_html_readout(d->svg, &p->texts.readout);
    gaze_svg_begin(d->svg, "div");
    gaze_svg_string(d->svg, "style", "display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start");
    gaze_svg_begin(d->svg, "div");
    gaze_svg_string(d->svg, "style", "flex:5 1 800px;min-width:0");
    gaze_svg_content(d->svg);
    gaze_status status = put_figure(d, err);
    if (status) return status;
    gaze_svg_end(d->svg);
    put_place(d->svg, "section", "gaze-detail", words->detail);
    gaze_svg_end(d->svg);
    put_place(d->svg, "section", "gaze-link", gaze_link_words_of(d->view->figure.language)->weight);
    gaze_html_caption(d->svg, &d->view->figure, &p->texts.caption, page->bits, p->dropped.data);
    gaze_html_end(d->svg, &p->json, scripts);
    return gaze_buffer_status(d->svg->out, err);
}

gaze_status gaze_model_view_html(gaze_buffer *out, const gaze_model_page *page, gaze_error *err) {
    gaze_model_plan plan;
    gaze_page_parts p = {0};
    gaze_model_drawing *d = &plan.drawing;
    gaze_status status = gaze_model_plan_make(&plan, out, &page->view, true, err);
    if (status) return status;
    bool *held = gaze_alloc_zero(page->view.panel_count / page->view.head_count, sizeof *held);
    status = held ? compose(&p, held, d, page, err) : gaze_fail_memory(err);
    d->redrawn = !status && gaze_model_page_redrawn(page, held);
    if (!status) status = write_page(d, &p, page, err);
    gaze_page_parts_deinit(&p);
    gaze_free(held);
    gaze_model_plan_deinit(&plan);
    return status;
}
