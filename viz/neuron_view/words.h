/* The words of the neuron view. Strings with {} take values, in order. */
#ifndef GAZE_VIZ_NEURON_VIEW_WORDS_H
#define GAZE_VIZ_NEURON_VIEW_WORDS_H

#include "viz/figure.h"

/* A column: what it is called, and what stands below that (of the weights with {longest bar}). */
typedef struct gaze_neuron_heading {
    const char *name, *what;
} gaze_neuron_heading;

typedef enum gaze_neuron_column {
    GAZE_NEURON_Q,
    GAZE_NEURON_K,
    GAZE_NEURON_PRODUCT,
    GAZE_NEURON_DOT,
    GAZE_NEURON_SCORE,
    GAZE_NEURON_MASK,
    GAZE_NEURON_WEIGHT,
    GAZE_NEURON_V,
    GAZE_NEURON_NORM,
    GAZE_NEURON_COLUMNS
} gaze_neuron_column;

typedef struct gaze_neuron_words {
    gaze_neuron_heading headings[GAZE_NEURON_COLUMNS];
    const char *from;      /* what the title ends in: {query} */
    const char *masked, *unmasked;
    gaze_neuron_heading length; /* ‖v‖ */
    const char *output, *shown_sum, *all_sum;
    const char *others_sum; /* {keys that are not shown} */
    const char *output_of_all; /* {keys}, {limit} */
    const char *comma, *rest; /* 'it' attends to 'the' (2) .17, 'cat' .16, all others .21 */
    const char *description;
    const char *reading;                      /* {K} {K} {T} */
    const char *all_shown;                    /* {sum} */
    const char *some_shown;                   /* {query} {rows} {T} {sum} {sum} */
    const char *takes, *of_query, *hidden, *dimmed;
    const char *dimensions, *dimensions_share; /* {m} {K} {part} {dot} {key}; {percent} */
    const char *sorted;                       /* {key} */
    const char *colors;
    const char *clipped, *not_numbers;        /* {count} */
    const char *norm;
    const char *mismatch;                     /* {error} */
    const char *vector_of[GAZE_NEURON_COLUMNS]; /* on hover, before the numbers: {token} */
    const char *output_of;
    /* of a page */
    const char *layer, *head, *query, *sort;    /* controls */
    const char *stored;                         /* {bits} {error} */
    const char *layer_only;                     /* {layer} */
    const char *cell[GAZE_NEURON_COLUMNS];      /* the number under the pointer: {token} {dimension} {number} */
    const char *cell_output;
    const char *nothing;                        /* when no token is pinned */
    const char *keys[18];                       /* help: a key and what it does, ended by NULL */
    const char *figure;
} gaze_neuron_words;

const gaze_neuron_words *gaze_neuron_words_of(gaze_language language);

#endif
