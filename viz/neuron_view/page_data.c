#include "viz/neuron_view/page_data.h"

#include <string.h>

#include "viz/html/data.h"
#include "viz/neuron_view/pack.h"

/* A template whose {} are all counts that never change on the page. */
static void put_filled(gaze_buffer *out, const char *name, const char *template, const size_t *counts, size_t n) {
    gaze_buffer text = {0};
    gaze_words_put_counts(&text, template, counts, n);
    gaze_data_string(out, name, text.data ? text.data : "");
    if (text.failed) out->failed = true;
    gaze_buffer_deinit(&text);
}

/* Members that are counts; the first of all begins the object. */
static void put_counts(gaze_buffer *out, const gaze_neuron_drawing *d, const gaze_neuron_page *page) {
    const gaze_neuron_view *view = d->view;
    const struct {
        const char *name;
        size_t value;
    } counts[] = {{"size", view->head_size},      {"firstLayer", page->first_layer}, {"layers", page->layer_count},
                  {"heads", page->head_count},    {"bits", page->bits},              {"decimals", (size_t)d->decimals},
                  {"part", d->facts->part},       {"layer", (size_t)view->layer},    {"head", (size_t)view->head},
                  {"query", view->query}};
    gaze_buffer_printf(out, "{\"tokens\": %zu", view->token_count);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        gaze_data_number(out, counts[i].name, (double)counts[i].value);
}

/* What is drawn of them, and how. */
static void put_state(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_neuron_view *view = d->view;
    gaze_data_figure(out, &view->figure);
    gaze_data_flag(out, "sorted", view->sorted);
    gaze_data_flag(out, "all", gaze_neuron_all_queries(view));
    gaze_data_flag(out, "titled", view->figure.title != NULL);
    gaze_data_color(out, "ink", d->palette->ink);
    gaze_data_color(out, "muted", d->palette->muted);
}

/* Of each token: whether it is special, and which of several it is. */
static void put_tokens(gaze_buffer *out, const gaze_neuron_view *view) {
    gaze_data_name(out, "specials");
    gaze_buffer_putc(out, '"');
    for (size_t t = 0; t < view->token_count; t++) gaze_buffer_putc(out, view->labels[t].special ? '1' : '0');
    gaze_buffer_putc(out, '"');
    gaze_data_name(out, "nth");
    for (size_t t = 0; t < view->token_count; t++) gaze_buffer_printf(out, "%c%zu", t ? ',' : '[', view->labels[t].nth);
    gaze_buffer_putc(out, ']');
}

static void put_places(gaze_buffer *out, const gaze_neuron_layout *layout) {
    gaze_data_number(out, "cell", layout->cell);
    gaze_data_number(out, "strip", layout->strip);
    gaze_data_number(out, "height", GAZE_NEURON_STRIP);
    gaze_data_number(out, "pitch", GAZE_NEURON_PITCH);
    gaze_data_number(out, "bar", GAZE_NEURON_BAR);
    gaze_data_number(out, "top", layout->top);
    gaze_data_number(out, "outputY", layout->output_y);
    gaze_data_number(out, "outputGap", layout->output_gap);
    gaze_data_number(out, "scaleGap", layout->scale_y - layout->output_y);
    gaze_data_number(out, "below", layout->bottom - layout->scale_y);
    gaze_data_number(out, "keyX", layout->key_x);
    gaze_data_number(out, "labels", layout->labels);
    gaze_data_name(out, "x");
    for (size_t c = 0; c < GAZE_NEURON_COLUMNS; c++) {
        gaze_buffer_putc(out, c ? ',' : '[');
        gaze_buffer_put_double(out, layout->x[c]);
    }
    gaze_buffer_putc(out, ']');
}

/* Of each level from -31 to 31 its colour, and whether text on it is black, on a light page and on a dark one. */
static void put_colors(gaze_buffer *out, const gaze_neuron_drawing *d) {
    bool by_screen = d->view->figure.theme == GAZE_THEME_AUTO;
    gaze_data_name(out, "colors");
    for (int level = -GAZE_NEURON_LEVELS; level <= GAZE_NEURON_LEVELS; level++) {
        gaze_rgb c = gaze_neuron_color(d->view, level);
        gaze_buffer_printf(out, "%s\"#%02x%02x%02x%d%d\"", level == -GAZE_NEURON_LEVELS ? "[" : ",", c.r, c.g, c.b,
                           gaze_color_wants_black(c), by_screen && gaze_color_wants_black(gaze_color_darken(c)));
    }
    gaze_buffer_putc(out, ']');
}

/* By column; empty where a column has no cells. */
static void put_cells(gaze_buffer *out, const gaze_neuron_words *w) {
    gaze_data_name(out, "cell");
    for (size_t c = 0; c < GAZE_NEURON_COLUMNS; c++) {
        const char *text = w->cell[c] ? w->cell[c] : "";
        gaze_buffer_putc(out, c ? ',' : '[');
        gaze_buffer_put_json_string(out, text, strlen(text));
    }
    gaze_buffer_putc(out, ']');
}

static void put_words(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_neuron_words *w = d->words;
    const gaze_words *common = d->common;
    const size_t K = d->view->head_size;
    const gaze_data_word list[] = {
        {"layer", common->layer},       {"comma", common->comma},
        {"head", common->head},         {"from", w->from},
        {"attends", common->attends[0]}, {"next", w->comma},
        {"open", common->quotes[0]},    {"close", common->quotes[1]},
        {"nth", common->nth},           {"rest", w->rest},
        {"nothing", w->nothing},        {"cellOutput", w->cell_output},
        {"allShown", w->all_shown},     {"someShown", w->some_shown},
        {"takes", w->takes},            {"ofQuery", w->of_query},
        {"hide", w->hidden},            {"dim", w->dimmed},
        {"dimensions", w->dimensions},  {"share", w->dimensions_share},
        {"stop", common->full_stop},    {"sortedBy", w->sorted},
        {"colors", w->colors},          {"longest", w->headings[GAZE_NEURON_WEIGHT].what},
        {"outputOfAll", w->output_of_all}, {"others", w->others_sum},
        {"shown", w->shown_sum},        {"clipped", w->clipped},
        {"norm", w->norm},              {"counting", common->counting},
    };
    gaze_data_begin_words(out, common, list, sizeof list / sizeof *list);
    put_cells(out, w);
    put_filled(out, "reading", w->reading, (size_t[]){K, K, d->view->token_count}, 3);
    put_filled(out, "cut", d->view->figure.cut ? common->cut : "", &d->view->figure.cut, 1);
    gaze_buffer_putc(out, '}');
}

/* Scales in full, so that the script computes with the same numbers. */
static gaze_status put_heads(gaze_buffer *out, const gaze_neuron_view *view, const gaze_neuron_page *page,
                             gaze_error *err) {
    gaze_status status = GAZE_OK;
    gaze_data_name(out, "vectors");
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
    put_counts(out, d, page);
    put_state(out, d);
    put_tokens(out, d->view);
    put_places(out, d->layout);
    put_colors(out, d);
    put_words(out, d);
    gaze_status status = put_heads(out, d->view, page, err);
    gaze_buffer_puts(out, "}\n");
    return status ? status : gaze_buffer_status(out, err);
}
