/* Neuron views to draw in tests: random vectors of a head, and the steps that follow from them. */
#ifndef GAZE_TESTS_SUPPORT_NEURONS_H
#define GAZE_TESTS_SUPPORT_NEURONS_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "viz/neuron_view/neuron_view.h"

typedef struct neurons {
    gaze_neuron_view view; /* may be changed before it is drawn */
    gaze_label *labels;
    float *queries, *keys, *values, *weights, *products; /* what the view points to */
    size_t *rows;
    gaze_share share; /* free for use */
    gaze_arena memory;
} neurons;

/* `tokens` labels "[CLS]" "word1" "##2" ... "[SEP]", vectors of K dimensions, token 1 as the query, the first `rows`
 * tokens drawn. The same every time. */
neurons neurons_new(size_t tokens, size_t K, size_t rows);
void neurons_free(neurons *n);

/* Draws into *out and fails the test unless that works and is well-formed. Returns the elements. */
size_t neurons_draw(const gaze_neuron_view *view, gaze_buffer *out);

#endif
