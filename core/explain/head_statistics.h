/* Head statistics: what a head does, in a few numbers (Clark et al. 2019, section 3).
 *
 *     previous = 1/T sum_{t>0}   a[t,t-1]        next = 1/T sum_{t<T-1} a[t,t+1]        self = 1/T sum_t a[t,t]
 *     cls, sep, punctuation = 1/T sum_t sum_{s of that kind} a[t,s]
 *     entropy  = -1/T sum_t sum_s a[t,s] ln a[t,s]        relative entropy = entropy / ln T, from 0 to 1
 *
 * The first row has no token before it and the last none behind, and both are counted: previous and next reach
 * (T-1)/T at most. Hugging Face has no such class; these are the definitions of the paper's released code.
 */
#ifndef GAZE_CORE_EXPLAIN_HEAD_STATISTICS_H
#define GAZE_CORE_EXPLAIN_HEAD_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/tokens.h"

typedef enum gaze_token_kind {
    GAZE_KIND_ORDINARY,
    GAZE_KIND_CLS,        /* the special token at the front: [CLS], <s> */
    GAZE_KIND_SEP,        /* every other special token: [SEP], </s> */
    GAZE_KIND_PUNCTUATION /* exactly "." or ",", as in the paper */
} gaze_token_kind;

/* kinds[tokens->count], each a gaze_token_kind. */
void gaze_token_kinds(uint8_t *kinds, const gaze_tokens *tokens);

typedef enum gaze_statistic {
    GAZE_STATISTIC_ENTROPY, /* nats */
    GAZE_STATISTIC_RELATIVE_ENTROPY,
    GAZE_STATISTIC_PREVIOUS,
    GAZE_STATISTIC_NEXT,
    GAZE_STATISTIC_SELF,
    GAZE_STATISTIC_CLS,
    GAZE_STATISTIC_SEP,
    GAZE_STATISTIC_PUNCTUATION,
    GAZE_STATISTICS
} gaze_statistic;

/* values[GAZE_STATISTICS] of one head, a (T,T), T at least 1, sums in double. The relative entropy of a single token
 * is 0. Numbers that are no weight go into the sums as they are. */
void gaze_head_statistics(double *values, const float *a, const uint8_t *kinds, size_t T);

typedef enum gaze_head_label {
    GAZE_HEAD_UNLABELLED,
    GAZE_HEAD_NEXT, /* more than .5, as for the previous token */
    GAZE_HEAD_PREVIOUS,
    GAZE_HEAD_BROAD, /* relative entropy above .78: the paper's 3.8 nats at its 128 tokens */
    GAZE_HEAD_CLS,   /* more than .6, as for the two that follow */
    GAZE_HEAD_SEP,
    GAZE_HEAD_PUNCTUATION
} gaze_head_label;

/* The label whose threshold holds; of several the one that comes last in the enum, as in the paper's code. */
gaze_head_label gaze_head_label_of(const double *values);

#endif
