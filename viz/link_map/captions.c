#include <math.h>
#include <string.h>

#include "viz/link_map/draw.h"
#include "viz/link_map/words.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

size_t gaze_link_map_largest(const float *values, size_t count) {
    size_t largest = 0;
    for (size_t i = 1; i < count; i++)
        if (values[i] > values[largest]) largest = i;
    return largest;
}

/* A template whose {} are names. */
static void put_names(gaze_buffer *out, const char *template, const gaze_label *const *labels,
                      const gaze_words *words) {
    for (const char *at = template; *at; at++) {
        if (at[0] == '{' && at[1] == '}') {
            gaze_sentence_name(out, *labels, words);
            labels++;
            at++;
        } else {
            gaze_buffer_putc(out, *at);
        }
    }
}

static void put_head(gaze_buffer *out, const gaze_link_map *map, const char *template, size_t i) {
    char layer[GAZE_FIXED_TEXT], head[GAZE_FIXED_TEXT], weight[GAZE_FIXED_TEXT], others[GAZE_FIXED_TEXT];
    gaze_fixed_text(layer, (double)map->layers[i / map->head_count], 0);
    gaze_fixed_text(head, (double)map->heads[i % map->head_count], 0);
    gaze_short_text(weight, (double)map->weights[i], 3);
    gaze_short_text(others, (double)map->weights[i] - (double)map->differences[i], 3);
    gaze_sentence_fill(out, template, (const char *[]){layer, head, weight, others});
}

/* The largest of the other heads. */
static size_t runner_up(const float *values, size_t count, size_t largest) {
    size_t next = largest ? 0 : 1;
    for (size_t i = next + 1; i < count; i++)
        if (i != largest && values[i] > values[next]) next = i;
    return next;
}

/* The largest, and the one after it. */
static void put_largest(gaze_buffer *out, const gaze_link_map *map, const char *template, const float *values) {
    size_t count = map->layer_count * map->head_count, largest = gaze_link_map_largest(values, count);
    put_head(out, map, template, largest);
    if (count > 1)
        put_head(out, map, gaze_link_words_of(map->figure.language)->next, runner_up(values, count, largest));
}

size_t gaze_link_map_clipped(const gaze_link_map *map) {
    size_t clipped = 0;
    for (size_t i = 0; i < map->layer_count * map->head_count; i++)
        clipped += fabs((double)map->differences[i]) > map->limit * (1 + 1e-6);
    return clipped;
}

static void put_clipped(gaze_buffer *out, const gaze_link_map *map, const char *template) {
    char limit[GAZE_FIXED_TEXT], count[GAZE_FIXED_TEXT];
    size_t clipped = gaze_link_map_clipped(map);
    if (!clipped) return;
    gaze_short_text(limit, map->limit, 3);
    gaze_fixed_text(count, (double)clipped, 0);
    gaze_sentence_fill(out, template, (const char *[]){limit, count});
}

void gaze_link_map_compose(gaze_texts *texts, const gaze_link_map *map) {
    const gaze_words *words = gaze_words_of(map->figure.language);
    const gaze_link_words *own = gaze_link_words_of(map->figure.language);
    const gaze_label *const labels[] = {&map->from, &map->to, &map->to};
    if (map->figure.title)
        gaze_buffer_puts(&texts->title, map->figure.title);
    else
        put_names(&texts->title, own->title, labels, words);
    gaze_words_put_counts(&texts->description, own->description,
                          (size_t[]){map->layer_count, map->head_count}, 2);
    put_largest(&texts->description, map, own->largest, map->weights);
    put_largest(&texts->description, map, own->largest_difference, map->differences);
    put_names(&texts->caption, own->reading, labels, words);
    put_largest(&texts->caption, map, own->largest, map->weights);
    put_largest(&texts->caption, map, own->largest_difference, map->differences);
    put_clipped(&texts->caption, map, own->clipped);
    if (map->figure.words) gaze_sentence_put(&texts->caption, words->joined);
    if (map->figure.special == GAZE_SPECIAL_HIDE)
        gaze_sentence_shares(&texts->caption, &map->figure, words, false);
    if (map->figure.renormalised) gaze_sentence_put(&texts->caption, words->renormalised);
    gaze_sentence_put(&texts->caption, words->counting);
}

void gaze_link_map_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column) {
    const gaze_link_map *map = matrix->context;
    const gaze_words *words = gaze_words_of(map->figure.language);
    gaze_panel_put_layer(svg->out, words, (int32_t)map->layers[row], NULL);
    gaze_svg_puts(svg, words->comma);
    gaze_panel_put_head(svg->out, words, (int32_t)map->heads[column], NULL);
    gaze_svg_puts(svg, ": ");
    gaze_svg_fixed(svg, (double)matrix->values[row * matrix->columns + column], 4);
}
