/* Patterns: what Replace and the splitting pre-tokenizers look for.
 *
 * A pattern is a class of chars, a string, or one of the few regular expressions that tokenizers use,
 * each of which has a scanner of its own. Any other regular expression is refused by name: there is no
 * regular expression engine here.
 */
#ifndef GAZE_TOKENIZER_PATTERN_H
#define GAZE_TOKENIZER_PATTERN_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/normalized.h"

typedef struct gaze_pattern gaze_pattern;

/* The leftmost match in chars[from] to chars[count - 1]: its length, and in *at where it begins. 0: none. */
typedef size_t gaze_pattern_finder(const gaze_pattern *pattern, const gaze_char *chars, size_t count,
                                   size_t from, size_t *at);

struct gaze_pattern {
    gaze_pattern_finder *find;
    unsigned properties;  /* gaze_pattern_of_class */
    gaze_literal literal; /* gaze_pattern_of_literal */
};

/* One char that has one of the properties of tokenizer/unicode.h. */
gaze_pattern gaze_pattern_of_class(unsigned properties);
/* A string; not empty. */
gaze_pattern gaze_pattern_of_literal(gaze_literal literal);
/* \w+|[^\w\s]+ as Rust's regex crate reads it: the pre-tokenizer Whitespace. */
gaze_pattern gaze_pattern_of_words(void);

/* {"String": "..."} or {"Regex": "..."}; the strings are copied into the arena.
 * UNSUPPORTED: a regular expression that has no scanner here. */
gaze_status gaze_pattern_read(gaze_pattern *out, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err);

#endif
