/* Lines of text in, lines of tokens out: what `gaze tokenize --json` does, apart from files and options.
 *
 *     gaze_line_tokenizer lines = {.tokenizer = tokenizer};
 *     for each line: gaze_tokenize_line(&lines, &out, line, length, err);    write out, clear it
 *     gaze_tokenize_finish(&lines, &out, err);                               write out
 *     gaze_line_tokenizer_deinit(&lines);
 *
 * A line holds a JSON string, or an array [text, pair] of two. For each comes one line of JSON, in the same
 * order: {"ids", "tokens", "offsets", "word_ids", "type_ids", "special_tokens_mask", "attention_mask",
 * "sequence_ids"}, with "overflowing" when truncation is on; or {"error": "..."} for one that cannot be
 * encoded. Offsets count code points.
 */
#ifndef GAZE_TOOLS_PIPELINE_TOKENIZE_LINES_H
#define GAZE_TOOLS_PIPELINE_TOKENIZE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/tokens.h"
#include "tokenizer/tokenizer.h"

/* One line that waits for the longest of all. */
typedef struct gaze_waiting_line {
    gaze_tokens tokens;
    char *error; /* NULL: none */
} gaze_waiting_line;

typedef struct gaze_line_tokenizer {
    const gaze_tokenizer *tokenizer;
    gaze_encode_options options;
    gaze_padding padding; /* to the longest (length 0): nothing is written before gaze_tokenize_finish */
    bool plain;           /* each line is a text as it stands, no JSON */
    size_t failures;      /* lines that could not be encoded, so far */
    /* private */
    gaze_waiting_line *waiting;
    size_t waiting_count;
    size_t waiting_capacity;
} gaze_line_tokenizer;

/* Tokenizes one line (without its LF) and appends what is to be written. Fails only when it cannot go on:
 * MEMORY. What is wrong with the line itself is written in its place. */
gaze_status gaze_tokenize_line(gaze_line_tokenizer *lines, gaze_buffer *out, const char *line, size_t length,
                               gaze_error *err);
/* Appends the lines that waited. Errors: MEMORY, or NOT_FOUND when there is no pad token. */
gaze_status gaze_tokenize_finish(gaze_line_tokenizer *lines, gaze_buffer *out, gaze_error *err);
void gaze_line_tokenizer_deinit(gaze_line_tokenizer *lines);

/* The text, and the pair if there is one, that a line of JSON holds; borrowed from *json, which the caller
 * frees also on failure. pair->text is NULL without a pair. Errors: as gaze_json_parse, and SCHEMA. */
typedef struct gaze_line_input {
    gaze_json *json;
    const char *text, *pair;
    size_t length, pair_length;
} gaze_line_input;
gaze_status gaze_line_input_read(gaze_line_input *input, const char *line, size_t length, gaze_error *err);

/* Appends tokens as one JSON object, without a newline. */
void gaze_tokens_put_json(gaze_buffer *out, const gaze_tokens *tokens, bool with_overflow);

#endif
