/* What the files of a sentence-transformers directory set, and one function for each of them, which reads its keys.
 * (sentence_modules.c finds the files and calls these.)
 */
#ifndef GAZE_TOOLS_PIPELINE_SENTENCE_SETTINGS_H
#define GAZE_TOOLS_PIPELINE_SENTENCE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/model/config.h"
#include "core/task/pooling.h"
#include "tokenizer/tokenizer.h"

/* Zeroed: nothing is set. */
typedef struct gaze_sentence_settings {
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
} gaze_sentence_settings;

void gaze_sentence_settings_deinit(gaze_sentence_settings *settings);

/* A text is cut where the files say, or where the model's positions end. */
gaze_truncation gaze_sentence_truncation(const gaze_sentence_settings *settings, const gaze_config *config);

/* `root` is an object. Errors: CONFIG for values of the wrong type or out of range; UNSUPPORTED, with the name, for
 * what gaze does not know; LIMIT; MEMORY. */
typedef gaze_status gaze_sentence_reader(gaze_sentence_settings *settings, const gaze_json_value *root,
                                         gaze_error *err);

gaze_sentence_reader gaze_sentence_read_pooling;     /* 1_Pooling/config.json */
gaze_sentence_reader gaze_sentence_read_normalize;   /* 2_Normalize/config.json, where there is one */
gaze_sentence_reader gaze_sentence_read_transformer; /* sentence_bert_config.json */
gaze_sentence_reader gaze_sentence_read_tokenizer;   /* tokenizer_config.json; after the one above */
gaze_sentence_reader gaze_sentence_read_prompts;     /* config_sentence_transformers.json */

/* "NAME: VALUE, expected EXPECTED" */
gaze_status gaze_sentence_refuse(gaze_error *err, gaze_status code, const char *name,
                                 const gaze_json_value *value, const char *expected);

#endif
