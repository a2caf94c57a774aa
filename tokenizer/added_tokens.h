/* Added tokens: strings that are found in the text as they stand, before the model sees it ([MASK], <s>).
 *
 * (Hugging Face: AddedVocabulary.) Each is searched for in the raw text or, when `normalized`, in the
 * normalized text, where the normalized form of its content is looked for. `special` says nothing about
 * the search: it matters for decoding, and when the caller has special tokens read as plain text.
 */
#ifndef GAZE_TOKENIZER_ADDED_TOKENS_H
#define GAZE_TOKENIZER_ADDED_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/strmap.h"
#include "tokenizer/matcher.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/pieces.h"
#include "tokenizer/vocabulary.h"

typedef struct gaze_added_token {
    const char *content; /* terminated */
    size_t length;
    const char *decoded; /* what decoding gives for it: the content, normalized when `normalized` */
    size_t decoded_length;
    int32_t id;
    bool single_word; /* found only where no word char stands beside it */
    bool lstrip;      /* takes the white space on its left */
    bool rstrip;      /* ... on its right */
    bool normalized;  /* is searched for in the normalized text */
    bool special;
} gaze_added_token;

/* A zeroed struct is empty. */
typedef struct gaze_added_tokens {
    gaze_added_token *items;
    size_t count;
    gaze_strmap by_content; /* to the index of an item */
    int32_t *by_id;         /* [size]: the index of the item that has the id, or -1 */
    size_t size;            /* largest id of the vocabulary and of the added tokens, + 1 */
    gaze_matcher raw, normalized;
} gaze_added_tokens;

/* `json` is the value of "added_tokens" (NULL: none). The ids of the file do not count: a token takes the id
 * that the vocabulary has for its content, else the next free one. Errors: SCHEMA, MEMORY; UNSUPPORTED for a
 * token of which the normalizers leave nothing. */
gaze_status gaze_added_tokens_read(gaze_added_tokens *added, gaze_arena *arena, const gaze_json_value *json,
                                   const gaze_vocabulary *vocabulary, const gaze_normalizers *normalizers,
                                   gaze_error *err);
void gaze_added_tokens_deinit(gaze_added_tokens *added);

typedef enum gaze_search { GAZE_SEARCH_RAW, GAZE_SEARCH_NORMALIZED } gaze_search;

/* Cuts the tokens of the one or the other kind out of every piece that is still to be tokenized.
 * With `skip_special`, special tokens are left in the text. */
gaze_status gaze_added_tokens_cut(const gaze_added_tokens *added, gaze_pieces *pieces, gaze_search search,
                                  bool skip_special, gaze_error *err);

/* The added token of an id, or of a content; NULL when there is none. */
const gaze_added_token *gaze_added_token_by_id(const gaze_added_tokens *added, int32_t id);
const gaze_added_token *gaze_added_token_by_content(const gaze_added_tokens *added, const char *content,
                                                    size_t length);

#endif
