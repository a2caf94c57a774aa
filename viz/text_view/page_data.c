#include "viz/text_view/page_data.h"

#include <string.h>

#include "viz/html/quantise.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/text_view/words.h"

/* "name": as every member but the first of an object begins. */
static void put_name(gaze_buffer *out, const char *name) {
    gaze_buffer_printf(out, ",\n\"%s\": ", name);
}

static void put_string(gaze_buffer *out, const char *name, const char *value) {
    put_name(out, name);
    gaze_buffer_put_json_string(out, value, strlen(value));
}

static void put_number(gaze_buffer *out, const char *name, double value) {
    put_name(out, name);
    gaze_buffer_put_double(out, value);
}

static void put_flag(gaze_buffer *out, const char *name, bool value) {
    put_name(out, name);
    gaze_buffer_puts(out, value ? "true" : "false");
}

/* The ramp's 256 colours; for each what is written on it: 1 black, and 2 black on a dark screen. */
static void put_colors(gaze_buffer *out, const gaze_text_drawing *d) {
    bool turns = d->view->figure.theme == GAZE_THEME_AUTO;
    put_name(out, "ramp");
    gaze_buffer_putc(out, '"');
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++) {
        gaze_rgb c = d->palette->ramp[i];
        gaze_buffer_printf(out, "%02x%02x%02x", c.r, c.g, c.b);
    }
    gaze_buffer_puts(out, "\",\n\"inks\": \"");
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++) {
        gaze_rgb c = d->palette->ramp[i];
        int ink = gaze_color_wants_black(c) + 2 * (turns && gaze_color_wants_black(gaze_color_darken(c)));
        gaze_buffer_putc(out, (char)('0' + ink));
    }
    gaze_buffer_putc(out, '"');
}

/* [name, special, segment, width, after a blank, may begin a line, name as sentences have it] of each piece, as if
 * none were hidden. */
static void put_pieces(gaze_buffer *out, const gaze_text_drawing *d) {
    put_name(out, "pieces");
    for (size_t i = 0; i < d->view->count; i++) {
        gaze_text_piece piece = d->view->pieces[i];
        gaze_buffer text = {0}, quoted = {0};
        piece.hidden = false;
        gaze_sentence_label(&text, piece.label.text, piece.label.length);
        gaze_sentence_name(&quoted, &piece.label, gaze_words_of(d->view->figure.language));
        if (text.failed || quoted.failed) out->failed = true;
        gaze_buffer_puts(out, i ? ",[" : "[[");
        gaze_buffer_put_json_string(out, text.data ? text.data : "", text.length);
        gaze_buffer_printf(out, ",%d,%d,", piece.label.special, (int)piece.label.segment);
        gaze_buffer_put_double(out, gaze_text_piece_width(&piece, d->layout->numbers));
        gaze_buffer_printf(out, ",%d,%d,", piece.after_blank, gaze_text_may_break_before(&piece));
        gaze_buffer_put_json_string(out, quoted.data ? quoted.data : "", quoted.length);
        gaze_buffer_putc(out, ']');
        gaze_buffer_deinit(&text);
        gaze_buffer_deinit(&quoted);
    }
    gaze_buffer_putc(out, ']');
}

/* The places that are chosen. */
static void put_pin(gaze_buffer *out, const gaze_text_view *view) {
    const char *before = "[";
    put_name(out, "pin");
    for (size_t i = 0; i < view->count; i++) {
        if (!view->pieces[i].chosen) continue;
        gaze_buffer_printf(out, "%s%zu", before, i);
        before = ",";
    }
    gaze_buffer_putc(out, ']');
}

/* "3": "layer 3", as one member of an object. */
static void put_panel(gaze_buffer *out, const char *key, const gaze_text_drawing *d, int32_t number, bool head) {
    const gaze_figure *figure = &d->view->figure;
    gaze_buffer name = {0};
    if (head)
        gaze_panel_put_head(&name, d->words, number, figure->heads);
    else
        gaze_panel_put_layer(&name, d->words, number, NULL);
    if (name.failed) out->failed = true;
    gaze_buffer_put_json_string(out, key, strlen(key));
    gaze_buffer_puts(out, ": ");
    gaze_buffer_put_json_string(out, name.data ? name.data : "", name.length);
    gaze_buffer_deinit(&name);
}

static void put_numbered(gaze_buffer *out, const gaze_text_drawing *d, size_t number, bool head) {
    char key[GAZE_FIXED_TEXT];
    put_panel(out, gaze_fixed_text(key, (double)number, 0), d, (int32_t)number, head);
}

/* The names of layers and heads, by number; the heads' numbers in the order of the weights. */
static void put_panels(gaze_buffer *out, const gaze_text_page *page, const gaze_text_drawing *d) {
    put_name(out, "layerNames");
    for (size_t i = 0; i < page->layer_count; i++) {
        gaze_buffer_putc(out, i ? ',' : '{');
        put_numbered(out, d, page->layers[i], false);
    }
    gaze_buffer_puts(out, "},\n\"headNames\": {");
    put_panel(out, "mean", d, GAZE_PANEL_MEAN, true);
    gaze_buffer_putc(out, ',');
    put_panel(out, "max", d, GAZE_PANEL_MAX, true);
    for (size_t i = 0; i < page->head_count; i++) {
        gaze_buffer_putc(out, ',');
        put_numbered(out, d, page->heads[i], true);
    }
    gaze_buffer_puts(out, "},\n\"heads\": ");
    for (size_t i = 0; i < page->head_count; i++)
        gaze_buffer_printf(out, "%s\"%zu\"", i ? "," : "[", page->heads[i]);
    gaze_buffer_putc(out, ']');
}

static void put_pair(gaze_buffer *out, const char *name, const char *const strings[2]) {
    put_name(out, name);
    for (size_t i = 0; i < 2; i++) {
        gaze_buffer_putc(out, i ? ',' : '[');
        gaze_buffer_put_json_string(out, strings[i], strlen(strings[i]));
    }
    gaze_buffer_putc(out, ']');
}

/* The templates that the script fills, so that it says what the figure in C says. */
static void put_words(gaze_buffer *out, const gaze_text_drawing *d) {
    const gaze_words *w = d->words;
    const gaze_text_view_words *own = gaze_text_view_words_of(d->view->figure.language);
    const char *const strings[][2] = {
        {"comma", w->comma},       {"fullStop", w->full_stop},
        {"colon", own->colon},     {"and", own->and},
        {"more", own->more},       {"mean", own->mean},
        {"several", own->of_several}, {"strongest", own->strongest},
        {"hidden", w->hidden},     {"dimmed", w->dimmed},
        {"percent", w->percent},   {"joined", d->view->figure.words ? w->joined : ""},
        {"renormalised", w->renormalised}, {"segments", w->segments},
        {"counting", w->counting}, {"title", d->view->figure.title ? d->view->figure.title : ""},
    };
    const struct {
        const char *name, *const *strings;
    } pairs[] = {{"attends", own->attends}, {"reading", own->reading},
                 {"sum", own->sum},         {"readout", own->readout}, {"takes", w->takes},
                 {"ofIt", w->of_it}};
    gaze_buffer_puts(out, ",\n\"words\": {\"language\": ");
    gaze_buffer_put_json_string(out, w->xml_lang, strlen(w->xml_lang));
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) put_string(out, strings[i][0], strings[i][1]);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) put_pair(out, pairs[i].name, pairs[i].strings);
    gaze_buffer_putc(out, '}');
}

static void put_places(gaze_buffer *out, const gaze_text_layout *layout) {
    put_number(out, "left", layout->left);
    put_number(out, "room", GAZE_TEXT_VIEW_ROOM);
    put_number(out, "slack", GAZE_TEXT_VIEW_SLACK);
    put_number(out, "blank", GAZE_TEXT_VIEW_BLANK);
    put_number(out, "touching", GAZE_TEXT_VIEW_TOUCHING);
    put_number(out, "textGap", GAZE_TEXT_VIEW_TEXT_GAP);
    put_number(out, "mark", GAZE_TEXT_VIEW_MARK);
    put_number(out, "top", layout->first_y);
    put_number(out, "line", layout->line);
    put_number(out, "width", layout->width);
    put_number(out, "legend", layout->legend_x);
    put_number(out, "legendEnd", layout->first_y + layout->legend_height + GAZE_LEGEND_FOOT);
}

static void put_state(gaze_buffer *out, const gaze_text_page *page) {
    static const char *const scales[] = {"sqrt", "linear", "xn", "row-max"};
    static const char *const specials[] = {"show", "dim", "hide"};
    const gaze_figure *figure = &page->view.figure;
    gaze_buffer_printf(out, "{\"bits\": %u", page->bits);
    put_string(out, "scale", scales[figure->scale]);
    put_string(out, "special", specials[figure->special]);
    put_string(out, "head", page->head);
    put_number(out, "layer", (double)page->layers[page->layer]);
    put_flag(out, "received", page->view.received);
    put_flag(out, "renormalise", figure->renormalised);
    put_pin(out, &page->view);
}

/* Weights ---------------------------------------------------------------------------------------------- */

/* "3": [...], the heads of one layer, each a string. */
static gaze_status put_layer(gaze_buffer *out, const gaze_text_page *page, size_t l, gaze_error *err) {
    size_t size = page->view.count * page->view.count;
    gaze_status status = GAZE_OK;
    gaze_buffer_printf(out, "\"%zu\": [", page->layers[l]);
    for (size_t h = 0; h < page->head_count && !status; h++) {
        gaze_buffer_puts(out, h ? ",\n\"" : "\"");
        status = gaze_put_weights_85(out, page->weights[l * page->head_count + h], size, page->bits, err);
        gaze_buffer_putc(out, '"');
    }
    gaze_buffer_putc(out, ']');
    return status;
}

/* The layer that is shown first, then from the last one backwards, while there is room. */
static gaze_status put_weights(gaze_buffer *out, bool *held, const gaze_text_page *page, gaze_error *err) {
    size_t start = out->length;
    put_name(out, "weights");
    gaze_buffer_putc(out, '{');
    gaze_status status = put_layer(out, page, page->layer, err);
    held[page->layer] = true;
    for (size_t l = page->layer_count; l-- > 0 && !status;) {
        size_t before = out->length;
        if (held[l]) continue;
        gaze_buffer_puts(out, ",\n");
        status = put_layer(out, page, l, err);
        held[l] = !page->budget || out->length - start <= page->budget;
        if (held[l]) continue;
        out->length = before; /* one too many */
        break;
    }
    gaze_buffer_putc(out, '}');
    return status;
}

gaze_status gaze_text_page_put_data(gaze_buffer *out, bool *held, const gaze_text_page *page,
                                    const gaze_text_drawing *d, gaze_error *err) {
    put_state(out, page);
    put_colors(out, d);
    put_places(out, d->layout);
    put_pieces(out, d);
    put_panels(out, page, d);
    put_words(out, d);
    gaze_status status = put_weights(out, held, page, err);
    gaze_buffer_puts(out, "}\n");
    return status ? status : gaze_buffer_status(out, err);
}
