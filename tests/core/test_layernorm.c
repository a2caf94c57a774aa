/* Layer normalisation, core/nn/layernorm.h.
 *
 * By hand: x = [1 2 3 6]: mean 3, deviations [-2 -1 0 3], variance (4 + 1 + 0 + 9) / 4 = 3.5. With
 * eps = 0.5 the root is 2, so [-1 -0.5 0 1.5]; times weight [1 2 3 4] plus bias [1 1 1 1]: [0 0 1
 * 7].
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "core/base/half.h"
#include "core/nn/layernorm.h"
#include "tests/support/levels.h"
#include "tests/support/random.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tolerances.h"

static gaze_tensor vector_of(const void *data, gaze_dtype dtype, size_t count) {
    return (gaze_tensor){.data = data, .dtype = dtype, .rank = 1, .shape = {count}};
}

static void by_hand(void) {
    const float x[] = {1, 2, 3, 6}, weight[] = {1, 2, 3, 4}, bias[] = {1, 1, 1, 1},
                want[] = {0, 0, 1, 7};
    gaze_layernorm_params params = {vector_of(weight, GAZE_DTYPE_F32, 4),
                                    vector_of(bias, GAZE_DTYPE_F32, 4)};
    float y[4];
    gaze_layernorm_forward(y, x, &params, 1, 0.5f, 1);
    assert_tensor_close("by hand", y, want, (size_t[]){4}, 1, 0, 0);
}

static void test_by_hand(void **state) {
    (void)state;
    for_each_level(by_hand);
}

enum { ROWS = 3, MOST = 1024, GUARDS = 16 };
static float x[ROWS * MOST + GUARDS], y[ROWS * MOST + GUARDS], weight[MOST], bias[MOST];
static double want[ROWS * MOST];

static void normalize_in_double(size_t D, double eps) {
    for (size_t r = 0; r < ROWS; r++) {
        const float *x_r = x + r * D;
        double mean = 0, variance = 0;
        for (size_t d = 0; d < D; d++) mean += x_r[d];
        mean /= (double)D;
        for (size_t d = 0; d < D; d++) variance += (x_r[d] - mean) * (x_r[d] - mean);
        double root = sqrt(variance / (double)D + eps);
        for (size_t d = 0; d < D; d++)
            want[r * D + d] = (x_r[d] - mean) / root * weight[d] + bias[d];
    }
}

/* Odd sizes and real ones, about 3 with a spread of at least 1/2, so that the mean matters. In
 * place. */
static void close_to_double(void) {
    static const size_t sizes[] = {1,  2,  3,  7,   15,  16,  17,  20,  31,
                                   33, 36, 92, 255, 256, 257, 312, 768, 1024};
    random_state random = {11};
    random_fill(&random, weight, MOST);
    random_fill(&random, bias, MOST);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const size_t D = sizes[i], shape[] = {ROWS, D};
        gaze_layernorm_params params = {vector_of(weight, GAZE_DTYPE_F32, D),
                                        vector_of(bias, GAZE_DTYPE_F32, D)};
        for (size_t j = 0; j < ROWS * MOST + GUARDS; j++)
            x[j] = 3 + (j % 2 ? 0.75f : -0.75f) + random_uniform(&random) / 4;
        normalize_in_double(D, (double)1e-3f);
        memcpy(y, x, sizeof y);
        gaze_layernorm_forward(y, y, &params, ROWS, 1e-3f, 1);
        assert_tensor_close_f64(gaze_level_name(gaze_level_now()), y, want, shape, 2,
                                TOLERANCE_LAYERNORM, 0);
        assert_same_bits("behind the rows", y + ROWS * D, x + ROWS * D, GUARDS);
    }
}

static void test_close_to_double(void **state) {
    (void)state;
    for_each_level(close_to_double);
}

/* Parameters in 16 bits give what the same numbers give in 32. */
static void narrow_parameters(void) {
    enum { D = 300 };
    static uint16_t narrow[2 * D];
    const gaze_dtype types[] = {GAZE_DTYPE_F16, GAZE_DTYPE_BF16};
    random_state random = {13};
    random_fill(&random, x, ROWS * D);
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 0; i < 2 * D; i++) {
            uint16_t bits =
                (uint16_t)(0x3800 + (random_bits(&random) & 0x83FF)); /* no NaN, no infinity */
            float wide =
                types[t] == GAZE_DTYPE_F16 ? gaze_f16_to_f32(bits) : gaze_bf16_to_f32(bits);
            narrow[i] = bits;
            *(i < D ? &weight[i] : &bias[i - D]) = wide;
        }
        gaze_layernorm_params wide = {vector_of(weight, GAZE_DTYPE_F32, D),
                                      vector_of(bias, GAZE_DTYPE_F32, D)};
        gaze_layernorm_params params = {vector_of(narrow, types[t], D),
                                        vector_of(narrow + D, types[t], D)};
        static float expected[ROWS * D];
        gaze_layernorm_forward(expected, x, &wide, ROWS, 1e-12f, 1);
        gaze_layernorm_forward(y, x, &params, ROWS, 1e-12f, 1);
        assert_same_bits("16 bits", y, expected, ROWS * D);
    }
}

static void test_narrow_parameters(void **state) {
    (void)state;
    for_each_level(narrow_parameters);
}

static void nan_stays_in_its_row(void) {
    enum { D = 20 };
    gaze_layernorm_params params = {vector_of(weight, GAZE_DTYPE_F32, D),
                                    vector_of(bias, GAZE_DTYPE_F32, D)};
    for (size_t at = 0; at < D; at++) {
        for (size_t i = 0; i < D; i++) weight[i] = bias[i] = 1;
        for (size_t i = 0; i < ROWS * D; i++) x[i] = (float)(i % 7);
        x[D + at] = NAN;
        gaze_layernorm_forward(y, x, &params, ROWS, 1e-12f, 1);
        for (size_t i = 0; i < ROWS * D; i++) assert_int_equal(!!isnan(y[i]), i / D == 1);
    }
}

static void test_nan_stays_in_its_row(void **state) {
    (void)state;
    for_each_level(nan_stays_in_its_row);
}

static void threads_agree(void) {
    enum { MANY = 800, D = 312 };
    static float in[MANY * D], one[MANY * D], many[MANY * D];
    random_state random = {17};
    random_fill(&random, in, MANY * D);
    random_fill(&random, weight, D);
    random_fill(&random, bias, D);
    gaze_layernorm_params params = {vector_of(weight, GAZE_DTYPE_F32, D),
                                    vector_of(bias, GAZE_DTYPE_F32, D)};
    gaze_layernorm_forward(one, in, &params, MANY, 1e-12f, 1);
    for (int threads = 2; threads <= 8; threads++) {
        gaze_layernorm_forward(many, in, &params, MANY, 1e-12f, threads);
        assert_same_bits("layernorm", many, one, MANY * D);
    }
}

static void test_threads(void **state) {
    (void)state;
    for_each_level(threads_agree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),           cmocka_unit_test(test_close_to_double),
        cmocka_unit_test(test_narrow_parameters), cmocka_unit_test(test_nan_stays_in_its_row),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
