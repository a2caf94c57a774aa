#include "core/task/answer.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/task/topk.h"

/* Scores of a window ----------------------------------------------------------------------------------- */

/* Tokens of the context may be part of an answer, and the class token, wherever it stands. */
static bool may_answer(const gaze_tokens *window, size_t t, const gaze_answer_options *options) {
    return options->context_first || window->sequence_ids[t] == 1 ||
           (options->cls_id >= 0 && window->ids[t] == options->cls_id);
}

/* p (T) = softmax of one column of logits (T,2) over the tokens that may answer; 0 elsewhere. */
static void span_probabilities(float *p, const gaze_tokens *window, const float *logits,
                               const gaze_answer_options *options) {
    double largest = -INFINITY, sum = 0;
    for (size_t t = 0; t < window->count; t++)
        if (may_answer(window, t, options)) largest = fmax(largest, (double)logits[2 * t]);
    for (size_t t = 0; t < window->count; t++) {
        p[t] = may_answer(window, t, options) ? (float)exp((double)logits[2 * t] - largest) : 0;
        sum += (double)p[t];
    }
    for (size_t t = 0; t < window->count && sum > 0; t++) p[t] = (float)((double)p[t] / sum);
}

/* The best spans, as s * T + e. */
static void best_spans(gaze_topk *best, const float *p, const float *q, size_t T, size_t longest) {
    for (size_t s = 0; s < T; s++) {
        for (size_t e = s; p[s] > 0 && e < T && e - s < longest; e++) {
            float score = p[s] * q[e];
            if (score > 0) gaze_topk_offer(best, (double)score, s * T + e);
        }
    }
    gaze_topk_sort(best);
}

/* Words ------------------------------------------------------------------------------------------------ */

/* The tokens [*first, *end) of a word of the context; false when the window has none of it. */
static bool find_word(const gaze_tokens *window, int32_t word, int32_t context, size_t *first, size_t *end) {
    bool found = false;
    if (word == GAZE_NO_WORD) return false;
    for (size_t t = 0; t < window->count; t++) {
        if (window->sequence_ids[t] != context || window->word_ids[t] != word) continue;
        if (!found) *first = t;
        *end = t + 1;
        found = true;
    }
    return found;
}

/* Tokens s to e, widened to the words that they are part of; as they stand where one is in no word. A word is a
 * number: that of the question's third word stands for the context's third. */
static gaze_answer answer_at(const gaze_tokens *window, size_t s, size_t e, double score,
                             const gaze_answer_options *options) {
    const int32_t context = options->context_first ? 0 : 1;
    size_t first = s, first_end, last, end = e + 1;
    if (options->inside_words || !find_word(window, window->word_ids[s], context, &first, &first_end) ||
        !find_word(window, window->word_ids[e], context, &last, &end)) {
        first = s;
        end = e + 1;
    }
    return (gaze_answer){.score = score, .chars = {window->chars[first].start, window->chars[end - 1].end}};
}

/* Answers ---------------------------------------------------------------------------------------------- */

static gaze_status append(gaze_answers *answers, const gaze_answer *answer, gaze_error *err) {
    if (answers->count == answers->capacity) {
        size_t capacity = answers->capacity ? 2 * answers->capacity : 16;
        gaze_answer *items = gaze_realloc(answers->items, capacity, sizeof *items);
        if (!items) return gaze_fail_memory(err);
        answers->items = items;
        answers->capacity = capacity;
    }
    answers->items[answers->count++] = *answer;
    return GAZE_OK;
}

/* A new answer, or more score for one that reads the same. */
static gaze_status merge(gaze_answers *answers, const gaze_answer *answer, const gaze_answer_options *options,
                         gaze_error *err) {
    for (size_t i = 0; i < answers->count; i++) {
        gaze_answer *item = &answers->items[i];
        if (item->key != answer->key || !options->same(options->context, item, answer)) continue;
        item->score += answer->score;
        return GAZE_OK;
    }
    return append(answers, answer, err);
}

static gaze_status merge_spans(gaze_answers *answers, const gaze_tokens *window, const gaze_topk *best,
                               const gaze_answer_options *options, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < best->count && !status; i++) {
        size_t s = best->items[i].index / window->count, e = best->items[i].index % window->count;
        gaze_answer answer = answer_at(window, s, e, best->items[i].score, options);
        answer.key = options->key(options->context, &answer);
        status = merge(answers, &answer, options, err);
    }
    return status;
}

/* 2 top_k + 10, since words may bring some together; or as many spans as a window has, if that is less. */
static size_t candidate_count(const gaze_answer_options *options, size_t T) {
    size_t wanted = options->top_k, spans;
    bool huge =
        !options->inside_words && (!gaze_size_mul(wanted, 2, &wanted) || !gaze_size_add(wanted, 10, &wanted));
    return gaze_size_mul(T, T, &spans) && (huge || spans < wanted) ? spans : wanted;
}

gaze_status gaze_answers_add(gaze_answers *answers, const gaze_tokens *window, const float *logits,
                             const gaze_answer_options *options, gaze_error *err) {
    size_t candidates = candidate_count(options, window->count);
    gaze_topk best = {.items = gaze_alloc(candidates, sizeof *best.items), .capacity = candidates};
    float *p = gaze_alloc(window->count, sizeof *p), *q = gaze_alloc(window->count, sizeof *q);
    gaze_status status = best.items && p && q ? GAZE_OK : gaze_fail_memory(err);
    if (!status) {
        span_probabilities(p, window, logits, options);
        span_probabilities(q, window, logits + 1, options);
        const float null_score = p[0] * q[0];
        if (answers->windows++ == 0 || (double)null_score < answers->null_score)
            answers->null_score = (double)null_score;
        p[0] = q[0] = 0;
        best_spans(&best, p, q, window->count, options->max_answer_len);
        status = merge_spans(answers, window, &best, options, err);
    }
    gaze_free(best.items);
    gaze_free(p);
    gaze_free(q);
    return status;
}

/* The k best in order, through a copy. */
static gaze_status keep_best(gaze_answers *answers, size_t k, gaze_error *err) {
    size_t count = answers->count < k ? answers->count : k;
    gaze_ranked *room = gaze_alloc(count, sizeof *room);
    gaze_answer *sorted = gaze_alloc(count, sizeof *sorted);
    gaze_topk best = {.items = room, .capacity = count};
    gaze_status status = room && sorted ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < answers->count && !status; i++) gaze_topk_offer(&best, answers->items[i].score, i);
    if (!status) {
        gaze_topk_sort(&best);
        for (size_t i = 0; i < count; i++) sorted[i] = answers->items[best.items[i].index];
        memcpy(answers->items, sorted, count * sizeof *sorted);
        answers->count = count;
    }
    gaze_free(room);
    gaze_free(sorted);
    return status;
}

/* Where no span was possible, "no answer" is the answer, with nothing to say for it. */
gaze_status gaze_answers_finish(gaze_answers *answers, const gaze_answer_options *options, gaze_error *err) {
    gaze_status status = GAZE_OK;
    if (options->handle_impossible_answer)
        status = append(answers, &(gaze_answer){.score = answers->null_score}, err);
    else if (answers->count == 0)
        status = append(answers, &(gaze_answer){0}, err);
    return status ? status : keep_best(answers, options->top_k, err);
}

void gaze_answers_deinit(gaze_answers *answers) {
    gaze_free(answers->items);
    *answers = (gaze_answers){0};
}
