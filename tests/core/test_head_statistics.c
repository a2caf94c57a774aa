/* core/explain/head_statistics.h: what a head does, in numbers.
 *
 * By hand, [CLS] a . [SEP]: the diagonal below the main one holds .1 .2 .8, so previous = 1.1/4 = .275; above it
 * .3 .3 .1: next = .175; on it .4 .2 .1 .1: self = .2. The first column holds .4 .1 .6 .05: [CLS] takes .2875, [SEP]
 * .175, the full stop .35.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/explain/head_statistics.h"

static void four_tokens_by_hand(void **state) {
    (void)state;
    static const float a[] = {0.4f, 0.3f, 0.2f, 0.1f, 0.1f,  0.2f,  0.3f, 0.4f,
                              0.6f, 0.2f, 0.1f, 0.1f, 0.05f, 0.05f, 0.8f, 0.1f};
    static const uint8_t kinds[] = {GAZE_KIND_CLS, GAZE_KIND_ORDINARY, GAZE_KIND_PUNCTUATION, GAZE_KIND_SEP};
    static const double want[GAZE_STATISTICS] = {1.08923875, 0.78571967, 0.275, 0.175,
                                                 0.2,        0.2875,     0.175, 0.35};
    double values[GAZE_STATISTICS];
    gaze_head_statistics(values, a, kinds, 4);
    for (size_t i = 0; i < GAZE_STATISTICS; i++) assert_true(fabs(values[i] - want[i]) < 1e-7);
}

/* Rows of (3tt + 5s + 7ts) mod 11 + 1, each divided by its sum; the numbers are NumPy's: np.trace(a, -1) / 6,
 * a[:, [3, 5]].sum() / 6, ... */
static void against_numpy(void **state) {
    (void)state;
    static const double want[GAZE_STATISTICS] = {
        1.6715325065631657,  0.9329000545387452, 0.13282449543476105, 0.14536330103874207,
        0.12250913213938475, 0.1343726059421897, 0.32534923280278844, 0.34264736001690227};
    static const uint8_t kinds[] = {GAZE_KIND_CLS, GAZE_KIND_ORDINARY,    GAZE_KIND_PUNCTUATION,
                                    GAZE_KIND_SEP, GAZE_KIND_PUNCTUATION, GAZE_KIND_SEP};
    float a[36];
    double values[GAZE_STATISTICS];
    for (size_t t = 0; t < 6; t++) {
        size_t sum = 0;
        for (size_t s = 0; s < 6; s++) sum += (3 * t * t + 5 * s + 7 * t * s) % 11 + 1;
        for (size_t s = 0; s < 6; s++)
            a[6 * t + s] = (float)((double)((3 * t * t + 5 * s + 7 * t * s) % 11 + 1) / (double)sum);
    }
    gaze_head_statistics(values, a, kinds, 6);
    for (size_t i = 0; i < GAZE_STATISTICS; i++) assert_true(fabs(values[i] - want[i]) < 1e-14);
}

/* A head that looks at itself, at the next token, or everywhere: 1, (T-1)/T, and a relative entropy of 1. */
static void pure_heads(void **state) {
    (void)state;
    static const uint8_t kinds[5] = {0};
    float self[25] = {0}, next[25] = {0}, broad[25];
    double values[GAZE_STATISTICS];
    for (size_t t = 0; t < 5; t++) self[6 * t] = 1;
    for (size_t t = 0; t < 4; t++) next[6 * t + 1] = 1;
    for (size_t i = 0; i < 25; i++) broad[i] = 0.2f;
    gaze_head_statistics(values, self, kinds, 5);
    assert_true(values[GAZE_STATISTIC_SELF] == 1 && values[GAZE_STATISTIC_ENTROPY] == 0);
    assert_int_equal(gaze_head_label_of(values), GAZE_HEAD_UNLABELLED);
    gaze_head_statistics(values, next, kinds, 5);
    assert_true(values[GAZE_STATISTIC_NEXT] == 0.8 && values[GAZE_STATISTIC_PREVIOUS] == 0);
    assert_int_equal(gaze_head_label_of(values), GAZE_HEAD_NEXT);
    gaze_head_statistics(values, broad, kinds, 5);
    assert_true(fabs(values[GAZE_STATISTIC_RELATIVE_ENTROPY] - 1) < 1e-7);
    assert_int_equal(gaze_head_label_of(values), GAZE_HEAD_BROAD);
    gaze_head_statistics(values, self, kinds, 1);
    assert_true(values[GAZE_STATISTIC_RELATIVE_ENTROPY] == 0);
}

static void label_is(gaze_head_label want, gaze_statistic statistic, double value, gaze_statistic other,
                     double more) {
    double values[GAZE_STATISTICS] = {0};
    values[statistic] = value;
    values[other] = more;
    assert_int_equal(gaze_head_label_of(values), want);
}

/* Above the threshold, not at it; of two that hold, the later one. */
static void labels_by_threshold(void **state) {
    (void)state;
    label_is(GAZE_HEAD_UNLABELLED, GAZE_STATISTIC_PREVIOUS, 0.5, GAZE_STATISTIC_SEP, 0.6);
    label_is(GAZE_HEAD_PREVIOUS, GAZE_STATISTIC_PREVIOUS, 0.51, GAZE_STATISTIC_SEP, 0.6);
    label_is(GAZE_HEAD_PREVIOUS, GAZE_STATISTIC_NEXT, 0.51, GAZE_STATISTIC_PREVIOUS, 0.51);
    label_is(GAZE_HEAD_SEP, GAZE_STATISTIC_CLS, 0.61, GAZE_STATISTIC_SEP, 0.61);
    label_is(GAZE_HEAD_PUNCTUATION, GAZE_STATISTIC_PUNCTUATION, 0.61, GAZE_STATISTIC_RELATIVE_ENTROPY, 0.9);
    label_is(GAZE_HEAD_BROAD, GAZE_STATISTIC_RELATIVE_ENTROPY, 0.781, GAZE_STATISTIC_CLS, 0.6);
}

static void kinds_of_tokens(void **state) {
    (void)state;
    static const char *const strings[] = {"<s>",           "a.", ".",    "\xC4\xA0,",
                                          "\xE2\x96\x81.", "..", "</s>", "</s>"};
    static const uint8_t want[] = {GAZE_KIND_CLS,         GAZE_KIND_ORDINARY,    GAZE_KIND_PUNCTUATION,
                                   GAZE_KIND_PUNCTUATION, GAZE_KIND_PUNCTUATION, GAZE_KIND_ORDINARY,
                                   GAZE_KIND_SEP,         GAZE_KIND_SEP};
    gaze_tokens tokens = {0};
    uint8_t kinds[8];
    for (size_t i = 0; i < 8; i++) {
        gaze_token token = {.string = strings[i],
                            .string_length = strlen(strings[i]),
                            .special = strings[i][0] == '<',
                            .attention = 1};
        assert_int_equal(gaze_tokens_append(&tokens, &token, NULL), GAZE_OK);
    }
    gaze_token_kinds(kinds, &tokens);
    assert_memory_equal(kinds, want, sizeof want);
    gaze_tokens_deinit(&tokens);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_tokens_by_hand), cmocka_unit_test(against_numpy),
        cmocka_unit_test(pure_heads),          cmocka_unit_test(labels_by_threshold),
        cmocka_unit_test(kinds_of_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
