/* The words of a heat map: title, headline, description, caption. */
#include <math.h>

#include "viz/heatmap/draw.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

void gaze_heatmap_heading(gaze_buffer *out, const gaze_words *words, const gaze_panel *panel, gaze_heading what) {
    if (what != GAZE_HEADING_HEAD) gaze_panel_put_layer(out, words, panel->layer, NULL);
    if (what == GAZE_HEADING_BOTH) gaze_buffer_puts(out, words->comma);
    if (what != GAZE_HEADING_LAYER) gaze_panel_put_head(out, words, panel->head, NULL);
}

void gaze_heatmap_title(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words) {
    gaze_panels_put_title(out, map->panels, map->panel_count, &map->figure, words);
}

void gaze_heatmap_put_link(gaze_buffer *out, const gaze_heatmap *map, const gaze_link *link, const gaze_words *words) {
    char weight[GAZE_FIXED_TEXT];
    if (map->panel_count > 1) {
        gaze_heatmap_heading(out, words, &map->panels[link->panel], GAZE_HEADING_BOTH);
        gaze_buffer_puts(out, words->comma);
    }
    gaze_sentence_arrow(out, &map->rows[link->row], &map->columns[link->column],
                        gaze_weight_text(weight, link->weight), words);
}

static bool is_one_head(const gaze_heatmap *map) {
    return map->panel_count == 1 && map->panels[0].layer >= 0 && map->panels[0].head >= 0;
}

static void put_entropy(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words) {
    char mean[GAZE_FIXED_TEXT], uniform[GAZE_FIXED_TEXT];
    gaze_fixed_text(mean, map->entropies[0], 2);
    gaze_fixed_text(uniform, log((double)map->column_count), 2);
    gaze_sentence_fill(out, words->entropy, (const char *[]){mean, uniform});
}

void gaze_heatmap_description(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                              const gaze_heatmap_facts *facts) {
    gaze_words_put_counts(out, words->description, (size_t[]){map->row_count, map->column_count}, 2);
    for (size_t i = 0; i < facts->strongest.count; i++) {
        gaze_buffer_puts(out, i ? words->list_comma : words->strongest);
        gaze_heatmap_put_link(out, map, &facts->strongest.at[i], words);
    }
    if (facts->strongest.count > 0) gaze_buffer_puts(out, words->full_stop);
    gaze_sentence_shares(out, &map->figure, words, is_one_head(map));
    if (map->entropies && map->panel_count == 1) put_entropy(out, map, words);
}

/* The headline --------------------------------------------------------------------------------------- */

static void put_strongest(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                          const gaze_heatmap_facts *facts) {
    char weight[GAZE_FIXED_TEXT], ties[GAZE_FIXED_TEXT];
    const gaze_link *link = &facts->strongest.at[0];
    gaze_buffer_puts(out, map->figure.special == GAZE_SPECIAL_HIDE ? words->strongest_shown : words->strongest_link);
    gaze_heatmap_put_link(out, map, link, words);
    gaze_buffer_puts(out, words->full_stop);
    if (facts->ties < 2) return;
    gaze_weight_text(weight, link->weight);
    gaze_fixed_text(ties, (double)facts->ties, 0);
    gaze_sentence_fill(out, words->ties, (const char *[]){ties, weight});
}

/* The strongest between two words, where that is not the strongest of all. */
static void put_between_words(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                              const gaze_heatmap_facts *facts) {
    const gaze_link *all = facts->strongest.at, *word = facts->words.at;
    if (!facts->words.count) return;
    if (all->panel == word->panel && all->row == word->row && all->column == word->column) return;
    gaze_sentence_put(out, words->next_words);
    gaze_heatmap_put_link(out, map, word, words);
    gaze_buffer_puts(out, words->full_stop);
}

/* What all special tokens take together; of several panels the caption tells the range of each. */
static void put_hidden(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words) {
    const gaze_figure *figure = &map->figure;
    char percent[GAZE_FIXED_TEXT];
    double sum = 0;
    if (figure->special != GAZE_SPECIAL_HIDE || !figure->share_count || map->panel_count > 1) return;
    for (size_t i = 0; i < figure->share_count; i++) sum += figure->shares[i].least;
    gaze_sentence_fill(out, words->hidden_share, (const char *[]){gaze_fixed_text(percent, 100 * sum, 0)});
}

void gaze_heatmap_headline(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                           const gaze_heatmap_facts *facts) {
    if (!facts->strongest.count) return;
    put_strongest(out, map, words, facts);
    put_between_words(out, map, words, facts);
    put_hidden(out, map, words);
}

/* The caption ---------------------------------------------------------------------------------------- */

void gaze_heatmap_caption(gaze_buffer *out, const gaze_heatmap *map, const gaze_heatmap_layout *layout,
                          const gaze_words *words, const gaze_heatmap_facts *facts) {
    gaze_sentence_put(out, words->reading);
    if (facts->not_numbers) gaze_sentence_count(out, words->not_numbers, &facts->not_numbers, 1);
    gaze_sentence_treatment(out, &map->figure, words, is_one_head(map));
    gaze_sentence_sums(out, words, facts->least_sum, facts->largest_sum, facts->not_numbers > 0);
    if (facts->out_of_range) gaze_sentence_count(out, words->out_of_range, &facts->out_of_range, 1);
    if (layout->mark_count) gaze_sentence_put(out, words->framed[layout->mark_count > 1]);
    gaze_sentence_fitted(out, &map->figure, words);
    if (layout->numbers == GAZE_NUMBERS_STRONG) gaze_sentence_put(out, words->strong_numbers);
    if (layout->pair) gaze_sentence_put(out, layout->bands ? words->segments : words->borders);
    if (layout->pool > 1) gaze_sentence_count(out, words->pooled, (size_t[]){layout->pool, layout->pool}, 2);
    if (layout->label_step > 1) gaze_sentence_count(out, words->thinned_columns, &layout->label_step, 1);
    gaze_sentence_put(out, words->counting);
}
