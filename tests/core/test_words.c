/* core/explain: words out of pieces, and parts of a matrix. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "core/explain/subset.h"
#include "core/explain/words.h"
#include "tests/support/random.h"

static void add(gaze_tokens *tokens, const char *string, int32_t word, int32_t sequence) {
    gaze_token token = {.string = string, .string_length = 1, .word_id = word, .sequence_id = sequence};
    assert_int_equal(gaze_tokens_append(tokens, &token, NULL), GAZE_OK);
}

/* "un" and "##do" are one word, "it" another:
 *
 *           un  ##do  it               undo  it
 *     un    .4   .4   .2         undo   .7   .3     (.4 + .4 + .2 + .4) / 2, (.2 + .4) / 2
 *     ##do  .2   .4   .4         it     .8   .2     .3 + .5, .2
 *     it    .3   .5   .2
 */
static void pieces_by_hand(void **state) {
    (void)state;
    static const float a[] = {0.4f, 0.4f, 0.2f, 0.2f, 0.4f, 0.4f, 0.3f, 0.5f, 0.2f};
    static const float want[] = {0.7f, 0.3f, 0.8f, 0.2f};
    static const size_t starts[] = {0, 2, 3};
    float out[4];
    gaze_words_join(out, a, starts, 2);
    for (int i = 0; i < 4; i++) assert_float_equal(out[i], want[i], 1e-7);
}

/* [CLS] un ##do [SEP] un ##do [SEP] [SEP]: the same word id in another text is another word. */
static void words_of_a_pair(void **state) {
    (void)state;
    static const size_t want[] = {0, 1, 3, 4, 6, 7, 8};
    gaze_tokens tokens = {0};
    size_t starts[9];
    add(&tokens, "C", GAZE_NO_WORD, GAZE_NO_SEQUENCE);
    add(&tokens, "u", 0, 0);
    add(&tokens, "d", 0, 0);
    add(&tokens, "S", GAZE_NO_WORD, GAZE_NO_SEQUENCE);
    add(&tokens, "u", 0, 1);
    add(&tokens, "d", 0, 1);
    add(&tokens, "S", GAZE_NO_WORD, GAZE_NO_SEQUENCE);
    add(&tokens, "S", GAZE_NO_WORD, GAZE_NO_SEQUENCE);
    assert_int_equal(gaze_words_find(starts, &tokens), 6);
    for (int i = 0; i <= 6; i++) assert_int_equal(starts[i], want[i]);
    gaze_tokens_deinit(&tokens);
}

static void words_next_to_each_other(void **state) {
    (void)state;
    gaze_tokens tokens = {0};
    size_t starts[3];
    add(&tokens, "a", 0, 0);
    add(&tokens, "b", 0, 1); /* without special tokens between the texts */
    assert_int_equal(gaze_words_find(starts, &tokens), 2);
    gaze_tokens_deinit(&tokens);
    assert_int_equal(gaze_words_find(starts, &tokens), 0);
    assert_int_equal(starts[0], 0);
}

enum { T = 96 };

/* Random rows that sum to 1 in float32. */
static void fill_softmax(float a[T][T]) {
    random_state random = {7};
    for (int t = 0; t < T; t++) {
        double sum = 0;
        for (int s = 0; s < T; s++) sum += (double)(a[t][s] = (float)exp(3 * (double)random_uniform(&random)));
        for (int s = 0; s < T; s++) a[t][s] = (float)((double)a[t][s] / sum);
    }
}

static double row_sum(const float *row, size_t count) {
    double sum = 0;
    for (size_t s = 0; s < count; s++) sum += (double)row[s];
    return sum;
}

static void rows_of_words_sum_to_1(void **state) {
    (void)state;
    static float a[T][T], out[T * T];
    size_t starts[T + 1], W = 0;
    fill_softmax(a);
    for (size_t t = 0; t < T; t += 1 + t % 7) starts[W++] = t;
    starts[W] = T;
    gaze_words_join(out, a[0], starts, W);
    for (size_t w = 0; w < W; w++) assert_true(fabs(row_sum(out + w * W, W) - 1) <= 1e-6);
}

static void words_of_one_piece_change_nothing(void **state) {
    (void)state;
    static float a[T][T], out[T * T];
    size_t starts[T + 1];
    fill_softmax(a);
    for (size_t t = 0; t <= T; t++) starts[t] = t;
    gaze_words_join(out, a[0], starts, T);
    assert_memory_equal(out, a, sizeof out);
}

/* Of three tokens the middle one is left out; it took .5 and .3 of the rows that stay, .4 on average. */
static void a_token_left_out_by_hand(void **state) {
    (void)state;
    float a[] = {0.3f, 0.5f, 0.2f, 0.1f, 0.8f, 0.1f, 0.6f, 0.3f, 0.1f};
    static const size_t kept[] = {0, 2}, gone[] = {1};
    static const float want[] = {0.3f, 0.2f, 0.6f, 0.1f}, again[] = {0.6f, 0.4f, 6 / 7.0f, 1 / 7.0f};
    assert_float_equal(gaze_subset_share(a, 3, kept, 2, gone, 1), 0.4, 1e-7);
    gaze_subset_take(a, a, 3, kept, 2);
    for (int i = 0; i < 4; i++) assert_float_equal(a[i], want[i], 0);
    gaze_rows_renormalise(a, 2, 2);
    for (int i = 0; i < 4; i++) assert_float_equal(a[i], again[i], 1e-6);
}

static void what_stays_and_what_goes_make_1(void **state) {
    (void)state;
    static float a[T][T], out[T * T];
    size_t kept[T], gone[T], N = 0, M = 0;
    double stays = 0;
    fill_softmax(a);
    for (size_t t = 0; t < T; t++) *(t % 3 ? &kept[N++] : &gone[M++]) = t;
    gaze_subset_take(out, a[0], T, kept, N);
    for (size_t i = 0; i < N; i++) stays += row_sum(out + i * N, N) / (double)N;
    assert_true(fabs(stays + gaze_subset_share(a[0], T, kept, N, gone, M) - 1) <= 1e-6);
    gaze_rows_renormalise(out, N, N);
    for (size_t i = 0; i < N; i++) assert_true(fabs(row_sum(out + i * N, N) - 1) <= 1e-6);
}

static void nothing_is_divided_by_zero(void **state) {
    (void)state;
    float a[] = {0, 0};
    gaze_rows_renormalise(a, 1, 2);
    assert_true(a[0] == 0 && a[1] == 0);
    assert_true(gaze_subset_share(a, 1, NULL, 0, NULL, 0) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_by_hand),
        cmocka_unit_test(words_of_a_pair),
        cmocka_unit_test(words_next_to_each_other),
        cmocka_unit_test(rows_of_words_sum_to_1),
        cmocka_unit_test(words_of_one_piece_change_nothing),
        cmocka_unit_test(a_token_left_out_by_hand),
        cmocka_unit_test(what_stays_and_what_goes_make_1),
        cmocka_unit_test(nothing_is_divided_by_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
