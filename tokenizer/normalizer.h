/* Normalizers: what happens to the text before it is split (lower case, accents, control characters).
 *
 * The list is read from tokenizer.json and applied in its order. Adding a normalizer is one function and
 * one line of the table in normalizer.c.
 */
#ifndef GAZE_TOKENIZER_NORMALIZER_H
#define GAZE_TOKENIZER_NORMALIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/charsmap.h"
#include "tokenizer/component.h"
#include "tokenizer/pattern.h"
#include "tokenizer/normalized.h"

typedef struct gaze_bert_normalizer {
    bool clean_text;
    bool handle_chinese_chars;
    bool strip_accents;
    bool lowercase;
} gaze_bert_normalizer;

typedef struct gaze_normalizer gaze_normalizer;
struct gaze_normalizer {
    gaze_status (*apply)(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err);
    union {
        gaze_bert_normalizer bert;
        struct {
            bool left, right;
        } strip;
        gaze_literal prepend;
        struct {
            gaze_pattern pattern;
            gaze_literal content;
        } replace;
        gaze_charsmap charsmap; /* Precompiled */
    } as;
};

/* A zeroed struct is the empty list, which changes nothing. */
typedef struct gaze_normalizers {
    gaze_normalizer items[GAZE_MAX_COMPONENTS];
    size_t count;
} gaze_normalizers;

/* `json` is the value of "normalizer" (NULL: none). What the list keeps of it is copied into the arena.
 * Errors: SCHEMA; UNSUPPORTED for a normalizer that is not known here. */
gaze_status gaze_normalizers_read(gaze_normalizers *list, gaze_arena *arena, const gaze_json_value *json,
                                  gaze_error *err);
/* Puts a Lowercase before all others. Errors: LIMIT. */
gaze_status gaze_normalizers_lower_case(gaze_normalizers *list, gaze_error *err);
/* Normalizes the text in place, alignments included. Errors: MEMORY. */
gaze_status gaze_normalizers_apply(const gaze_normalizers *list, gaze_normalized *text, gaze_error *err);

/* The steps that BertNormalizer shares with others, and BertNormalizer itself (bert_normalizer.c). */
gaze_status gaze_bert_normalize(const gaze_bert_normalizer *settings, gaze_normalized *text, gaze_error *err);
gaze_status gaze_normalized_lowercase(gaze_normalized *text, gaze_error *err);
/* Deletes every char that has one of the properties of tokenizer/unicode.h. */
void gaze_normalized_remove(gaze_normalized *text, unsigned properties);

#endif
