#include "viz/head_view/page_data.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "viz/html/data.h"
#include "viz/html/parts.h"
#include "viz/html/quantise.h"
#include "viz/html/terms.h"
#include "viz/sentence.h"
#include "viz/text.h"

static const double LABEL_EM = 14;

/* JSON ----------------------------------------------------------------------------------------------- */

/* The text of a buffer, which is given back. */
static void put_json(gaze_buffer *out, gaze_buffer *text) {
    gaze_buffer_put_json_string(out, text->length ? text->data : "", text->length);
    if (text->failed) out->failed = true;
    gaze_buffer_deinit(text);
}

static void put_text(gaze_buffer *out, const char *name, gaze_buffer *text) {
    gaze_buffer_printf(out, ",\"%s\":", name);
    put_json(out, text);
}

/* A unit, as a sentence names it, and what else is true of it: `second`: of the second text; `em`: what its letters
 * take; `wide`: it can stand upright; `kind`: of a special one. The brace is left open. */
static void put_unit(gaze_buffer *out, const gaze_label *label, const gaze_words *words) {
    gaze_buffer name = {0}, kind = {0};
    gaze_sentence_name(&name, label, words);
    gaze_buffer_puts(out, "{\"name\":");
    put_json(out, &name);
    gaze_buffer_puts(out, ",\"em\":");
    gaze_buffer_put_trimmed(out, gaze_head_layout_label_em(label), 4);
    if (label->segment) gaze_buffer_puts(out, ",\"second\":1");
    if (gaze_text_is_wide(label->text + label->marker, label->length - label->marker))
        gaze_buffer_puts(out, ",\"wide\":1");
    if (label->special) {
        gaze_sentence_label(&kind, label->text, label->length);
        gaze_buffer_puts(out, ",\"kind\":");
        put_json(out, &kind);
    }
}

/* Each with its first token, and the one behind its last. `starts`: of each unit its first token, and the end; NULL
 * where units are tokens. */
static void put_units(gaze_buffer *out, const char *name, const gaze_label *labels, const size_t *starts, size_t count,
                      const gaze_words *words) {
    gaze_data_name(out, name);
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i) gaze_buffer_puts(out, ",\n");
        put_unit(out, &labels[i], words);
        gaze_buffer_printf(out, ",\"start\":%zu,\"end\":%zu}", starts ? starts[i] : i, starts ? starts[i + 1] : i + 1);
    }
    gaze_buffer_putc(out, ']');
}

/* "xn": what is above uniform attention and what is below have colours of their own. */
static void put_ramp(gaze_buffer *out, const char *name, gaze_figure figure, gaze_scale scale) {
    gaze_palette palette;
    figure.scale = scale;
    gaze_palette_fill(&palette, &figure);
    gaze_buffer_printf(out, "\"%s\": \"", name);
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++)
        gaze_buffer_printf(out, "%02x%02x%02x", palette.ramp[i].r, palette.ramp[i].g, palette.ramp[i].b);
    gaze_buffer_putc(out, '"');
}

static void put_colors(gaze_buffer *out, const gaze_figure *figure) {
    gaze_data_name(out, "ramps");
    gaze_buffer_putc(out, '{');
    put_ramp(out, "sqrt", *figure, GAZE_SCALE_SQRT);
    gaze_buffer_putc(out, ',');
    put_ramp(out, "xn", *figure, GAZE_SCALE_TIMES_UNIFORM);
    gaze_buffer_putc(out, '}');
    gaze_data_name(out, "colors");
    for (size_t i = 0; i < GAZE_HEAD_COLORS; i++) {
        gaze_head_color head = gaze_head_color_of(i);
        gaze_rgb c = gaze_head_view_is_dark(figure) ? head.night : head.color;
        gaze_buffer_printf(out, "%s[\"#%02x%02x%02x\",", i ? "," : "[", c.r, c.g, c.b);
        gaze_buffer_printf(out, head.dash ? "\"%s\"]" : "null]", head.dash);
    }
    gaze_buffer_putc(out, ']');
    gaze_data_number(out, "leastOpacity", gaze_head_view_least_opacity(figure));
}

#define WORD(field) {#field, words->field}
#define TERM(field) {#field, terms->field}

/* " takes {} of it", for several heads and for one. */
static void put_takes(gaze_buffer *out, const gaze_words *words) {
    gaze_data_name(out, "takes");
    for (int one = 0; one < 2; one++) {
        gaze_buffer text = {0};
        gaze_buffer_printf(&text, "%s{}%s", words->takes[one], words->of_it[one]);
        gaze_buffer_putc(out, one ? ',' : '[');
        gaze_buffer_put_json_string(out, text.length ? text.data : "", text.length);
        if (text.failed) out->failed = true;
        gaze_buffer_deinit(&text);
    }
    gaze_buffer_putc(out, ']');
}

/* "mean over layers (0, 2)"; all of them need not be told. */
static void put_layer_mean(gaze_buffer *out, const gaze_words *words, const gaze_head_page *page) {
    gaze_buffer text = {0};
    gaze_buffer_puts(&text, words->layer_mean);
    for (size_t i = 0; i < page->layer_count && page->layer_count < page->model_layers; i++)
        gaze_buffer_printf(&text, "%s%zu%s", i ? ", " : " (", page->layers[i], i + 1 < page->layer_count ? "" : ")");
    put_text(out, "layer_mean", &text);
}

/* The templates that the script fills, so that it says what the figure in C says. */
static void put_words(gaze_buffer *out, const gaze_head_page *page) {
    const gaze_words *words = gaze_words_of(page->view.figure.language);
    const gaze_terms *terms = gaze_terms_of(page->view.figure.language);
    const gaze_data_word list[] = {
        WORD(layer),         WORD(head),           WORD(heads),       WORD(heads_listed), WORD(head_mean),
        WORD(head_max),      WORD(comma),          WORD(sums_to_one), WORD(percent),      WORD(sums_between),
        WORD(percent_range), WORD(others),         WORD(strip),       WORD(link),         WORD(mean_of),
        WORD(renormalised),  WORD(reading_lines),  WORD(list_comma),  WORD(full_stop),    WORD(edges_drawn),
        WORD(left_out_bars), WORD(strongest_link), WORD(next_words),  TERM(no_head),
    };
    gaze_data_begin_words(out, words, list, sizeof list / sizeof *list);
    gaze_data_string(out, "hide", words->hidden);
    gaze_data_string(out, "dim", words->dimmed);
    gaze_data_name(out, "attends");
    gaze_buffer_puts(out, "{\"from\": ");
    gaze_buffer_put_json_string(out, words->attends[0], strlen(words->attends[0]));
    gaze_data_string(out, "to", words->attends[1]);
    gaze_buffer_putc(out, '}');
    put_takes(out, words);
    put_layer_mean(out, words, page);
    gaze_buffer_putc(out, '}');
}

/* What the page shows first. */
static void put_state(gaze_buffer *out, const gaze_head_page *page) {
    static const char *const filters[] = {"all", "aa", "ab", "ba", "bb"}, *const specials[] = {"show", "dim", "hide"};
    const gaze_head_view *view = &page->view;
    gaze_data_name(out, "state");
    if (page->layer_mean)
        gaze_buffer_puts(out, "{\"layer\": \"mean\"");
    else
        gaze_buffer_printf(out, "{\"layer\": \"%zu\"", page->layer);
    gaze_data_string(out, "mass", "90");
    gaze_data_numbers(out, "heads", page->view.chosen, page->view.chosen_count);
    gaze_data_numbers(out, "pin", page->pinned, page->pinned_count);
    gaze_data_string(out, "side", view->pinned_keys ? "to" : "from");
    gaze_data_string(out, "mode", page->mode);
    gaze_data_string(out, "filter", filters[view->filter]);
    gaze_data_string(out, "unit", view->figure.words ? "word" : "token");
    gaze_data_string(out, "special", specials[view->figure.special]);
    gaze_data_string(out, "scale", gaze_head_view_scales[view->figure.scale]);
    gaze_data_string(out, "layout", gaze_head_view_layouts[gaze_head_view_layout(view)]);
    gaze_data_string(out, "renormalise", view->figure.renormalised ? "1" : "0");
    gaze_buffer_putc(out, '}');
}

/* Weights -------------------------------------------------------------------------------------------- */

/* [head, head, ...] of one layer, each a string. */
static gaze_status put_layer(gaze_buffer *out, const gaze_head_page *page, size_t i, gaze_error *err) {
    size_t size = page->token_count * page->token_count;
    gaze_status status = GAZE_OK;
    for (size_t h = 0; h < page->head_count && !status; h++) {
        gaze_buffer_puts(out, h ? ",\n\"" : "[\"");
        status = gaze_put_weights_85(out, page->attentions[i] + page->heads[h] * size, size, page->bits, err);
        gaze_buffer_putc(out, '"');
    }
    gaze_buffer_putc(out, ']');
    return status;
}

/* The layer nearest to the first one shown that was not yet tried; layer_count when there is none. */
static size_t next_layer(const gaze_head_page *page, const bool *tried) {
    size_t best = page->layer_count, least = 0;
    for (size_t i = 0; i < page->layer_count; i++) {
        size_t l = page->layers[i], distance = l > page->layer ? l - page->layer : page->layer - l;
        if (tried[i] || (best < page->layer_count && distance >= least)) continue;
        best = i;
        least = distance;
    }
    return best;
}

/* Layers from the first one outwards, as long as there is room. */
static gaze_status put_weights(gaze_buffer *out, bool *held, const gaze_head_page *page, gaze_error *err) {
    size_t start = out->length, i;
    gaze_status status = GAZE_OK;
    gaze_data_name(out, "weights");
    while (!status && (i = next_layer(page, held)) < page->layer_count) {
        size_t before = out->length;
        gaze_buffer_printf(out, "%s\"%zu\": ", before == start + strlen(",\n\"weights\": ") ? "{" : ",\n",
                           page->layers[i]);
        status = put_layer(out, page, i, err);
        held[i] = true;
        if (status || !page->budget || out->length - start <= page->budget || page->layers[i] == page->layer) continue;
        out->length = before; /* one too many */
        held[i] = false;
        break;
    }
    gaze_buffer_putc(out, '}');
    return status;
}

static void put_held(gaze_buffer *out, const bool *held, const gaze_head_page *page) {
    bool first = true;
    gaze_data_name(out, "layers");
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < page->layer_count; i++) {
        if (!held[i]) continue;
        gaze_buffer_printf(out, "%s\"%zu\"", first ? "" : ",", page->layers[i]);
        first = false;
    }
    gaze_buffer_putc(out, ']');
}

gaze_status gaze_head_page_put_data(gaze_buffer *out, bool *held, const gaze_head_page *page,
                                    gaze_error *err) {
    const gaze_words *words = gaze_words_of(page->view.figure.language);
    gaze_buffer_printf(out, "{\"bits\": %u", page->bits);
    gaze_data_string(out, "title", page->view.figure.title);
    gaze_data_numbers(out, "heads", page->heads, page->head_count);
    gaze_data_number(out, "modelHeads", (double)page->model_heads);
    gaze_data_flag(out, "sumsToOne", page->view.rounded);
    put_units(out, "token", page->tokens, NULL, page->token_count, words);
    put_units(out, "word", page->words, page->word_starts, page->word_count, words);
    put_colors(out, &page->view.figure);
    put_words(out, page);
    put_state(out, page);
    gaze_status status = put_weights(out, held, page, err);
    put_held(out, held, page);
    return status ? status : gaze_buffer_status(out, err);
}

/* Around it ------------------------------------------------------------------------------------------ */

static size_t count_not_numbers(const gaze_head_page *page) {
    size_t count = 0, size = page->token_count * page->token_count;
    for (size_t i = 0; i < page->layer_count; i++)
        for (size_t h = 0; h < page->head_count; h++)
            for (size_t k = 0; k < size; k++) if (!isfinite(page->attentions[i][page->heads[h] * size + k])) count++;
    return count;
}

void gaze_head_page_put_dropped(gaze_buffer *out, const bool *held, const gaze_head_page *page) {
    const gaze_terms *terms = gaze_terms_of(page->view.figure.language);
    gaze_buffer list = {0};
    size_t not_numbers = count_not_numbers(page);
    gaze_page_put_left_out(&list, page->layers, held, page->layer_count);
    if (list.failed) out->failed = true;
    if (list.length) gaze_sentence_fill(out, terms->left_out, (const char *[]){list.data});
    if (not_numbers) gaze_sentence_count(out, terms->not_numbers, &not_numbers, 1);
    gaze_buffer_deinit(&list);
}

/* The look of a label, in the template as in the figure. */
static void put_token(const gaze_head_drawing *d, const gaze_label *label) {
    gaze_svg_string(d->svg, "class", label->special ? "gaze-token gaze-muted" : "gaze-token");
    if (label->special) gaze_svg_color(d->svg, "fill", d->palette->muted);
}

static void put_template(const gaze_head_drawing *d, const char *id, const gaze_label *labels, size_t count) {
    gaze_svg_begin(d->svg, "template");
    gaze_svg_string(d->svg, "id", id);
    gaze_svg_begin(d->svg, "svg");
    gaze_svg_content(d->svg);
    for (size_t i = 0; i < count; i++) {
        gaze_svg_begin(d->svg, "text");
        put_token(d, &labels[i]);
        gaze_label_put_title(d->svg, &labels[i], d->words);
        gaze_label_write(d->svg, &labels[i], LABEL_EM, d->palette->muted);
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_head_page_put_labels(const gaze_head_drawing *d, const gaze_head_page *page) {
    put_template(d, "gaze-tokens", page->tokens, page->token_count);
    put_template(d, "gaze-words", page->words, page->word_count);
}

const char *const *gaze_head_view_keys(gaze_language language) {
    static const char *const english[] = {
        "Mouse", "rest on a token to see its lines alone; click pins it; shift-click adds one: the mean over them",
        "Touch", "tap a token to pin it",
        "Heads", "click switches a head on or off; double click leaves it alone, and again brings all back",
        "Arrow keys", "from token to token, and to the other side", "Enter", "pins the token; with shift adds it",
        "Esc", "unpins", "[ and ]", "previous and next layer", ", and .", "previous and next head, alone",
        "?", "this help", NULL};
    static const char *const chinese[] = {
        "鼠标", "停在词元上只看它的连线；单击选定；按住 Shift 单击再加一个：取平均",
        "触摸", "轻触词元即选定", "头", "单击开关一个头；双击只留它，再双击恢复全部",
        "方向键", "在词元之间移动，或到另一侧", "Enter", "选定词元；加 Shift 则追加",
        "Esc", "取消选定", "[ 和 ]", "上一层、下一层", ", 和 .", "只看上一个、下一个头",
        "?", "本帮助", NULL};
    return language == GAZE_LANGUAGE_ZH ? chinese : english;
}
