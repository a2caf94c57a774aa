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
#ifndef GAZE_TOOLS_PIPELINE_SENTENCE_CONFIG_H
#define GAZE_TOOLS_PIPELINE_SENTENCE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/task/pooling.h"
#include "tokenizer/tokenizer.h"

/* Zeroed: nothing is set. */
typedef struct gaze_sentence_config {
    char *transformer; /* the directory of the transformer: the model's own, or a folder in it */
    gaze_pooling poolings[GAZE_POOLING_COUNT]; /* their vectors stand one behind another */
    size_t pooling_count;
    bool normalize;
    size_t hidden_size; /* that the pooling expects; 0: it does not say */
    size_t max_length;  /* tokens to which a text is cut; 0: no file sets it */
    gaze_side truncation_side;
    bool lower_case;    /* every text is lower-cased before the tokenizer's own steps */
    char *prompt;       /* stands before every text; NULL: none */
    bool skip_prompt;   /* the prompt's tokens are not pooled */
    size_t dimensions;  /* as many of the vector are kept; 0: all */
    bool cross_encoder; /* what the files are read for */
    char *activation;   /* of a cross-encoder: the class that makes a score of a logit; NULL: no file says */
} gaze_sentence_config;

/* Reads the files above. Messages begin with the file's path. Errors: CONFIG and SCHEMA for values that cannot
 * be, UNSUPPORTED for modules and poolings that are not known here (by name), and those of JSON and of files. On
 * failure *config is zeroed. */
gaze_status gaze_sentence_config_read(gaze_sentence_config *config, const char *directory, gaze_error *err);
/* The same for a cross-encoder: a modules.json that is not of one is passed over, as sentence-transformers does it. */
gaze_status gaze_sentence_config_read_cross(gaze_sentence_config *config, const char *directory,
                                            gaze_error *err);
void gaze_sentence_config_deinit(gaze_sentence_config *config);

#endif
