#include "core/model/config.h"

const char *gaze_model_type_name(gaze_model_type type) {
    static const char *const names[GAZE_MODEL_TYPE_COUNT] = {[GAZE_MODEL_BERT] = "bert"};
    return names[type];
}
