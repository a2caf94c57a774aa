#include "viz/compare/page_data.h"

#include <string.h>

#include "viz/compare/words.h"
#include "viz/html/data.h"
#include "viz/sentence.h"

/* [x, y, pitch, pool, width, height, only strong numbers, their baseline, the side of a notch,
 * whether numbers are small] of each matrix. */
static void put_boxes(gaze_buffer *out, const gaze_compare_plan *plan) {
    gaze_data_name(out, "boxes");
    for (size_t i = 0; i < plan->count; i++) {
        const gaze_matrix_box *box = &plan->layout.boxes[i];
        const double numbers[] = {plan->x[i], plan->top[i], box->pitch,       (double)box->pool,
                                  box->width, box->height,  box->strong_only, gaze_matrix_number_drop(box),
                                  gaze_matrix_notch(box), box->number_font < GAZE_SMALL_FONT};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            gaze_buffer_puts(out, k ? "," : i ? ",[" : "[[");
            gaze_buffer_put_double(out, numbers[k]);
        }
        gaze_buffer_putc(out, ']');
    }
    gaze_buffer_putc(out, ']');
}

/* The templates that the script fills, so that it says what the figure in C says. */
static void put_words(gaze_buffer *out, const gaze_compare_plan *plan) {
    const gaze_figure *figure = &plan->compare->figure;
    const gaze_words *w = plan->words;
    const gaze_compare_words *own = gaze_compare_words_of(figure->language);
    const gaze_matrix_box *boxes = plan->layout.boxes;
    gaze_buffer pooled = {0};
    if (plan->layout.pool > 1)
        gaze_sentence_count(&pooled, w->pooled, (size_t[]){plan->layout.pool, plan->layout.pool}, 2);
    if (pooled.failed) out->failed = true;
    const gaze_data_word list[] = {
        {"comma", w->comma},
        {"fullStop", w->full_stop},
        {"from", w->from},
        {"to", w->to},
        {"is", w->is},
        {"openQuote", w->quotes[0]},
        {"closeQuote", w->quotes[1]},
        {"nth", w->nth},
        {"reading", w->reading},
        {"counting", w->counting},
        {"hidden", w->hidden},
        {"dimmed", w->dimmed},
        {"percent", w->percent},
        {"takes", w->takes[1]},
        {"ofIt", w->of_it[1]},
        {"joined", figure->words ? w->joined : ""},
        {"renormalised", figure->renormalised ? w->renormalised : ""},
        {"pooled", pooled.data ? pooled.data : ""},
        {"title", figure->title ? figure->title : ""},
        {"colon", own->colon},
        {"minus", own->minus},
        {"against", own->against},
        {"same", gaze_compare_same(plan->compare)},
        {"strongest", own->strongest},
        {"headline", own->headline},
        {"said", plan->compare->difference ? own->difference : own->none},
        {"largestA", own->largest[0]},
        {"largestB", own->largest[1]},
        {"inA", own->in_a},
        {"inB", own->in_b},
        {"frames", own->frames[1]},
        {"strong", gaze_compare_strong(plan->compare, &plan->layout)},
        {"clipped", own->clipped},
        {"notched", plan->count == GAZE_COMPARE_MOST && boxes[2].notches ? own->notched : ""},
        {"open", own->brackets[0]},
        {"close", own->brackets[1]},
        {"and", own->and },
        {"more", own->more},
        {"read", own->read},
    };
    gaze_data_begin_words(out, w, list, sizeof list / sizeof *list);
    gaze_buffer_putc(out, '}');
    gaze_buffer_deinit(&pooled);
}

/* One side ----------------------------------------------------------------------------------------------- */

/* [label, special, nth] of each token, hidden or not. */
static void put_labels(gaze_buffer *out, const gaze_compare_page_side *side) {
    gaze_data_name(out, "tokens");
    for (size_t i = 0; i < side->all; i++) {
        gaze_buffer_puts(out, i ? ",[" : "[[");
        gaze_data_label(out, &side->labels[i]);
        gaze_buffer_printf(out, ",%d,%zu]", side->labels[i].special, side->labels[i].nth);
    }
    gaze_buffer_putc(out, ']');
}

/* The layers of one side; where both have the same weights, those that either shows come first. */
static gaze_status put_weights(gaze_buffer *out, bool *held, const gaze_compare_page *page, size_t which,
                               gaze_error *err) {
    const gaze_compare_page_side *side = &page->sides[which];
    const gaze_data_layers layers = {.weights = side->weights,
                                     .layers = side->layers,
                                     .layer_count = side->layer_count,
                                     .head_count = side->head_count,
                                     .size = side->all * side->all,
                                     .bits = page->bits,
                                     .budget = page->one_source ? page->budget : page->budget / 2};
    const size_t first[2] = {side->layer, page->one_source ? page->sides[1].layer : side->layer};
    return gaze_data_weights(out, held, &layers, first, err);
}

static gaze_status put_side(gaze_buffer *out, bool *held, const gaze_compare_page *page,
                            const gaze_compare_plan *plan, size_t which, gaze_error *err) {
    const gaze_compare_page_side *side = &page->sides[which];
    const char *listed = plan->compare->sides[which].figure.heads;
    gaze_status status = GAZE_OK;
    gaze_buffer_printf(out, "{\"layer\": \"%zu\"", side->layers[side->layer]);
    gaze_data_string(out, "head", side->head);
    gaze_data_layer_names(out, plan->words, side->layers, side->layer_count);
    gaze_data_head_names(out, plan->words, side->heads, side->head_count, listed);
    gaze_data_numbers(out, "seen", side->seen, plan->compare->sides[which].count);
    put_labels(out, side);
    if (!which || !page->one_source) status = put_weights(out, held, page, which, err);
    gaze_buffer_putc(out, '}');
    return status;
}

gaze_status gaze_compare_page_put_data(gaze_buffer *out, bool *const held[2], const gaze_compare_page *page,
                                       const gaze_compare_plan *plan, gaze_error *err) {
    const gaze_figure *figure = &page->view.figure;
    bool turns = figure->theme == GAZE_THEME_AUTO;
    gaze_buffer_printf(out, "{\"bits\": %u", page->bits);
    gaze_data_figure(out, figure);
    gaze_data_ramp(out, "ramp", plan->palette.ramp);
    gaze_data_inks(out, "inks", plan->palette.ramp, turns);
    gaze_data_ramp(out, "signedRamp", plan->signed_ramp);
    gaze_data_inks(out, "signedInks", plan->signed_ramp, turns);
    put_boxes(out, plan);
    put_words(out, plan);
    gaze_buffer_puts(out, ",\n\"sides\": [");
    gaze_status status = put_side(out, held[0], page, plan, 0, err);
    gaze_buffer_puts(out, ",\n");
    if (!status) status = put_side(out, held[1], page, plan, 1, err);
    gaze_buffer_puts(out, "]}\n");
    if (page->one_source) memcpy(held[1], held[0], page->sides[0].layer_count * sizeof **held);
    return status ? status : gaze_buffer_status(out, err);
}
