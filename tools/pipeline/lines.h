/* Many inputs, one result each, in their order: what a command does with --file.
 *
 *     line -> input -> tokens -> a batch of some hundred tokens -> forward pass -> result
 *
 *     gaze_lines lines = {.pipeline = pipeline, .put = put_result, .context = &mine};
 *     for each line:  gaze_lines_add(&lines, &out, line, length, err);      write `out`, clear it
 *     gaze_lines_flush(&lines, &out, err);                                  write `out`
 *     gaze_lines_deinit(&lines);
 *
 * Inputs wait until they are tokens enough for a forward pass that is worth its while: a weight is brought from
 * memory once a pass, however many tokens use it. Nothing is padded, so there is nothing to sort by length. What
 * is kept is bounded by the batch, not by the file.
 *
 * A text may be cut into windows (.window and .options.truncation): then each of them is a sequence, and a text that
 * has many goes through several passes, however long it is.
 *
 * An input that fails (no JSON, too long for the model, refused by the task) has {"error": "..."} in its place,
 * and the rest goes on.
 */
#ifndef GAZE_TOOLS_PIPELINE_LINES_H
#define GAZE_TOOLS_PIPELINE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/tokens.h"
#include "tools/pipeline/pipeline.h"

/* Tokens of a batch, unless .batch_tokens says otherwise. */
#define GAZE_LINES_TOKENS 512

/* One input on its way. */
typedef struct gaze_line_item {
    size_t number; /* counts all inputs, from 0 */
    gaze_input input;
    gaze_tokens tokens; /* without the windows that truncation cut off, unless the task looks at windows */
    size_t windows;     /* sequences that it has: 1, or with the windows more; 0 when it cannot be run */
    size_t sequence;    /* which sequence of the run's batch it, or its window at hand, is */
    char *error;        /* what is wrong with it; NULL: nothing */
} gaze_line_item;

/* What a task does with a forward pass. `run` holds the sequences of all items that have no error; its tokens
 * are NULL, each item has its own. */

/* Called once a pass, before the results are asked for: work that is better done for all of them at once.
 * Not for a task with windows. */
typedef gaze_status gaze_lines_begin(void *context, const gaze_run *run, const gaze_line_item *items,
                                     size_t count, gaze_error *err);
/* Called for each window of each item, in order; behind the last one of an item `put` is called. A failure is as
 * one of `put`. */
typedef gaze_status gaze_lines_window(void *context, const gaze_run *run, const gaze_line_item *item,
                                      const gaze_tokens *window, gaze_error *err);
/* Called for each item: appends its result, with the line feed. A failure becomes the item's error, and what
 * was appended is taken back; MEMORY ends the work. */
typedef gaze_status gaze_lines_put(void *context, const gaze_run *run, const gaze_line_item *item,
                                   gaze_buffer *out, gaze_error *err);
/* Called for each item with an error. */
typedef void gaze_lines_put_error(void *context, const gaze_line_item *item, gaze_buffer *out);
/* Reads a line; texts are copied into the arena. As gaze_input_parse. */
typedef gaze_status gaze_lines_parse(void *context, gaze_input *input, gaze_arena *arena, const char *line,
                                     size_t length, gaze_error *err);

typedef struct gaze_lines {
    const gaze_pipeline *pipeline;
    gaze_run_options options;  /* of the forward passes */
    size_t batch_tokens;       /* about how many in a pass; 0: GAZE_LINES_TOKENS */
    bool plain;                /* a line is a text as it stands, no JSON */
    const char *query;         /* every text is the second of a pair with this one; NULL: none is */
    const char *prompt;        /* stands before every text, of a pair before the first; NULL: nothing does */
    gaze_lines_parse *parse;   /* NULL: a JSON string, or an array [text, pair] */
    gaze_lines_begin *begin;   /* NULL: nothing to do */
    gaze_lines_window *window; /* NULL: what truncation cuts off is lost */
    gaze_lines_put *put;
    gaze_lines_put_error *put_error; /* NULL: {"error": "..."} and a line feed */
    void *context;                   /* of these functions */
    /* so far */
    size_t count;
    size_t failures;
    /* private */
    gaze_line_item *items; /* that wait for their pass */
    size_t waiting;
    size_t capacity;
    size_t tokens; /* of those that wait */
    size_t bytes;
    gaze_arena texts;
} gaze_lines;

/* Adds an input, given as a line of the file without its line feed, or as it is (then it is copied). When
 * enough wait, runs them and appends their results. Fails only when the work cannot go on: MEMORY. */
gaze_status gaze_lines_add(gaze_lines *lines, gaze_buffer *out, const char *line, size_t length,
                           gaze_error *err);
gaze_status gaze_lines_add_input(gaze_lines *lines, gaze_buffer *out, const gaze_input *input,
                                 gaze_error *err);
/* Runs what waits, if anything: at the end, or when no more will come for a while. Fails as above. */
gaze_status gaze_lines_flush(gaze_lines *lines, gaze_buffer *out, gaze_error *err);
void gaze_lines_deinit(gaze_lines *lines);

/* {"error": "..."} and a line feed. */
void gaze_put_error_line(gaze_buffer *out, const char *message);

#endif
