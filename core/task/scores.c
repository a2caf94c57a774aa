#include "core/task/scores.h"

#include <math.h>
#include <string.h>

gaze_score_function gaze_score_function_of(const gaze_config *config) {
    if (config->problem_type == GAZE_PROBLEM_REGRESSION) return GAZE_SCORE_IDENTITY;
    if (config->problem_type == GAZE_PROBLEM_MULTI_LABEL || config->num_labels == 1) return GAZE_SCORE_SIGMOID;
    return GAZE_SCORE_SOFTMAX;
}

static void softmax(float *scores, const float *logits, size_t count) {
    double largest = -INFINITY, sum = 0;
    for (size_t c = 0; c < count; c++) largest = fmax(largest, (double)logits[c]);
    for (size_t c = 0; c < count; c++) sum += exp((double)logits[c] - largest);
    for (size_t c = 0; c < count; c++) scores[c] = (float)(exp((double)logits[c] - largest) / sum);
}

void gaze_scores(float *scores, const float *logits, size_t count, gaze_score_function function) {
    switch (function) {
    case GAZE_SCORE_IDENTITY: memmove(scores, logits, count * sizeof *scores); return;
    case GAZE_SCORE_SOFTMAX: softmax(scores, logits, count); return;
    case GAZE_SCORE_SIGMOID:
        for (size_t c = 0; c < count; c++) scores[c] = (float)(1 / (1 + exp(-(double)logits[c])));
    }
}
