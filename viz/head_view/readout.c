/* The line under the title: what the pinned tokens attend to, or the strongest links. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

enum { READ_OUT = 4, STRONGEST = 3 };

/* The strongest links -------------------------------------------------------------------------------- */

/* "head 3, 'it' → 'cat' .49"; the head is named where several are drawn. */
static void put_link(gaze_buffer *out, const gaze_head_view *view, const gaze_edge *edge, const gaze_words *words) {
    char weight[GAZE_FIXED_TEXT];
    if (view->panel_count > 1) {
        gaze_panel_put_head(out, words, view->panels[edge->panel].head, NULL);
        gaze_buffer_puts(out, words->comma);
    }
    gaze_sentence_arrow(out, &view->rows[edge->row], &view->columns[edge->column],
                        gaze_weight_text(weight, edge->weight), words);
}

/* The i-th strongest; NULL where there are fewer. */
static const gaze_edge *strongest(const gaze_edges *edges, size_t i) {
    return i < edges->count ? &edges->at[edges->count - 1 - i] : NULL;
}

/* Neither end is special, and they are not the same token. */
static bool is_between_words(const gaze_head_view *view, const gaze_edge *edge) {
    const gaze_label *from = &view->rows[edge->row], *to = &view->columns[edge->column];
    return from != to && !from->special && !to->special;
}

static bool is_named(const size_t *places, size_t count, size_t place) {
    for (size_t i = 0; i < count; i++)
        if (places[i] == place) return true;
    return false;
}

/* Behind those that are as large. */
static void add_place(size_t *places, size_t *count, size_t place, const gaze_edges *edges) {
    size_t at = (*count)++;
    for (; at > 0 && strongest(edges, places[at - 1])->weight < strongest(edges, place)->weight; at--)
        places[at] = places[at - 1];
    places[at] = place;
}

/* Which links between two words are named after the strongest of all: places[STRONGEST], each the i-th strongest,
 * largest first. One of each head comes before a second one of any. Returns how many. */
static size_t find_between(size_t *places, const gaze_head_view *view, const gaze_edges *edges) {
    bool seen[GAZE_HEAD_COLORS] = {false};
    size_t count = 0;
    for (int again = 0; again < 2; again++)
        for (size_t i = 1; i < edges->count && count < STRONGEST; i++) {
            const gaze_edge *edge = strongest(edges, i);
            if (!is_between_words(view, edge) || (seen[edge->panel] && !again) || is_named(places, count, i)) continue;
            add_place(places, &count, i, edges);
            seen[edge->panel] = true;
        }
    return count;
}

void gaze_head_view_put_strongest(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges,
                                  const gaze_words *words) {
    size_t places[STRONGEST], count;
    if (!edges->count) return;
    gaze_sentence_put(out, words->strongest_link);
    put_link(out, view, strongest(edges, 0), words);
    gaze_buffer_puts(out, words->full_stop);
    count = find_between(places, view, edges);
    if (count) gaze_sentence_put(out, words->next_words);
    for (size_t i = 0; i < count; i++) {
        if (i) gaze_buffer_puts(out, words->list_comma);
        put_link(out, view, strongest(edges, places[i]), words);
    }
    if (count) gaze_buffer_puts(out, words->full_stop);
}

/* Pinned tokens -------------------------------------------------------------------------------------- */

/* Mean over the panels that are drawn. */
static double pinned_mean(const gaze_head_view *view, size_t token) {
    double sum = 0;
    for (size_t p = 0; p < view->panel_count; p++) sum += gaze_head_view_pinned_weight(view, &view->panels[p], token);
    return sum / (double)view->panel_count;
}

/* "Mean of heads 0, 3: 'it', 'cat' attends to "; of one matrix the title tells what it is. */
static void put_pinned(gaze_buffer *out, const gaze_head_view *view, const gaze_words *words) {
    const gaze_label *labels = view->pinned_keys ? view->columns : view->rows;
    gaze_buffer heads = {0};
    gaze_panels_put_heads(&heads, view->panels, view->panel_count, &view->figure, words);
    if (heads.failed)
        out->failed = true;
    else if (view->panel_count > 1)
        gaze_words_put(out, words->mean_of, (const char *[]){heads.data});
    gaze_buffer_deinit(&heads);
    for (size_t i = 0; i < view->pinned_count; i++) {
        if (i) gaze_buffer_puts(out, words->comma);
        gaze_sentence_name(out, &labels[view->pinned[i]], words);
    }
    gaze_buffer_puts(out, words->attends[view->pinned_keys]);
}

/* The tokens with the largest weights, largest first; of equal ones the first. Returns how many. */
static size_t find_largest(size_t tokens[READ_OUT], double weights[READ_OUT], const gaze_head_view *view, double *sum) {
    size_t count = 0, all = view->pinned_keys ? view->row_count : view->column_count;
    *sum = 0;
    for (size_t i = 0; i < all; i++) {
        double w = pinned_mean(view, i);
        size_t at = count;
        *sum += w;
        while (at > 0 && w > weights[at - 1]) at--;
        if (at == READ_OUT) continue;
        if (count < READ_OUT) count++;
        for (size_t k = count - 1; k > at; k--) tokens[k] = tokens[k - 1], weights[k] = weights[k - 1];
        tokens[at] = i;
        weights[at] = w;
    }
    return count;
}

static void put_pinned_links(gaze_buffer *out, const gaze_head_view *view, const gaze_words *words) {
    const gaze_label *labels = view->pinned_keys ? view->rows : view->columns;
    size_t tokens[READ_OUT];
    double weights[READ_OUT], others;
    size_t count = find_largest(tokens, weights, view, &others);
    put_pinned(out, view, words);
    for (size_t i = 0; i < count; i++) {
        gaze_sentence_name(out, &labels[tokens[i]], words);
        gaze_buffer_putc(out, ' ');
        gaze_sentence_weight(out, weights[i]);
        gaze_buffer_puts(out, words->list_comma);
        others -= weights[i];
    }
    gaze_buffer_puts(out, words->others);
    gaze_sentence_weight(out, fmax(others, 0));
    gaze_buffer_puts(out, words->full_stop);
}

void gaze_head_view_readout(gaze_buffer *out, const gaze_head_view *view, const gaze_edges *edges,
                            const gaze_words *words) {
    if (view->pinned_count)
        put_pinned_links(out, view, words);
    else
        gaze_head_view_put_strongest(out, view, edges, words);
}
