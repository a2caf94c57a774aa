/* core/task/answer: spans of windows, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "core/task/answer.h"
#include "tests/support/failing_alloc.h"

/* [CLS] who [SEP] the fat cat ##s sat [SEP], over the context "the fat cats sat". */
static gaze_tokens make_window(void) {
    static const gaze_token tokens[] = {
        {.id = 101, .word_id = GAZE_NO_WORD, .sequence_id = GAZE_NO_SEQUENCE},
        {.id = 7, .word_id = 0, .sequence_id = 0, .chars = {0, 3}, .bytes = {0, 3}},
        {.id = 102, .word_id = GAZE_NO_WORD, .sequence_id = GAZE_NO_SEQUENCE},
        {.id = 8, .word_id = 0, .sequence_id = 1, .chars = {0, 3}, .bytes = {0, 3}},
        {.id = 9, .word_id = 1, .sequence_id = 1, .chars = {4, 7}, .bytes = {4, 7}},
        {.id = 10, .word_id = 2, .sequence_id = 1, .chars = {8, 11}, .bytes = {8, 11}},
        {.id = 11, .word_id = 2, .sequence_id = 1, .chars = {11, 12}, .bytes = {11, 12}},
        {.id = 12, .word_id = 3, .sequence_id = 1, .chars = {13, 16}, .bytes = {13, 16}},
        {.id = 102, .word_id = GAZE_NO_WORD, .sequence_id = GAZE_NO_SEQUENCE},
    };
    gaze_tokens window = {0};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        gaze_token token = tokens[i];
        token.string = "";
        token.attention = 1;
        assert_int_equal(gaze_tokens_append(&window, &token, NULL), GAZE_OK);
    }
    return window;
}

enum { T = 9, NOWHERE = -99 };

/* Logits (T,2): log of the weights, which are those of the start and the end of each token; 0 is none. */
static void set_logits(float logits[T * 2], const float *starts, const float *ends) {
    for (size_t t = 0; t < T; t++) {
        logits[2 * t] = starts[t] > 0 ? logf(starts[t]) : NOWHERE;
        logits[2 * t + 1] = ends[t] > 0 ? logf(ends[t]) : NOWHERE;
    }
}

static bool same_place(void *context, const gaze_answer *a, const gaze_answer *b) {
    (void)context;
    return a->chars.start == b->chars.start && a->chars.end == b->chars.end;
}

/* The same for answers that differ, too: then they are compared. */
static uint64_t first_char(void *context, const gaze_answer *answer) {
    (void)context;
    return answer->chars.start;
}

static const gaze_answer_options defaults = {
    .top_k = 1, .max_answer_len = 15, .cls_id = 101, .same = same_place, .key = first_char};

static void assert_answer(const gaze_answer *answer, size_t start, size_t end, double score) {
    assert_int_equal(answer->chars.start, start);
    assert_int_equal(answer->chars.end, end);
    assert_float_equal(answer->score, score, 1e-6);
}

/* Of 10: [CLS] has 2, the question's 50 count for nothing.
 *     start   fat 5, cat 3       p = 0.5, 0.3       end   cat 4, ##s 4, [CLS] 2     q = 0.4, 0.4
 * fat..cat 0.2, fat..##s 0.2, cat..cat 0.12, cat..##s 0.12. Widened to words, the first two read "fat cats" and
 * add up to 0.4, the others "cats", 0.24. "No answer": 0.2 * 0.2 = 0.04. */
static void answers_by_hand(void **state) {
    (void)state;
    static const float starts[T] = {2, 50, 0, 0, 5, 3}, ends[T] = {2, 50, 0, 0, 0, 4, 4};
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_answer_options options = defaults;
    gaze_tokens window = make_window();
    set_logits(logits, starts, ends);
    options.top_k = 5;
    options.handle_impossible_answer = true;
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    assert_int_equal(gaze_answers_finish(&answers, &options, NULL), GAZE_OK);
    assert_int_equal(answers.count, 5);
    assert_answer(&answers.items[0], 4, 12, 0.4);
    assert_answer(&answers.items[1], 8, 12, 0.24);
    assert_answer(&answers.items[2], 0, 0, 0.04);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* Spans of one token only: fat..cat is too long. */
static void no_longer_than_asked(void **state) {
    (void)state;
    static const float starts[T] = {0, 0, 0, 0, 5, 3, 0, 2}, ends[T] = {0, 0, 0, 0, 0, 4, 4, 2};
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_answer_options options = defaults;
    gaze_tokens window = make_window();
    set_logits(logits, starts, ends);
    options.max_answer_len = 1;
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    assert_int_equal(gaze_answers_finish(&answers, &options, NULL), GAZE_OK);
    assert_int_equal(answers.count, 1);
    assert_answer(&answers.items[0], 8, 12, 0.3 * 0.4);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* Two windows: scores of the same answer add up, and "no answer" has the smaller of its two scores. */
static void windows_together(void **state) {
    (void)state;
    static const float starts[T] = {4, 0, 0, 0, 0, 0, 0, 6}, ends[T] = {5, 0, 0, 0, 0, 0, 0, 5};
    static const float others[T] = {9, 0, 0, 0, 0, 0, 0, 1};
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_answer_options options = defaults;
    gaze_tokens window = make_window();
    options.top_k = 2;
    options.handle_impossible_answer = true;
    set_logits(logits, starts, ends);
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    set_logits(logits, others, others);
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    assert_float_equal(answers.null_score, 0.2, 1e-6);
    assert_int_equal(gaze_answers_finish(&answers, &options, NULL), GAZE_OK);
    assert_int_equal(answers.count, 2);
    assert_answer(&answers.items[0], 13, 16, 0.6 * 0.5 + 0.1 * 0.1);
    assert_answer(&answers.items[1], 0, 0, 0.2);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* A context of nothing but white space has no tokens. */
static void a_context_without_tokens(void **state) {
    (void)state;
    gaze_answers answers = {0};
    gaze_tokens window = {0};
    const float logits[] = {1, 2};
    gaze_token cls = {.id = 101, .string = "", .word_id = GAZE_NO_WORD, .sequence_id = GAZE_NO_SEQUENCE};
    assert_int_equal(gaze_tokens_append(&window, &cls, NULL), GAZE_OK);
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &defaults, NULL), GAZE_OK);
    assert_int_equal(gaze_answers_finish(&answers, &defaults, NULL), GAZE_OK);
    assert_int_equal(answers.count, 1);
    assert_answer(&answers.items[0], 0, 0, 0);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* The class token inside the context is a token like any other. */
static void a_class_token_in_the_context(void **state) {
    (void)state;
    static const float starts[T] = {1, 0, 0, 0, 0, 0, 0, 3}, ends[T] = {1, 0, 0, 0, 0, 0, 0, 3};
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_tokens window = make_window();
    window.ids[1] = 101; /* in the question: its word 0 stands for the context's word 0, as in transformers */
    set_logits(logits, starts, ends);
    logits[2] = logits[3] = logf(12);
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &defaults, NULL), GAZE_OK);
    assert_int_equal(gaze_answers_finish(&answers, &defaults, NULL), GAZE_OK);
    assert_answer(&answers.items[0], 0, 3, 0.75 * 0.75);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* A tokenizer that pads on the left has the context first; then any token may answer, and the question's word 0 stands for
 * the context's word 0. Here the context is "who": a span from it into "the fat" ends with the question's word 1, which the
 * context lacks, so that the offsets stay as they are. */
static void the_context_first(void **state) {
    (void)state;
    static const float starts[T] = {0, 6, 0, 3, 1}, ends[T] = {0, 1, 0, 2, 7};
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_answer_options options = defaults;
    gaze_tokens window = make_window();
    options.context_first = true;
    options.top_k = 3;
    options.cls_id = -1;
    set_logits(logits, starts, ends);
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    assert_int_equal(gaze_answers_finish(&answers, &options, NULL), GAZE_OK);
    assert_int_equal(answers.count, 3);
    assert_answer(&answers.items[0], 0, 7, 0.6 * 0.7 + 0.3 * 0.7);         /* who..fat, the..fat */
    assert_answer(&answers.items[1], 0, 3, 0.6 * 0.1 + 0.6 * 0.2 + 0.3 * 0.2); /* who, who..the, the */
    assert_answer(&answers.items[2], 4, 7, 0.1 * 0.7);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* "fat cat" without its "s"; and no more candidates than answers are asked for. */
static void inside_words(void **state) {
    (void)state;
    static const float starts[T] = {0, 0, 0, 0, 7, 3}, ends[T] = {0, 0, 0, 0, 0, 6, 4};
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_answer_options options = defaults;
    gaze_tokens window = make_window();
    options.inside_words = true;
    options.top_k = 2;
    set_logits(logits, starts, ends);
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    assert_int_equal(answers.count, 2);
    assert_int_equal(gaze_answers_finish(&answers, &options, NULL), GAZE_OK);
    assert_answer(&answers.items[0], 4, 11, 0.7 * 0.6);
    assert_answer(&answers.items[1], 4, 12, 0.7 * 0.4);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

/* e^-60 times e^-60 is 0 as a float, though not as a double. */
static void a_score_too_small_for_a_float(void **state) {
    (void)state;
    float logits[T * 2];
    gaze_answers answers = {0};
    gaze_answer_options options = defaults;
    gaze_tokens window = make_window();
    for (size_t i = 0; i < T * 2; i++) logits[i] = -60;
    logits[0] = logits[1] = 0; /* [CLS] has all */
    assert_int_equal(gaze_answers_add(&answers, &window, logits, &options, NULL), GAZE_OK);
    assert_int_equal(answers.count, 0);
    gaze_answers_deinit(&answers);
    gaze_tokens_deinit(&window);
}

static gaze_status find_answers(void *context) {
    static const float starts[T] = {2, 50, 0, 1, 5, 3}, ends[T] = {2, 50, 0, 1, 1, 4, 4};
    float logits[T * 2];
    gaze_answers answers = {0};
    set_logits(logits, starts, ends);
    gaze_status status = gaze_answers_add(&answers, context, logits, &defaults, NULL);
    if (!status) status = gaze_answers_finish(&answers, &defaults, NULL);
    gaze_answers_deinit(&answers);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    gaze_tokens window = make_window();
    assert_true(fail_each_allocation(find_answers, &window) >= 6);
    gaze_tokens_deinit(&window);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_by_hand),
        cmocka_unit_test(no_longer_than_asked),
        cmocka_unit_test(windows_together),
        cmocka_unit_test(a_context_without_tokens),
        cmocka_unit_test(a_class_token_in_the_context),
        cmocka_unit_test(the_context_first),
        cmocka_unit_test(inside_words),
        cmocka_unit_test(a_score_too_small_for_a_float),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
