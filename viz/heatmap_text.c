/* The words of a heat map: title, description, caption. */
#include <string.h>

#include "viz/heatmap_draw.h"
#include "viz/text.h"

static const double LINK_EM = 14;

/* "layer 4", "mean over layers". */
static void put_one(gaze_buffer *out, int32_t number, const char *numbered, const char *mean,
                    const char *max) {
    if (number == GAZE_PANEL_MEAN)
        gaze_buffer_puts(out, mean);
    else if (number < 0)
        gaze_buffer_puts(out, max);
    else
        gaze_words_put_counts(out, numbered, (size_t[]){(size_t)number}, 1);
}

static void put_layer(gaze_buffer *out, const gaze_words *words, int32_t layer) {
    put_one(out, layer, words->layer, words->layer_mean, words->layer_max);
}

static void put_head(gaze_buffer *out, const gaze_words *words, int32_t head) {
    put_one(out, head, words->head, words->head_mean, words->head_max);
}

void gaze_heatmap_heading(gaze_buffer *out, const gaze_words *words, const gaze_panel *panel,
                          gaze_heading what) {
    if (what != GAZE_HEADING_HEAD) put_layer(out, words, panel->layer);
    if (what == GAZE_HEADING_BOTH) gaze_buffer_puts(out, words->comma);
    if (what != GAZE_HEADING_LAYER) put_head(out, words, panel->head);
}

/* "layers 0 to 5", or what all panels have in common. */
static void put_range(gaze_buffer *out, int32_t first, int32_t last, const char *range, const char *numbered,
                      const char *mean, const char *max) {
    if (first == last || first < 0 || last < 0)
        put_one(out, first, numbered, mean, max);
    else
        gaze_words_put_counts(out, range, (size_t[]){(size_t)first, (size_t)last}, 2);
}

static void capitalise(char *text) {
    if (*text >= 'a' && *text <= 'z') *text = (char)(*text - 'a' + 'A');
}

void gaze_heatmap_title(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words) {
    const gaze_panel *first = &map->panels[0], *last = &map->panels[map->panel_count - 1];
    size_t start = out->length;
    if (map->figure.title) {
        gaze_buffer_puts(out, map->figure.title);
        return;
    }
    put_range(out, first->layer, last->layer, words->layers, words->layer, words->layer_mean,
              words->layer_max);
    gaze_buffer_puts(out, words->comma);
    put_range(out, first->head, last->head, words->heads, words->head, words->head_mean, words->head_max);
    if (!out->failed) capitalise(out->data + start);
}

static void put_label(gaze_buffer *out, const gaze_label *label) {
    gaze_text_cut cut = gaze_text_fit(label->text, label->length, LINK_EM);
    gaze_buffer_append(out, label->text, cut.head);
    if (cut.cut) gaze_buffer_puts(out, "…");
    gaze_buffer_append(out, label->text + label->length - cut.tail, cut.tail);
}

static void put_link(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                     const gaze_link *link) {
    if (map->panel_count > 1) {
        gaze_heatmap_heading(out, words, &map->panels[link->panel], GAZE_HEADING_BOTH);
        gaze_buffer_puts(out, words->comma);
    }
    gaze_buffer_puts(out, words->from);
    put_label(out, &map->rows[link->row]);
    gaze_buffer_puts(out, words->to);
    put_label(out, &map->columns[link->column]);
    gaze_buffer_puts(out, words->is);
    gaze_buffer_put_fixed(out, link->weight, 2);
}

void gaze_heatmap_description(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                              const gaze_heatmap_facts *facts) {
    gaze_words_put_counts(out, words->description, (size_t[]){map->row_count, map->column_count}, 2);
    for (size_t i = 0; i < facts->strongest.count; i++) {
        gaze_buffer_puts(out, i ? words->list_comma : words->strongest);
        put_link(out, map, words, &facts->strongest.at[i]);
    }
    if (facts->strongest.count > 0) gaze_buffer_puts(out, words->full_stop);
}

/* Sentences of an English caption have a blank between them; Chinese ones end in a wide stop. */
static void next_sentence(gaze_buffer *out) {
    if (out->length > 0 && out->data[out->length - 1] == '.') gaze_buffer_putc(out, ' ');
}

static void put_sentence(gaze_buffer *out, const char *sentence) {
    next_sentence(out);
    gaze_buffer_puts(out, sentence);
}

static void put_counted(gaze_buffer *out, const char *sentence, size_t a, size_t b) {
    next_sentence(out);
    gaze_words_put_counts(out, sentence, (size_t[]){a, b}, 2);
}

static void put_sums(gaze_buffer *out, const gaze_words *words, const gaze_heatmap_facts *facts) {
    if (facts->least_sum > 0.995 && facts->largest_sum < 1.005) {
        put_sentence(out, facts->not_numbers ? words->others_sum_to_one : words->sums_to_one);
        return;
    }
    gaze_buffer numbers = {0};
    gaze_buffer_put_fixed(&numbers, facts->least_sum, 2);
    gaze_buffer_putc(&numbers, '\0');
    size_t second = numbers.length;
    gaze_buffer_put_fixed(&numbers, facts->largest_sum, 2);
    next_sentence(out);
    if (numbers.failed)
        out->failed = true;
    else
        gaze_words_put(out, words->sums_between, (const char *[]){numbers.data, numbers.data + second});
    gaze_buffer_deinit(&numbers);
}

void gaze_heatmap_caption(gaze_buffer *out, const gaze_heatmap_layout *layout, const gaze_words *words,
                          const gaze_heatmap_facts *facts) {
    put_sentence(out, words->reading);
    if (facts->not_numbers) put_counted(out, words->not_numbers, facts->not_numbers, 0);
    put_sums(out, words, facts);
    if (facts->out_of_range) put_counted(out, words->out_of_range, facts->out_of_range, 0);
    if (layout->pair) put_sentence(out, layout->bands ? words->segments : words->borders);
    if (layout->pool > 1) put_counted(out, words->pooled, layout->pool, layout->pool);
    if (layout->label_step > 1) put_counted(out, words->thinned, layout->label_step, 0);
    put_sentence(out, words->counting);
}
