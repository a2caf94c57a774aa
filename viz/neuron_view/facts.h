/* What the caption of a neuron view states about the numbers it draws. */
#ifndef GAZE_VIZ_NEURON_VIEW_FACTS_H
#define GAZE_VIZ_NEURON_VIEW_FACTS_H

#include <stddef.h>

#include "viz/neuron_view/neuron_view.h"

typedef struct gaze_neuron_facts {
    double shown, all;  /* sums of weights: of the rows, of all keys */
    size_t clipped;     /* cells beyond the limits, scores included */
    size_t not_numbers; /* cells without a number */
    size_t part;        /* dimensions: an eighth of them, at least one */
    double part_sum;    /* of the strongest key's largest products, that many */
} gaze_neuron_facts;

void gaze_neuron_facts_collect(gaze_neuron_facts *facts, const gaze_neuron_view *view);

#endif
