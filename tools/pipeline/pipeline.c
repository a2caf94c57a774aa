#include "tools/pipeline/pipeline.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/kernels/parallel.h"
#include "core/model/encoder.h"
#include "core/model/family.h"
#include "core/model/heads.h"
#include "weights/model_dir.h"

struct gaze_pipeline {
    char *directory;
    char *name;
    char *note;
    gaze_model *model;
    gaze_tokenizer *tokenizer;
    bool typed; /* the tokenizer gives type ids */
};

/* Opening -------------------------------------------------------------------------------------------- */

/* "path/to/bert-base-uncased/" -> "bert-base-uncased"; a hub name stays as it is. */
static char *display_name(const char *model, bool is_directory) {
    size_t end = strlen(model);
    while (end > 1 && model[end - 1] == '/') end--;
    size_t start = end;
    while (is_directory && start > 0 && model[start - 1] != '/') start--;
    if (!is_directory) start = 0;
    return gaze_copy_string(model + start, end - start);
}

static gaze_status read_note(gaze_pipeline *p, gaze_error *err) {
    const gaze_json_value *note = gaze_json_get(gaze_model_config_json(p->model), "gaze_note");
    if (!note || note->type != GAZE_JSON_STRING) return GAZE_OK;
    p->note = gaze_copy_string(note->as.text, note->length);
    return p->note ? GAZE_OK : gaze_fail_memory(err);
}

/* More words than rows would look up beyond the matrix; fewer are usual (a padded matrix). */
static gaze_status check_vocabulary(const gaze_pipeline *p, gaze_error *err) {
    size_t words = gaze_tokenizer_vocab_size(p->tokenizer);
    size_t rows = gaze_model_config(p->model)->vocab_size;
    if (words <= rows) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_CONFIG, "%s: the tokenizer has %zu ids, the embedding matrix %zu rows",
                     p->directory, words, rows);
}

/* The class of the tokenizer decides (tokenization_auto.py: AutoTokenizer.from_pretrained): config.json may name it
 * where tokenizer_config.json does not, and else it follows from the type of the model. */
static bool gives_type_ids(const gaze_pipeline *p) {
    const gaze_json_value *class = gaze_json_get(gaze_model_config_json(p->model), "tokenizer_class");
    const char *usual = gaze_family_of(gaze_model_config(p->model)->model_type)->tokenizer_class;
    if (class && class->type == GAZE_JSON_STRING)
        return gaze_tokenizer_gives_type_ids(p->tokenizer, class->as.text, class->length);
    return gaze_tokenizer_gives_type_ids(p->tokenizer, usual, strlen(usual));
}

gaze_status gaze_pipeline_open(gaze_pipeline **out, const char *model, gaze_error *err) {
    gaze_pipeline *p = *out = gaze_alloc_zero(1, sizeof *p);
    if (!p) return gaze_fail_memory(err);
    gaze_status status = gaze_model_dir_find(&p->directory, model, err);
    if (!status) {
        p->name = display_name(model, strcmp(p->directory, model) == 0);
        if (!p->name) status = gaze_fail_memory(err);
    }
    if (!status) status = gaze_model_open(&p->model, p->directory, NULL, err);
    if (!status) status = read_note(p, err);
    if (!status) status = gaze_tokenizer_open(&p->tokenizer, p->directory, err);
    if (!status) status = check_vocabulary(p, err);
    if (!status) p->typed = gives_type_ids(p);
    if (status) {
        gaze_pipeline_close(p);
        *out = NULL;
    }
    return status;
}

void gaze_pipeline_close(gaze_pipeline *p) {
    if (!p) return;
    gaze_tokenizer_close(p->tokenizer);
    gaze_model_close(p->model);
    gaze_free(p->note);
    gaze_free(p->name);
    gaze_free(p->directory);
    gaze_free(p);
}

gaze_status gaze_pipeline_lower_case(gaze_pipeline *p, gaze_error *err) {
    return gaze_tokenizer_lower_case(p->tokenizer, err);
}

const gaze_model *gaze_pipeline_model(const gaze_pipeline *p) {
    return p->model;
}

const gaze_tokenizer *gaze_pipeline_tokenizer(const gaze_pipeline *p) {
    return p->tokenizer;
}

const char *gaze_pipeline_name(const gaze_pipeline *p) {
    return p->name;
}

const char *gaze_pipeline_note(const gaze_pipeline *p) {
    return p->note;
}

/* Running -------------------------------------------------------------------------------------------- */

static int thread_count(int asked) {
    return asked > 0 ? asked : gaze_threads_available();
}

/* The caller's hooks first, then the record: it keeps what they have made of the numbers. */
typedef struct edit_then_keep {
    const gaze_hook *edits;
    gaze_hook keep;
} edit_then_keep;

static void call_edit_then_keep(void *context, const gaze_site *site) {
    const edit_then_keep *both = context;
    for (const gaze_hook *hook = both->edits; hook; hook = hook->next) hook->call(hook->context, site);
    both->keep.call(both->keep.context, site);
}

/* hidden -> pooled, where the model has a pooler and somebody reads it */
static gaze_status pool(gaze_run *run, const gaze_model *model, const gaze_run_options *options, int threads,
                        gaze_error *err) {
    const gaze_config *config = gaze_model_config(model);
    const gaze_params *params = gaze_model_params(model);
    bool read = options->pooler || (options->logits && gaze_model_has_head(model));
    if (!read || !params->pooler.weight.data || !params->pooler.bias.data) return GAZE_OK;
    run->pooled = gaze_alloc_floats(run->count, config->hidden_size);
    if (!run->pooled) return gaze_fail_memory(err);
    gaze_pooler_forward(run->pooled, run->hidden, config, params, &run->batch, threads);
    return GAZE_OK;
}

/* x (R, D) -> logits (R, columns), in new memory */
static gaze_status apply_head(float **logits, const float *x, size_t rows, const gaze_model *model,
                              int threads, gaze_error *err) {
    const gaze_config *config = gaze_model_config(model);
    float *scratch = gaze_alloc_floats(rows, gaze_head_scratch(config));
    *logits = gaze_alloc_floats(rows, gaze_head_columns(config));
    if (scratch && *logits) {
        gaze_head_forward(*logits, x, rows, scratch, config, gaze_model_params(model), threads);
        gaze_free(scratch);
        return GAZE_OK;
    }
    gaze_free(scratch);
    gaze_free(*logits);
    *logits = NULL;
    return gaze_fail_memory(err);
}

gaze_status gaze_run_logits_at(float **logits, const gaze_run *run, const gaze_model *model,
                               const size_t *rows, size_t count, int threads, gaze_error *err) {
    size_t D = gaze_model_config(model)->hidden_size;
    float *x = gaze_alloc_floats(count, D);
    *logits = NULL;
    if (!x) return gaze_fail_memory(err);
    for (size_t r = 0; r < count; r++) memcpy(x + r * D, run->hidden + rows[r] * D, D * sizeof *x);
    gaze_status status = apply_head(logits, x, count, model, thread_count(threads), err);
    gaze_free(x);
    return status;
}

/* hidden, pooled -> logits of every row that the task's head reads */
static gaze_status head(gaze_run *run, const gaze_model *model, const gaze_run_options *options, int threads,
                        gaze_error *err) {
    size_t tokens = run->batch.starts[run->count];
    if (!options->logits || !gaze_model_has_head(model)) return GAZE_OK;
    switch (gaze_head_input_of(gaze_model_config(model))) {
    case GAZE_HEAD_TOKENS: return apply_head(&run->logits, run->hidden, tokens, model, threads, err);
    case GAZE_HEAD_FIRST_TOKENS:
        return gaze_run_logits_at(&run->logits, run, model, run->batch.starts, run->count, threads, err);
    case GAZE_HEAD_POOLED: return apply_head(&run->logits, run->pooled, run->count, model, threads, err);
    }
    return GAZE_OK;
}

/* batch -> record, hidden, pooled, logits */
static gaze_status forward(gaze_run *run, const gaze_model *model, const gaze_run_options *options,
                           gaze_error *err) {
    const gaze_config *config = gaze_model_config(model);
    int threads = thread_count(options->threads);
    gaze_workspace *workspace = NULL;
    gaze_status status = gaze_batch_check(&run->batch, config, err);
    if (!status) status = gaze_workspace_new(&workspace, config, &run->batch, threads, err);
    if (!status)
        status = gaze_record_new(&run->record, config, &run->batch, options->what, options->layers, err);
    if (status) goto cleanup;
    run->hidden = gaze_alloc_floats(run->batch.starts[run->batch.count], config->hidden_size);
    if (!run->hidden) {
        status = gaze_fail_memory(err);
        goto cleanup;
    }
    edit_then_keep both = {.edits = options->hooks, .keep = gaze_record_hook(run->record)};
    gaze_hook hook = {.call = call_edit_then_keep, .context = &both};
    gaze_encoder_forward(run->hidden, config, gaze_model_params(model), workspace, &run->batch, &hook);
    status = pool(run, model, options, threads, err);
    if (!status) status = head(run, model, options, threads, err);
cleanup:
    gaze_workspace_free(workspace);
    return status;
}

gaze_status gaze_pipeline_run_batch(gaze_run *run, const gaze_model *model, gaze_batch *batch,
                                    const gaze_run_options *options, gaze_error *err) {
    *run = (gaze_run){.count = batch->count, .batch = *batch};
    *batch = (gaze_batch){0};
    gaze_status status = forward(run, model, options, err);
    if (status) gaze_run_deinit(run);
    return status;
}

gaze_status gaze_pipeline_batch(gaze_batch *batch, const gaze_pipeline *p, const gaze_tokens *sequences,
                                size_t count, gaze_error *err) {
    return gaze_batch_from_tokens(batch, gaze_model_config(p->model), sequences, count, p->typed, err);
}

gaze_status gaze_pipeline_run(gaze_run *run, const gaze_pipeline *p, const gaze_input *inputs, size_t count,
                              const gaze_run_options *options, gaze_error *err) {
    gaze_encode_options encode = {.truncation = options->truncation};
    *run = (gaze_run){.count = count};
    run->tokens = gaze_alloc_zero(count, sizeof *run->tokens);
    gaze_status status = run->tokens ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++)
        status = gaze_tokenizer_encode(&run->tokens[i], p->tokenizer, inputs[i].text, inputs[i].text_length,
                                       inputs[i].pair, inputs[i].pair_length, &encode, err);
    if (!status) status = gaze_pipeline_batch(&run->batch, p, run->tokens, count, err);
    if (!status) status = forward(run, p->model, options, err);
    if (status) gaze_run_deinit(run);
    return status;
}

void gaze_run_deinit(gaze_run *run) {
    for (size_t i = 0; run->tokens && i < run->count; i++) gaze_tokens_deinit(&run->tokens[i]);
    gaze_free(run->tokens);
    gaze_batch_deinit(&run->batch);
    gaze_record_free(run->record);
    gaze_free(run->hidden);
    gaze_free(run->pooled);
    gaze_free(run->logits);
    *run = (gaze_run){0};
}
