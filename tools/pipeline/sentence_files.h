/* One function for each file of a sentence-transformers directory: what it sets. `root` is an object. Errors: CONFIG
 * for values of the wrong type or out of range; UNSUPPORTED, with the name, for what gaze does not know; LIMIT;
 * MEMORY. (Used by sentence_config.c, which finds the files.)
 */
#ifndef GAZE_TOOLS_PIPELINE_SENTENCE_FILES_H
#define GAZE_TOOLS_PIPELINE_SENTENCE_FILES_H

#include "core/base/error.h"
#include "core/base/json.h"
#include "tools/pipeline/sentence_config.h"

typedef gaze_status gaze_sentence_reader(gaze_sentence_config *config, const gaze_json_value *root,
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
