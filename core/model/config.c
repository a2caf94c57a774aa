#include "core/model/config.h"

const char *gaze_task_name(gaze_task task) {
    static const char *const names[GAZE_TASK_COUNT] = {
        [GAZE_TASK_NONE] = "",
        [GAZE_TASK_MASKED_LM] = "MaskedLM",
        [GAZE_TASK_QUESTION_ANSWERING] = "QuestionAnswering",
        [GAZE_TASK_SEQUENCE_CLASSIFICATION] = "SequenceClassification",
        [GAZE_TASK_TOKEN_CLASSIFICATION] = "TokenClassification",
    };
    return names[task];
}

size_t gaze_config_positions(const gaze_config *config) {
    return config->max_position_embeddings - config->first_position;
}
