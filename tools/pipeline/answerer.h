/* Questions about a text: spans of a context that answer them (transformers 4: pipeline("question-answering")).
 *
 *     question, context -> windows of max_seq_len tokens that overlap by doc_stride -> start and end logits (T,2)
 *                       -> spans and scores (core/task/answer.h) -> answers
 *
 *     gaze_answerer answerer;
 *     gaze_answerer_options options = {.top_k = 3};
 *     gaze_answerer_init(&answerer, pipeline, &options, &err);
 *     gaze_input input = gaze_answerer_input(&answerer, question, question_length, context, context_length);
 *     for each window of it and its logits (T,2):   gaze_answerer_window(&answerer, &input, &window, ...);
 *     gaze_answerer_finish(&answerer, &err);
 *     ... answerer.answers.items[i], answerer.bytes[i] ...
 *     gaze_answerer_deinit(&answerer);
 *
 * tools/pipeline/lines.h makes the windows and runs them; answerer.truncation is how.
 */
#ifndef GAZE_TOOLS_PIPELINE_ANSWERER_H
#define GAZE_TOOLS_PIPELINE_ANSWERER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/task/answer.h"
#include "tools/pipeline/chars_to_bytes.h"
#include "tools/pipeline/pipeline.h"

/* Zero fields take the default. */
typedef struct gaze_answerer_options {
    size_t top_k;          /* 1 */
    size_t max_answer_len; /* in tokens; 15 */
    size_t max_seq_len;    /* tokens of a window; 384, or what the model takes if that is less */
    size_t doc_stride; /* tokens that neighbouring windows share, if doc_stride_set; 128, or half a window */
    bool doc_stride_set;
    bool handle_impossible_answer;
    bool inside_words; /* align_to_words=False */
} gaze_answerer_options;

typedef struct gaze_answerer {
    gaze_answer_options options;
    gaze_truncation truncation; /* how a question and its context become windows */
    gaze_answers answers;       /* of the question at hand */
    gaze_span *bytes;           /* (answers.count): where in the context their texts are; after _finish */
    gaze_input context;         /* its text alone, borrowed */
    gaze_char_starts places;    /* of the context */
} gaze_answerer;

/* Errors: ARGUMENT (a doc_stride above max_seq_len). */
gaze_status gaze_answerer_init(gaze_answerer *answerer, const gaze_pipeline *pipeline,
                               const gaze_answerer_options *options, gaze_error *err);
void gaze_answerer_deinit(gaze_answerer *answerer);

/* The question before the context; or behind it, where the tokenizer pads on the left. Borrowed. */
gaze_input gaze_answerer_input(const gaze_answerer *answerer, const char *question, size_t question_length,
                               const char *context, size_t context_length);
/* The same from a line {"question": "...", "context": "..."}; the texts are copied into the arena. Errors: JSON_...,
 * SCHEMA, MEMORY. */
gaze_status gaze_answerer_parse(const gaze_answerer *answerer, gaze_input *input, gaze_arena *arena,
                                const char *line, size_t length, gaze_error *err);
/* The question of an input. Its context is answerer->context, once there was a window. */
gaze_input gaze_answerer_question(const gaze_answerer *answerer, const gaze_input *input);

/* Takes in a window and its logits (T,2); the `first` of an input begins anew. Errors: ARGUMENT (an empty question or
 * context), MEMORY. */
gaze_status gaze_answerer_window(gaze_answerer *answerer, const gaze_input *input, const gaze_tokens *window,
                                 const float *logits, bool first, gaze_error *err);
/* Sorts the answers, best first. Errors: MEMORY. */
gaze_status gaze_answerer_finish(gaze_answerer *answerer, gaze_error *err);

/* Appends [{"score", "start", "end", "answer"}, ...] and a line feed. */
void gaze_answerer_put_json(gaze_buffer *out, const gaze_answerer *answerer);

#endif
