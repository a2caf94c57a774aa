#include "viz/model_view/page_data.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "viz/html/data.h"
#include "viz/html/quantise.h"
#include "viz/link_map/words.h"
#include "viz/model_view/page_words.h"
#include "viz/sentence.h"

enum { MOST_REDRAWN = 128, FEW_PANELS = 16 };

/* [label, special, segment, nth] */
static void put_tokens(gaze_buffer *out, const gaze_model_view *view) {
    gaze_data_name(out, "tokens");
    for (size_t i = 0; i < view->count; i++) {
        const gaze_label *label = &view->labels[i];
        gaze_buffer_puts(out, i ? ",[" : "[[");
        gaze_data_label(out, label);
        gaze_buffer_printf(out, ",%d,%d,%zu]", label->special, (int)label->segment, label->nth);
    }
    gaze_buffer_putc(out, ']');
}

/* [layer, head, value, value, ...] of one thumbnail. */
static void put_head(gaze_buffer *out, const gaze_panel *panel, const gaze_badge *badge) {
    gaze_buffer_printf(out, "[%d,%d", (int)panel->layer, (int)panel->head);
    for (size_t v = 0; v < GAZE_BADGE_VALUES; v++) {
        gaze_buffer_putc(out, ',');
        gaze_buffer_put_fixed(out, badge->values[v], 4);
    }
    gaze_buffer_putc(out, ']');
}

/* The heads in the order of the grid, then the means of the layers. */
static void put_heads(gaze_buffer *out, const gaze_model_drawing *d) {
    const gaze_model_view *view = d->view;
    gaze_data_name(out, "heads");
    for (size_t i = 0; i < view->panel_count; i++) {
        gaze_buffer_puts(out, i ? "," : "[");
        put_head(out, &view->panels[i], &view->badges[i]);
    }
    for (size_t i = 0; d->layout->means && i < view->panel_count / view->head_count; i++) {
        gaze_buffer_putc(out, ',');
        put_head(out, &view->means[i], &view->mean_badges[i]);
    }
    gaze_buffer_putc(out, ']');
}

static void put_grid(gaze_buffer *out, const gaze_model_drawing *d) {
    const gaze_model_layout *layout = d->layout;
    gaze_data_number(out, "columns", (double)layout->columns);
    gaze_data_number(out, "headCount", (double)d->view->panel_count);
    gaze_data_number(out, "perLayer", (double)d->view->head_count);
    gaze_data_number(out, "left", layout->left);
    gaze_data_number(out, "top", layout->top);
    gaze_data_number(out, "legend", layout->legend_x);
    gaze_data_number(out, "legendHeight", layout->legend_height);
    gaze_data_number(out, "side", layout->side);
    gaze_data_number(out, "dots", (double)layout->dots);
    gaze_data_number(out, "pitchX", layout->pitch_x);
    gaze_data_number(out, "pitchY", layout->pitch_y);
    gaze_data_flag(out, "named", layout->named);
}

/* The order of the heads for each word that sorts them. */
static void put_orders(gaze_buffer *out, const gaze_model_drawing *d) {
    gaze_model_view view = *d->view;
    size_t *order = gaze_alloc(view.panel_count, sizeof *order);
    if (!order) out->failed = true;
    gaze_data_name(out, "orders");
    for (size_t i = 0; gaze_model_sort_values[i] && order; i++) {
        gaze_model_view_sort(&view, gaze_model_sort_values[i]);
        gaze_model_order(order, &view);
        gaze_buffer_printf(out, "%s\"%s\": ", i ? ",\n" : "{", gaze_model_sort_values[i]);
        for (size_t k = 0; k < view.panel_count; k++)
            gaze_buffer_printf(out, "%c%zu", k ? ',' : '[', order[k]);
        gaze_buffer_putc(out, ']');
    }
    gaze_buffer_putc(out, '}');
    gaze_free(order);
}

void gaze_model_page_hint(gaze_buffer *out, const gaze_model_drawing *d) {
    gaze_model_headline(out, d);
    gaze_sentence_put(out, gaze_model_page_words_of(d->view->figure.language)->hint);
}

/* The templates that the script fills, so that it says what the figure in C says. */
static void put_words(gaze_buffer *out, const gaze_model_drawing *d) {
    const gaze_words *w = d->words;
    const gaze_model_words *m = d->model_words;
    const gaze_model_page_words *p = gaze_model_page_words_of(d->view->figure.language);
    const gaze_link_words *link = gaze_link_words_of(d->view->figure.language);
    gaze_buffer hint = {0};
    gaze_model_page_hint(&hint, d);
    if (hint.failed) out->failed = true;
    const gaze_data_word list[] = {
        {"layer", w->layer},
        {"head", w->head},
        {"comma", w->comma},
        {"from", w->from},
        {"to", w->to},
        {"is", w->is},
        {"open", w->quotes[0]},
        {"close", w->quotes[1]},
        {"nth", w->nth},
        {"full_stop", w->full_stop},
        {"list_comma", w->list_comma},
        {"mean", m->mean},
        {"short_head", m->short_head},
        {"colon", m->is_most},
        {"hint", hint.failed ? "" : hint.data},
        {"not_held", p->not_held},
        {"labels", p->labels},
        {"pooled", w->pooled},
        {"query", w->query},
        {"attends_from", w->attends_from},
        {"attended_to", w->attended_to},
        {"weight", link->weight},
        {"difference", link->difference},
        {"layer_axis", link->layer},
        {"head_axis", link->head},
        {"strongest", w->strongest},
        {"largest", link->largest},
        {"largest_difference", link->largest_difference},
        {"hidden", w->hidden},
        {"dimmed", w->dimmed},
        {"percent", w->percent},
        {"percent_range", w->percent_range},
        {"takes", w->takes[0]},
        {"of_it", w->of_it[0]},
    };
    gaze_data_strings(out, "valueNames", m->values, GAZE_BADGE_VALUES);
    gaze_data_begin_words(out, w, list, sizeof list / sizeof *list);
    gaze_buffer_putc(out, '}');
    gaze_buffer_deinit(&hint);
}

/* The heads of one layer, each a string. */
static gaze_status put_layer(gaze_buffer *out, const gaze_model_page *page, size_t l, gaze_error *err) {
    const gaze_model_view *view = &page->view;
    gaze_status status = GAZE_OK;
    for (size_t h = 0; h < view->head_count && !status; h++) {
        gaze_buffer_puts(out, h ? ",\n\"" : "[\"");
        status = gaze_put_weights_85(out, view->panels[l * view->head_count + h].weights,
                                  view->count * view->count, page->bits, err);
        gaze_buffer_putc(out, '"');
    }
    gaze_buffer_putc(out, ']');
    return status;
}

/* {"3": [...]}: from the last layer, which the tasks read, backwards as long as there is room. */
static gaze_status put_weights(gaze_buffer *out, bool *held, const gaze_model_page *page, gaze_error *err) {
    size_t layers = page->view.panel_count / page->view.head_count, start = out->length;
    gaze_status status = GAZE_OK;
    gaze_data_name(out, "weights");
    for (size_t l = layers; l-- > 0 && !status;) {
        size_t before = out->length;
        gaze_buffer_printf(out, "%s\"%zu\": ", l + 1 == layers ? "{" : ",\n", l);
        status = put_layer(out, page, l, err);
        held[l] = true;
        if (status || !page->budget || out->length - start <= page->budget || l + 1 == layers) continue;
        out->length = before; /* one too many */
        held[l] = false;
        break;
    }
    gaze_buffer_putc(out, '}');
    return status;
}

bool gaze_model_page_redrawn(const gaze_model_page *page, const bool *held) {
    const gaze_model_view *view = &page->view;
    bool redrawn = view->count <= MOST_REDRAWN && view->panel_count > FEW_PANELS;
    for (size_t i = 0; i < view->panel_count && redrawn; i++) {
        redrawn = held[i / view->head_count];
        for (size_t k = 0; k < view->count * view->count && redrawn; k++)
            redrawn = isfinite(view->panels[i].weights[k]);
    }
    return redrawn;
}

gaze_status gaze_model_page_put_data(gaze_buffer *out, bool *held, const gaze_model_page *page,
                                     const gaze_model_drawing *d, gaze_error *err) {
    gaze_figure begun = page->view.figure; /* special tokens: hiding them is the script's */
    begun.special = page->special;
    gaze_rgb signed_ramp[GAZE_RAMP_LEVELS];
    gaze_page_signed_ramp(signed_ramp, &page->view.figure);
    gaze_buffer_printf(out, "{\"bits\": %u", page->bits);
    gaze_data_figure(out, &begun);
    gaze_data_string(out, "sort", page->sort);
    gaze_data_ramp(out, "ramp", d->palette->ramp);
    gaze_data_ramp(out, "signedRamp", signed_ramp);
    gaze_data_color(out, "ink", d->palette->ink);
    gaze_data_color(out, "paper", d->palette->paper);
    gaze_data_color(out, "muted", d->palette->muted);
    put_tokens(out, &page->view);
    put_heads(out, d);
    put_grid(out, d);
    put_orders(out, d);
    put_words(out, d);
    gaze_status status = put_weights(out, held, page, err);
    gaze_data_flag(out, "redrawn", gaze_model_page_redrawn(page, held));
    gaze_buffer_puts(out, "}\n");
    return status ? status : gaze_buffer_status(out, err);
}
