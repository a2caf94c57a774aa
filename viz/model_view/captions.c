/* The words of a model view: description and caption. */
#include "viz/model_view/draw.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

void gaze_model_put_name(gaze_buffer *out, const gaze_model_drawing *d, const gaze_panel *panel) {
    gaze_panel_put_layer(out, d->words, panel->layer, NULL);
    gaze_buffer_puts(out, d->words->comma);
    gaze_panel_put_head(out, d->words, panel->head, NULL);
}

static void put_value(gaze_buffer *out, const gaze_model_drawing *d, const gaze_badge *badge,
                      gaze_badge_value value) {
    char number[GAZE_FIXED_TEXT];
    gaze_weight_text(number, badge->values[value]);
    gaze_words_put(out, d->model_words->title_value, (const char *[]){d->model_words->values[value], number});
}

void gaze_model_put_values(gaze_buffer *out, const gaze_model_drawing *d, const gaze_badge *badge) {
    for (gaze_badge_value v = 0; v < GAZE_BADGE_VALUES; v++) {
        if (v) gaze_buffer_puts(out, d->words->comma);
        put_value(out, d, badge, v);
    }
}

/* The panel with the largest value; the first of equal ones. */
static size_t most_of(const gaze_model_view *view, gaze_badge_value value) {
    size_t most = 0;
    for (size_t i = 1; i < view->panel_count; i++)
        if (view->badges[i].values[value] > view->badges[most].values[value]) most = i;
    return most;
}

/* "Most on previous token: layer 2, head 3 (.71); next token: ..." */
static void put_most(gaze_buffer *out, const gaze_model_drawing *d) {
    for (gaze_badge_value v = GAZE_BADGE_PREVIOUS; v <= GAZE_BADGE_PUNCTUATION; v++) {
        char number[GAZE_FIXED_TEXT];
        size_t most = most_of(d->view, v);
        gaze_weight_text(number, d->view->badges[most].values[v]);
        if (v == GAZE_BADGE_PREVIOUS)
            gaze_sentence_put(out, d->model_words->most);
        else
            gaze_buffer_puts(out, d->words->list_comma);
        gaze_buffer_puts(out, d->model_words->values[v]);
        gaze_buffer_puts(out, d->model_words->is_most);
        gaze_model_put_name(out, d, &d->view->panels[most]);
        gaze_words_put(out, " ({})", (const char *[]){number});
    }
    gaze_buffer_puts(out, d->words->full_stop);
}

/* A head, and what takes how much of it. */
typedef struct finding {
    size_t panel;
    gaze_badge_value value;
    double share;
} finding;

/* The largest share of those in [from, to], the first of equal ones. */
static finding largest_of(const gaze_model_view *view, gaze_badge_value from, gaze_badge_value to) {
    finding best = {0, from, -1};
    for (gaze_badge_value v = from; v <= to; v++) {
        size_t most = most_of(view, v);
        double share = view->badges[most].values[v];
        if (share > best.share) best = (finding){most, v, share};
    }
    return best;
}

static void put_finding(gaze_buffer *out, const gaze_model_drawing *d, const char *template, const finding *f) {
    gaze_buffer name = {0};
    char number[GAZE_FIXED_TEXT];
    gaze_model_put_name(&name, d, &d->view->panels[f->panel]);
    gaze_weight_text(number, f->share);
    if (name.failed)
        out->failed = true;
    else
        gaze_sentence_fill(out, template, (const char *[]){name.data, d->model_words->targets[f->value], number});
    gaze_buffer_deinit(&name);
}

/* A head that looks beside each token says more than one that looks at [CLS], as most do. */
void gaze_model_headline(gaze_buffer *out, const gaze_model_drawing *d) {
    static const double threshold = 0.5; /* of the badges prev and next */
    finding beside = largest_of(d->view, GAZE_BADGE_PREVIOUS, GAZE_BADGE_NEXT);
    finding all = largest_of(d->view, GAZE_BADGE_PREVIOUS, GAZE_BADGE_PUNCTUATION);
    bool stands_out = beside.share > threshold;
    if (stands_out) put_finding(out, d, d->model_words->stands_out, &beside);
    if (stands_out && all.panel == beside.panel && all.value == beside.value) return;
    put_finding(out, d, d->model_words->largest, &all);
}

void gaze_model_description(gaze_buffer *out, const gaze_model_drawing *d) {
    const gaze_model_view *view = d->view;
    size_t counts[3] = {view->panel_count / view->head_count, view->head_count, view->count};
    gaze_words_put_counts(out, d->model_words->description, counts, 3);
    put_most(out, d);
    gaze_sentence_shares(out, &view->figure, d->words, false);
}

static void put_order(gaze_buffer *out, const gaze_model_drawing *d) {
    if (d->view->sort == GAZE_SORT_NAME) gaze_sentence_put(out, d->model_words->sorted_by_name);
    if (d->view->sort == GAZE_SORT_VALUE)
        gaze_sentence_fill(out, d->model_words->sorted,
                           (const char *[]){d->model_words->values[d->view->sort_value]});
}

void gaze_model_caption(gaze_buffer *out, const gaze_model_drawing *d) {
    const gaze_figure *figure = &d->view->figure;
    size_t pool = d->layout->pool;
    gaze_sentence_put(out, d->view->lines ? d->model_words->reading_lines : d->model_words->reading);
    put_order(out, d);
    put_most(out, d);
    gaze_sentence_put(out, d->model_words->measured);
    gaze_sentence_put(out, d->model_words->first_row);
    gaze_sentence_put(out, d->model_words->thresholds);
    if (!d->layout->numbers) gaze_sentence_put(out, d->model_words->else_largest);
    if (d->layout->means) gaze_sentence_put(out, d->model_words->of_means);
    gaze_sentence_treatment(out, figure, d->words, false);
    if (gaze_model_second_text(d->view)) gaze_sentence_put(out, d->words->borders);
    if (pool > 1 && !d->view->lines) gaze_sentence_count(out, d->words->pooled, (size_t[]){pool, pool}, 2);
    gaze_sentence_put(out, d->words->counting);
}
