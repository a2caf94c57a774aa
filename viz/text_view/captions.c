#include <math.h>

#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/text_view/draw.h"

enum { STRONGEST = 5, NAMED = 4 };

typedef struct own_words {
    const char *attends[2]; /* title: what the chosen ones attend to, what attends to them */
    const char *quote[2];   /* around a name */
    const char *and, *more; /* between names; {} further ones */
    const char *mean;       /* before several */
    const char *reading[2];
    const char *of_several;
    const char *sum[2]; /* {} */
    const char *strongest;
    const char *not_numbers;
    const char *description;
} own_words;

static const own_words english = {
    .attends = {"what {} attends to", "what attends to {}"},
    .quote = {"'", "'"},
    .and = ", ",
    .more = " and {} more",
    .mean = "the mean of ",
    .reading =
        {"Shading: the weight from the framed token (query, attends from) to each token (key, attended to).",
         "Shading: the weight from each token (query, attends from) to the framed token (key, attended to)."},
    .of_several = "Of several framed tokens, their mean.",
    .sum = {"The weights sum to {}.", "The weights sum to {}; what a token receives need not sum to 1."},
    .strongest = "Strongest: ",
    .not_numbers = "Tokens without a number: {}.",
    .description = "Text of {} tokens, shaded by attention.",
};

static const own_words chinese = {
    .attends = {"{}关注什么", "什么关注{}"},
    .quote = {"“", "”"},
    .and = "、",
    .more = "等另外 {} 个",
    .mean = "平均：",
    .reading = {"底色：带框词元（查询，关注者）给予每个词元（键，被关注者）的权重。",
                "底色：每个词元（查询，关注者）给予带框词元（键，被关注者）的权重。"},
    .of_several = "有多个带框词元时取其平均。",
    .sum = {"权重之和为 {}。", "权重之和为 {}；一个词元所得之和不必为 1。"},
    .strongest = "最强：",
    .not_numbers = "没有数值的词元：{} 个。",
    .description = "{} 个词元的文本，以注意力为底色。",
};

static const own_words *words_of(const gaze_text_view *view) {
    return view->figure.language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}

static size_t chosen_count(const gaze_text_view *view) {
    size_t count = 0;
    for (size_t i = 0; i < view->count; i++) count += view->pieces[i].chosen;
    return count;
}

static void put_name(gaze_buffer *out, const own_words *own, const gaze_text_piece *piece) {
    gaze_buffer_puts(out, own->quote[0]);
    gaze_sentence_label(out, piece->label.text, piece->label.length);
    gaze_buffer_puts(out, own->quote[1]);
}

/* "'it'", "the mean of 'it', 'cat' and 3 more" */
static void put_chosen(gaze_buffer *out, const gaze_text_view *view) {
    const own_words *own = words_of(view);
    size_t count = chosen_count(view), named = 0;
    if (count > 1) gaze_buffer_puts(out, own->mean);
    for (size_t i = 0; i < view->count && named < NAMED; i++) {
        if (!view->pieces[i].chosen) continue;
        if (named++) gaze_buffer_puts(out, own->and);
        put_name(out, own, &view->pieces[i]);
    }
    if (count > named) gaze_words_put_counts(out, own->more, (size_t[]){count - named}, 1);
}

/* The title's template, with what is chosen in the place of {}. */
static void put_attends(gaze_buffer *out, const gaze_text_view *view) {
    for (const char *at = words_of(view)->attends[view->received]; *at; at++) {
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
    gaze_buffer_puts(out, view->figure.language == GAZE_LANGUAGE_ZH ? "：" : ": ");
    put_attends(out, view);
}

/* The largest weight below that of the piece `before`, which stands earlier or is larger; count when there is none. */
static size_t next_strongest(const gaze_text_view *view, size_t before) {
    size_t best = view->count;
    for (size_t i = 0; i < view->count; i++) {
        float w = view->pieces[i].weight;
        if (!isfinite(w)) continue;
        if (before < view->count &&
            (w > view->pieces[before].weight || (!(w < view->pieces[before].weight) && i <= before)))
            continue;
        if (best == view->count || w > view->pieces[best].weight) best = i;
    }
    return best;
}

static void put_strongest(gaze_buffer *out, const gaze_text_view *view, const gaze_words *words) {
    const own_words *own = words_of(view);
    size_t at = view->count;
    for (size_t n = 0; n < STRONGEST; n++) {
        char number[GAZE_FIXED_TEXT];
        at = next_strongest(view, at);
        if (at == view->count) break;
        if (n)
            gaze_buffer_puts(out, own->and);
        else
            gaze_sentence_put(out, own->strongest);
        put_name(out, own, &view->pieces[at]);
        gaze_buffer_putc(out, ' ');
        gaze_buffer_puts(out, gaze_fixed_text(number, (double)view->pieces[at].weight, 2));
    }
    gaze_buffer_puts(out, words->full_stop);
}

static void put_sum(gaze_buffer *out, const gaze_text_view *view) {
    char text[GAZE_FIXED_TEXT];
    double sum = 0;
    size_t missing = 0;
    for (size_t i = 0; i < view->count; i++) {
        if (isfinite(view->pieces[i].weight))
            sum += (double)view->pieces[i].weight;
        else
            missing++;
    }
    gaze_fixed_text(text, sum, 2);
    gaze_sentence_fill(out, words_of(view)->sum[view->received], (const char *[]){text});
    if (missing) gaze_sentence_count(out, words_of(view)->not_numbers, &missing, 1);
}

void gaze_text_view_compose(gaze_texts *texts, const gaze_text_view *view) {
    const gaze_words *words = gaze_words_of(view->figure.language);
    const own_words *own = words_of(view);
    bool one_head = view->panel.layer >= 0 && view->panel.head >= 0;
    put_title(&texts->title, view, words);
    gaze_words_put_counts(&texts->description, own->description, &view->count, 1);
    put_strongest(&texts->description, view, words);
    gaze_sentence_shares(&texts->description, &view->figure, words, one_head);
    gaze_sentence_put(&texts->caption, own->reading[view->received]);
    if (chosen_count(view) > 1) gaze_sentence_put(&texts->caption, own->of_several);
    put_strongest(&texts->caption, view, words);
    put_sum(&texts->caption, view);
    if (view->figure.words) gaze_sentence_put(&texts->caption, words->joined);
    if (view->figure.special != GAZE_SPECIAL_SHOW)
        gaze_sentence_shares(&texts->caption, &view->figure, words, one_head);
    if (view->figure.renormalised) gaze_sentence_put(&texts->caption, words->renormalised);
    if (view->pieces[view->count - 1].label.segment > 0) gaze_sentence_put(&texts->caption, words->segments);
    gaze_sentence_put(&texts->caption, words->counting);
}
