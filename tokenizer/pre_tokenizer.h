/* Pre-tokenizers: cutting the normalized text into words, which the model then tokenizes one by one.
 *
 * Nearly all of them are a pattern and what becomes of its matches, so they are lines of data here:
 *
 *     BertPreTokenizer     white space, removed; then punctuation, isolated
 *     Digits               numeric chars, isolated or contiguous
 *     Split                whatever tokenizer.json says
 */
#ifndef GAZE_TOKENIZER_PRE_TOKENIZER_H
#define GAZE_TOKENIZER_PRE_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/component.h"
#include "tokenizer/metaspace.h"
#include "tokenizer/pieces.h"

typedef struct gaze_pre_tokenizer gaze_pre_tokenizer;
struct gaze_pre_tokenizer {
    gaze_status (*apply)(const gaze_pre_tokenizer *self, gaze_pieces *pieces, gaze_error *err);
    union {
        gaze_split split;
        size_t length; /* FixedLength */
        struct {
            bool add_prefix_space, use_regex;
        } byte_level;
        gaze_metaspace metaspace;
    } as;
};

/* A zeroed struct is the empty list, which leaves the text in one piece. */
typedef struct gaze_pre_tokenizers {
    gaze_pre_tokenizer items[GAZE_MAX_COMPONENTS];
    size_t count;
} gaze_pre_tokenizers;

/* `json` is the value of "pre_tokenizer" (NULL: none). What the list keeps of it is copied into the arena.
 * Errors: SCHEMA; UNSUPPORTED for a pre-tokenizer that is not known here. */
gaze_status gaze_pre_tokenizers_read(gaze_pre_tokenizers *list, gaze_arena *arena,
                                     const gaze_json_value *json, gaze_error *err);
/* Cuts all pieces that are still to be tokenized. Errors: MEMORY. */
gaze_status gaze_pre_tokenizers_apply(const gaze_pre_tokenizers *list, gaze_pieces *pieces, gaze_error *err);

#endif
