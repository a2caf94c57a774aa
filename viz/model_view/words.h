/* What the model view says, in each language. */
#ifndef GAZE_VIZ_MODEL_VIEW_WORDS_H
#define GAZE_VIZ_MODEL_VIEW_WORDS_H

#include "viz/figure.h"
#include "viz/model_view/model_view.h"

/* Strings with {} take values, in order. */
typedef struct gaze_model_words {
    const char *short_head;                      /* {layer}, {head}, for small captions */
    const char *mean;                            /* heading of the layers' means */
    const char *values[GAZE_BADGE_VALUES];       /* names in running text and in the key */
    const char *short_values[GAZE_BADGE_VALUES]; /* on a badge */
    const char *names[GAZE_BADGE_NAMES];         /* on a badge, where a threshold holds */
    const char *key;                             /* before the names of the bars */
    const char *meaning[2];                      /* of a badge's word and number; [1] of all numbers */
    const char *targets[GAZE_BADGE_VALUES];      /* what takes a share, in a sentence */
    const char *stands_out, *largest;            /* {head}, {what takes}, {how much}: the headline */
    const char *reading, *reading_lines, *measured, *thresholds, *most, *is_most;
    const char *first_row;    /* why previous and next do not reach 1 */
    const char *else_largest; /* what a badge says where no threshold holds */
    const char *of_means;     /* what the badge of a layer's mean measures */
    const char *sorted, *sorted_by_name;
    const char *description; /* {layers}, {heads}, {tokens} */
    const char *title_value; /* {name}, {value} */
} gaze_model_words;

const gaze_model_words *gaze_model_words_of(gaze_language language);

#endif
