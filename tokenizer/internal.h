/* A tokenizer: the components that tokenizer.json lists, in the order in which they act. */
#ifndef GAZE_TOKENIZER_INTERNAL_H
#define GAZE_TOKENIZER_INTERNAL_H

#include "core/base/memory.h"
#include "tokenizer/added_tokens.h"
#include "tokenizer/decoder.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/post_processor.h"
#include "tokenizer/pre_tokenizer.h"
#include "tokenizer/token_model.h"
#include "tokenizer/tokenizer.h"

struct gaze_tokenizer {
    gaze_arena arena; /* owns the strings of all components */
    gaze_added_tokens added;
    gaze_normalizers normalizers;
    gaze_pre_tokenizers pre_tokenizers;
    gaze_token_model model;
    gaze_post_processor post_processor;
    gaze_decoders decoders;
    gaze_truncation truncation; /* as tokenizer.json sets them */
    gaze_padding padding;
    const char *special[GAZE_TOKEN_PARTS]; /* as the other files name them; NULL: they do not */
    size_t max_length;
    gaze_side padding_side;
    gaze_side truncation_side;
    bool cleans_up;
    const char *class;         /* tokenizer_class; NULL: it is not said */
    size_t class_length;
    bool inputs_named;         /* model_input_names is there ... */
    bool type_ids_named;       /* ... and has token_type_ids */
};

/* What tokenizer_config.json and special_tokens_map.json (NULL: there is none) say. Errors: MEMORY. */
gaze_status gaze_settings_read(gaze_tokenizer *tokenizer, const gaze_json_value *config,
                               const gaze_json_value *map, gaze_error *err);

/* Fills a zeroed tokenizer from the text of a tokenizer.json. On failure it is half filled, and
 * gaze_tokenizer_close frees it. */
gaze_status gaze_tokenizer_read_json(gaze_tokenizer *tokenizer, const char *json, size_t size,
                                     gaze_error *err);

/* Appends the tokenizer.json that Hugging Face makes of a vocab.txt, of tokenizer_config.json and of
 * special_tokens_map.json (NULL: there is none). Errors: FORMAT (empty), UTF8, NOT_FOUND (no [UNK], [CLS] or
 * [SEP]), UNSUPPORTED (the configuration names a tokenizer that is not BERT's). */
gaze_status gaze_bert_json_write(gaze_buffer *out, gaze_string vocab, const gaze_json_value *config,
                                 const gaze_json_value *map, gaze_error *err);

/* The same for a vocab.json and a merges.txt, of the classes of GPT-2, RoBERTa and Qwen2. Errors: those of
 * gaze_json_parse; UTF8, NOT_FOUND (no <s> or </s> where they are needed), UNSUPPORTED. */
gaze_status gaze_bpe_json_write(gaze_buffer *out, gaze_string vocab, gaze_string merges,
                                const gaze_json_value *config, const gaze_json_value *map, gaze_error *err);

/* The member of a configuration that names a token, as a string or as an object with "content"; NULL when
 * there is none. `config` may be NULL. */
const gaze_json_value *gaze_named_token(const gaze_json_value *config, const char *key);

#endif
