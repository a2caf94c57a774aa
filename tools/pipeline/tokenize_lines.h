/* Lines of text in, lines of tokens out: what `gaze tokenize` does, apart from files and options.
 *
 *     gaze_line_tokenizer lines = {.tokenizer = tokenizer};
 *     for each line: gaze_tokenize_line(&lines, &out, line, length, err);    write out, clear it
 *     gaze_tokenize_finish(&lines, &out, err);                               write out
 *     gaze_line_tokenizer_deinit(&lines);
 *
 * For each line comes one line of JSON, in the same order: {"ids", "tokens", "offsets", "word_ids", "type_ids",
 * "special_tokens_mask", "attention_mask", "sequence_ids"}, with "overflowing" when truncation is on; or
 * {"error": "..."} for one that cannot be encoded. Offsets count code points. With `table`, a table for
 * people comes instead.
 */
#ifndef GAZE_TOOLS_PIPELINE_TOKENIZE_LINES_H
#define GAZE_TOOLS_PIPELINE_TOKENIZE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/tokens.h"
#include "tokenizer/tokenizer.h"
#include "tools/pipeline/pipeline.h"

/* One input that waits for the longest of all. */
typedef struct gaze_waiting_line {
    gaze_tokens tokens;
    char *error; /* NULL: none */
} gaze_waiting_line;

typedef struct gaze_line_tokenizer {
    const gaze_tokenizer *tokenizer;
    gaze_encode_options options;
    gaze_padding padding; /* to the longest (length 0): nothing is written before gaze_tokenize_finish */
    bool plain;           /* a line is a text as it stands, no JSON */
    bool table;
    size_t failures; /* inputs that could not be encoded, so far */
    /* private */
    size_t written;
    gaze_waiting_line *waiting;
    size_t waiting_count;
    size_t waiting_capacity;
} gaze_line_tokenizer;

/* Tokenizes one line, a JSON string or an array [text, pair] without its LF, and appends what is to be
 * written. Fails only when it cannot go on: MEMORY. What is wrong with the line is written in its place. */
gaze_status gaze_tokenize_line(gaze_line_tokenizer *lines, gaze_buffer *out, const char *line, size_t length,
                               gaze_error *err);
/* The same for an input that is no line. */
gaze_status gaze_tokenize_input(gaze_line_tokenizer *lines, gaze_buffer *out, const gaze_input *input,
                                gaze_error *err);
/* Appends the lines that waited. Errors: MEMORY, or NOT_FOUND when there is no pad token. */
gaze_status gaze_tokenize_finish(gaze_line_tokenizer *lines, gaze_buffer *out, gaze_error *err);
void gaze_line_tokenizer_deinit(gaze_line_tokenizer *lines);

/* Appends tokens as one JSON object, without a newline. */
void gaze_tokens_put_json(gaze_buffer *out, const gaze_tokens *tokens, bool with_overflow);
/* Appends tokens as a table for people; overflow windows follow. */
void gaze_tokens_put_table(gaze_buffer *out, const gaze_tokens *tokens);

#endif
