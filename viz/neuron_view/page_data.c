#include "viz/neuron_view/page_data.h"

#include <string.h>

#include "viz/neuron_view/pack.h"
#include "viz/panel_name.h"

static void put_name(gaze_buffer *out, const char *name) {
    gaze_buffer_printf(out, "%s\"%s\":", out->data[out->length - 1] == '{' ? "" : ",", name);
}

static void put_count(gaze_buffer *out, const char *name, size_t value) {
    put_name(out, name);
    gaze_buffer_printf(out, "%zu", value);
}

static void put_double(gaze_buffer *out, const char *name, double value) {
    put_name(out, name);
    gaze_buffer_put_double(out, value);
}

static void put_flag(gaze_buffer *out, const char *name, bool value) {
    put_name(out, name);
    gaze_buffer_puts(out, value ? "true" : "false");
}

static void put_string(gaze_buffer *out, const char *name, const char *value) {
    put_name(out, name);
    gaze_buffer_put_json_string(out, value, strlen(value));
}

static void put_color(gaze_buffer *out, const char *name, gaze_rgb c) {
    put_name(out, name);
    gaze_buffer_printf(out, "\"#%02x%02x%02x\"", c.r, c.g, c.b);
}

/* A template whose {} are all counts that never change on the page. */
static void put_filled(gaze_buffer *out, const char *name, const char *template, const size_t *counts, size_t n) {
    gaze_buffer text = {0};
    gaze_words_put_counts(&text, template, counts, n);
    put_string(out, name, text.data ? text.data : "");
    if (text.failed) out->failed = true;
    gaze_buffer_deinit(&text);
}

static void put_counts(gaze_buffer *out, const gaze_neuron_drawing *d, const gaze_neuron_page *page) {
    const gaze_neuron_view *view = d->view;
    put_count(out, "tokens", view->token_count);
    put_count(out, "size", view->head_size);
    put_count(out, "firstLayer", page->first_layer);
    put_count(out, "layers", page->layer_count);
    put_count(out, "heads", page->head_count);
    put_count(out, "bits", page->bits);
    put_count(out, "decimals", (size_t)d->decimals);
    put_count(out, "part", d->facts->part);
    put_count(out, "layer", (size_t)view->layer);
    put_count(out, "head", (size_t)view->head);
    put_count(out, "query", view->query);
    put_count(out, "rows", view->row_count);
    put_flag(out, "sorted", view->sorted);
    put_flag(out, "all", gaze_neuron_all_queries(view));
    put_flag(out, "hide", view->figure.special == GAZE_SPECIAL_HIDE);
    put_flag(out, "titled", view->figure.title != NULL);
    put_color(out, "ink", d->palette->ink);
    put_color(out, "muted", d->palette->muted);
    put_name(out, "special");
    gaze_buffer_putc(out, '"');
    for (size_t t = 0; t < view->token_count; t++) gaze_buffer_putc(out, view->labels[t].special ? '1' : '0');
    gaze_buffer_putc(out, '"');
    put_name(out, "nth");
    for (size_t t = 0; t < view->token_count; t++) gaze_buffer_printf(out, "%c%zu", t ? ',' : '[', view->labels[t].nth);
    gaze_buffer_putc(out, ']');
}

static void put_places(gaze_buffer *out, const gaze_neuron_layout *layout) {
    put_double(out, "cell", layout->cell);
    put_double(out, "strip", layout->strip);
    put_double(out, "height", GAZE_NEURON_STRIP);
    put_double(out, "pitch", GAZE_NEURON_PITCH);
    put_double(out, "bar", GAZE_NEURON_BAR);
    put_double(out, "top", layout->top);
    put_double(out, "outputY", layout->output_y);
    put_double(out, "keyX", layout->key_x);
    put_double(out, "labels", layout->labels);
    put_name(out, "x");
    for (size_t c = 0; c < GAZE_NEURON_COLUMNS; c++) {
        gaze_buffer_putc(out, c ? ',' : '[');
        gaze_buffer_put_double(out, layout->x[c]);
    }
    gaze_buffer_putc(out, ']');
}

/* Of each level from -31 to 31 its colour, and whether text on it is black, on a light page and on a dark one. */
static void put_colors(gaze_buffer *out, const gaze_neuron_drawing *d) {
    bool by_screen = d->view->figure.theme == GAZE_THEME_AUTO;
    put_name(out, "colors");
    for (int level = -GAZE_NEURON_LEVELS; level <= GAZE_NEURON_LEVELS; level++) {
        gaze_rgb c = gaze_neuron_color(d->view, level);
        gaze_buffer_printf(out, "%s\"#%02x%02x%02x%d%d\"", level == -GAZE_NEURON_LEVELS ? "[" : ",", c.r, c.g, c.b,
                           gaze_color_wants_black(c), by_screen && gaze_color_wants_black(gaze_color_darken(c)));
    }
    gaze_buffer_putc(out, ']');
}

static void put_caption_words(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_neuron_words *w = d->words;
    size_t K = d->view->head_size;
    put_filled(out, "reading", w->reading, (size_t[]){K, K, d->view->token_count}, 3);
    put_filled(out, "cut", d->view->figure.cut ? d->common->cut : "", &d->view->figure.cut, 1);
    put_string(out, "allShown", w->all_shown);
    put_string(out, "someShown", w->some_shown);
    put_string(out, "takes", w->takes);
    put_string(out, "ofQuery", w->of_query);
    put_string(out, "treated", d->view->figure.special == GAZE_SPECIAL_SHOW   ? ""
                               : d->view->figure.special == GAZE_SPECIAL_HIDE ? w->hidden
                                                                              : w->dimmed);
    put_string(out, "dimensions", w->dimensions);
    put_string(out, "share", w->dimensions_share);
    put_string(out, "stop", d->common->full_stop);
    put_string(out, "sortedBy", w->sorted);
    put_string(out, "colors", w->colors);
    put_string(out, "longest", w->headings[GAZE_NEURON_WEIGHT].what);
    put_string(out, "outputOfAll", w->output_of_all);
    put_string(out, "clipped", w->clipped);
    put_string(out, "norm", w->norm);
    put_string(out, "counting", d->common->counting);
}

/* By column; empty where a column has no cells. */
static void put_cells(gaze_buffer *out, const gaze_neuron_words *w) {
    put_name(out, "cell");
    for (size_t c = 0; c < GAZE_NEURON_COLUMNS; c++) {
        const char *text = w->cell[c] ? w->cell[c] : "";
        gaze_buffer_putc(out, c ? ',' : '[');
        gaze_buffer_put_json_string(out, text, strlen(text));
    }
    gaze_buffer_putc(out, ']');
}

static void put_words(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_neuron_words *w = d->words;
    put_name(out, "words");
    gaze_buffer_putc(out, '{');
    put_string(out, "layer", d->common->layer);
    put_string(out, "comma", d->common->comma);
    put_string(out, "head", d->common->head);
    put_string(out, "from", w->from);
    put_string(out, "attends", d->common->attends[0]);
    put_string(out, "next", w->comma);
    put_string(out, "open", d->common->quotes[0]);
    put_string(out, "close", d->common->quotes[1]);
    put_string(out, "nth", d->common->nth);
    put_string(out, "rest", w->rest);
    put_string(out, "nothing", w->nothing);
    put_cells(out, w);
    put_string(out, "cellOutput", w->cell_output);
    put_caption_words(out, d);
    gaze_buffer_putc(out, '}');
}

/* Scales in full, so that the script computes with the same numbers. */
static gaze_status put_heads(gaze_buffer *out, const gaze_neuron_view *view, const gaze_neuron_page *page,
                             gaze_error *err) {
    gaze_status status = GAZE_OK;
    put_name(out, "vectors");
    for (size_t h = 0; h < page->layer_count * page->head_count && !status; h++) {
        const gaze_neuron_head *head = &page->heads[h];
        const float *const arrays[] = {head->queries, head->keys, head->values};
        const double scales[] = {head->query_scale, head->key_scale, head->value_scale};
        gaze_buffer_puts(out, h ? "],\n[" : "[\n[");
        for (size_t i = 0; i < 3; i++) {
            gaze_buffer_put_double(out, scales[i]);
            gaze_buffer_putc(out, ',');
        }
        gaze_buffer_putc(out, '"');
        status = gaze_neuron_pack(out, arrays, scales, 3, view->token_count * view->head_size, page->bits, err);
        gaze_buffer_putc(out, '"');
    }
    gaze_buffer_puts(out, "]]");
    return status;
}

gaze_status gaze_neuron_put_data(gaze_buffer *out, const gaze_neuron_drawing *d, const gaze_neuron_page *page,
                                 gaze_error *err) {
    gaze_buffer_putc(out, '{');
    if (out->failed) return gaze_buffer_status(out, err);
    put_counts(out, d, page);
    put_places(out, d->layout);
    put_colors(out, d);
    put_words(out, d);
    gaze_status status = put_heads(out, d->view, page, err);
    gaze_buffer_puts(out, "}\n");
    return status ? status : gaze_buffer_status(out, err);
}
