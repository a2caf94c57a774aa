/* What figures are drawn from: a text that a model reads, or a record that was stored earlier, ours or
 * Hugging Face's. Both give tokens and matrices in the same way.
 *
 *     gaze_source source;
 *     gaze_source_open(&source, "path/to/model", &err);          // or gaze_source_open_record
 *     gaze_source_options options = {.input = {.text = "The cat sat.", .text_length = 12}};
 *     gaze_source_read(&source, &options, &err);
 *     use(gaze_source_attentions(&source, layer));               // (H,T,T), T = source.tokens->count
 *     gaze_source_close(&source);
 */
#ifndef GAZE_TOOLS_PIPELINE_SOURCE_H
#define GAZE_TOOLS_PIPELINE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "tools/pipeline/pipeline.h"
#include "tools/pipeline/stored.h"

/* Everything is borrowed until the source is closed. */
typedef struct gaze_source {
    size_t layers;             /* L */
    size_t heads;              /* H */
    const char *model;         /* what a figure calls it; NULL when the record does not say */
    const char *note;          /* "random weights", "input 1 of 3"; NULL: nothing to say */
    gaze_input input;          /* the texts; NULL when the record has none */
    const gaze_tokens *tokens; /* (T); NULL until the source was read */
    /* private */
    gaze_pipeline *pipeline;
    bool owns_pipeline;
    gaze_run run;
    gaze_stored *stored;
} gaze_source;

/* A model directory, or a name in the local Hugging Face cache. On failure, here and below, the source is left
 * closed. */
gaze_status gaze_source_open(gaze_source *source, const char *model, gaze_error *err);
/* A model that is open already, and that must outlive the source. */
void gaze_source_use(gaze_source *source, gaze_pipeline *pipeline);
/* An .npz of `gaze dump` or tools/export_hf.py, and which of its inputs is meant, from 0. */
gaze_status gaze_source_open_record(gaze_source *source, const char *path, size_t input, gaze_error *err);
void gaze_source_close(gaze_source *source); /* a zeroed struct is fine */

/* Zero fields take the default. */
typedef struct gaze_source_options {
    gaze_input input;           /* what the model reads; its bytes must outlive the source. Not for a record */
    gaze_truncation truncation; /* likewise */
    unsigned what;              /* gaze_record_what: what is needed; 0: the attentions */
    const bool *layers;         /* (L) of which layers; NULL: all */
    int threads;
} gaze_source_options;

/* Runs the model, or takes out of the record what is asked for. May be called again. Errors: those of
 * gaze_pipeline_run and of gaze_stored_read. */
gaze_status gaze_source_read(gaze_source *source, const gaze_source_options *options, gaze_error *err);

/* Arrays of the input, without padding; NULL when they were not asked for. */
const float *gaze_source_hidden_state(const gaze_source *source, size_t index); /* (T,D) */
const float *gaze_source_attentions(const gaze_source *source, size_t layer);   /* (H,T,T) */
const float *gaze_source_scores(const gaze_source *source, size_t layer);       /* (H,T,T) */
const float *gaze_source_queries(const gaze_source *source, size_t layer);      /* (H,T,K) */
const float *gaze_source_keys(const gaze_source *source, size_t layer);         /* (H,T,K) */
const float *gaze_source_values(const gaze_source *source, size_t layer);       /* (H,T,K) */
/* K of the arrays above, D of the first; 0 when the record does not tell. */
size_t gaze_source_head_size(const gaze_source *source);
size_t gaze_source_hidden_size(const gaze_source *source);

#endif
