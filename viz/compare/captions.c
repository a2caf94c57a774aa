#include <math.h>
#include <string.h>

#include "viz/compare/draw.h"
#include "viz/compare/words.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/text.h"

static const double HOVER_EM = 20;

enum { DECIMALS = 3 }; /* so that a rounded difference seldom contradicts two rounded weights */

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

const char *gaze_compare_same(const gaze_compare *compare) {
    const own_words *own = words_of(compare);
    return !compare->figure.model ? own->two_models : !compare->figure.text ? own->two_texts : "";
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
    } else {
        gaze_buffer_puts(out, gaze_compare_same(compare));
    }
    if (!out->failed && out->data[start] >= 'a' && out->data[start] <= 'z')
        out->data[start] = (char)(out->data[start] - 'a' + 'A');
}

bool gaze_compare_largest(const gaze_compare *compare, size_t which, size_t *cell) {
    const float *difference = compare->difference;
    size_t count = compare->sides[0].count, best = 0;
    float sign = which ? -1 : 1;
    for (size_t i = 1; i < count * count; i++)
        if (sign * difference[i] > sign * difference[best]) best = i;
    *cell = best;
    return sign * difference[best] > 0;
}

size_t gaze_compare_strongest(const gaze_compare *compare, size_t which) {
    const gaze_compare_side *side = &compare->sides[which];
    size_t best = 0;
    if (compare->difference) {
        size_t below;
        gaze_compare_largest(compare, 0, &best);
        gaze_compare_largest(compare, 1, &below);
        return -compare->difference[below] > compare->difference[best] ? below : best;
    }
    for (size_t i = 1; i < side->count * side->count; i++)
        if (side->panel.weights[i] > side->panel.weights[best]) best = i;
    return best;
}

/* "from 'it' to 'cat': " */
static void put_link(gaze_buffer *out, const gaze_compare *compare, size_t which, size_t cell) {
    const gaze_compare_side *side = &compare->sides[which];
    gaze_sentence_link(out, &side->labels[cell / side->count], &side->labels[cell % side->count],
                       gaze_words_of(compare->figure.language));
}

/* "+.834" */
static void put_difference(gaze_buffer *out, double difference) {
    char text[GAZE_FIXED_TEXT];
    if (difference > 0) gaze_buffer_putc(out, '+');
    gaze_buffer_puts(out, gaze_short_text(text, difference, DECIMALS));
}

static void put_weight(gaze_buffer *out, double weight) {
    char text[GAZE_FIXED_TEXT];
    gaze_buffer_puts(out, gaze_short_text(text, weight, DECIMALS));
}

/* "from 'it' to 'cat': .492 in A, .041 in B, difference +.451" */
static void put_cell(gaze_buffer *out, const gaze_compare *compare, size_t cell) {
    const own_words *own = words_of(compare);
    put_link(out, compare, 0, cell);
    put_weight(out, (double)compare->sides[0].panel.weights[cell]);
    gaze_buffer_puts(out, own->in_a);
    put_weight(out, (double)compare->sides[1].panel.weights[cell]);
    gaze_buffer_puts(out, own->in_b);
    put_difference(out, (double)compare->difference[cell]);
}

/* "A exceeds B most from 'it' to 'cat': ..."; whether it does anywhere. */
static bool put_largest(gaze_buffer *out, const gaze_compare *compare, size_t which) {
    size_t cell;
    if (!gaze_compare_largest(compare, which, &cell)) return false;
    gaze_sentence_put(out, words_of(compare)->largest[which]);
    put_cell(out, compare, cell);
    gaze_buffer_puts(out, gaze_words_of(compare->figure.language)->full_stop);
    return true;
}

/* "A: from 'it' to 'cat': .492, B: ...": the largest weight of each side. */
static void put_each(gaze_buffer *out, const gaze_compare *compare) {
    for (size_t which = 0; which < 2; which++) {
        size_t i = gaze_compare_strongest(compare, which);
        if (which) gaze_buffer_puts(out, gaze_words_of(compare->figure.language)->comma);
        gaze_buffer_puts(out, which ? "B" : "A");
        gaze_buffer_puts(out, words_of(compare)->colon);
        put_link(out, compare, which, i);
        put_weight(out, (double)compare->sides[which].panel.weights[i]);
    }
}

static void put_pinned(gaze_buffer *out, const gaze_compare *compare) {
    gaze_buffer_puts(out, compare->difference ? words_of(compare)->headline : words_of(compare)->strongest);
    if (compare->difference)
        put_cell(out, compare, gaze_compare_strongest(compare, 0));
    else
        put_each(out, compare);
}

static bool is_clipped(const gaze_compare *compare, size_t i) {
    return fabs((double)compare->difference[i]) > compare->limit * (1 + 1e-6);
}

size_t gaze_compare_clipped(const gaze_compare *compare) {
    size_t clipped = 0, N = compare->sides[0].count;
    for (size_t i = 0; i < N * N; i++) clipped += is_clipped(compare, i);
    return clipped;
}

/* Of the cells beyond the limit the one that is largest after `before`, or of all where that is N * N. */
static size_t next_largest(const gaze_compare *compare, size_t before) {
    const float *d = compare->difference;
    size_t cells = compare->sides[0].count * compare->sides[0].count, best = cells;
    for (size_t i = 0; i < cells; i++) {
        float size = fabsf(d[i]), last = before < cells ? fabsf(d[before]) : INFINITY;
        if (!is_clipped(compare, i) || size > last || (before < cells && !(size < last) && i <= before))
            continue;
        if (best == cells || size > fabsf(d[best])) best = i;
    }
    return best;
}

/* "from 'it' to 'cat': +.451, ...": the largest four of those beyond the limit. */
static void put_clipped_cells(gaze_buffer *out, const gaze_compare *compare, size_t clipped) {
    enum { NAMED = 4 };
    const own_words *own = words_of(compare);
    size_t cell = compare->sides[0].count * compare->sides[0].count;
    for (size_t named = 0; named < NAMED && named < clipped; named++) {
        cell = next_largest(compare, cell);
        if (named) gaze_buffer_puts(out, own->and);
        put_link(out, compare, 0, cell);
        put_difference(out, (double)compare->difference[cell]);
    }
    if (clipped > NAMED) gaze_words_put_counts(out, own->more, (size_t[]){clipped - NAMED}, 1);
}

/* How many cells lie beyond the limit, and which. */
static void put_clipped(gaze_buffer *out, const gaze_compare *compare, bool notched) {
    const own_words *own = words_of(compare);
    char limit[GAZE_FIXED_TEXT], count[GAZE_FIXED_TEXT], all[GAZE_FIXED_TEXT];
    size_t clipped = gaze_compare_clipped(compare), N = compare->sides[0].count;
    if (!clipped) return;
    gaze_short_text(limit, compare->limit, DECIMALS);
    gaze_fixed_text(count, (double)clipped, 0);
    gaze_fixed_text(all, (double)(N * N), 0);
    gaze_sentence_fill(out, own->clipped, (const char *[]){limit, count, all, notched ? own->notched : ""});
    gaze_buffer_puts(out, own->brackets[0]);
    put_clipped_cells(out, compare, clipped);
    gaze_buffer_puts(out, own->brackets[1]);
    gaze_buffer_puts(out, gaze_words_of(compare->figure.language)->full_stop);
}

/* Whether a cell was named. */
static bool put_findings(gaze_buffer *out, const gaze_compare *compare) {
    if (!compare->difference) {
        gaze_sentence_put(out, words_of(compare)->strongest);
        put_each(out, compare);
        gaze_buffer_puts(out, gaze_words_of(compare->figure.language)->full_stop);
        return true;
    }
    bool above = put_largest(out, compare, 0), below = put_largest(out, compare, 1);
    return above || below;
}

/* What the frames are around: in a page what is read, else what the headline names. */
static void put_frames(gaze_buffer *out, const own_words *own, bool live, bool found) {
    if (live || found) gaze_sentence_put(out, own->frames[live]);
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

const char *gaze_compare_strong(const gaze_compare *compare, const gaze_compare_layout *layout) {
    const gaze_matrix_box *a = &layout->boxes[0], *difference = &layout->boxes[2];
    if (a->numbers && a->strong_only) return words_of(compare)->strong;
    if (!compare->difference || !difference->numbers || !difference->strong_only) return "";
    return words_of(compare)->strong_signed;
}

void gaze_compare_compose(gaze_texts *texts, const gaze_compare *compare, const gaze_compare_layout *layout) {
    const gaze_words *words = gaze_words_of(compare->figure.language);
    const own_words *own = words_of(compare);
    put_title(&texts->title, compare);
    gaze_buffer_puts(&texts->description, own->description);
    put_findings(&texts->description, compare);
    gaze_sentence_put(&texts->caption, words->reading);
    gaze_sentence_put(&texts->caption, compare->difference ? own->difference : own->none);
    if (layout->live) put_pinned(&texts->readout, compare);
    bool found = put_findings(layout->live ? &texts->caption : &texts->readout, compare);
    put_frames(&texts->caption, own, layout->live, found);
    if (compare->difference) put_clipped(&texts->caption, compare, layout->boxes[2].notches);
    if (*gaze_compare_strong(compare, layout)) gaze_sentence_put(&texts->caption, gaze_compare_strong(compare, layout));
    if (compare->figure.words) gaze_sentence_put(&texts->caption, words->joined);
    if (compare->figure.special != GAZE_SPECIAL_SHOW) put_shares(&texts->caption, compare, words);
    if (compare->figure.renormalised) gaze_sentence_put(&texts->caption, words->renormalised);
    if (layout->pool > 1)
        gaze_sentence_count(&texts->caption, words->pooled, (size_t[]){layout->pool, layout->pool}, 2);
    gaze_sentence_put(&texts->caption, words->counting);
}

void gaze_compare_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column) {
    const gaze_compare *compare = matrix->context;
    gaze_label_write_link(svg, &matrix->row_labels[row], &matrix->column_labels[column], HOVER_EM,
                          gaze_words_of(compare->figure.language));
    gaze_svg_fixed(svg, (double)matrix->values[row * matrix->columns + column], 4);
}
