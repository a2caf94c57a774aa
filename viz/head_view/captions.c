/* The words of a head view: description and caption. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/sentence.h"

static bool is_one_head(const gaze_head_view *view) {
    return view->panel_count == 1 && view->panels[0].layer >= 0 && view->panels[0].head >= 0;
}

/* The description ------------------------------------------------------------------------------------ */

void gaze_head_view_description(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges,
                                const gaze_words *words) {
    gaze_words_put_counts(out, words->lines_description, (size_t[]){view->row_count, view->column_count}, 2);
    gaze_head_view_put_strongest(out, view, edges, words);
    gaze_sentence_shares(out, &view->figure, words, is_one_head(view));
}

/* The caption ---------------------------------------------------------------------------------------- */

/* "63 of 169 edges drawn, 91.3 % of the attention mass." */
static void put_drawn(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges, const gaze_words *words) {
    char counts[2][GAZE_FIXED_TEXT], share[GAZE_FIXED_TEXT];
    double all = (double)view->panel_count * (double)view->row_count * (double)view->column_count;
    gaze_fixed_text(counts[0], (double)edges->count, 0);
    gaze_fixed_text(counts[1], all, 0);
    gaze_fixed_text(share, edges->mass > 0 ? 100 * edges->drawn / edges->mass : 0, 1);
    gaze_sentence_fill(out, words->edges_drawn, (const char *[]){counts[0], counts[1], share});
}

bool gaze_head_view_has_rests(const gaze_head_view *view, const gaze_edges *edges) {
    for (size_t t = 0; t < view->row_count; t++)
        if (edges->rests[t].share > 1 - GAZE_EDGES_MASS) return true;
    return false;
}

/* Sums of the rows that hold numbers only, and how many weights are none. */
typedef struct sums {
    double least, most;
    size_t rows, not_numbers;
} sums;

static void add_row(sums *s, const float *weights_t, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (double)weights_t[i];
        if (!isfinite(weights_t[i])) s->not_numbers++;
    }
    if (!isfinite(sum)) return;
    if (s->rows == 0 || sum < s->least) s->least = sum;
    if (s->rows == 0 || sum > s->most) s->most = sum;
    s->rows++;
}

static sums collect_sums(const gaze_head_view *view) {
    sums s = {.least = 1, .most = 1};
    for (size_t p = 0; p < view->panel_count; p++)
        for (size_t t = 0; t < view->row_count; t++)
            add_row(&s, view->panels[p].weights + t * view->column_count, view->column_count);
    return s;
}

/* Rounded weights do not sum to 1, but what they were rounded from does, unless something is left out or the largest
 * of several heads is drawn. */
static bool has_whole_rows(const gaze_head_view *view) {
    if (view->figure.renormalised) return true;
    return view->filter == GAZE_FILTER_ALL && view->figure.special != GAZE_SPECIAL_HIDE &&
           view->panels[0].head != GAZE_PANEL_MAX;
}

void gaze_head_view_put_filter(gaze_buffer *out, const gaze_head_view *view, const gaze_words *words) {
    gaze_filter f = view->filter;
    if (f == GAZE_FILTER_ALL) return;
    const char *from = f == GAZE_FILTER_AA || f == GAZE_FILTER_AB ? words->text_a : words->text_b;
    const char *to = f == GAZE_FILTER_AA || f == GAZE_FILTER_BA ? words->text_a : words->text_b;
    gaze_sentence_fill(out, words->filtered, (const char *[]){from, to});
}

void gaze_head_view_put_reading(gaze_buffer *out, const gaze_head_layout *layout, const gaze_words *words) {
    if (layout->pair) gaze_sentence_put(out, words->segments);
    if (layout->label_step > 1) gaze_sentence_count(out, words->thinned_lines, &layout->label_step, 1);
    gaze_sentence_put(out, words->counting);
}

void gaze_head_view_caption(gaze_buffer *out, const gaze_head_view *view, const gaze_head_layout *layout,
                            const gaze_edges *edges, const gaze_words *words) {
    sums s = collect_sums(view);
    gaze_sentence_put(out, words->reading_lines);
    put_drawn(out, view, edges, words);
    if (gaze_head_view_has_rests(view, edges)) gaze_sentence_put(out, words->left_out_bars);
    if (view->pinned_count && (layout->from.has_strip || layout->to.has_strip)) gaze_sentence_put(out, words->strip);
    if (s.not_numbers) gaze_sentence_count(out, words->not_drawn, &s.not_numbers, 1);
    gaze_head_view_put_filter(out, view, words);
    gaze_sentence_treatment(out, &view->figure, words, is_one_head(view));
    if (view->rounded && has_whole_rows(view))
        gaze_sentence_put(out, words->sums_to_one);
    else
        gaze_sentence_sums(out, words, s.least, s.most, s.not_numbers > 0);
    gaze_head_view_put_reading(out, layout, words);
}
