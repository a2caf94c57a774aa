/* Sentences of captions and descriptions, one after another in the figure's language. */
#ifndef GAZE_VIZ_SENTENCE_H
#define GAZE_VIZ_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/figure.h"
#include "viz/label.h"
#include "viz/words.h"

/* Appends a sentence, with a blank before it where one ends in a narrow full stop. */
void gaze_sentence_put(gaze_buffer *out, const char *sentence);
/* The same with the {} of a template replaced, as gaze_words_put does; counts: at most 4. */
void gaze_sentence_fill(gaze_buffer *out, const char *template, const char *const *values);
void gaze_sentence_count(gaze_buffer *out, const char *template, const size_t *counts, size_t n);

#define GAZE_FIXED_TEXT 32
/* `value` as gaze_buffer_put_fixed writes it, in `text`; empty when it is too long. Returns text. */
const char *gaze_fixed_text(char text[GAZE_FIXED_TEXT], double value, int decimals);

/* What each special token takes: "[SEP] takes 62 % of this head (hidden)." `one_head`: a single head is drawn. */
void gaze_sentence_shares(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words, bool one_head);

/* What was done to the numbers before they were drawn: words joined, special tokens dimmed or hidden, rows divided. */
void gaze_sentence_treatment(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words, bool one_head);
/* "Each row sums to 1.", or what they sum to. `others`: some rows hold what is no number, and are not meant. */
void gaze_sentence_sums(gaze_buffer *out, const gaze_words *words, double least, double most, bool others);

/* What the scale is called behind what it measures: "sqrt scale", "sqrt, to .05". No sentence. */
void gaze_sentence_scale(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words);
/* That the colours end below 1; nothing where they do not. */
void gaze_sentence_fitted(gaze_buffer *out, const gaze_figure *figure, const gaze_words *words);

/* ".37"; "1.00" from .995 on. */
void gaze_sentence_weight(gaze_buffer *out, double weight);
/* The same in `text`. Returns text. */
const char *gaze_weight_text(char text[GAZE_FIXED_TEXT], double weight);
/* With other decimals, and of differences: ".372", "-.372". */
const char *gaze_short_text(char text[GAZE_FIXED_TEXT], double value, int decimals);

/* A label inside a sentence, cut where it is long. */
void gaze_sentence_label(gaze_buffer *out, const char *text, size_t length);
/* The same in quotation marks, and which of several it is: "'cat'", "'the' (2)". */
void gaze_sentence_name(gaze_buffer *out, const gaze_label *label, const gaze_words *words);
/* "'it' → 'the' (2) .49"; the weight as it is to be written. */
void gaze_sentence_arrow(gaze_buffer *out, const gaze_label *from, const gaze_label *to, const char *weight,
                         const gaze_words *words);
/* "from 'it' to 'the' (2): " */
void gaze_sentence_link(gaze_buffer *out, const gaze_label *from, const gaze_label *to, const gaze_words *words);

#endif
