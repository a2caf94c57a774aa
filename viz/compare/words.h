/* What comparisons say, in each language. */
#ifndef GAZE_VIZ_COMPARE_WORDS_H
#define GAZE_VIZ_COMPARE_WORDS_H

#include "viz/figure.h"

typedef struct gaze_compare_words {
    const char *colon, *minus;
    const char *against; /* title: {} and {} */
    const char *two_texts, *two_models; /* behind a layer and head that both sides have */
    const char *difference, *none;
    const char *strongest; /* before the largest weight of each side */
    const char *headline;  /* of a page, before the largest difference of all */
    const char *largest[2]; /* of A over B, of B over A */
    const char *in_a, *in_b;
    const char *frames[2]; /* around what the caption names; [1] in a page, around what is read */
    const char *strong, *strong_signed; /* which numbers are written in cells; which of the difference */
    const char *clipped; /* {limit}, {count}, {of}, {notched} */
    const char *notched;
    const char *brackets[2]; /* around the list of those cells */
    const char *and, *more;  /* between them; {count} */
    const char *description;
    /* of the page */
    const char *figure;  /* what a screen reader calls the drawing */
    const char *head, *left_out;
    const char *read;        /* what it calls a matrix */
    const char *const *keys; /* pairs of a key and what it does, ended by NULL */
} gaze_compare_words;

const gaze_compare_words *gaze_compare_words_of(gaze_language language);

#endif
