/* Answers: spans of a text, out of the start and end logits of its windows (transformers 4:
 * QuestionAnsweringPipeline).
 *
 *     p = softmax(start), q = softmax(end), over the tokens that may be part of an answer
 *     score(s, e) = p[s] q[e]                    s <= e < s + max_answer_len
 *
 * The first token's p and q are set to 0 once they are computed: p[0] q[0] is the score of "no answer". Each
 * window gives its 2 top_k + 10 best spans; a span is widened to whole words; spans that read the same, capital
 * letters or not, are one answer, whose score is the sum.
 *
 * Scores are floats, as they are there: a span whose score is too small for one is none.
 */
#ifndef GAZE_CORE_TASK_ANSWER_H
#define GAZE_CORE_TASK_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/tokens.h"

/* The span is of the context, in code points. (0,0): no answer. Where the question holds a class token, or comes
 * behind the context, a span may end before it begins, or beyond the context: then there is no text in it. */
typedef struct gaze_answer {
    double score;
    gaze_span chars;
    uint64_t key; /* private */
} gaze_answer;

/* Whether two answers read the same; and a number that is the same for those that do, and hardly ever for others, by
 * which the few to compare are found among the thousands of a long text. */
typedef bool gaze_answer_same(void *context, const gaze_answer *a, const gaze_answer *b);
typedef uint64_t gaze_answer_key(void *context, const gaze_answer *answer);

typedef struct gaze_answer_options {
    size_t top_k;          /* at least 1 */
    size_t max_answer_len; /* in tokens, at least 1 */
    bool handle_impossible_answer;
    bool inside_words;  /* a span stays as its tokens are, and may begin or end inside a word */
    bool context_first; /* the context is sequence 0, and then, as in transformers, any token may answer */
    int32_t cls_id;     /* may be part of a span wherever it stands; -1: there is none */
    gaze_answer_same *same;
    gaze_answer_key *key;
    void *context; /* of these two */
} gaze_answer_options;

/* A zeroed struct has no answers yet. */
typedef struct gaze_answers {
    gaze_answer *items;
    size_t count;
    double null_score; /* smallest score of "no answer" of a window */
    /* private */
    size_t capacity;
    size_t windows;
} gaze_answers;

/* Takes in one window: tokens of question and context (sequences 0 and 1, or 1 and 0), start and end logits side by
 * side (T,2). Errors: MEMORY. */
gaze_status gaze_answers_add(gaze_answers *answers, const gaze_tokens *window, const float *logits,
                             const gaze_answer_options *options, gaze_error *err);
/* Sorts, best first, and keeps top_k. Errors: MEMORY. */
gaze_status gaze_answers_finish(gaze_answers *answers, const gaze_answer_options *options, gaze_error *err);
void gaze_answers_deinit(gaze_answers *answers);

#endif
