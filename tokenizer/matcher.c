#include "tokenizer/matcher.h"

#include <stdlib.h>

/* By code points, a prefix before what it begins; equal ones in the order given (value tells it). */
static int compare(const void *a, const void *b) {
    const gaze_matcher_key *x = a, *y = b;
    const gaze_literal *p = &x->literal, *q = &y->literal;
    for (size_t i = 0; i < p->count && i < q->count; i++)
        if (p->code_points[i] != q->code_points[i]) return p->code_points[i] < q->code_points[i] ? -1 : 1;
    if (p->count != q->count) return p->count < q->count ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

void gaze_matcher_init(gaze_matcher *matcher, gaze_matcher_key *keys, size_t count) {
    *matcher = (gaze_matcher){.keys = keys, .count = count};
    qsort(keys, count, sizeof *keys, compare);
    for (size_t i = 0; i < count; i++) matcher->may_begin[keys[i].literal.code_points[0] & 0xFF] = true;
}

void gaze_matcher_deinit(gaze_matcher *matcher) {
    gaze_free(matcher->keys);
    *matcher = (gaze_matcher){0};
}

/* The first of keys[low] to keys[high - 1] whose char at `depth` is c or above. */
static size_t lower_bound(const gaze_matcher *m, size_t low, size_t high, size_t depth, uint32_t c) {
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->keys[middle].literal.code_points[depth] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t gaze_matcher_at(const gaze_matcher *matcher, const gaze_char *chars, size_t at, size_t end,
                       int32_t *value) {
    size_t low = 0, high = matcher->count, longest = 0;
    if (!matcher->may_begin[chars[at].code_point & 0xFF]) return 0;
    for (size_t depth = 0; low < high && at + depth < end; depth++) {
        uint32_t c = chars[at + depth].code_point;
        low = lower_bound(matcher, low, high, depth, c);
        high = lower_bound(matcher, low, high, depth, c + 1);
        /* now all of them begin with these depth + 1 chars; those that have no more come first */
        if (low < high && matcher->keys[low].literal.count == depth + 1) {
            longest = depth + 1;
            *value = matcher->keys[low].value;
        }
        while (low < high && matcher->keys[low].literal.count == depth + 1) low++;
    }
    return longest;
}
