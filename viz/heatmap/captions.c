/* The words of a heat map: title, description, caption. */
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

static void put_link(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                     const gaze_link *link) {
    if (map->panel_count > 1) {
        gaze_heatmap_heading(out, words, &map->panels[link->panel], GAZE_HEADING_BOTH);
        gaze_buffer_puts(out, words->comma);
    }
    gaze_sentence_link(out, &map->rows[link->row], &map->columns[link->column], words);
    gaze_buffer_put_fixed(out, link->weight, 2);
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
        put_link(out, map, words, &facts->strongest.at[i]);
    }
    if (facts->strongest.count > 0) gaze_buffer_puts(out, words->full_stop);
    gaze_sentence_shares(out, &map->figure, words, is_one_head(map));
    if (map->entropies && map->panel_count == 1) put_entropy(out, map, words);
}

/* The strongest link, and the strongest between two tokens that are not special where that is another. */
static void put_strongest(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                          const gaze_heatmap_facts *facts) {
    const gaze_link *all = facts->strongest.at, *word = facts->words.at;
    if (!facts->strongest.count || !words->strongest_link) return;
    gaze_sentence_put(out, words->strongest_link);
    put_link(out, map, words, all);
    gaze_buffer_puts(out, words->full_stop);
    if (!facts->words.count || (all->panel == word->panel && all->row == word->row && all->column == word->column))
        return;
    gaze_sentence_put(out, words->strongest_words);
    put_link(out, map, words, word);
    gaze_buffer_puts(out, words->full_stop);
}

void gaze_heatmap_caption(gaze_buffer *out, const gaze_heatmap *map, const gaze_heatmap_layout *layout,
                          const gaze_words *words, const gaze_heatmap_facts *facts) {
    gaze_sentence_put(out, words->reading);
    if (facts->not_numbers) gaze_sentence_count(out, words->not_numbers, &facts->not_numbers, 1);
    gaze_sentence_treatment(out, &map->figure, words, is_one_head(map));
    gaze_sentence_sums(out, words, facts->least_sum, facts->largest_sum, facts->not_numbers > 0);
    if (facts->out_of_range) gaze_sentence_count(out, words->out_of_range, &facts->out_of_range, 1);
    put_strongest(out, map, words, facts);
    if (layout->mark_count) gaze_sentence_put(out, words->framed);
    gaze_sentence_fitted(out, &map->figure, words);
    if (layout->numbers == GAZE_NUMBERS_STRONG) gaze_sentence_put(out, words->strong_numbers);
    if (layout->pair) gaze_sentence_put(out, layout->bands ? words->segments : words->borders);
    if (layout->pool > 1) gaze_sentence_count(out, words->pooled, (size_t[]){layout->pool, layout->pool}, 2);
    if (layout->label_step > 1) gaze_sentence_count(out, words->thinned_columns, &layout->label_step, 1);
    gaze_sentence_put(out, words->counting);
}
