/* Private to neuron.c: the heads of a layer, or of all, rounded as an .html page holds them. */
#ifndef GAZE_TOOLS_PIPELINE_NEURON_ROUND_H
#define GAZE_TOOLS_PIPELINE_NEURON_ROUND_H

#include "tools/pipeline/neuron.h"

/* Fills neuron->page but for its view, with the layer of that or (full) with all, and measures how much the weights
 * change. MEMORY; UNSUPPORTED when they change so much that the page would show something else (a mask, relative
 * positions). */
gaze_status gaze_neuron_round_heads(gaze_neuron *neuron, const gaze_source *source, unsigned bits, bool full,
                                    gaze_error *err);

/* weights (T) = softmax(scores (T)), out of the vectors (T,K) of a head. */
void gaze_neuron_weigh(float *weights, double *scores, const gaze_neuron_head *head, size_t query, size_t T, size_t K);

#endif
