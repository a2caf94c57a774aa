/* What a directory of sentence-transformers says about turning a text's tokens into one vector, or a pair's into one
 * score (a cross-encoder, whose only step is the Transformer).
 *
 *     modules.json                      the steps: Transformer, Pooling, and perhaps Normalize
 *     1_Pooling/config.json             which pooling (core/task/pooling.h), or several side by side
 *     sentence_bert_config.json         max_seq_length, do_lower_case
 *     tokenizer_config.json             model_max_length, where max_seq_length is not set; truncation_side
 *     config_sentence_transformers.json a prompt that stands before every text; truncate_dim
 *
 * Without modules.json a model is pooled by its mean and not normalised, as sentence-transformers does it.
 */
#ifndef GAZE_TOOLS_PIPELINE_SENTENCE_MODULES_H
#define GAZE_TOOLS_PIPELINE_SENTENCE_MODULES_H

#include "core/base/error.h"
#include "tools/pipeline/sentence_settings.h"

/* Reads the files above. Messages begin with the file's path. Errors: CONFIG and SCHEMA for values that cannot
 * be, UNSUPPORTED for modules and poolings that are not known here (by name), and those of JSON and of files. On
 * failure *settings is zeroed. */
gaze_status gaze_sentence_modules_read(gaze_sentence_settings *settings, const char *directory,
                                       gaze_error *err);
/* The same for a cross-encoder: a modules.json that is not of one is passed over, as sentence-transformers does it. */
gaze_status gaze_sentence_modules_read_cross(gaze_sentence_settings *settings, const char *directory,
                                             gaze_error *err);

#endif
