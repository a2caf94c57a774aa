#include "tools/pipeline/source.h"

gaze_status gaze_source_open(gaze_source *source, const char *model, gaze_error *err) {
    gaze_pipeline *pipeline = NULL;
    *source = (gaze_source){0};
    gaze_status status = gaze_pipeline_open(&pipeline, model, err);
    if (status) return status;
    gaze_source_use(source, pipeline);
    source->owns_pipeline = true;
    return GAZE_OK;
}

void gaze_source_use(gaze_source *source, gaze_pipeline *pipeline) {
    const gaze_config *config = gaze_model_config(gaze_pipeline_model(pipeline));
    *source = (gaze_source){.layers = config->num_hidden_layers,
                            .heads = config->num_attention_heads,
                            .model = gaze_pipeline_name(pipeline),
                            .note = gaze_pipeline_note(pipeline),
                            .pipeline = pipeline};
}

gaze_status gaze_source_open_record(gaze_source *source, const char *path, size_t input, gaze_error *err) {
    gaze_stored *stored = NULL;
    *source = (gaze_source){0};
    gaze_status status = gaze_stored_open(&stored, path, input, err);
    if (status) return status;
    *source = (gaze_source){.layers = gaze_stored_layers(stored),
                            .heads = gaze_stored_heads(stored),
                            .model = gaze_stored_model(stored),
                            .note = gaze_stored_note(stored),
                            .input = *gaze_stored_input(stored),
                            .stored = stored};
    return GAZE_OK;
}

void gaze_source_close(gaze_source *source) {
    gaze_run_deinit(&source->run);
    if (source->owns_pipeline) gaze_pipeline_close(source->pipeline);
    gaze_stored_close(source->stored);
    *source = (gaze_source){0};
}

gaze_status gaze_source_read(gaze_source *source, const gaze_source_options *options, gaze_error *err) {
    unsigned what = options->what ? options->what : GAZE_RECORD_ATTENTIONS;
    gaze_status status;
    source->tokens = NULL;
    if (source->stored) {
        status = gaze_stored_read(source->stored, what, options->layers, err);
        if (!status) source->tokens = gaze_stored_tokens(source->stored);
        return status;
    }
    gaze_run_options run = {.truncation = options->truncation,
                            .what = what,
                            .layers = options->layers,
                            .threads = options->threads};
    gaze_run_deinit(&source->run);
    source->input = options->input;
    status = gaze_pipeline_run(&source->run, source->pipeline, &options->input, 1, &run, err);
    if (!status) source->tokens = &source->run.tokens[0];
    return status;
}

/* Arrays --------------------------------------------------------------------------------------------- */

static const float *stored(const gaze_source *source, gaze_stored_series series, size_t layer) {
    return gaze_stored_array(source->stored, series, layer, NULL);
}

const float *gaze_source_hidden_state(const gaze_source *source, size_t index) {
    return source->stored ? stored(source, GAZE_STORED_HIDDEN_STATES, index)
                          : gaze_record_hidden_state(source->run.record, index, 0);
}

const float *gaze_source_attentions(const gaze_source *source, size_t layer) {
    return source->stored ? stored(source, GAZE_STORED_ATTENTIONS, layer)
                          : gaze_record_attentions(source->run.record, layer, 0);
}

const float *gaze_source_scores(const gaze_source *source, size_t layer) {
    return source->stored ? stored(source, GAZE_STORED_SCORES, layer)
                          : gaze_record_scores(source->run.record, layer, 0);
}

const float *gaze_source_queries(const gaze_source *source, size_t layer) {
    return source->stored ? stored(source, GAZE_STORED_QUERIES, layer)
                          : gaze_record_queries(source->run.record, layer, 0);
}

const float *gaze_source_keys(const gaze_source *source, size_t layer) {
    return source->stored ? stored(source, GAZE_STORED_KEYS, layer)
                          : gaze_record_keys(source->run.record, layer, 0);
}

const float *gaze_source_values(const gaze_source *source, size_t layer) {
    return source->stored ? stored(source, GAZE_STORED_VALUES, layer)
                          : gaze_record_values(source->run.record, layer, 0);
}

/* The last dimension of the first array of a series that was read; 0 when there is none. */
static size_t stored_columns(const gaze_source *source, gaze_stored_series series) {
    size_t columns = 0;
    for (size_t l = 0; l <= source->layers; l++)
        if (gaze_stored_array(source->stored, series, l, &columns)) return columns;
    return 0;
}

size_t gaze_source_head_size(const gaze_source *source) {
    if (source->stored) return stored_columns(source, GAZE_STORED_QUERIES);
    return gaze_model_config(gaze_pipeline_model(source->pipeline))->head_size;
}

size_t gaze_source_hidden_size(const gaze_source *source) {
    if (source->stored) return stored_columns(source, GAZE_STORED_HIDDEN_STATES);
    return gaze_model_config(gaze_pipeline_model(source->pipeline))->hidden_size;
}
