/* What text views say, in each language. */
#ifndef GAZE_VIZ_TEXT_VIEW_WORDS_H
#define GAZE_VIZ_TEXT_VIEW_WORDS_H

#include "viz/figure.h"

/* [0] of what the chosen ones give, [1] of what they receive. */
typedef struct gaze_text_view_words {
    const char *colon;      /* behind layer and head in the title */
    const char *attends[2]; /* title: what the chosen ones attend to, what attends to them */
    const char *and, *more; /* between names; {} further ones */
    const char *mean;       /* before several */
    const char *reading[2];
    const char *of_several;
    const char *sum[2]; /* {} */
    const char *strongest;
    const char *not_numbers;
    const char *description;
    /* of the page */
    const char *readout[2]; /* {}: the chosen ones; weights follow */
    const char *figure;     /* what a screen reader calls the passage */
    const char *head, *direction, *directions[3], *left_out;
    const char *const *keys; /* pairs of a key and what it does, ended by NULL */
} gaze_text_view_words;

const gaze_text_view_words *gaze_text_view_words_of(gaze_language language);

#endif
