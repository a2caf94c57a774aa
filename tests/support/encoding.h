/* Encodings: comparing tokens with what Hugging Face wrote down about the same text. */
#ifndef GAZE_TESTS_SUPPORT_ENCODING_H
#define GAZE_TESTS_SUPPORT_ENCODING_H

#include <stdbool.h>

#include "core/base/json.h"
#include "core/base/tokens.h"
#include "tokenizer/tokenizer.h"

/* Whether every field of the encoding is equal: ids, tokens, offsets, word_ids, type_ids,
 * special_tokens_mask, attention_mask, and sequence_ids and overflowing where the golden has them.
 * Prints the first field that differs. */
bool encoding_equals(const gaze_tokens *got, const gaze_json_value *want);

/* {"max_length", "stride", "strategy", "direction"} as the goldens write it; NULL: none. */
gaze_truncation encoding_truncation(const gaze_json_value *json);

/* Encodes the "text" and the "pair" of a golden line. */
gaze_status encoding_of_line(gaze_tokens *out, const gaze_tokenizer *tokenizer, const gaze_json_value *line,
                             const gaze_encode_options *options, gaze_error *err);

/* Whether a golden case comes out as it says: one with "text", "add_special_tokens", "result" and perhaps
 * "pair", "truncation", "padding" and "encode_special_tokens", or one with "decode" and "text_out". */
bool encoding_case_agrees(const gaze_tokenizer *tokenizer, const gaze_json_value *line);

/* Fails the test unless the text, or the pair (NULL: none), is tokenized as `want` says: every token with its
 * offsets, "un(0,2) ##want(2,6) [SEP](0,0)"; windows of overflow follow after " | ". `options` may be NULL. */
void assert_encoding(const gaze_tokenizer *tokenizer, const char *text, const char *pair,
                     const gaze_encode_options *options, const char *want);

/* Fails the test unless the text is refused, with this status and message, and nothing is left in the tokens. */
void assert_no_encoding(const gaze_tokenizer *tokenizer, const char *text, gaze_status status, const char *message);

/* A tokenizer from the text of a tokenizer.json. Fails the test when there is an error. */
gaze_tokenizer *tokenizer_of_json(const char *json);

#endif
