/* config.json: from Hugging Face's field names to a gaze_config that the rest of the library may trust.
 *
 * A field that the file lacks takes the default of the model's configuration class (BertConfig,
 * RobertaConfig, ...); a field that it has must be in range, and must ask for nothing that the encoder does
 * not do.
 */
#ifndef GAZE_WEIGHTS_CONFIG_JSON_H
#define GAZE_WEIGHTS_CONFIG_JSON_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/model/config.h"
#include "weights/text_list.h"

#define GAZE_CONFIG_MAX_SIZE ((size_t)1 << 20) /* bytes of config.json */

/* Reads a config.json of `length` bytes, which may be freed afterwards. *json gets the whole tree, for the
 * fields that are not the encoder's (labels, tasks); the caller frees it with gaze_json_free. It is NULL on
 * failure. Every message names the field, what was found and what was expected. Errors:
 *
 *     LIMIT        the file is larger than GAZE_CONFIG_MAX_SIZE
 *     UTF8, JSON_* it is not JSON
 *     SCHEMA       it is not an object
 *     DUPLICATE    a field twice
 *     CONFIG       a value of the wrong type or out of range, or values that contradict each other
 *     UNSUPPORTED  another model type, a decoder, an activation or position embeddings that we do not have
 *     MEMORY
 */
gaze_status gaze_config_parse(gaze_config *config, gaze_json **json, const char *text, size_t length,
                              gaze_error *err);

/* Appends the names of config's labels, in order, to an empty list: id2label of a config.json that
 * gaze_config_parse accepted (`root`), else "LABEL_0", "LABEL_1", ... Errors: MEMORY. */
gaze_status gaze_config_labels(gaze_text_list *labels, const gaze_config *config, const gaze_json_value *root,
                               gaze_error *err);

#endif
