#include <math.h>
#include <string.h>

#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/text_view/draw.h"
#include "viz/text_view/words.h"

enum { STRONGEST = 5, READ = 3, NAMED = 4 };

typedef gaze_text_view_words own_words;

static const own_words *words_of(const gaze_text_view *view) {
    return gaze_text_view_words_of(view->figure.language);
}

static size_t chosen_count(const gaze_text_view *view) {
    size_t count = 0;
    for (size_t i = 0; i < view->count; i++) count += view->pieces[i].chosen;
    return count;
}

/* A piece that continues a word keeps the tokenizer's mark: '##s'. */
static gaze_label written_label(const gaze_text_piece *piece) {
    gaze_label written = piece->label;
    if (!written.marker && !written.special) {
        written.text = piece->text;
        written.length = piece->length;
    }
    return written;
}

static bool is_same_name(const gaze_text_piece *one, const gaze_text_piece *other) {
    gaze_label a = written_label(one), b = written_label(other);
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

void gaze_text_pieces_number(gaze_text_piece *pieces, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t place = 1, all = 0;
        for (size_t k = 0; k < count; k++) {
            if (!is_same_name(&pieces[i], &pieces[k])) continue;
            all++;
            if (k < i) place++;
        }
        pieces[i].label.nth = all > 1 ? place : 0;
    }
}

void gaze_text_piece_name(gaze_buffer *out, const gaze_text_piece *piece, const gaze_words *words) {
    gaze_label written = written_label(piece);
    gaze_sentence_name(out, &written, words);
}

static void put_name(gaze_buffer *out, const gaze_text_view *view, size_t piece) {
    gaze_text_piece_name(out, &view->pieces[piece], gaze_words_of(view->figure.language));
}

/* "'it'", "the mean of 'it', 'cat' and 3 more" */
static void put_chosen(gaze_buffer *out, const gaze_text_view *view) {
    const own_words *own = words_of(view);
    size_t count = chosen_count(view), named = 0;
    if (count > 1) gaze_buffer_puts(out, own->mean);
    for (size_t i = 0; i < view->count && named < NAMED; i++) {
        if (!view->pieces[i].chosen) continue;
        if (named++) gaze_buffer_puts(out, own->and);
        put_name(out, view, i);
    }
    if (count > named) gaze_words_put_counts(out, own->more, (size_t[]){count - named}, 1);
}

/* A template, with what is chosen in the place of {}. */
static void put_attends(gaze_buffer *out, const gaze_text_view *view, const char *at) {
    for (; *at; at++) {
        if (at[0] == '{' && at[1] == '}') {
            put_chosen(out, view);
            at++;
        } else {
            gaze_buffer_putc(out, *at);
        }
    }
}

static void put_title(gaze_buffer *out, const gaze_text_view *view, const gaze_words *words) {
    gaze_panels_put_title(out, &view->panel, 1, &view->figure, words);
    if (view->figure.title) return;
    gaze_buffer_puts(out, words_of(view)->colon);
    put_attends(out, view, words_of(view)->attends[view->received]);
}

/* The largest weight below that of the piece `before`, which stands earlier or is larger; count when there is none. */
static size_t next_strongest(const gaze_text_view *view, size_t before) {
    size_t best = view->count;
    for (size_t i = 0; i < view->count; i++) {
        float w = view->pieces[i].weight;
        if (!isfinite(w) || view->pieces[i].hidden) continue;
        if (before < view->count &&
            (w > view->pieces[before].weight || (!(w < view->pieces[before].weight) && i <= before)))
            continue;
        if (best == view->count || w > view->pieces[best].weight) best = i;
    }
    return best;
}

static void put_strongest(gaze_buffer *out, const gaze_text_view *view, size_t most) {
    const own_words *own = words_of(view);
    size_t at = view->count;
    for (size_t n = 0; n < most; n++) {
        at = next_strongest(view, at);
        if (at == view->count && !n) return;
        if (at == view->count) break;
        if (n)
            gaze_buffer_puts(out, own->and);
        else
            gaze_sentence_put(out, own->strongest);
        put_name(out, view, at);
        gaze_buffer_putc(out, ' ');
        gaze_sentence_weight(out, (double)view->pieces[at].weight);
    }
    gaze_buffer_puts(out, gaze_words_of(view->figure.language)->full_stop);
}

void gaze_text_view_strongest(gaze_buffer *out, const gaze_text_view *view) {
    put_strongest(out, view, READ);
}

static void put_sum(gaze_buffer *out, const gaze_text_view *view) {
    char text[GAZE_FIXED_TEXT];
    double sum = 0;
    size_t missing = 0;
    for (size_t i = 0; i < view->count; i++) {
        if (view->pieces[i].hidden) continue;
        if (isfinite(view->pieces[i].weight))
            sum += (double)view->pieces[i].weight;
        else
            missing++;
    }
    gaze_weight_text(text, sum);
    gaze_sentence_fill(out, words_of(view)->sum[view->received], (const char *[]){text});
    if (missing) gaze_sentence_count(out, words_of(view)->not_numbers, &missing, 1);
}

void gaze_text_view_readout(gaze_buffer *out, const gaze_text_view *view) {
    const own_words *own = words_of(view);
    size_t at = view->count;
    put_attends(out, view, own->readout[view->received]);
    for (size_t n = 0; n < STRONGEST; n++) {
        at = next_strongest(view, at);
        if (at == view->count) return;
        if (n) gaze_buffer_puts(out, own->and);
        put_name(out, view, at);
        gaze_buffer_putc(out, ' ');
        gaze_sentence_weight(out, (double)view->pieces[at].weight);
    }
}

void gaze_text_view_compose(gaze_texts *texts, const gaze_text_view *view) {
    const gaze_words *words = gaze_words_of(view->figure.language);
    const own_words *own = words_of(view);
    bool one_head = view->panel.layer >= 0 && view->panel.head >= 0;
    put_title(&texts->title, view, words);
    gaze_words_put_counts(&texts->description, own->description, &view->count, 1);
    put_strongest(&texts->description, view, STRONGEST);
    gaze_sentence_shares(&texts->description, &view->figure, words, one_head);
    gaze_sentence_put(&texts->caption, own->reading[view->received]);
    if (chosen_count(view) > 1) gaze_sentence_put(&texts->caption, own->of_several);
    put_strongest(&texts->caption, view, STRONGEST);
    put_sum(&texts->caption, view);
    gaze_sentence_fitted(&texts->caption, &view->figure, words);
    if (view->figure.cut) gaze_sentence_count(&texts->caption, words->cut, &view->figure.cut, 1);
    if (view->figure.words) gaze_sentence_put(&texts->caption, words->joined);
    if (view->figure.special != GAZE_SPECIAL_SHOW)
        gaze_sentence_shares(&texts->caption, &view->figure, words, one_head);
    if (view->figure.renormalised) gaze_sentence_put(&texts->caption, words->renormalised);
    if (view->pieces[view->count - 1].label.segment > 0) gaze_sentence_put(&texts->caption, words->segments);
    gaze_sentence_put(&texts->caption, words->counting);
}
