#include <math.h>
#include <string.h>

#include "viz/compare/draw.h"
#include "viz/compare/words.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/text.h"

static const double HOVER_EM = 20;

typedef gaze_compare_words own_words;

static const own_words *words_of(const gaze_compare *compare) {
    return gaze_compare_words_of(compare->figure.language);
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

/* "from 'it' to 'cat': " */
static void put_link(gaze_buffer *out, const gaze_compare *compare, size_t which, size_t i) {
    const gaze_words *words = gaze_words_of(compare->figure.language);
    const gaze_compare_side *side = &compare->sides[which];
    const gaze_label *from = &side->labels[i / side->count], *to = &side->labels[i % side->count];
    gaze_buffer_puts(out, words->from);
    gaze_sentence_label(out, from->text, from->length);
    gaze_buffer_puts(out, words->to);
    gaze_sentence_label(out, to->text, to->length);
    gaze_buffer_puts(out, words->is);
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
    put_link(out, compare, 0, i);
    gaze_buffer_puts(out, gaze_fixed_text(number, (double)a->panel.weights[i], 2));
    gaze_buffer_puts(out, own->in_a);
    gaze_buffer_puts(out, gaze_fixed_text(number, (double)b->panel.weights[i], 2));
    gaze_buffer_puts(out, own->in_b);
    gaze_buffer_puts(out, words->full_stop);
}

size_t gaze_compare_strongest(const gaze_compare *compare, size_t which) {
    if (compare->difference) return largest(compare, 1);
    const gaze_compare_side *side = &compare->sides[which];
    size_t best = 0;
    for (size_t i = 1; i < side->count * side->count; i++)
        if (side->panel.weights[i] > side->panel.weights[best]) best = i;
    return best;
}

/* "from 'it' to 'cat': 0.4917 in A, 0.0416 in B, A minus B: 0.4501" */
static void put_difference(gaze_buffer *out, const gaze_compare *compare) {
    const own_words *own = words_of(compare);
    size_t i = gaze_compare_strongest(compare, 0);
    put_link(out, compare, 0, i);
    gaze_buffer_put_fixed(out, (double)compare->sides[0].panel.weights[i], 4);
    gaze_buffer_puts(out, own->in_a);
    gaze_buffer_put_fixed(out, (double)compare->sides[1].panel.weights[i], 4);
    gaze_buffer_puts(out, own->in_b);
    gaze_buffer_puts(out, gaze_words_of(compare->figure.language)->comma);
    gaze_buffer_puts(out, own->minus);
    gaze_buffer_puts(out, own->colon);
    gaze_buffer_put_fixed(out, (double)compare->difference[i], 4);
}

void gaze_compare_readout(gaze_buffer *out, const gaze_compare *compare) {
    if (compare->difference) {
        put_difference(out, compare);
        return;
    }
    for (size_t which = 0; which < 2; which++) {
        size_t i = gaze_compare_strongest(compare, which);
        if (which) gaze_buffer_puts(out, gaze_words_of(compare->figure.language)->comma);
        gaze_buffer_puts(out, which ? "B" : "A");
        gaze_buffer_puts(out, words_of(compare)->colon);
        put_link(out, compare, which, i);
        gaze_buffer_put_fixed(out, (double)compare->sides[which].panel.weights[i], 4);
    }
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
