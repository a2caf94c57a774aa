#include "viz/text_view/page_data.h"

#include <string.h>

#include "viz/html/data.h"
#include "viz/scale.h"
#include "viz/sentence.h"
#include "viz/text_view/words.h"

/* [name, special, segment, width, after a blank, may begin a line, name as sentences have it] of each piece, as if
 * none were hidden. */
static void put_pieces(gaze_buffer *out, const gaze_text_drawing *d) {
    gaze_data_name(out, "pieces");
    for (size_t i = 0; i < d->view->count; i++) {
        gaze_text_piece piece = d->view->pieces[i];
        gaze_buffer quoted = {0};
        piece.hidden = false;
        gaze_text_piece_name(&quoted, &piece, d->words);
        if (quoted.failed) out->failed = true;
        gaze_buffer_puts(out, i ? ",[" : "[[");
        gaze_data_label(out, &piece.label);
        gaze_buffer_printf(out, ",%d,%d,", piece.label.special, (int)piece.label.segment);
        gaze_buffer_put_double(out, gaze_text_piece_width(d->layout, &piece));
        gaze_buffer_printf(out, ",%d,%d,", piece.after_blank, gaze_text_may_break_before(&piece));
        gaze_buffer_put_json_string(out, quoted.data ? quoted.data : "", quoted.length);
        gaze_buffer_putc(out, ']');
        gaze_buffer_deinit(&quoted);
    }
    gaze_buffer_putc(out, ']');
}

/* The places that are chosen. */
static void put_pin(gaze_buffer *out, const gaze_text_view *view) {
    const char *before = "[";
    gaze_data_name(out, "pin");
    for (size_t i = 0; i < view->count; i++) {
        if (!view->pieces[i].chosen) continue;
        gaze_buffer_printf(out, "%s%zu", before, i);
        before = ",";
    }
    gaze_buffer_putc(out, ']');
}

/* The templates that the script fills, so that it says what the figure in C says. */
static void put_words(gaze_buffer *out, const gaze_text_drawing *d) {
    const gaze_figure *figure = &d->view->figure;
    const gaze_words *w = d->words;
    const gaze_text_view_words *own = gaze_text_view_words_of(figure->language);
    const gaze_data_word list[] = {
        {"comma", w->comma},
        {"fullStop", w->full_stop},
        {"scale", w->scale_names[figure->scale][1]},
        {"fittedScale", w->fitted_scale},
        {"fitted", w->fitted},
        {"colon", own->colon},
        {"and", own->and },
        {"more", own->more},
        {"mean", own->mean},
        {"several", own->of_several},
        {"strongest", own->strongest},
        {"hidden", w->hidden},
        {"dimmed", w->dimmed},
        {"percent", w->percent},
        {"cut", figure->cut ? w->cut : ""},
        {"joined", figure->words ? w->joined : ""},
        {"renormalised", w->renormalised},
        {"segments", w->segments},
        {"counting", w->counting},
        {"title", figure->title ? figure->title : ""},
    };
    gaze_data_begin_words(out, w, list, sizeof list / sizeof *list);
    gaze_data_strings(out, "attends", own->attends, 2);
    gaze_data_strings(out, "reading", own->reading, 2);
    gaze_data_strings(out, "sum", own->sum, 2);
    gaze_data_strings(out, "readout", own->readout, 2);
    gaze_data_strings(out, "takes", w->takes, 2);
    gaze_data_strings(out, "ofIt", w->of_it, 2);
    gaze_buffer_putc(out, '}');
}

/* The marks of a scale that ends at 1: [place, label]. */
static void put_ticks(gaze_buffer *out, gaze_scale scale) {
    size_t count;
    const gaze_tick *ticks = gaze_scale_ticks(scale, &count);
    gaze_data_name(out, "ticks");
    for (size_t i = 0; i < count; i++) {
        gaze_buffer_puts(out, i ? ",[" : "[[");
        gaze_buffer_put_double(out, ticks[i].at);
        gaze_buffer_putc(out, ',');
        gaze_buffer_put_json_string(out, ticks[i].label, strlen(ticks[i].label));
        gaze_buffer_putc(out, ']');
    }
    gaze_buffer_putc(out, ']');
}

static void put_places(gaze_buffer *out, const gaze_text_layout *layout) {
    gaze_data_number(out, "left", layout->left);
    gaze_data_number(out, "room", GAZE_TEXT_VIEW_ROOM);
    gaze_data_number(out, "slack", GAZE_TEXT_VIEW_SLACK);
    gaze_data_number(out, "blank", GAZE_TEXT_VIEW_BLANK);
    gaze_data_number(out, "touching", GAZE_TEXT_VIEW_TOUCHING);
    gaze_data_number(out, "textGap", GAZE_TEXT_VIEW_TEXT_GAP);
    gaze_data_number(out, "mark", GAZE_TEXT_VIEW_MARK);
    gaze_data_number(out, "top", layout->first_y);
    gaze_data_number(out, "line", layout->line);
    gaze_data_number(out, "width", layout->width);
    gaze_data_number(out, "legend", layout->legend_x);
    gaze_data_number(out, "legendHeight", layout->legend_height);
    gaze_data_number(out, "legendEnd", layout->first_y + layout->legend_height + GAZE_LEGEND_FOOT);
}

static void put_state(gaze_buffer *out, const gaze_text_page *page) {
    const gaze_figure *figure = &page->view.figure;
    gaze_buffer_printf(out, "{\"bits\": %u", page->bits);
    gaze_data_figure(out, figure);
    gaze_data_flag(out, "fit", figure->fit && figure->scale == GAZE_SCALE_SQRT);
    gaze_data_string(out, "head", page->head);
    gaze_data_number(out, "layer", (double)page->layers[page->layer]);
    gaze_data_number(out, "cut", (double)figure->cut);
    gaze_data_flag(out, "received", page->view.received);
    put_pin(out, &page->view);
}

static gaze_status put_weights(gaze_buffer *out, bool *held, const gaze_text_page *page, gaze_error *err) {
    const gaze_data_layers layers = {.weights = page->weights,
                                     .layers = page->layers,
                                     .layer_count = page->layer_count,
                                     .head_count = page->head_count,
                                     .size = page->view.count * page->view.count,
                                     .bits = page->bits,
                                     .budget = page->budget};
    return gaze_data_weights(out, held, &layers, (size_t[]){page->layer, page->layer}, err);
}

gaze_status gaze_text_page_put_data(gaze_buffer *out, bool *held, const gaze_text_page *page,
                                    const gaze_text_drawing *d, gaze_error *err) {
    put_state(out, page);
    gaze_data_ramp(out, "ramp", d->palette->ramp);
    gaze_data_inks(out, "inks", d->palette->ramp, d->view->figure.theme == GAZE_THEME_AUTO);
    put_places(out, d->layout);
    put_ticks(out, d->view->figure.scale);
    put_pieces(out, d);
    gaze_data_layer_names(out, d->words, page->layers, page->layer_count);
    gaze_data_head_names(out, d->words, page->heads, page->head_count, d->view->figure.heads);
    put_words(out, d);
    gaze_status status = put_weights(out, held, page, err);
    gaze_buffer_puts(out, "}\n");
    return status ? status : gaze_buffer_status(out, err);
}
