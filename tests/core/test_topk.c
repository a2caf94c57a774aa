/* core/task/topk: the best k, by hand and against sorting. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdbool.h>

#include "core/task/topk.h"
#include "tests/support/random.h"

static void assert_order(const double *scores, size_t n, size_t k, const size_t *expected, size_t count) {
    gaze_ranked room[64];
    gaze_topk best = {.items = room, .capacity = k};
    for (size_t i = 0; i < n; i++) gaze_topk_offer(&best, scores[i], i);
    gaze_topk_sort(&best);
    assert_int_equal(best.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(best.items[i].index, expected[i]);
        if (!isnan(scores[expected[i]])) assert_true(best.items[i].score == scores[expected[i]]);
    }
}

static void three_of_five_by_hand(void **state) {
    (void)state;
    static const double scores[] = {0.2, 0.5, 0.1, 0.9, 0.3};
    assert_order(scores, 5, 3, (const size_t[]){3, 1, 4}, 3);
    assert_order(scores, 5, 1, (const size_t[]){3}, 1);
    assert_order(scores, 5, 9, (const size_t[]){3, 1, 4, 0, 2}, 5);
    assert_order(scores, 5, 0, NULL, 0);
    assert_order(scores, 0, 3, NULL, 0);
}

static void the_first_of_equals_is_better(void **state) {
    (void)state;
    static const double scores[] = {1, 2, 1, 2, 1, 2, 2};
    assert_order(scores, 7, 5, (const size_t[]){1, 3, 5, 6, 0}, 5);
}

static void a_nan_is_worse_than_everything(void **state) {
    (void)state;
    static const double scores[] = {NAN, -INFINITY, NAN, 3};
    assert_order(scores, 4, 4, (const size_t[]){3, 1, 0, 2}, 4);
    assert_order(scores, 4, 2, (const size_t[]){3, 1}, 2);
}

/* Every k of random scores, many of them equal, beside picking the best again and again. */
static void as_sorting_gives(void **state) {
    (void)state;
    random_state random = {11};
    for (int round = 0; round < 300; round++) {
        double scores[40];
        size_t expected[40], n = 1 + random_below(&random, 40), k = random_below(&random, 45);
        bool taken[40] = {false};
        for (size_t i = 0; i < n; i++) scores[i] = (double)random_below(&random, 12);
        size_t count = k < n ? k : n;
        for (size_t r = 0; r < count; r++) {
            size_t best = n;
            for (size_t i = 0; i < n; i++)
                if (!taken[i] && (best == n || scores[i] > scores[best])) best = i;
            taken[best] = true;
            expected[r] = best;
        }
        assert_order(scores, n, k, expected, count);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_of_five_by_hand),
        cmocka_unit_test(the_first_of_equals_is_better),
        cmocka_unit_test(a_nan_is_worse_than_everything),
        cmocka_unit_test(as_sorting_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
