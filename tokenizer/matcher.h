/* Finding any of many strings in a text, leftmost and longest first: how added tokens are found.
 *
 * The strings are sorted. At a place of the text, the ones that still fit are always a range of the list,
 * and each further char narrows the range by two binary searches:
 *
 *     at "nci..."    [ danc | ing | n | nci | ncx ]
 *     n                             [ n | nci | ncx ]    n ends here: a match of length 1
 *     n c                               [ nci | ncx ]
 *     n c i                             [ nci ]          a longer match: length 3
 *
 * So the time is linear in the text, times at most the longest string. A text without any match costs one
 * look at a table of first chars for each of its chars.
 */
#ifndef GAZE_TOKENIZER_MATCHER_H
#define GAZE_TOKENIZER_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "tokenizer/normalized.h"

typedef struct gaze_matcher_key {
    gaze_literal literal; /* borrowed; not empty */
    int32_t value;
} gaze_matcher_key;

/* A zeroed struct finds nothing. */
typedef struct gaze_matcher {
    gaze_matcher_key *keys; /* sorted by code points */
    size_t count;
    bool may_begin[256]; /* by the low byte of the first code point */
} gaze_matcher;

/* Takes the keys over (an array of gaze_alloc), also on failure. Of equal keys, the first given counts. */
void gaze_matcher_init(gaze_matcher *matcher, gaze_matcher_key *keys, size_t count);
void gaze_matcher_deinit(gaze_matcher *matcher);

/* The longest key that chars[at], ..., chars[end - 1] begin with: its length, and its value. 0: none. */
size_t gaze_matcher_at(const gaze_matcher *matcher, const gaze_char *chars, size_t at, size_t end,
                       int32_t *value);

#endif
