/* Attention, core/nn/attention.h.
 *
 * By hand, one head of size 1, one query, two keys:  q = 2, k = [0, ln 3], v = [8, 4], scale 1/2.
 *     scores  = [2*0, 2*ln 3] / 2 = [0, ln 3]      attentions = [1, 3] / 4
 *     context = 1/4 * 8 + 3/4 * 4 = 5
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "core/nn/attention.h"
#include "core/nn/softmax.h"
#include "tests/support/levels.h"
#include "tests/support/random.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tolerances.h"

static void by_hand(void) {
    const gaze_attention_shape shape = {.queries = 1,
                                        .keys = 2,
                                        .heads = 1,
                                        .key_heads = 1,
                                        .head_size = 1,
                                        .query_stride = 1,
                                        .key_stride = 1,
                                        .context_stride = 1};
    const float ln_3 = 1.0986122886681098f, q = 2, k[] = {0, ln_3}, v[] = {8, 4};
    const float scores[] = {0, ln_3}, weights[] = {0.25f, 0.75f};
    float a[2], context;
    gaze_attention_scores(a, &q, k, &shape, 0.5f, 1);
    assert_tensor_close("scores", a, scores, (size_t[]){1, 1, 2}, 3, 0, 0);
    gaze_softmax_forward(a, 1, 2, 1);
    assert_tensor_close("attentions", a, weights, (size_t[]){1, 1, 2}, 3, 0, RELATIVE_SOFTMAX);
    gaze_attention_context(&context, a, v, &shape, 1);
    assert_tensor_close("context", &context, (float[]){5}, (size_t[]){1, 1}, 2, 0,
                        RELATIVE_SOFTMAX);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

/* ---------------------------------------------------------------------------------------------- */

enum { MOST_T = 150, MOST_S = 140, MOST_ROW = 6 * 33 + 8, MOST_H = 6 };
static float queries[MOST_T * MOST_ROW], keys[MOST_S * MOST_ROW], values[MOST_S * MOST_ROW];
static float scores[MOST_H * MOST_T * MOST_S], other[MOST_H * MOST_T * MOST_S];
static float context[MOST_T * MOST_ROW], other_context[MOST_T * MOST_ROW];
static double want_scores[MOST_H * MOST_T * MOST_S], want_context[MOST_T * MOST_ROW];
static gaze_key_range ranges[MOST_T];
static gaze_attention_shape shape;
static float scale;

static int fill(void **state) {
    (void)state;
    random_state random = {23};
    random_fill(&random, queries, MOST_T * MOST_ROW);
    random_fill(&random, keys, MOST_S * MOST_ROW);
    random_fill(&random, values, MOST_S * MOST_ROW);
    return 0;
}

/* The equations as they stand, one number at a time. */
static void attend_in_double(void) {
    const size_t T = shape.queries, S = shape.keys, H = shape.heads, K = shape.head_size;
    for (size_t h = 0; h < H; h++)
        for (size_t t = 0; t < T; t++)
            for (size_t s = 0; s < S; s++) {
                double sum = 0;
                size_t key_head = h * shape.key_heads / H;
                for (size_t k = 0; k < K; k++)
                    sum += (double)queries[t * shape.query_stride + h * K + k] *
                           keys[s * shape.key_stride + key_head * K + k];
                int seen = !shape.ranges || (s >= ranges[t].first && s < ranges[t].end);
                want_scores[(h * T + t) * S + s] = seen ? sum * scale : -INFINITY;
            }
}

static void weigh_in_double(void) {
    const size_t T = shape.queries, S = shape.keys, H = shape.heads, K = shape.head_size;
    for (size_t t = 0; t < T; t++)
        for (size_t h = 0; h < H; h++)
            for (size_t k = 0; k < K; k++) {
                double sum = 0;
                size_t key_head = h * shape.key_heads / H;
                for (size_t s = 0; s < S; s++)
                    sum += (double)scores[(h * T + t) * S + s] *
                           values[s * shape.key_stride + key_head * K + k];
                want_context[t * shape.context_stride + h * K + k] = sum;
            }
}

/* The three phases; gaps between context rows must stay as they are. */
static void three_phases(void) {
    const size_t T = shape.queries, S = shape.keys, H = shape.heads, HK = H * shape.head_size;
    const char *name = gaze_level_name(gaze_level_now());
    gaze_attention_scores(scores, queries, keys, &shape, scale, 1);
    assert_tensor_close_f64(name, scores, want_scores, (size_t[]){H, T, S}, 3, TOLERANCE_SCORES, 0);
    gaze_softmax_forward(scores, H * T, S, 1);
    for (size_t i = 0; i < MOST_T * MOST_ROW; i++) context[i] = -77;
    gaze_attention_context(context, scores, values, &shape, 1);
    weigh_in_double();
    for (size_t t = 0; t < T; t++) {
        size_t row = t * shape.context_stride;
        assert_tensor_close_f64(name, context + row, want_context + row, &HK, 1, TOLERANCE_CONTEXT,
                                0);
        for (size_t i = HK; i < shape.context_stride; i++) assert_true(context[row + i] == -77);
    }
}

static void run_shape(size_t T, size_t S, size_t H, size_t key_heads, size_t K,
                      const gaze_key_range *mask) {
    shape = (gaze_attention_shape){.queries = T,
                                   .keys = S,
                                   .heads = H,
                                   .key_heads = key_heads,
                                   .head_size = K,
                                   .query_stride = H * K + 2,
                                   .key_stride = key_heads * K + 1,
                                   .context_stride = H * K + 3,
                                   .ranges = mask};
    scale = 1 / sqrtf((float)K);
    attend_in_double();
    for_each_level(three_phases);
}

/* Odd head counts and sizes, fewer queries than keys, more rows than a thread's share. */
static void test_shapes(void **state) {
    (void)state;
    run_shape(1, 1, 1, 1, 3, NULL);
    run_shape(5, 5, 3, 3, 3, NULL);
    run_shape(7, 19, 5, 5, 33, NULL);
    run_shape(2, 140, 2, 2, 32, NULL);
    run_shape(150, 70, 3, 3, 16, NULL);
}

/* Several heads read the same keys and values. */
static void test_grouped_heads(void **state) {
    (void)state;
    run_shape(7, 9, 6, 2, 8, NULL);
    run_shape(7, 9, 6, 1, 8, NULL);
}

/* Each row sees keys up to its own; keys outside get -inf, then exactly 0. */
static void test_key_ranges(void **state) {
    (void)state;
    for (size_t t = 0; t < MOST_T; t++)
        ranges[t] = (gaze_key_range){t / 3, t + 1 < 40 ? t + 1 : 40};
    run_shape(40, 40, 2, 2, 8, ranges);
    for (size_t t = 0; t < 40; t++)
        for (size_t s = 0; s < 40; s++)
            if (s < ranges[t].first || s >= ranges[t].end) assert_true(scores[t * 40 + s] == 0);
}

/* ---------------------------------------------------------------------------------------------- */

static void threads_agree(void) {
    const size_t count = shape.heads * shape.queries * shape.keys;
    gaze_attention_scores(scores, queries, keys, &shape, scale, 1);
    gaze_attention_context(context, scores, values, &shape, 1);
    for (int threads = 2; threads <= 8; threads++) {
        memset(other, 0, sizeof other);
        memcpy(other_context, context, sizeof context);
        gaze_attention_scores(other, queries, keys, &shape, scale, threads);
        assert_same_bits("scores", other, scores, count);
        gaze_attention_context(other_context, other, values, &shape, threads);
        assert_same_bits("context", other_context, context, MOST_T * MOST_ROW);
    }
}

static void test_threads(void **state) {
    (void)state;
    shape = (gaze_attention_shape){.queries = 150,
                                   .keys = 140,
                                   .heads = 6,
                                   .key_heads = 6,
                                   .head_size = 33,
                                   .query_stride = 198,
                                   .key_stride = 198,
                                   .context_stride = 198};
    for_each_level(threads_agree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),       cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_grouped_heads), cmocka_unit_test(test_key_ranges),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
