/* What link maps say, in each language: the figure, and the model view's page. */
#ifndef GAZE_VIZ_LINK_MAP_WORDS_H
#define GAZE_VIZ_LINK_MAP_WORDS_H

#include "viz/figure.h"

/* Strings with {} take values, in order. */
typedef struct gaze_link_words {
    const char *title;                        /* {from}, {to} */
    const char *weight, *difference;          /* above the two maps; {to} */
    const char *layer, *head;                 /* of the axes */
    const char *largest, *largest_difference; /* {layer}, {head}, {weight}, {others} */
    const char *next;                         /* the one after either: the same */
    const char *reading;
    const char *clipped;     /* {count}, {limit} */
    const char *description; /* {layers}, {heads} */
} gaze_link_words;

const gaze_link_words *gaze_link_words_of(gaze_language language);

#endif
