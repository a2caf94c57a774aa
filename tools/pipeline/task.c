#include "tools/pipeline/task.h"

/* "a BertForSequenceClassification, whose head is for SequenceClassification" */
static gaze_status refuse(const gaze_pipeline *p, gaze_task task, gaze_error *err) {
    const gaze_config *config = gaze_model_config(gaze_pipeline_model(p));
    const char *class = config->architecture[0] ? config->architecture : "model without \"architectures\"";
    if (config->task == GAZE_TASK_NONE)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "%s: needs a head for %s; this is a %s, which has none",
                         gaze_pipeline_name(p), gaze_task_name(task), class);
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "%s: needs a head for %s; this is a %s, whose head is for %s", gaze_pipeline_name(p),
                     gaze_task_name(task), class, gaze_task_name(config->task));
}

gaze_status gaze_require_head(const gaze_pipeline *p, gaze_task task, gaze_error *err) {
    const gaze_model *model = gaze_pipeline_model(p);
    if (gaze_model_config(model)->task != task) return refuse(p, task, err);
    if (gaze_model_has_head(model)) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: the weights lack the head for %s: no '%s'",
                     gaze_pipeline_name(p), gaze_task_name(task),
                     gaze_model_missing_count(model) ? gaze_model_missing_at(model, 0) : "");
}

size_t gaze_pipeline_max_length(const gaze_pipeline *p) {
    const size_t positions = gaze_config_positions(gaze_model_config(gaze_pipeline_model(p)));
    const size_t length = gaze_tokenizer_max_length(gaze_pipeline_tokenizer(p));
    return length < positions ? length : positions;
}
