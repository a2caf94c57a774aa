/* Embeddings, core/nn/embedding.h.
 *
 * By hand: words = [1 2]   types = [10 20]   ids [2 0], types [0 1]:
 *                  [3 4]           [30 40]       [5 6] + [10 20] = [15 26]
 *                  [5 6]                         [1 2] + [30 40] = [31 42]
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/base/half.h"
#include "core/nn/embedding.h"
#include "tests/support/levels.h"
#include "tests/support/random.h"
#include "tests/support/tensor_assert.h"

static gaze_tensor table_of(const void *data, gaze_dtype dtype, size_t V, size_t D) {
    return (gaze_tensor){.data = data, .dtype = dtype, .rank = 2, .shape = {V, D}};
}

static void by_hand(void) {
    const float words[] = {1, 2, 3, 4, 5, 6}, types[] = {10, 20, 30, 40}, want[] = {15, 26, 31, 42};
    gaze_tensor word_table = table_of(words, GAZE_DTYPE_F32, 3, 2);
    gaze_tensor type_table = table_of(types, GAZE_DTYPE_F32, 2, 2);
    float y[4];
    gaze_embedding_forward(y, (int32_t[]){2, 0}, &word_table, 2, 1);
    gaze_embedding_add(y, (int32_t[]){0, 1}, &type_table, 2, 1);
    assert_tensor_close("sum", y, want, (size_t[]){2, 2}, 2, 0, 0);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

/* Tables of all three types, rows longer than what is widened at once, 1 to 8 threads. */
static void every_type(void) {
    enum { V = 50, D = 521, ROWS = 300 };
    static uint16_t narrow[V * D];
    static float wide[V * D], y[ROWS * D], want[ROWS * D];
    static int32_t ids[ROWS];
    const gaze_dtype types[] = {GAZE_DTYPE_F32, GAZE_DTYPE_F16, GAZE_DTYPE_BF16};
    random_state random = {19};
    for (size_t t = 0; t < ROWS; t++) ids[t] = (int32_t)random_below(&random, V);
    for (size_t t = 0; t < 3; t++) {
        for (size_t i = 0; i < V * D; i++) {
            narrow[i] = (uint16_t)(random_bits(&random) & 0xBBFF); /* no NaN, no infinity */
            wide[i] = types[t] == GAZE_DTYPE_F16 ? gaze_f16_to_f32(narrow[i])
                                                 : gaze_bf16_to_f32(narrow[i]);
        }
        gaze_tensor table = table_of(t == 0 ? (const void *)wide : narrow, types[t], V, D);
        for (size_t i = 0; i < ROWS * D; i++) want[i] = wide[(size_t)ids[i / D] * D + i % D];
        for (int threads = 1; threads <= 8; threads++) {
            gaze_embedding_forward(y, ids, &table, ROWS, threads);
            assert_same_bits(gaze_dtype_name(types[t]), y, want, ROWS * D);
        }
        for (size_t i = 0; i < ROWS * D; i++) want[i] = 1.0f + want[i];
        for (int threads = 1; threads <= 8; threads++) {
            for (size_t i = 0; i < ROWS * D; i++) y[i] = 1;
            gaze_embedding_add(y, ids, &table, ROWS, threads);
            assert_same_bits(gaze_dtype_name(types[t]), y, want, ROWS * D);
        }
    }
}

static void test_every_type(void **state) {
    (void)state;
    for_each_level(every_type);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_every_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
