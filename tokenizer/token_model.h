/* The model of a tokenizer: what makes tokens of one word. (Hugging Face: Model.)
 *
 * WordPiece, WordLevel, BPE and Unigram are here; each is a function and what it needs beside the vocabulary.
 */
#ifndef GAZE_TOKENIZER_TOKEN_MODEL_H
#define GAZE_TOKENIZER_TOKEN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/strmap.h"
#include "tokenizer/bpe.h"
#include "tokenizer/sequence.h"
#include "tokenizer/normalized.h"
#include "tokenizer/unigram.h"
#include "tokenizer/vocabulary.h"

typedef struct gaze_wordpiece {
    gaze_strmap continuing;    /* the entries with the prefix, by what follows it: "##ing" under "ing" */
    size_t longest;            /* chars of the longest key of the vocabulary, */
    size_t longest_continuing; /* and of `continuing`: they bound the search */
    size_t max_input_chars_per_word;
} gaze_wordpiece;

typedef struct gaze_token_model gaze_token_model;
struct gaze_token_model {
    /* Appends the tokens of one word, chars[0] to chars[count - 1], to `out`; count > 0. */
    gaze_status (*tokenize)(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                            size_t count, gaze_error *err);
    gaze_vocabulary vocabulary;
    int32_t unk_id; /* -1: the unknown token is not in the vocabulary, which is an error once it is needed */
    bool marks_subwords; /* tokens that continue a word begin with a prefix */
    gaze_wordpiece wordpiece;
    gaze_bpe bpe;
    gaze_unigram unigram;
};

/* `json` is the value of "model". A file of old may lack its type: then its fields decide. Strings are
 * copied into the arena. Errors: SCHEMA, LIMIT, DUPLICATE; UNSUPPORTED for a model not known here. */
gaze_status gaze_token_model_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                  gaze_error *err);
void gaze_token_model_deinit(gaze_token_model *model);

/* How the models are read; the vocabulary is there already. (wordpiece.c, bpe_read.c, unigram_read.c;
 * WordLevel is in token_model.c.) */
gaze_status gaze_wordpiece_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err);
gaze_status gaze_bpe_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                          gaze_error *err);

gaze_status gaze_unigram_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err);

/* The `tokenize` of the two that are read elsewhere than they work. (bpe.c, unigram.c) */
gaze_status gaze_bpe_tokenize(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                              size_t count, gaze_error *err);
gaze_status gaze_unigram_tokenize(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                                  size_t count, gaze_error *err);

/* One token, the unknown one, over the whole word. NOT_FOUND when it is not in the vocabulary; `name` is
 * the model's, for the message. */
gaze_status gaze_token_model_unknown(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                                     size_t count, const char *name, gaze_error *err);

#endif
