#include "tools/pipeline/embedder.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/task/pooling.h"
#include "tools/pipeline/sentence_modules.h"
#include "weights/model_dir.h"

struct gaze_embedder {
    gaze_sentence_settings settings;
    gaze_pipeline *pipeline;
    gaze_truncation truncation;
    size_t hidden_size; /* D */
    size_t skipped;     /* tokens of the prompt, when they are not to be pooled */
};

/* Opening --------------------------------------------------------------------------------------------- */

static gaze_status check_size(const gaze_embedder *e, gaze_error *err) {
    const gaze_sentence_settings *settings = &e->settings;
    if (settings->hidden_size && settings->hidden_size != e->hidden_size)
        return gaze_fail(err, GAZE_ERROR_CONFIG, "%s: the pooling expects vectors of %zu, the model has %zu",
                         settings->transformer, settings->hidden_size, e->hidden_size);
    return GAZE_OK;
}

/* Tokens of the prompt alone, without the special one at its end. */
static gaze_status count_prompt(gaze_embedder *e, gaze_error *err) {
    const gaze_encode_options options = {.truncation = e->truncation};
    gaze_tokens tokens = {0};
    if (!e->settings.prompt || !e->settings.skip_prompt) return GAZE_OK;
    gaze_status status =
        gaze_tokenizer_encode(&tokens, gaze_pipeline_tokenizer(e->pipeline), e->settings.prompt,
                              strlen(e->settings.prompt), NULL, 0, &options, err);
    if (!status && tokens.count) e->skipped = tokens.count - tokens.special[tokens.count - 1];
    gaze_tokens_deinit(&tokens);
    return status;
}

static gaze_status open_parts(gaze_embedder *e, const char *directory, gaze_error *err) {
    gaze_status status = gaze_sentence_modules_read(&e->settings, directory, err);
    if (!status) status = gaze_pipeline_open(&e->pipeline, e->settings.transformer, err);
    if (status) return status;
    e->hidden_size = gaze_model_config(gaze_pipeline_model(e->pipeline))->hidden_size;
    e->truncation = gaze_sentence_truncation(&e->settings, gaze_model_config(gaze_pipeline_model(e->pipeline)));
    status = check_size(e, err);
    if (!status && e->settings.lower_case) status = gaze_pipeline_lower_case(e->pipeline, err);
    return status ? status : count_prompt(e, err);
}

gaze_status gaze_embedder_open(gaze_embedder **out, const char *model, gaze_error *err) {
    char *directory = NULL;
    gaze_embedder *e = *out = gaze_alloc_zero(1, sizeof *e);
    if (!e) return gaze_fail_memory(err);
    gaze_status status = gaze_model_dir_find(&directory, model, err);
    if (!status) status = open_parts(e, directory, err);
    gaze_free(directory);
    if (status) {
        gaze_embedder_close(e);
        *out = NULL;
    }
    return status;
}

void gaze_embedder_close(gaze_embedder *e) {
    if (!e) return;
    gaze_sentence_settings_deinit(&e->settings);
    gaze_pipeline_close(e->pipeline);
    gaze_free(e);
}

/* Using it -------------------------------------------------------------------------------------------- */

size_t gaze_embedder_width(const gaze_embedder *e) {
    return e->hidden_size * e->settings.pooling_count;
}

size_t gaze_embedder_dimension(const gaze_embedder *e) {
    const size_t width = gaze_embedder_width(e), kept = e->settings.dimensions;
    return kept && kept < width ? kept : width;
}

gaze_lines gaze_embedder_lines(const gaze_embedder *e) {
    return (gaze_lines){
        .pipeline = e->pipeline, .options.truncation = e->truncation, .prompt = e->settings.prompt};
}

void gaze_embedder_pool(float *vector, const gaze_embedder *e, const gaze_run *run, size_t sequence) {
    const size_t D = e->hidden_size, T = gaze_batch_length(&run->batch, sequence);
    const float *hidden = run->hidden + run->batch.starts[sequence] * D;
    const size_t first = e->skipped < T ? e->skipped : T;
    for (size_t i = 0; i < e->settings.pooling_count; i++)
        gaze_pooling_forward(vector + i * D, hidden, T, D, first, e->settings.poolings[i]);
    if (e->settings.normalize) gaze_normalize_l2(vector, gaze_embedder_width(e));
}
