/* The tokenizer: from text to tokens, equal to Hugging Face `tokenizers` on every input.
 *
 *     gaze_tokenizer *tokenizer = NULL;
 *     gaze_tokens tokens = {0};
 *     gaze_tokenizer_open(&tokenizer, "path/to/bert-base-uncased", err);
 *     gaze_tokenizer_encode(&tokens, tokenizer, "The cat sat.", 12, NULL, 0, NULL, err);
 *     ... tokens.ids[i], tokens.strings[i] ...
 *     gaze_tokens_deinit(&tokens);
 *     gaze_tokenizer_close(tokenizer);
 *
 * Immutable after opening; may be shared by threads.
 */
#ifndef GAZE_TOKENIZER_TOKENIZER_H
#define GAZE_TOKENIZER_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/tokens.h"

typedef struct gaze_tokenizer gaze_tokenizer;

/* The bytes of a model directory's tokenizer files; NULL where there is no such file. */
typedef struct gaze_tokenizer_files {
    const char *tokenizer_json;
    size_t tokenizer_json_size;
    const char *vocab_txt;
    size_t vocab_txt_size;
    const char *vocab_json;
    size_t vocab_json_size;
    const char *merges_txt;
    size_t merges_txt_size;
    const char *tokenizer_config_json;
    size_t tokenizer_config_json_size;
    const char *special_tokens_map_json;
    size_t special_tokens_map_json_size;
} gaze_tokenizer_files;

/* Opens a model directory: tokenizer.json taken verbatim where there is one, else vocab.txt, or vocab.json and
 * merges.txt, with tokenizer_config.json. Errors name the file: NOT_FOUND (no directory, none of these files,
 * a special token that the vocabulary lacks), UNSUPPORTED (a component that is not known here, by its name),
 * LIMIT (a file above 64 MB), FORMAT, SCHEMA, DUPLICATE, UTF8, JSON_..., IO, MEMORY. *out is NULL on failure. */
gaze_status gaze_tokenizer_open(gaze_tokenizer **out, const char *directory, gaze_error *err);
/* The same from memory; the bytes may be freed afterwards. */
gaze_status gaze_tokenizer_open_files(gaze_tokenizer **out, const gaze_tokenizer_files *files,
                                      gaze_error *err);
void gaze_tokenizer_close(gaze_tokenizer *tokenizer);

/* Puts a Lowercase before the normalizers, as sentence-transformers does where do_lower_case is set. Only before
 * the tokenizer is shared. Errors: LIMIT, when there are as many normalizers as there may be. */
gaze_status gaze_tokenizer_lower_case(gaze_tokenizer *tokenizer, gaze_error *err);

typedef enum gaze_side { GAZE_SIDE_RIGHT, GAZE_SIDE_LEFT } gaze_side;

typedef enum gaze_truncation_strategy {
    GAZE_TRUNCATE_LONGEST_FIRST,
    GAZE_TRUNCATE_ONLY_FIRST,
    GAZE_TRUNCATE_ONLY_SECOND
} gaze_truncation_strategy;

typedef struct gaze_truncation {
    bool enabled;
    size_t max_length; /* tokens, special ones included */
    size_t stride;     /* tokens that neighbouring overflow windows share */
    gaze_truncation_strategy strategy;
    gaze_side side;
} gaze_truncation;

typedef struct gaze_padding {
    bool enabled;
    size_t length;      /* 0: the longest of the batch */
    size_t multiple_of; /* 0: no rounding */
    gaze_side side;
    int32_t id;
    int32_t type_id;
    const char *token; /* NULL: the tokenizer's own pad token and its id, and `id` does not count */
} gaze_padding;

/* A zeroed struct: special tokens added, no truncation, no padding. */
typedef struct gaze_encode_options {
    bool no_special_tokens;     /* add_special_tokens = false */
    bool encode_special_tokens; /* special tokens inside the text are read as plain text */
    gaze_truncation truncation;
} gaze_encode_options;

/* The truncation and padding that tokenizer.json sets; `enabled` is false where it sets none. */
gaze_truncation gaze_tokenizer_truncation(const gaze_tokenizer *tokenizer);
gaze_padding gaze_tokenizer_padding(const gaze_tokenizer *tokenizer);

/* Encodes a text, or a pair when `pair` is not NULL. Any bytes may be given; ill-formed UTF-8 is read as
 * U+FFFD. *tokens must be empty (zeroed) and is freed by the caller with gaze_tokens_deinit; on failure
 * it is left empty. `options` may be NULL. Takes time linear in the text. Errors: ARGUMENT (a truncation
 * that cannot be, in Hugging Face's words), NOT_FOUND (an unknown word, and no unknown token), LIMIT (a text
 * of 2 GiB), MEMORY. */
gaze_status gaze_tokenizer_encode(gaze_tokens *tokens, const gaze_tokenizer *tokenizer, const char *text,
                                  size_t length, const char *pair, size_t pair_length,
                                  const gaze_encode_options *options, gaze_error *err);

#define GAZE_MAX_PADDING (1 << 20) /* tokens; as many as a configuration may have positions */

/* Pads `count` sequences, and their overflow windows, to padding's length. Errors: NOT_FOUND when the tokenizer
 * has no pad token; LIMIT (a length above GAZE_MAX_PADDING); MEMORY. */
gaze_status gaze_tokenizer_pad(const gaze_tokenizer *tokenizer, gaze_tokens *sequences, size_t count,
                               const gaze_padding *padding, gaze_error *err);

/* Appends the text of `count` ids to `out`; unknown ids are left out. */
gaze_status gaze_tokenizer_decode(gaze_buffer *out, const gaze_tokenizer *tokenizer, const int32_t *ids,
                                  size_t count, bool skip_special_tokens, gaze_error *err);

/* Number of ids: the model's vocabulary and added tokens; largest id + 1. */
size_t gaze_tokenizer_vocab_size(const gaze_tokenizer *tokenizer);
/* The token's string, borrowed, NULL when no token has that id. *length may be NULL. */
const char *gaze_tokenizer_id_to_token(const gaze_tokenizer *tokenizer, int32_t id, size_t *length);
/* The id of a token's string, or -1. */
int32_t gaze_tokenizer_token_to_id(const gaze_tokenizer *tokenizer, const char *token, size_t length);

/* What the files beside tokenizer.json say of it -------------------------------------------------------- */

/* Tokens that have a part to play. */
typedef enum gaze_special_token {
    GAZE_TOKEN_PAD,
    GAZE_TOKEN_UNK,
    GAZE_TOKEN_CLS,
    GAZE_TOKEN_MASK,
    GAZE_TOKEN_PARTS
} gaze_special_token;

/* The id of the token that tokenizer_config.json or special_tokens_map.json names for the part, else of the one
 * that BERT or RoBERTa has for it; -1 when the vocabulary has neither. */
int32_t gaze_tokenizer_special_id(const gaze_tokenizer *tokenizer, gaze_special_token part);
/* model_max_length: tokens that the model was made for; SIZE_MAX when nothing is said. */
size_t gaze_tokenizer_max_length(const gaze_tokenizer *tokenizer);
/* padding_side and truncation_side: as these files say, else as tokenizer.json does, else the right. A tokenizer that
 * pads on the left is one of a model whose text ends where it is read. */
gaze_side gaze_tokenizer_padding_side(const gaze_tokenizer *tokenizer);
gaze_side gaze_tokenizer_truncation_side(const gaze_tokenizer *tokenizer);
/* Whether the model is given type ids: model_input_names of tokenizer_config.json, else what transformers 5 sets for
 * the class: BERT's and its kin's tokenizers give them, the plain PreTrainedTokenizerFast does not (in transformers 4
 * it did). `usual_class`, of `length` bytes, is the class where tokenizer_config.json names none. */
bool gaze_tokenizer_gives_type_ids(const gaze_tokenizer *tokenizer, const char *usual_class, size_t length);
/* Whether decoded text is to be cleaned up once more (clean_up_tokenization_spaces, which holds for all models
 * but BPE): "it ' s here ." becomes "it's here." */
bool gaze_tokenizer_cleans_up(const gaze_tokenizer *tokenizer);
/* As gaze_tokenizer_decode, and cleaned up where that holds: what `decode` gives in Python. */
gaze_status gaze_tokenizer_text(gaze_buffer *out, const gaze_tokenizer *tokenizer, const int32_t *ids,
                                size_t count, bool skip_special_tokens, gaze_error *err);
/* Whether a token tells that it continues a word, as "##ing" does. */
bool gaze_tokenizer_marks_subwords(const gaze_tokenizer *tokenizer);

/* Appends the text of `count` token strings, as the decoder puts them together (convert_tokens_to_string). */
gaze_status gaze_tokenizer_join(gaze_buffer *out, const gaze_tokenizer *tokenizer, const char *const *strings,
                                const size_t *lengths, size_t count, gaze_error *err);

#endif
