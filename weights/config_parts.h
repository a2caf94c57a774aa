/* What the readers of config.json share; private to weights/. */
#ifndef GAZE_WEIGHTS_CONFIG_PARTS_H
#define GAZE_WEIGHTS_CONFIG_PARTS_H

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/model/config.h"

/* A field that may be absent, or null, which is the same: NULL then. */
const gaze_json_value *gaze_config_get(const gaze_json_value *root, const char *name);

/* Fails with "name: what was found, expected ...". */
gaze_status gaze_config_refuse(gaze_error *err, gaze_status code, const char *name,
                               const gaze_json_value *value, const char *expected);

/* Fails with DUPLICATE when an object has a key twice. */
gaze_status gaze_config_refuse_duplicates(const gaze_json_value *object, gaze_error *err);

/* "architectures", "id2label", "num_labels", "problem_type", "tie_word_embeddings" into the configuration. */
gaze_status gaze_config_read_task(gaze_config *config, const gaze_json_value *root, gaze_error *err);

#endif
