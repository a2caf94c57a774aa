/* The matrix product, core/kernels/gemm.h.
 *
 * By hand:   X = [1 2 3]   W = [1 0 1]   b = [10 20]
 *                [4 5 6]       [2 1 1]
 *
 *     Y = X W^T + b = [1*1 + 2*0 + 3*1 + 10   1*2 + 2*1 + 3*1 + 20] = [14 27]
 *                     [4*1 + 5*0 + 6*1 + 10   4*2 + 5*1 + 6*1 + 20]   [20 39]
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/half.h"
#include "core/kernels/gemm.h"
#include "tests/support/levels.h"
#include "tests/support/random.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tolerances.h"

enum { MOST_M = 19, MOST_N = 312, MOST_K = 777, GAP = 3 };
static const float guard = -12345.5f;

static float x_pool[MOST_M * (MOST_K + GAP)];
static float w_pool[2 * MOST_N * MOST_K];
static uint16_t half_pool[2 * MOST_N * MOST_K];
static float bias_pool[MOST_N];
static float y[200 * (MOST_N + GAP)], again[200 * (MOST_N + GAP)];
static double want[MOST_M * MOST_N];

static int fill_pools(void **state) {
    (void)state;
    random_state random = {42};
    random_fill(&random, x_pool, sizeof x_pool / sizeof *x_pool);
    random_fill(&random, w_pool, sizeof w_pool / sizeof *w_pool);
    random_fill(&random, bias_pool, MOST_N);
    return 0;
}

static gaze_tensor vector_of(const void *data, gaze_dtype dtype, size_t count) {
    return (gaze_tensor){.data = data, .dtype = dtype, .rank = 1, .shape = {count}};
}

static void fill_with_guard(float *out, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = guard;
}

/* Rows of N numbers, then GAP untouched ones; behind the last row nothing was touched either. */
static void assert_gaps_untouched(const float *out, size_t rows, size_t N, size_t capacity) {
    for (size_t i = 0; i < capacity; i++)
        if (i >= rows * (N + GAP) || i % (N + GAP) >= N) assert_true(out[i] == guard);
}

/* ---------------------------------------------------------------------------------------------- */

static void by_hand(void) {
    const float x[] = {1, 2, 3, 4, 5, 6}, w[] = {1, 0, 1, 2, 1, 1}, b[] = {10, 20};
    const float expected[] = {14, 27, 20, 39};
    float out[4];
    gaze_tensor bias = vector_of(b, GAZE_DTYPE_F32, 2);
    gaze_gemm(out, 2, gaze_matrix_rows(x, 3), gaze_matrix_rows(w, 3), &bias, 2, 2, 3, 1);
    assert_tensor_close("fast", out, expected, (size_t[]){2, 2}, 2, 0, 0);
    gaze_gemm_naive(out, 2, gaze_matrix_rows(x, 3), gaze_matrix_rows(w, 3), &bias, 2, 2, 3);
    assert_tensor_close("naive", out, expected, (size_t[]){2, 2}, 2, 0, 0);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

/* Element (i, j) in double, whatever the type. */
static double at(gaze_matrix a, size_t i, size_t j) {
    size_t index = i * a.row_stride + j * a.column_stride;
    if (a.dtype == GAZE_DTYPE_F16) return gaze_f16_to_f32(((const uint16_t *)a.data)[index]);
    if (a.dtype == GAZE_DTYPE_BF16) return gaze_bf16_to_f32(((const uint16_t *)a.data)[index]);
    return ((const float *)a.data)[index];
}

static void multiply_in_double(gaze_matrix x, gaze_matrix w, const float *bias, size_t M, size_t N,
                               size_t K) {
    for (size_t m = 0; m < M; m++)
        for (size_t n = 0; n < N; n++) {
            double sum = bias ? bias[n] : 0;
            for (size_t k = 0; k < K; k++) sum += at(x, m, k) * at(w, n, k);
            want[m * N + n] = sum;
        }
}

/* The rows of y without their gaps, compared with `want`. */
static void assert_rows_close(const char *name, const float *out, size_t M, size_t N, size_t K) {
    for (size_t m = 0; m < M; m++)
        assert_tensor_close_f64(name, out + m * (N + GAP), want + m * N, &N, 1,
                                TOLERANCE_GEMM * sqrt((double)K), 0);
}

/* The sizes at hand, for the function that runs at every level. */
static size_t size_N, size_K;

/* M = 19 against double; then every smaller M, which must give the same bits: a row's result
 * depends neither on the number of rows nor on its place in a tile. */
static void every_M(void) {
    const size_t N = size_N, K = size_K, stride = N + GAP, all = MOST_M * stride + 64;
    gaze_matrix x = gaze_matrix_rows(x_pool, MOST_K + GAP), w = gaze_matrix_rows(w_pool, K);
    gaze_tensor bias = vector_of(bias_pool, GAZE_DTYPE_F32, N);
    char name[64];
    snprintf(name, sizeof name, "%s N=%zu K=%zu", gaze_level_name(gaze_level_now()), N, K);
    fill_with_guard(y, all);
    gaze_gemm(y, stride, x, w, &bias, MOST_M, N, K, 1);
    assert_rows_close(name, y, MOST_M, N, K);
    assert_gaps_untouched(y, MOST_M, N, all);
    for (size_t M = 1; M < MOST_M; M++) {
        fill_with_guard(again, all);
        gaze_gemm(again, stride, x, w, &bias, M, N, K, 1);
        assert_same_bits(name, again, y, M * stride);
        assert_gaps_untouched(again, M, N, all);
    }
}

static void test_tails(void **state) {
    (void)state;
    static const size_t Ns[] = {1, 2, 63, 64, 65, 130, 312},
                        Ks[] = {1, 3, 19, 64, 255, 256, 257, 777};
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 8; j++) {
            size_N = Ns[i];
            size_K = Ks[j];
            multiply_in_double(gaze_matrix_rows(x_pool, MOST_K + GAP),
                               gaze_matrix_rows(w_pool, size_K), bias_pool, MOST_M, size_N, size_K);
            for_each_level(every_M);
        }
}

static void test_naive_agrees_with_double(void **state) {
    (void)state;
    const size_t M = 5, N = 65, K = 777;
    gaze_matrix x = gaze_matrix_rows(x_pool, K), w = gaze_matrix_rows(w_pool, K);
    gaze_tensor bias = vector_of(bias_pool, GAZE_DTYPE_F32, N);
    multiply_in_double(x, w, bias_pool, M, N, K);
    fill_with_guard(y, M * (N + GAP) + 64);
    gaze_gemm_naive(y, N + GAP, x, w, &bias, M, N, K);
    assert_rows_close("naive", y, M, N, K);
    assert_gaps_untouched(y, M, N, M * (N + GAP) + 64);
}

/* ---------------------------------------------------------------------------------------------- */

/* The pool's numbers in 16 bits: the upper half of a float is a bfloat16; as binary16 the same bits
 * are other numbers of moderate size. */
static const void *pool_as(gaze_dtype dtype) {
    if (dtype == GAZE_DTYPE_F32) return w_pool;
    for (size_t i = 0; i < sizeof half_pool / sizeof *half_pool; i++) {
        uint32_t bits;
        memcpy(&bits, &w_pool[i], sizeof bits);
        bits >>= 16;
        if (dtype == GAZE_DTYPE_F16) bits = (bits & 0x83FFu) | 0x3400u; /* sizes of 0.25 .. 0.5 */
        half_pool[i] = (uint16_t)bits;
    }
    return half_pool;
}

static gaze_matrix layout_x, layout_w;

static void one_layout(void) {
    const size_t M = 7, N = 67, K = 389, all = M * (N + GAP) + 64;
    fill_with_guard(y, all);
    gaze_gemm(y, N + GAP, layout_x, layout_w, NULL, M, N, K, 1);
    assert_rows_close(gaze_level_name(gaze_level_now()), y, M, N, K);
    assert_gaps_untouched(y, M, N, all);
}

/* W as a linear layer's weight, as V of A V, and with neither direction contiguous; X by rows and
 * by columns; W in three types. */
static void test_layouts_and_types(void **state) {
    (void)state;
    const size_t M = 7, N = 67, K = 389;
    const gaze_dtype types[] = {GAZE_DTYPE_F32, GAZE_DTYPE_F16, GAZE_DTYPE_BF16};
    const size_t strides[][2] = {{K, 1}, {K + 5, 1}, {1, N}, {1, N + 5}, {2 * K, 2}, {3, 3 * N}};
    for (size_t t = 0; t < 3; t++)
        for (size_t s = 0; s < 6; s++)
            for (size_t columns_of_x = 0; columns_of_x < 2; columns_of_x++) {
                layout_w = (gaze_matrix){pool_as(types[t]), types[t], strides[s][0], strides[s][1]};
                layout_x = gaze_matrix_rows(x_pool, columns_of_x ? M + 2 : K);
                if (columns_of_x) layout_x = gaze_matrix_transpose(layout_x);
                multiply_in_double(layout_x, layout_w, NULL, M, N, K);
                for_each_level(one_layout);
            }
}

static void bias_of_every_type(void) {
    const size_t N = 70, K = 1;
    const float zero = 0, w[70] = {0};
    const gaze_dtype types[] = {GAZE_DTYPE_F32, GAZE_DTYPE_F16, GAZE_DTYPE_BF16};
    for (size_t t = 0; t < 3; t++) {
        gaze_tensor bias = vector_of(pool_as(types[t]), types[t], N);
        gaze_gemm(y, N, gaze_matrix_rows(&zero, K), gaze_matrix_rows(w, K), &bias, 1, N, K, 1);
        for (size_t n = 0; n < N; n++)
            assert_true(y[n] == (float)at((gaze_matrix){bias.data, types[t], N, 1}, 0, n));
    }
}

static void test_bias(void **state) {
    (void)state;
    for_each_level(bias_of_every_type);
    gaze_tensor absent = {0};
    const float one = 1;
    gaze_gemm(y, 1, gaze_matrix_rows(&one, 1), gaze_matrix_rows(&one, 1), &absent, 1, 1, 1, 1);
    assert_true(y[0] == 1);
}

/* y += X W^T, over more than one block of K and a narrow last panel. */
static void adds(void) {
    const size_t M = 7, N = 67, K = 500;
    gaze_matrix x = gaze_matrix_rows(x_pool, K), w = gaze_matrix_rows(w_pool, K);
    multiply_in_double(x, w, NULL, M, N, K);
    fill_with_guard(y, M * (N + GAP));
    for (size_t m = 0; m < M; m++)
        for (size_t n = 0; n < N; n++) {
            y[m * (N + GAP) + n] = bias_pool[n];
            want[m * N + n] += bias_pool[n];
        }
    gaze_gemm_add(y, N + GAP, x, w, M, N, K, 1);
    assert_rows_close("add", y, M, N, K);
    assert_gaps_untouched(y, M, N, M * (N + GAP));
}

static void test_add(void **state) {
    (void)state;
    for_each_level(adds);
}

/* ---------------------------------------------------------------------------------------------- */

/* 1 to 8 threads: the same bits. 312 columns are too few panels for 8, so rows are shared out
 * too. */
static void threads_agree(void) {
    const size_t M = 200, N = MOST_N, K = 400;
    gaze_matrix x = gaze_matrix_rows(w_pool + 1000, K), w = gaze_matrix_rows(w_pool, K);
    gaze_tensor bias = vector_of(bias_pool, GAZE_DTYPE_F32, N);
    gaze_gemm(y, N, x, w, &bias, M, N, K, 1);
    for (int threads = 2; threads <= 8; threads++) {
        fill_with_guard(again, M * N);
        gaze_gemm(again, N, x, w, &bias, M, N, K, threads);
        assert_same_bits(gaze_level_name(gaze_level_now()), again, y, M * N);
    }
}

static void test_threads(void **state) {
    (void)state;
    for_each_level(threads_agree);
}

/* A row computed alone has the bits it has among others, wherever it stands. */
static void rows_stand_alone(void) {
    const size_t N = 65, K = 777, stride = N + GAP;
    gaze_matrix x = gaze_matrix_rows(x_pool, MOST_K + GAP), w = gaze_matrix_rows(w_pool, K);
    gaze_gemm(y, stride, x, w, NULL, MOST_M, N, K, 1);
    for (size_t m = 0; m < MOST_M; m++) {
        gaze_matrix x_m = gaze_matrix_rows(x_pool + m * (MOST_K + GAP), MOST_K);
        gaze_gemm(again, stride, x_m, w, NULL, 1, N, K, 1);
        assert_same_bits(gaze_level_name(gaze_level_now()), again, y + m * stride, N);
    }
}

static void test_rows_stand_alone(void **state) {
    (void)state;
    for_each_level(rows_stand_alone);
}

/* 2^24 + 1 is no float: added one by one to 2^24, two ones vanish. Summed from 0 in the next block
 * they arrive as 2. Long sums need that (core/kernels/gemm.h). */
static void blocks_start_from_0(void) {
    enum { K = GAZE_GEMM_BLOCK + 2 };
    float x[K] = {0x1p24f}, w[K], out;
    for (size_t k = 0; k < K; k++) w[k] = 1;
    x[K - 2] = x[K - 1] = 1;
    gaze_gemm(&out, 1, gaze_matrix_rows(x, K), gaze_matrix_rows(w, K), NULL, 1, 1, K, 1);
    assert_true(out == 0x1p24f + 2);
    gaze_gemm_naive(&out, 1, gaze_matrix_rows(x, K), gaze_matrix_rows(w, K), NULL, 1, 1, K);
    assert_true(out == 0x1p24f + 2);
}

static void test_blocks_start_from_0(void **state) {
    (void)state;
    for_each_level(blocks_start_from_0);
}

/* 1 in one block and -1 in the next leave room for a tiny bias, but only after both were added. */
static void bias_comes_last(void) {
    enum { K = GAZE_GEMM_BLOCK + 1 };
    const float tiny = 0x1p-30f;
    gaze_tensor bias = vector_of(&tiny, GAZE_DTYPE_F32, 1);
    float x[K] = {1}, w[K] = {1}, out;
    x[K - 1] = -1;
    w[K - 1] = 1;
    gaze_gemm(&out, 1, gaze_matrix_rows(x, K), gaze_matrix_rows(w, K), &bias, 1, 1, K, 1);
    assert_true(out == tiny);
    gaze_gemm_naive(&out, 1, gaze_matrix_rows(x, K), gaze_matrix_rows(w, K), &bias, 1, 1, K);
    assert_true(out == tiny);
}

static void test_bias_comes_last(void **state) {
    (void)state;
    for_each_level(bias_comes_last);
}

/* A NaN in X spoils its row and nothing else; one in W its column; even against zeros. */
static void nan_reaches_the_output(void) {
    enum { M = 8, N = 67, K = 390 };
    static float x[M * K], w[N * K];
    random_state random = {7};
    for (int round = 0; round < 20; round++) {
        memset(x, 0, sizeof x);
        memset(w, 0, sizeof w);
        size_t m = random_below(&random, M), n = random_below(&random, N);
        x[m * K + random_below(&random, K)] = NAN;
        w[n * K + random_below(&random, K)] = round % 2 ? NAN : INFINITY; /* 0 * inf is NaN too */
        gaze_gemm(y, N, gaze_matrix_rows(x, K), gaze_matrix_rows(w, K), NULL, M, N, K, 1);
        for (size_t i = 0; i < M; i++)
            for (size_t j = 0; j < N; j++)
                assert_int_equal(!!isnan(y[i * N + j]), i == m || j == n);
    }
}

static void test_nan_reaches_the_output(void **state) {
    (void)state;
    for_each_level(nan_reaches_the_output);
}

static void test_nothing_to_do(void **state) {
    (void)state;
    y[0] = guard;
    gaze_gemm(y, 4, gaze_matrix_rows(x_pool, 4), gaze_matrix_rows(w_pool, 4), NULL, 0, 4, 4, 2);
    gaze_gemm(y, 4, gaze_matrix_rows(x_pool, 4), gaze_matrix_rows(w_pool, 4), NULL, 4, 0, 4, 2);
    assert_true(y[0] == guard);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_naive_agrees_with_double),
        cmocka_unit_test(test_layouts_and_types),
        cmocka_unit_test(test_bias),
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_rows_stand_alone),
        cmocka_unit_test(test_blocks_start_from_0),
        cmocka_unit_test(test_bias_comes_last),
        cmocka_unit_test(test_nan_reaches_the_output),
        cmocka_unit_test(test_nothing_to_do),
    };
    return cmocka_run_group_tests(tests, fill_pools, NULL);
}
