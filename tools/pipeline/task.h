/* What a model is for: the commands that ask a head ask here first whether the model has it.
 *
 *     command      head                       its logits in gaze_run (R rows, .options.logits)
 *     fill-mask    MaskedLM                   (N,V)
 *     answer       QuestionAnswering          (N,2)
 *     label        TokenClassification        (N,C)
 *     classify     SequenceClassification     (B,C)
 *     rank         SequenceClassification     (B,1)
 */
#ifndef GAZE_TOOLS_PIPELINE_TASK_H
#define GAZE_TOOLS_PIPELINE_TASK_H

#include "core/base/error.h"
#include "core/model/config.h"
#include "tools/pipeline/pipeline.h"

/* UNSUPPORTED, with the head that the model has, when that is another one or none; NOT_FOUND, with the first
 * parameter that is missing, when the weights lack it. */
gaze_status gaze_require_head(const gaze_pipeline *pipeline, gaze_task task, gaze_error *err);

/* Tokens that a text may have: the model's positions, or fewer where the tokenizer's model_max_length says so. */
size_t gaze_pipeline_max_length(const gaze_pipeline *pipeline);

#endif
