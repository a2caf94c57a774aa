/* The words of a page's controls and help, in each language. */
#ifndef GAZE_VIZ_HTML_TERMS_H
#define GAZE_VIZ_HTML_TERMS_H

#include "viz/figure.h"

typedef struct gaze_terms {
    /* controls */
    const char *layer, *heads, *all, *none, *show_as, *each, *mean, *max;
    const char *filter, *unit, *token, *word, *special, *show, *dim, *hide;
    const char *renormalise, *rows, *as_they_are, *divided; /* by their sums */
    const char *layout, *vertical, *horizontal, *narrow, *more, *scale;
    const char *scales[5]; /* NULL last */
    const char *mass, *controls, *help, *close;
    /* around the figure */
    const char *figure, *values, *values_of, *no_script, *no_head;
    const char *query_tokens, *key_tokens;
    const char *left_out; /* layers that the page does not hold: {} */
    const char *not_numbers; /* {} weights that were none */
    const char *stored; /* weights of {} bits, {} is their error */
} gaze_terms;

const gaze_terms *gaze_terms_of(gaze_language language);

#endif
