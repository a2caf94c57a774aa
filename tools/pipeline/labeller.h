/* Labels of a text's tokens, and the entities that they make (transformers: pipeline("token-classification")).
 *
 *     text -> tokens -> logits (T,C) -> scores, softmax over C -> words -> entities (core/task/labels.h)
 *
 *     gaze_labeller labeller;
 *     gaze_labeller_init(&labeller, pipeline, GAZE_AGGREGATE_SIMPLE, &err);
 *     for each window of a text and its logits:
 *         gaze_labeller_window(&labeller, &input, &window, logits, first, &err);
 *     gaze_labeller_finish(&labeller, &err);
 *     ... labeller.entities[i] ...
 *     gaze_labeller_deinit(&labeller);
 *
 * What is labelled "O" is left out. A text is one window, unless it is cut with a stride: then of entities of
 * neighbouring windows that overlap, the longest stays, and of equal ones the surest.
 */
#ifndef GAZE_TOOLS_PIPELINE_LABELLER_H
#define GAZE_TOOLS_PIPELINE_LABELLER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/task/labels.h"
#include "tools/pipeline/pipeline.h"

typedef struct gaze_entity {
    const char *label; /* "B-PER"; of aggregated ones what they are called, "PER"; borrowed from the model */
    double score;
    size_t index;     /* of its first token in its window, special tokens counted */
    const char *word; /* its tokens, as the tokenizer puts them together */
    size_t word_length;
    gaze_span chars; /* of the text, in code points */
    gaze_span bytes;
} gaze_entity;

typedef struct gaze_labeller {
    const gaze_pipeline *pipeline;
    gaze_aggregation aggregation;
    const char **labels;   /* (C): the model's */
    gaze_entity *entities; /* of the text at hand */
    size_t count;
    /* private */
    size_t capacity;
    size_t windows;
    gaze_arena words;
} gaze_labeller;

/* Errors: MEMORY. */
gaze_status gaze_labeller_init(gaze_labeller *labeller, const gaze_pipeline *pipeline,
                               gaze_aggregation aggregation, gaze_error *err);
void gaze_labeller_deinit(gaze_labeller *labeller);

/* Takes in a window and its logits (T,C); the `first` of a text begins anew. Errors: MEMORY. */
gaze_status gaze_labeller_window(gaze_labeller *labeller, const gaze_input *input, const gaze_tokens *window,
                                 const float *logits, bool first, gaze_error *err);
/* Puts the windows together. Errors: MEMORY. */
gaze_status gaze_labeller_finish(gaze_labeller *labeller, gaze_error *err);

/* Appends [{"entity", "score", "index", "word", "start", "end"}, ...], or with aggregation [{"entity_group", "score",
 * "word", "start", "end"}, ...], and a line feed. */
void gaze_labeller_put_json(gaze_buffer *out, const gaze_labeller *labeller);

#endif
