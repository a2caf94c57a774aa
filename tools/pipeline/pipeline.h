/* The pipeline: the one place that joins the rooms. Text becomes tokens, tokens a batch, the batch a
 * record. Every command, and every other program that uses the library, is a thin caller of it.
 *
 *     gaze_pipeline *pipeline = NULL;
 *     gaze_run run = {0};
 *     gaze_input input = {.text = "The cat sat.", .text_length = 12};
 *     gaze_run_options options = {.what = GAZE_RECORD_ATTENTIONS};
 *     if (gaze_pipeline_open(&pipeline, "path/to/model", &err) == GAZE_OK &&
 *         gaze_pipeline_run(&run, pipeline, &input, 1, &options, &err) == GAZE_OK)
 *         use(gaze_record_attentions(run.record, layer, 0));     // (H, T, T), T = run.tokens[0].count
 *     gaze_run_deinit(&run);
 *     gaze_pipeline_close(pipeline);
 */
#ifndef GAZE_TOOLS_PIPELINE_PIPELINE_H
#define GAZE_TOOLS_PIPELINE_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "core/model/batch.h"
#include "core/model/record.h"
#include "tokenizer/tokenizer.h"
#include "weights/model.h"

/* A model and its tokenizer. Immutable; may be shared by threads. */
typedef struct gaze_pipeline gaze_pipeline;

/* Opens a model directory, or a name in the local Hugging Face cache. The vocabulary must not be larger
 * than the embedding matrix. *out is NULL on failure; the message names the file. */
gaze_status gaze_pipeline_open(gaze_pipeline **out, const char *model, gaze_error *err);
void gaze_pipeline_close(gaze_pipeline *pipeline);

/* Every text is lower-cased before the tokenizer's own steps. Only before the pipeline is shared. Fails as
 * gaze_tokenizer_lower_case does. */
gaze_status gaze_pipeline_lower_case(gaze_pipeline *pipeline, gaze_error *err);

const gaze_model *gaze_pipeline_model(const gaze_pipeline *pipeline);
const gaze_tokenizer *gaze_pipeline_tokenizer(const gaze_pipeline *pipeline);
/* The last part of the path, or the hub name: what a figure calls the model. Borrowed. */
const char *gaze_pipeline_name(const gaze_pipeline *pipeline);
/* What config.json says of the model in "gaze_note" ("random weights"), for captions; NULL when nothing.
 * Borrowed. */
const char *gaze_pipeline_note(const gaze_pipeline *pipeline);

/* One input: a text, or a pair when `pair` is not NULL. Borrowed bytes of any kind. */
typedef struct gaze_input {
    const char *text;
    size_t text_length;
    const char *pair;
    size_t pair_length;
} gaze_input;

/* Zero fields take the default. */
typedef struct gaze_run_options {
    gaze_truncation truncation; /* off: a text longer than the model's positions is an error */
    unsigned what;              /* gaze_record_what: what to keep */
    const bool *layers;         /* (L) layers to keep; NULL: all */
    const gaze_hook *hooks;     /* called before the record is taken; NULL: none */
    bool pooler;                /* compute the pooler's output, when the model has one */
    bool logits;                /* compute all that the task's head says, when the model has one */
    int threads;                /* 0: as many as the machine has */
} gaze_run_options;

/* The batch of `count` token sequences, with type ids where the tokenizer gives them: Hugging Face leaves them out,
 * and the model takes segment 0 everywhere, where the tokenizer's class does (gaze_tokenizer_gives_type_ids).
 * Fails as gaze_batch_from_tokens does. */
gaze_status gaze_pipeline_batch(gaze_batch *batch, const gaze_pipeline *pipeline, const gaze_tokens *sequences,
                                size_t count, gaze_error *err);

/* What a forward pass gave. Owned; a zeroed struct is empty. */
typedef struct gaze_run {
    gaze_tokens *tokens; /* (B); NULL when the run began from ids */
    size_t count;        /* B */
    gaze_batch batch;
    gaze_record *record;
    float *hidden; /* (N, D): last hidden state */
    float *pooled; /* (B, D), or NULL */
    float *logits; /* (N, V), (N, 2), (N, C) or (B, C) as core/model/heads.h says, or NULL */
} gaze_run;

/* Runs `count` inputs as one batch. On failure *run is left empty. */
gaze_status gaze_pipeline_run(gaze_run *run, const gaze_pipeline *pipeline, const gaze_input *inputs,
                              size_t count, const gaze_run_options *options, gaze_error *err);

/* The same from ids. Takes the batch over: it becomes part of *run, and is freed on failure. */
gaze_status gaze_pipeline_run_batch(gaze_run *run, const gaze_model *model, gaze_batch *batch,
                                    const gaze_run_options *options, gaze_error *err);
void gaze_run_deinit(gaze_run *run);

/* What the task's head says of some tokens only, which for a masked language model is far less work:
 * *logits (count, columns), in new memory, of the tokens `rows` (each below N) of the batch. The model must
 * have the head (gaze_model_has_head) of a task that reads tokens. Errors: MEMORY. */
gaze_status gaze_run_logits_at(float **logits, const gaze_run *run, const gaze_model *model,
                               const size_t *rows, size_t count, int threads, gaze_error *err);

#endif
