/* What the script of the page is given. */
#ifndef GAZE_VIZ_NEURON_VIEW_PAGE_DATA_H
#define GAZE_VIZ_NEURON_VIEW_PAGE_DATA_H

#include "viz/neuron_view/draw.h"

/* Appends a JSON object: counts, places, colours, words, and the vectors of all heads. Errors: MEMORY. */
gaze_status gaze_neuron_put_data(gaze_buffer *out, const gaze_neuron_drawing *d, const gaze_neuron_page *page,
                                 gaze_error *err);

#endif
