/* What the page of the model view says, in each language. */
#ifndef GAZE_VIZ_MODEL_VIEW_PAGE_WORDS_H
#define GAZE_VIZ_MODEL_VIEW_PAGE_WORDS_H

#include "viz/figure.h"

enum { GAZE_MODEL_SORTS = 9 };

typedef struct gaze_model_page_words {
    const char *sort;
    const char *sorts[GAZE_MODEL_SORTS + 1]; /* as gaze_model_sort_values */
    const char *link_from, *link_to, *no_link;
    const char *figure;                       /* what a screen reader calls the grid */
    const char *detail;                       /* what it calls the head beside it */
    const char *hint;                         /* the readout, before anything was looked at */
    const char *not_held;                     /* of a head whose weights the page does not hold */
    const char *labels;                       /* which labels are written, where not all are */
    const char *coarse;                       /* without scripts: {}, {} dots in one */
    const char *left_out;                     /* {}: layers whose weights the page does not hold */
    const char *const *keys;                  /* pairs of a key and what it does, ended by NULL */
} gaze_model_page_words;

const gaze_model_page_words *gaze_model_page_words_of(gaze_language language);

/* "layer", "label", "entropy", ..., NULL. */
extern const char *const gaze_model_sort_values[GAZE_MODEL_SORTS + 1];

#endif
