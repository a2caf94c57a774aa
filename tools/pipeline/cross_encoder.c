#include "tools/pipeline/cross_encoder.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/task/scores.h"
#include "tools/pipeline/sentence_modules.h"
#include "tools/pipeline/task.h"
#include "weights/model_dir.h"

struct gaze_cross_encoder {
    gaze_sentence_settings settings;
    gaze_pipeline *pipeline;
    gaze_truncation truncation;
    gaze_score_function activation;
};

/* The activation --------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    gaze_score_function function;
} activations[] = {{"torch.nn.modules.activation.Sigmoid", GAZE_SCORE_SIGMOID},
                   {"torch.nn.Sigmoid", GAZE_SCORE_SIGMOID},
                   {"torch.nn.modules.linear.Identity", GAZE_SCORE_IDENTITY},
                   {"torch.nn.Identity", GAZE_SCORE_IDENTITY}};

/* A class outside torch would have to be trusted; sentence-transformers does not, and neither do we. */
static gaze_status set_activation(gaze_cross_encoder *e, const char *name, size_t length, gaze_error *err) {
    static const char torch[] = "torch.";
    if (length < strlen(torch) || memcmp(name, torch, strlen(torch)) != 0) return GAZE_OK;
    for (size_t i = 0; i < sizeof activations / sizeof *activations; i++) {
        if (strlen(activations[i].name) != length || memcmp(activations[i].name, name, length) != 0) continue;
        e->activation = activations[i].function;
        return GAZE_OK;
    }
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "%s: the activation '%.*s', expected Sigmoid or Identity of torch.nn",
                     gaze_pipeline_name(e->pipeline), length < 80 ? (int)length : 80, name);
}

/* What config.json says; NULL: nothing. */
static const gaze_json_value *activation_of_model(const gaze_json_value *config) {
    const gaze_json_value *own = gaze_json_get(config, "sentence_transformers");
    const gaze_json_value *name = gaze_json_get(own, "activation_fn");
    if (!name) name = gaze_json_get(config, "sbert_ce_default_activation_function");
    return name && name->type == GAZE_JSON_STRING ? name : NULL;
}

static gaze_status choose_activation(gaze_cross_encoder *e, gaze_error *err) {
    const gaze_json_value *name =
        activation_of_model(gaze_model_config_json(gaze_pipeline_model(e->pipeline)));
    e->activation = GAZE_SCORE_SIGMOID;
    if (e->settings.activation)
        return set_activation(e, e->settings.activation, strlen(e->settings.activation), err);
    return name ? set_activation(e, name->as.text, name->length, err) : GAZE_OK;
}

/* Opening ---------------------------------------------------------------------------------------------- */

static gaze_status check_model(const gaze_cross_encoder *e, gaze_error *err) {
    const size_t labels = gaze_model_config(gaze_pipeline_model(e->pipeline))->num_labels;
    gaze_status status = gaze_require_head(e->pipeline, GAZE_TASK_SEQUENCE_CLASSIFICATION, err);
    if (status || labels == 1) return status;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "%s: %zu labels, but documents are ranked by a single one",
                     gaze_pipeline_name(e->pipeline), labels);
}

static gaze_status open_parts(gaze_cross_encoder *e, const char *directory, gaze_error *err) {
    gaze_status status = gaze_sentence_modules_read_cross(&e->settings, directory, err);
    if (!status) status = gaze_pipeline_open(&e->pipeline, e->settings.transformer, err);
    if (!status) status = check_model(e, err);
    if (!status) status = choose_activation(e, err);
    if (status) return status;
    e->truncation = gaze_sentence_truncation(&e->settings, gaze_model_config(gaze_pipeline_model(e->pipeline)));
    return e->settings.lower_case ? gaze_pipeline_lower_case(e->pipeline, err) : GAZE_OK;
}

gaze_status gaze_cross_encoder_open(gaze_cross_encoder **out, const char *model, gaze_error *err) {
    char *directory = NULL;
    gaze_cross_encoder *e = *out = gaze_alloc_zero(1, sizeof *e);
    if (!e) return gaze_fail_memory(err);
    gaze_status status = gaze_model_dir_find(&directory, model, err);
    if (!status) status = open_parts(e, directory, err);
    gaze_free(directory);
    if (status) {
        gaze_cross_encoder_close(e);
        *out = NULL;
    }
    return status;
}

void gaze_cross_encoder_close(gaze_cross_encoder *e) {
    if (!e) return;
    gaze_sentence_settings_deinit(&e->settings);
    gaze_pipeline_close(e->pipeline);
    gaze_free(e);
}

/* Using it --------------------------------------------------------------------------------------------- */

gaze_lines gaze_cross_encoder_lines(const gaze_cross_encoder *e, const char *query) {
    return (gaze_lines){.pipeline = e->pipeline,
                        .options = {.truncation = e->truncation, .logits = true},
                        .query = query,
                        .prompt = e->settings.prompt};
}

double gaze_cross_encoder_score(const gaze_cross_encoder *e, const gaze_run *run, size_t sequence) {
    float score;
    gaze_scores(&score, run->logits + sequence, 1, e->activation);
    return (double)score;
}
