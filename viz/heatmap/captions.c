/* The words of a heat map: title, description, caption. */
#include <math.h>

#include "viz/heatmap/draw.h"
#include "viz/sentence.h"

/* "layer 4", "mean over layers", "mean over layers (0, 2)" */
static void put_one(gaze_buffer *out, int32_t number, const char *numbered, const char *mean, const char *max,
                    const char *list) {
    if (number >= 0) {
        gaze_words_put_counts(out, numbered, (size_t[]){(size_t)number}, 1);
        return;
    }
    gaze_buffer_puts(out, number == GAZE_PANEL_MEAN ? mean : max);
    if (list) gaze_words_put(out, " ({})", (const char *[]){list});
}

static void put_layer(gaze_buffer *out, const gaze_words *words, int32_t layer, const char *list) {
    put_one(out, layer, words->layer, words->layer_mean, words->layer_max, list);
}

static void put_head(gaze_buffer *out, const gaze_words *words, int32_t head, const char *list) {
    put_one(out, head, words->head, words->head_mean, words->head_max, list);
}

void gaze_heatmap_heading(gaze_buffer *out, const gaze_words *words, const gaze_panel *panel, gaze_heading what) {
    if (what != GAZE_HEADING_HEAD) put_layer(out, words, panel->layer, NULL);
    if (what == GAZE_HEADING_BOTH) gaze_buffer_puts(out, words->comma);
    if (what != GAZE_HEADING_LAYER) put_head(out, words, panel->head, NULL);
}

/* What the panels have: the numbers of their layers, or of their heads, in order and without repetition. */
typedef struct numbers {
    int32_t first, last;
    size_t count;
    bool gaps;
} numbers;

static void add_number(numbers *n, int32_t number) {
    if (n->count > 0 && number <= n->last) return;
    if (n->count == 0) n->first = number;
    if (n->count > 0 && number != n->last + 1) n->gaps = true;
    n->last = number;
    n->count++;
}

static int32_t number_of(const gaze_panel *panel, bool heads) {
    return heads ? panel->head : panel->layer;
}

/* "0, 2, 5" */
static void put_list(gaze_buffer *out, const gaze_heatmap *map, bool heads) {
    numbers n = {0};
    for (size_t i = 0; i < map->panel_count; i++) {
        size_t before = n.count;
        add_number(&n, number_of(&map->panels[i], heads));
        if (n.count > before) gaze_buffer_printf(out, "%s%d", before ? ", " : "", (int)n.last);
    }
}

/* "layer 4", "layers 0 to 5", "layers 0, 2, 5", or what all panels have in common. */
static gaze_status put_numbers(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words, bool heads) {
    numbers n = {0};
    for (size_t i = 0; i < map->panel_count; i++) add_number(&n, number_of(&map->panels[i], heads));
    if (n.count == 1 && heads) put_head(out, words, n.first, map->figure.heads);
    if (n.count == 1 && !heads) put_layer(out, words, n.first, map->figure.layers);
    if (n.count == 1) return GAZE_OK;
    if (!n.gaps) {
        size_t range[2] = {(size_t)n.first, (size_t)n.last};
        gaze_words_put_counts(out, heads ? words->heads : words->layers, range, 2);
        return GAZE_OK;
    }
    gaze_buffer list = {0};
    put_list(&list, map, heads);
    gaze_status status = gaze_buffer_status(&list, NULL);
    if (!status)
        gaze_words_put(out, heads ? words->heads_listed : words->layers_listed, (const char *[]){list.data});
    gaze_buffer_deinit(&list);
    return status;
}

static void capitalise(char *text) {
    if (*text >= 'a' && *text <= 'z') *text = (char)(*text - 'a' + 'A');
}

void gaze_heatmap_title(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words) {
    size_t start = out->length;
    if (map->figure.title) {
        gaze_buffer_puts(out, map->figure.title);
        return;
    }
    if (put_numbers(out, map, words, false)) out->failed = true;
    gaze_buffer_puts(out, words->comma);
    if (put_numbers(out, map, words, true)) out->failed = true;
    if (!out->failed) capitalise(out->data + start);
}

static void put_link(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                     const gaze_link *link) {
    if (map->panel_count > 1) {
        gaze_heatmap_heading(out, words, &map->panels[link->panel], GAZE_HEADING_BOTH);
        gaze_buffer_puts(out, words->comma);
    }
    gaze_buffer_puts(out, words->from);
    gaze_sentence_label(out, map->rows[link->row].text, map->rows[link->row].length);
    gaze_buffer_puts(out, words->to);
    gaze_sentence_label(out, map->columns[link->column].text, map->columns[link->column].length);
    gaze_buffer_puts(out, words->is);
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

static void put_sums(gaze_buffer *out, const gaze_words *words, const gaze_heatmap_facts *facts) {
    if (facts->least_sum > 0.995 && facts->largest_sum < 1.005) {
        gaze_sentence_put(out, facts->not_numbers ? words->others_sum_to_one : words->sums_to_one);
        return;
    }
    char least[GAZE_FIXED_TEXT], most[GAZE_FIXED_TEXT];
    gaze_fixed_text(least, facts->least_sum, 2);
    gaze_fixed_text(most, facts->largest_sum, 2);
    gaze_sentence_fill(out, words->sums_between, (const char *[]){least, most});
}

/* What was done to the numbers before they were drawn. */
static void put_treatment(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words) {
    if (map->figure.words) gaze_sentence_put(out, words->joined);
    if (map->figure.special != GAZE_SPECIAL_SHOW)
        gaze_sentence_shares(out, &map->figure, words, is_one_head(map));
    if (map->figure.renormalised) gaze_sentence_put(out, words->renormalised);
}

void gaze_heatmap_caption(gaze_buffer *out, const gaze_heatmap *map, const gaze_heatmap_layout *layout,
                          const gaze_words *words, const gaze_heatmap_facts *facts) {
    gaze_sentence_put(out, words->reading);
    if (facts->not_numbers) gaze_sentence_count(out, words->not_numbers, &facts->not_numbers, 1);
    put_treatment(out, map, words);
    put_sums(out, words, facts);
    if (facts->out_of_range) gaze_sentence_count(out, words->out_of_range, &facts->out_of_range, 1);
    if (layout->pair) gaze_sentence_put(out, layout->bands ? words->segments : words->borders);
    if (layout->pool > 1) gaze_sentence_count(out, words->pooled, (size_t[]){layout->pool, layout->pool}, 2);
    if (layout->label_step > 1) gaze_sentence_count(out, words->thinned, &layout->label_step, 1);
    gaze_sentence_put(out, words->counting);
}
