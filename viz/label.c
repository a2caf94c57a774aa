/* Labels out of tokens, and labels on the page. */
#include "viz/label.h"

#include <string.h>

#include "viz/text.h"

static bool has_same_text(const gaze_label *a, const gaze_label *b) {
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

void gaze_labels_number(gaze_label *labels, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t place = 1, all = 0;
        for (size_t k = 0; k < count; k++) {
            if (!has_same_text(&labels[i], &labels[k])) continue;
            all++;
            if (k < i) place++;
        }
        labels[i].nth = all > 1 ? place : 0;
    }
}

size_t gaze_labels_run_end(const gaze_label *labels, size_t count, size_t from) {
    size_t to = from + 1;
    while (to < count && labels[to].segment == labels[from].segment) to++;
    return to;
}

bool gaze_labels_have_pair(const gaze_label *labels, size_t count) {
    return gaze_labels_run_end(labels, count, 0) < count;
}

/* "##ing" is a continuation; "##" that stands by itself in the text is not. */
static size_t wordpiece_marker(const gaze_tokens *tokens, size_t i) {
    if (i == 0 || tokens->special[i] || tokens->string_lengths[i] <= 2) return 0;
    if (tokens->word_ids[i] == GAZE_NO_WORD || tokens->word_ids[i] != tokens->word_ids[i - 1]) return 0;
    return tokens->strings[i][0] == '#' && tokens->strings[i][1] == '#' ? 2 : 0;
}

/* The text that a token belongs to; a special one belongs to the text before it. Type ids alone do not tell: for
 * RoBERTa they are all 0. */
static int32_t segment_after(int32_t segment, const gaze_tokens *tokens, size_t i) {
    int32_t sequence = tokens->sequence_ids[i] == GAZE_NO_SEQUENCE ? segment : tokens->sequence_ids[i];
    return sequence > tokens->type_ids[i] ? sequence : tokens->type_ids[i];
}

void gaze_labels_from_tokens(gaze_label *labels, const gaze_tokens *tokens) {
    int32_t segment = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        segment = segment_after(segment, tokens, i);
        labels[i] = (gaze_label){.text = tokens->strings[i],
                                 .length = tokens->string_lengths[i],
                                 .marker = wordpiece_marker(tokens, i),
                                 .id = tokens->ids[i],
                                 .segment = segment,
                                 .special = tokens->special[i] != 0};
    }
    gaze_labels_number(labels, tokens->count);
}

static void write_marker(gaze_svg *svg, const gaze_label *label, gaze_rgb muted) {
    gaze_svg_begin(svg, "tspan");
    gaze_svg_string(svg, "class", "gaze-muted");
    gaze_svg_color(svg, "fill", muted);
    gaze_svg_text(svg, label->text, label->marker);
    gaze_svg_end(svg);
}

static bool is_blank(const char *text, size_t length) {
    for (size_t i = 0; i < length && i < 64; i++)
        if (text[i] != ' ') return false;
    return length > 0;
}

void gaze_label_write(gaze_svg *svg, const gaze_label *label, double max_em, gaze_rgb muted) {
    static const char joiner[] = "\xE2\x80\x8D";   /* U+200D */
    static const char open_box[] = "\xE2\x90\xA3"; /* U+2423, which stands for a blank */
    const char *rest = label->text + label->marker;
    size_t length = label->length - label->marker;
    if (label->marker > 0) {
        write_marker(svg, label, muted);
        max_em -= gaze_text_width(label->text, label->marker);
        if (gaze_text_is_rtl(rest, length)) gaze_svg_raw(svg, joiner);
    }
    if (is_blank(rest, length))
        gaze_svg_raw(svg, open_box);
    else
        gaze_text_write(svg, rest, length, max_em);
}

void gaze_label_write_name(gaze_svg *svg, const gaze_label *label, double max_em, const gaze_words *words) {
    gaze_svg_puts(svg, words->quotes[0]);
    gaze_text_write(svg, label->text, label->length, max_em);
    gaze_svg_puts(svg, words->quotes[1]);
    if (label->nth) gaze_words_put_counts(svg->out, words->nth, &label->nth, 1);
}

void gaze_label_write_link(gaze_svg *svg, const gaze_label *from, const gaze_label *to, double max_em,
                           const gaze_words *words) {
    gaze_svg_puts(svg, words->from);
    gaze_label_write_name(svg, from, max_em, words);
    gaze_svg_puts(svg, words->to);
    gaze_label_write_name(svg, to, max_em, words);
    gaze_svg_puts(svg, words->is);
}

void gaze_label_put_title(gaze_svg *svg, const gaze_label *label, const gaze_words *words) {
    static const double title_em = 40;
    gaze_svg_begin(svg, "title");
    gaze_text_write(svg, label->text, label->length, title_em);
    if (label->id >= 0) {
        gaze_svg_puts(svg, words->comma);
        gaze_words_put_counts(svg->out, words->token_id, (size_t[]){(size_t)label->id}, 1);
    }
    gaze_svg_end(svg);
}
