/* A label: what stands beside a row or above a column. Usually one token. */
#ifndef GAZE_VIZ_LABEL_H
#define GAZE_VIZ_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/tokens.h"
#include "viz/svg.h"
#include "viz/words.h"

#define GAZE_LABEL_NO_ID (-1)

typedef struct gaze_label {
    const char *text; /* as the tokenizer has it ("##ing"); borrowed; anything, of any length */
    size_t length;    /* bytes */
    size_t marker;    /* bytes at the front that are the tokenizer's mark (2 of "##ing"): drawn muted */
    int32_t id;       /* in the vocabulary, or GAZE_LABEL_NO_ID */
    int32_t segment;  /* 0: text, 1: pair */
    bool special;     /* [CLS], [SEP]: drawn muted */
    size_t nth;       /* of several labels with one text, which it is, from 1; 0: it is the only one */
} gaze_label;

/* Fills `nth` of labels[count]. */
void gaze_labels_number(gaze_label *labels, size_t count);

/* Where the run of labels of one segment ends that begins at `from`; whether there is more than one run: a pair. */
size_t gaze_labels_run_end(const gaze_label *labels, size_t count, size_t from);
bool gaze_labels_have_pair(const gaze_label *labels, size_t count);

/* labels[tokens->count], which borrow the strings of `tokens`. A leading "##" is a marker when the token
 * continues the word before it. They are numbered. */
void gaze_labels_from_tokens(gaze_label *labels, const gaze_tokens *tokens);

/* Writes the label into the open <text>, cut to max_em, its marker in the colour `muted`. A piece that
 * continues an Arabic word gets a joiner before it, so that its first letter has the joined form. */
void gaze_label_write(gaze_svg *svg, const gaze_label *label, double max_em, gaze_rgb muted);

/* As a sentence names it, see gaze_sentence_name: 'the' (2). */
void gaze_label_write_name(gaze_svg *svg, const gaze_label *label, double max_em, const gaze_words *words);
/* See gaze_sentence_link. */
void gaze_label_write_link(gaze_svg *svg, const gaze_label *from, const gaze_label *to, double max_em,
                           const gaze_words *words);

/* <title>: the token as the tokenizer has it, and its id. */
void gaze_label_put_title(gaze_svg *svg, const gaze_label *label, const gaze_words *words);

#endif
