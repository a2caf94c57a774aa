#include <math.h>
#include <string.h>

#include "viz/compare/draw.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/text.h"

static const double HOVER_EM = 20;

typedef struct own_words {
    const char *colon, *minus;
    const char *against; /* title: {} and {} */
    const char *difference, *none;
    const char *largest[2]; /* of A over B, of B over A */
    const char *in_a, *in_b;
    const char *clipped; /* {limit}, {count} */
    const char *description;
} own_words;

static const own_words english = {
    .colon = ": ",
    .minus = "A minus B",
    .against = " against ",
    .difference = "A and B are on one scale. Right: A minus B, blue where A gives more, orange where B does.",
    .none = "A and B are on one scale. Their tokens differ, so there is no difference to draw.",
    .largest = {"A exceeds B most ", "B exceeds A most "},
    .in_a = " in A, ",
    .in_b = " in B",
    .clipped = "Differences beyond {}, drawn in the last colour: {}.",
    .description = "Two matrices of attention side by side.",
};

static const own_words chinese = {
    .colon = "：",
    .minus = "A 减 B",
    .against = "与",
    .difference = "A 和 B 用同一刻度。右：A 减 B，蓝色处 A 给得更多，橙色处 B 给得更多。",
    .none = "A 和 B 用同一刻度。两者的词元不同，所以没有差值可画。",
    .largest = {"A 超过 B 最多：", "B 超过 A 最多："},
    .in_a = "（A），",
    .in_b = "（B）",
    .clipped = "超出 {}、以末端颜色绘制的差值：{} 个。",
    .description = "两个注意力矩阵并排。",
};

static const own_words *words_of(const gaze_compare *compare) {
    return compare->figure.language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}

static void put_panel(gaze_buffer *out, const gaze_compare *compare, size_t which) {
    const gaze_words *words = gaze_words_of(compare->figure.language);
    const gaze_compare_side *side = &compare->sides[which];
    gaze_panel_put_layer(out, words, side->panel.layer, side->figure.layers);
    gaze_buffer_puts(out, words->comma);
    gaze_panel_put_head(out, words, side->panel.head, side->figure.heads);
}

void gaze_compare_put_heading(gaze_buffer *out, const gaze_compare *compare, size_t which) {
    const own_words *own = words_of(compare);
    if (which == 2) {
        gaze_buffer_puts(out, own->minus);
        return;
    }
    gaze_buffer_puts(out, which ? "B" : "A");
    gaze_buffer_puts(out, own->colon);
    put_panel(out, compare, which);
}

static void put_title(gaze_buffer *out, const gaze_compare *compare) {
    size_t start = out->length;
    if (compare->figure.title) {
        gaze_buffer_puts(out, compare->figure.title);
        return;
    }
    const gaze_panel *a = &compare->sides[0].panel, *b = &compare->sides[1].panel;
    put_panel(out, compare, 0);
    if (a->layer != b->layer || a->head != b->head) {
        gaze_buffer_puts(out, words_of(compare)->against);
        put_panel(out, compare, 1);
    }
    if (!out->failed && out->data[start] >= 'a' && out->data[start] <= 'z')
        out->data[start] = (char)(out->data[start] - 'a' + 'A');
}

/* The cell where sign * difference is largest. */
static size_t largest(const gaze_compare *compare, float sign) {
    size_t count = compare->sides[0].count, best = 0;
    for (size_t i = 1; i < count * count; i++)
        if (sign * compare->difference[i] > sign * compare->difference[best]) best = i;
    return best;
}

/* "A exceeds B most from 'it' to 'cat': 0.49 in A, 0.04 in B." */
static void put_largest(gaze_buffer *out, const gaze_compare *compare, size_t which) {
    const gaze_words *words = gaze_words_of(compare->figure.language);
    const own_words *own = words_of(compare);
    const gaze_compare_side *a = &compare->sides[0], *b = &compare->sides[1];
    size_t i = largest(compare, which ? -1 : 1);
    char number[GAZE_FIXED_TEXT];
    if (which ? !(compare->difference[i] < 0) : !(compare->difference[i] > 0)) return;
    gaze_sentence_put(out, own->largest[which]);
    gaze_buffer_puts(out, words->from);
    gaze_sentence_label(out, a->labels[i / a->count].text, a->labels[i / a->count].length);
    gaze_buffer_puts(out, words->to);
    gaze_sentence_label(out, a->labels[i % a->count].text, a->labels[i % a->count].length);
    gaze_buffer_puts(out, words->is);
    gaze_buffer_puts(out, gaze_fixed_text(number, (double)a->panel.weights[i], 2));
    gaze_buffer_puts(out, own->in_a);
    gaze_buffer_puts(out, gaze_fixed_text(number, (double)b->panel.weights[i], 2));
    gaze_buffer_puts(out, own->in_b);
    gaze_buffer_puts(out, words->full_stop);
}

static void put_clipped(gaze_buffer *out, const gaze_compare *compare) {
    char limit[GAZE_FIXED_TEXT], count[GAZE_FIXED_TEXT];
    size_t clipped = 0, N = compare->sides[0].count;
    for (size_t i = 0; i < N * N; i++)
        clipped += fabs((double)compare->difference[i]) > compare->limit * (1 + 1e-6);
    if (!clipped) return;
    gaze_fixed_text(limit, compare->limit, 3);
    gaze_fixed_text(count, (double)clipped, 0);
    gaze_sentence_fill(out, words_of(compare)->clipped, (const char *[]){limit, count});
}

static void put_findings(gaze_buffer *out, const gaze_compare *compare) {
    if (!compare->difference) return;
    put_largest(out, compare, 0);
    put_largest(out, compare, 1);
}

/* What special tokens take, side by side. */
static void put_shares(gaze_buffer *out, const gaze_compare *compare, const gaze_words *words) {
    for (size_t i = 0; i < 2; i++) {
        gaze_figure figure = compare->sides[i].figure;
        figure.special = compare->figure.special;
        if (!figure.share_count) continue;
        gaze_sentence_put(out, i ? "B" : "A");
        gaze_buffer_puts(out, words_of(compare)->colon);
        gaze_sentence_shares(out, &figure, words, true);
    }
}

void gaze_compare_compose(gaze_texts *texts, const gaze_compare *compare, const gaze_compare_layout *layout) {
    const gaze_words *words = gaze_words_of(compare->figure.language);
    const own_words *own = words_of(compare);
    put_title(&texts->title, compare);
    gaze_buffer_puts(&texts->description, own->description);
    put_findings(&texts->description, compare);
    gaze_sentence_put(&texts->caption, words->reading);
    gaze_sentence_put(&texts->caption, compare->difference ? own->difference : own->none);
    put_findings(&texts->caption, compare);
    if (compare->difference) put_clipped(&texts->caption, compare);
    if (compare->figure.words) gaze_sentence_put(&texts->caption, words->joined);
    if (compare->figure.special != GAZE_SPECIAL_SHOW) put_shares(&texts->caption, compare, words);
    if (compare->figure.renormalised) gaze_sentence_put(&texts->caption, words->renormalised);
    if (layout->pool > 1)
        gaze_sentence_count(&texts->caption, words->pooled, (size_t[]){layout->pool, layout->pool}, 2);
    gaze_sentence_put(&texts->caption, words->counting);
}

void gaze_compare_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column) {
    const gaze_compare *compare = matrix->context;
    const gaze_words *words = gaze_words_of(compare->figure.language);
    gaze_svg_puts(svg, words->from);
    gaze_text_write(svg, matrix->row_labels[row].text, matrix->row_labels[row].length, HOVER_EM);
    gaze_svg_puts(svg, words->to);
    gaze_text_write(svg, matrix->column_labels[column].text, matrix->column_labels[column].length, HOVER_EM);
    gaze_svg_puts(svg, words->is);
    gaze_svg_fixed(svg, (double)matrix->values[row * matrix->columns + column], 4);
}
