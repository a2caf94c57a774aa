#include "viz/sentence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "viz/scale.h"
#include "viz/text.h"

static const double LABEL_EM = 14;
static const char left_to_right_mark[] = "\xE2\x80\x8E"; /* U+200E */

/* Sentences of an English caption have a blank between them; Chinese ones end in a wide stop. */
static void next_sentence(gaze_buffer *out) {
    if (out->length > 0 && out->data[out->length - 1] == '.') gaze_buffer_putc(out, ' ');
}

void gaze_sentence_put(gaze_buffer *out, const char *sentence) {
    next_sentence(out);
    gaze_buffer_puts(out, sentence);
}

void gaze_sentence_fill(gaze_buffer *out, const char *template, const char *const *values) {
    next_sentence(out);
    gaze_words_put(out, template, values);
}

void gaze_sentence_count(gaze_buffer *out, const char *template, const size_t *counts, size_t n) {
    next_sentence(out);
    gaze_words_put_counts(out, template, counts, n);
}

/* Integers only, so that no locale is asked, and no memory, which might fail without a word. */
const char *gaze_fixed_text(char text[GAZE_FIXED_TEXT], double value, int decimals) {
    static const double units[] = {1, 10, 100, 1000, 10000};
    if (!isfinite(value) || fabs(value) >= 1e9) {
        snprintf(text, GAZE_FIXED_TEXT, isnan(value) ? "NaN" : "%.0e", value);
        return text;
    }
    long long unit = (long long)units[decimals], digits = llround(fabs(value) * units[decimals]);
    const char *sign = value < 0 && digits ? "-" : "";
    if (decimals)
        snprintf(text, GAZE_FIXED_TEXT, "%s%lld.%0*lld", sign, digits / unit, decimals, digits % unit);
    else
        snprintf(text, GAZE_FIXED_TEXT, "%s%lld", sign, digits);
    return text;
}

/* Numbers that follow a label from right to left would otherwise stand before it. Captions are plain text, in which an
 * isolate would be taken for a stranger's. */
void gaze_sentence_label(gaze_buffer *out, const char *text, size_t length) {
    gaze_text_cut cut = gaze_text_fit(text, length, LABEL_EM);
    gaze_buffer_append(out, text, cut.head);
    if (cut.cut) gaze_buffer_puts(out, "…");
    gaze_buffer_append(out, text + length - cut.tail, cut.tail);
    if (gaze_text_is_rtl(text, length)) gaze_buffer_puts(out, left_to_right_mark);
}

void gaze_sentence_name(gaze_buffer *out, const gaze_label *label, const gaze_words *words) {
    gaze_buffer_puts(out, words->quotes[0]);
    gaze_sentence_label(out, label->text, label->length);
    gaze_buffer_puts(out, words->quotes[1]);
    if (label->nth) gaze_words_put_counts(out, words->nth, &label->nth, 1);
}

void gaze_sentence_link(gaze_buffer *out, const gaze_label *from, const gaze_label *to, const gaze_words *words) {
    gaze_buffer_puts(out, words->from);
    gaze_sentence_name(out, from, words);
    gaze_buffer_puts(out, words->to);
    gaze_sentence_name(out, to, words);
    gaze_buffer_puts(out, words->is);
}

void gaze_sentence_arrow(gaze_buffer *out, const gaze_label *from, const gaze_label *to, const char *weight,
                         const gaze_words *words) {
    gaze_buffer row = {0}, column = {0};
    gaze_sentence_name(&row, from, words);
    gaze_sentence_name(&column, to, words);
    if (row.failed || column.failed)
        out->failed = true;
    else
        gaze_words_put(out, words->link, (const char *[]){row.data, column.data, weight});
    gaze_buffer_deinit(&row);
    gaze_buffer_deinit(&column);
}

/* Whole percents; tenths below 1. */
static const char *percent_text(char text[GAZE_FIXED_TEXT], double share) {
    return gaze_fixed_text(text, 100 * share, share >= 0.0005 && share < 0.0095 ? 1 : 0);
}

static void put_range(gaze_buffer *out, const gaze_words *words, const gaze_share *share) {
    char least[GAZE_FIXED_TEXT], most[GAZE_FIXED_TEXT];
    percent_text(least, share->least);
    percent_text(most, share->most);
    gaze_words_put(out, strcmp(least, most) == 0 ? words->percent : words->percent_range,
                   (const char *[]){least, most});
}

void gaze_sentence_shares(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words, bool one_head) {
    const char *how = figure->special == GAZE_SPECIAL_HIDE  ? words->hidden
                      : figure->special == GAZE_SPECIAL_DIM ? words->dimmed
                                                            : words->neither;
    for (size_t i = 0; i < figure->share_count; i++) {
        next_sentence(out);
        gaze_sentence_label(out, figure->shares[i].text, figure->shares[i].length);
        gaze_buffer_puts(out, words->takes[one_head]);
        put_range(out, words, &figure->shares[i]);
        gaze_buffer_puts(out, words->of_it[one_head]);
        gaze_buffer_puts(out, how);
    }
}

void gaze_sentence_treatment(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words, bool one_head) {
    if (figure->cut) gaze_sentence_count(out, words->cut, &figure->cut, 1);
    if (figure->words) gaze_sentence_put(out, words->joined);
    if (figure->special != GAZE_SPECIAL_SHOW) gaze_sentence_shares(out, figure, words, one_head);
    if (figure->renormalised) gaze_sentence_put(out, words->renormalised);
}

void gaze_sentence_sums(gaze_buffer *out, const gaze_words *words, double least, double most, bool others) {
    if (least > 0.995 && most < 1.005) {
        gaze_sentence_put(out, others ? words->others_sum_to_one : words->sums_to_one);
        return;
    }
    char from[GAZE_FIXED_TEXT], to[GAZE_FIXED_TEXT];
    gaze_weight_text(from, least);
    gaze_weight_text(to, most);
    gaze_sentence_fill(out, words->sums_between, (const char *[]){from, to});
}

void gaze_sentence_scale(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words) {
    if (figure->top > 0)
        gaze_words_put(out, words->fitted_scale, (const char *[]){gaze_scale_top_text(figure->top)});
    else
        gaze_buffer_puts(out, words->scale_names[figure->scale][1]);
}

void gaze_sentence_fitted(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words) {
    if (figure->top > 0)
        gaze_sentence_fill(out, words->fitted, (const char *[]){gaze_scale_top_text(figure->top)});
}

const char *gaze_short_text(char text[GAZE_FIXED_TEXT], double value, int decimals) {
    size_t sign = gaze_fixed_text(text, value, decimals)[0] == '-';
    if (text[sign] == '0' && text[sign + 1] == '.') memmove(text + sign, text + sign + 1, strlen(text + sign));
    return text;
}

const char *gaze_weight_text(char text[GAZE_FIXED_TEXT], double weight) {
    return gaze_short_text(text, weight, 2);
}

void gaze_sentence_weight(gaze_buffer *out, double weight) {
    char text[GAZE_FIXED_TEXT];
    gaze_buffer_puts(out, gaze_weight_text(text, weight));
}
