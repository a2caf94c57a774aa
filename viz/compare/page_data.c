#include "viz/compare/page_data.h"

#include <string.h>

#include "viz/compare/words.h"
#include "viz/html/quantise.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

static void put_string(gaze_buffer *out, const char *name, const char *value) {
    gaze_buffer_printf(out, ",\n\"%s\": ", name);
    gaze_buffer_put_json_string(out, value, strlen(value));
}

/* A ramp's 256 colours; for each what is written on it: 1 black, and 2 black on a dark screen. */
static void put_colors(gaze_buffer *out, const char *ramp_name, const char *ink_name, const gaze_rgb *ramp, bool turns) {
    gaze_buffer_printf(out, ",\n\"%s\": \"", ramp_name);
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++)
        gaze_buffer_printf(out, "%02x%02x%02x", ramp[i].r, ramp[i].g, ramp[i].b);
    gaze_buffer_printf(out, "\",\n\"%s\": \"", ink_name);
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++)
        gaze_buffer_putc(out, (char)('0' + gaze_color_wants_black(ramp[i]) +
                                     2 * (turns && gaze_color_wants_black(gaze_color_darken(ramp[i])))));
    gaze_buffer_putc(out, '"');
}

/* [x, y, pitch, pool, width, height, only strong numbers, their baseline] of each matrix. */
static void put_boxes(gaze_buffer *out, const gaze_compare_plan *plan) {
    gaze_buffer_puts(out, ",\n\"boxes\": ");
    for (size_t i = 0; i < plan->count; i++) {
        const gaze_matrix_box *box = &plan->layout.boxes[i];
        const double numbers[] = {plan->x[i],  plan->top[i], box->pitch,       (double)box->pool,
                                  box->width, box->height,  box->strong_only, gaze_matrix_number_drop(box)};
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
    const char *const strings[][2] = {
        {"comma", w->comma},
        {"fullStop", w->full_stop},
        {"from", w->from},
        {"to", w->to},
        {"is", w->is},
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
        {"said", plan->compare->difference ? own->difference : own->none},
        {"largestA", own->largest[0]},
        {"largestB", own->largest[1]},
        {"inA", own->in_a},
        {"inB", own->in_b},
        {"frames", own->frames[1]},
        {"strong", boxes[0].numbers && boxes[0].strong_only ? own->strong : ""},
        {"clipped", own->clipped},
        {"notched", plan->count == GAZE_COMPARE_MOST && boxes[2].notches ? own->notched : ""},
        {"open", own->brackets[0]},
        {"close", own->brackets[1]},
        {"and", own->and},
        {"more", own->more},
        {"read", own->read},
    };
    gaze_buffer_puts(out, ",\n\"words\": {\"language\": ");
    gaze_buffer_put_json_string(out, w->xml_lang, strlen(w->xml_lang));
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) put_string(out, strings[i][0], strings[i][1]);
    gaze_buffer_putc(out, '}');
    gaze_buffer_deinit(&pooled);
}

/* One side ----------------------------------------------------------------------------------------------- */

/* "3": "layer 3", as one member of an object. */
static void put_name(gaze_buffer *out, const gaze_compare_plan *plan, size_t which, const char *key, int32_t number,
                     bool head) {
    gaze_buffer name = {0};
    if (head)
        gaze_panel_put_head(&name, plan->words, number, plan->compare->sides[which].figure.heads);
    else
        gaze_panel_put_layer(&name, plan->words, number, NULL);
    if (name.failed) out->failed = true;
    gaze_buffer_put_json_string(out, key, strlen(key));
    gaze_buffer_puts(out, ": ");
    gaze_buffer_put_json_string(out, name.data ? name.data : "", name.length);
    gaze_buffer_deinit(&name);
}

static void put_names(gaze_buffer *out, const gaze_compare_plan *plan, size_t which, const size_t *numbers, size_t count,
                      bool head) {
    for (size_t i = 0; i < count; i++) {
        char key[GAZE_FIXED_TEXT];
        if (i || head) gaze_buffer_putc(out, ',');
        put_name(out, plan, which, gaze_fixed_text(key, (double)numbers[i], 0), (int32_t)numbers[i], head);
    }
    gaze_buffer_putc(out, '}');
}

static void put_numbers(gaze_buffer *out, const char *name, const size_t *numbers, size_t count, const char *quote) {
    gaze_buffer_printf(out, ",\n\"%s\": [", name);
    for (size_t i = 0; i < count; i++) gaze_buffer_printf(out, "%s%s%zu%s", i ? "," : "", quote, numbers[i], quote);
    gaze_buffer_putc(out, ']');
}

/* [name, special] of each token, hidden or not. */
static void put_labels(gaze_buffer *out, const gaze_compare_page_side *side) {
    gaze_buffer_puts(out, ",\n\"tokens\": ");
    for (size_t i = 0; i < side->all; i++) {
        gaze_buffer text = {0};
        gaze_sentence_label(&text, side->labels[i].text, side->labels[i].length);
        if (text.failed) out->failed = true;
        gaze_buffer_puts(out, i ? ",[" : "[[");
        gaze_buffer_put_json_string(out, text.data ? text.data : "", text.length);
        gaze_buffer_printf(out, ",%d]", side->labels[i].special);
        gaze_buffer_deinit(&text);
    }
    gaze_buffer_putc(out, ']');
}

/* "3": [...], the heads of one layer, each a string. */
static gaze_status put_layer(gaze_buffer *out, const gaze_compare_page_side *side, unsigned bits, size_t l,
                             gaze_error *err) {
    gaze_status status = GAZE_OK;
    gaze_buffer_printf(out, "\"%zu\": [", side->layers[l]);
    for (size_t h = 0; h < side->head_count && !status; h++) {
        gaze_buffer_puts(out, h ? ",\n\"" : "\"");
        status = gaze_put_weights_85(out, side->weights[l * side->head_count + h], side->all * side->all, bits, err);
        gaze_buffer_putc(out, '"');
    }
    gaze_buffer_putc(out, ']');
    return status;
}

/* The layers that are shown first, then from the last one backwards, while there is room. `first` and `second` may be
 * the same. */
static gaze_status put_weights(gaze_buffer *out, bool *held, const gaze_compare_page_side *side, unsigned bits,
                               size_t budget, const size_t first[2], gaze_error *err) {
    size_t start = out->length;
    gaze_status status = GAZE_OK;
    gaze_buffer_puts(out, ",\n\"weights\": {");
    for (size_t k = 0; k < side->layer_count + 2 && !status; k++) {
        size_t l = k < 2 ? first[k] : side->layer_count + 1 - k, before = out->length;
        if (held[l]) continue;
        if (k) gaze_buffer_puts(out, ",\n");
        status = put_layer(out, side, bits, l, err);
        held[l] = k < 2 || !budget || out->length - start <= budget;
        if (held[l]) continue;
        out->length = before; /* one too many */
        break;
    }
    gaze_buffer_putc(out, '}');
    return status;
}

static gaze_status put_side(gaze_buffer *out, bool *held, const gaze_compare_page *page, const gaze_compare_plan *plan,
                            size_t which, gaze_error *err) {
    const gaze_compare_page_side *side = &page->sides[which];
    const size_t first[2] = {side->layer, page->one_source ? page->sides[1].layer : side->layer};
    gaze_status status = GAZE_OK;
    gaze_buffer_printf(out, "{\"layer\": \"%zu\"", side->layers[side->layer]);
    put_string(out, "head", side->head);
    gaze_buffer_puts(out, ",\n\"layerNames\": {");
    put_names(out, plan, which, side->layers, side->layer_count, false);
    gaze_buffer_puts(out, ",\n\"headNames\": {");
    put_name(out, plan, which, "mean", GAZE_PANEL_MEAN, true);
    gaze_buffer_putc(out, ',');
    put_name(out, plan, which, "max", GAZE_PANEL_MAX, true);
    put_names(out, plan, which, side->heads, side->head_count, true);
    put_numbers(out, "heads", side->heads, side->head_count, "\"");
    put_numbers(out, "seen", side->seen, plan->compare->sides[which].count, "");
    put_labels(out, side);
    if (!which || !page->one_source)
        status = put_weights(out, held, side, page->bits, page->one_source ? page->budget : page->budget / 2, first, err);
    gaze_buffer_putc(out, '}');
    return status;
}

gaze_status gaze_compare_page_put_data(gaze_buffer *out, bool *const held[2], const gaze_compare_page *page,
                                       const gaze_compare_plan *plan, gaze_error *err) {
    static const char *const scales[] = {"sqrt", "linear", "xn", "row-max"};
    static const char *const specials[] = {"show", "dim", "hide"};
    const gaze_figure *figure = &page->view.figure;
    bool turns = figure->theme == GAZE_THEME_AUTO;
    gaze_buffer_printf(out, "{\"bits\": %u,\n\"renormalise\": %d", page->bits, figure->renormalised);
    put_string(out, "scale", scales[figure->scale]);
    put_string(out, "special", specials[figure->special]);
    put_colors(out, "ramp", "inks", plan->palette.ramp, turns);
    put_colors(out, "signedRamp", "signedInks", plan->signed_ramp, turns);
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
