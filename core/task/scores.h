/* From logits to scores between 0 and 1.
 *
 *     softmax   p[c] = exp(x[c]) / sum_c exp(x[c])     one of the labels is right
 *     sigmoid   p[c] = 1 / (1 + exp(-x[c]))            each label for itself
 *
 * (transformers: TextClassificationPipeline.postprocess, torch.nn.functional.softmax.) Computed in double: these
 * are few numbers, and people compare them.
 */
#ifndef GAZE_CORE_TASK_SCORES_H
#define GAZE_CORE_TASK_SCORES_H

#include <stddef.h>

#include "core/model/config.h"

typedef enum gaze_score_function { GAZE_SCORE_IDENTITY, GAZE_SCORE_SIGMOID, GAZE_SCORE_SOFTMAX } gaze_score_function;

/* What turns a sequence classifier's logits into scores: nothing in a regression, the sigmoid where labels do not
 * exclude each other or there is only one, the softmax otherwise. */
gaze_score_function gaze_score_function_of(const gaze_config *config);

/* scores (count) of one row of logits. scores may be logits. */
void gaze_scores(float *scores, const float *logits, size_t count, gaze_score_function function);

#endif
