/* core/task/scores: logits to scores, and which function when. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "core/task/scores.h"

/* Logits log 1, log 2, log 5: exp gives 1, 2, 5, of 8 in all. The sigmoid of log 2 is 2 / (2 + 1). */
static void scores_by_hand(void **state) {
    (void)state;
    const float logits[] = {0, 0.69314718f, 1.60943791f};
    float scores[3];
    gaze_scores(scores, logits, 3, GAZE_SCORE_SOFTMAX);
    assert_float_equal(scores[0], 0.125, 1e-7);
    assert_float_equal(scores[1], 0.25, 1e-7);
    assert_float_equal(scores[2], 0.625, 1e-7);
    gaze_scores(scores, logits, 3, GAZE_SCORE_SIGMOID);
    assert_float_equal(scores[0], 0.5, 0);
    assert_float_equal(scores[1], 2.0 / 3, 1e-7);
    assert_float_equal(scores[2], 5.0 / 6, 1e-7);
    gaze_scores(scores, logits, 3, GAZE_SCORE_IDENTITY);
    assert_memory_equal(scores, logits, sizeof logits);
}

static void large_logits_overflow_nothing(void **state) {
    (void)state;
    float x[] = {1e30f, -1e30f, 1e30f};
    gaze_scores(x, x, 3, GAZE_SCORE_SOFTMAX);
    assert_true(x[0] == 0.5f && x[1] == 0 && x[2] == 0.5f);
    float y[] = {1e30f, -1e30f};
    gaze_scores(y, y, 2, GAZE_SCORE_SIGMOID);
    assert_true(y[0] == 1 && y[1] == 0);
}

static void which_function_when(void **state) {
    (void)state;
    static const struct {
        gaze_problem problem;
        size_t labels;
        gaze_score_function function;
    } cases[] = {
        {GAZE_PROBLEM_UNSET, 1, GAZE_SCORE_SIGMOID},       {GAZE_PROBLEM_UNSET, 2, GAZE_SCORE_SOFTMAX},
        {GAZE_PROBLEM_REGRESSION, 1, GAZE_SCORE_IDENTITY}, {GAZE_PROBLEM_REGRESSION, 3, GAZE_SCORE_IDENTITY},
        {GAZE_PROBLEM_SINGLE_LABEL, 1, GAZE_SCORE_SIGMOID}, {GAZE_PROBLEM_SINGLE_LABEL, 3, GAZE_SCORE_SOFTMAX},
        {GAZE_PROBLEM_MULTI_LABEL, 1, GAZE_SCORE_SIGMOID}, {GAZE_PROBLEM_MULTI_LABEL, 3, GAZE_SCORE_SIGMOID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gaze_config config = {.problem_type = cases[i].problem, .num_labels = cases[i].labels};
        assert_int_equal(gaze_score_function_of(&config), cases[i].function);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_by_hand),
        cmocka_unit_test(large_logits_overflow_nothing),
        cmocka_unit_test(which_function_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
