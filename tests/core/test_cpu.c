/* Levels of instruction sets: names, the choice by GAZE_SIMD, and that every level this machine has
 * ran. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernels/gemm.h"
#include "core/kernels/kernels.h"
#include "tests/support/levels.h"

static void test_names(void **state) {
    (void)state;
    assert_string_equal(gaze_level_name(GAZE_LEVEL_SCALAR), "scalar");
    assert_string_equal(gaze_level_name(GAZE_LEVEL_AVX512), "avx512");
    assert_string_equal(gaze_level_name(GAZE_LEVEL_COUNT), "unknown");
    assert_true(gaze_level_available(GAZE_LEVEL_SCALAR));
    assert_false(gaze_level_available(GAZE_LEVEL_COUNT));
}

static void test_environment_names_a_level(void **state) {
    (void)state;
    gaze_error err = {0};
    assert_int_equal(setenv("GAZE_SIMD", "scalar", 1), 0);
    assert_int_equal(gaze_level_check(&err), GAZE_OK);
    assert_int_equal(setenv("GAZE_SIMD", "", 1), 0); /* as if it were not set */
    assert_int_equal(gaze_level_check(&err), GAZE_OK);
    assert_int_equal(setenv("GAZE_SIMD", "sse9", 1), 0);
    assert_int_equal(gaze_level_check(&err), GAZE_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "GAZE_SIMD=sse9"));
    assert_non_null(strstr(err.message, "scalar"));
    unsetenv("GAZE_SIMD");
}

static void test_no_level_of_another_machine(void **state) {
    (void)state;
    gaze_error err = {0};
    gaze_level foreign = gaze_level_available(GAZE_LEVEL_NEON) ? GAZE_LEVEL_AVX2 : GAZE_LEVEL_NEON;
    gaze_level before = gaze_level_now();
    assert_int_equal(gaze_level_force(foreign, &err), GAZE_ERROR_ARGUMENT);
    assert_int_equal(gaze_level_now(), before);
}

static void table_is_its_level(void) {
    assert_int_equal(gaze_kernels_now()->level, gaze_level_now());
}

/* On a machine whose processor has AVX2 the AVX2 level must be there and run. */
static void test_levels_ran(void **state) {
    (void)state;
    for_each_level(table_is_its_level);
    print_levels();
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        assert_true(gaze_level_available(GAZE_LEVEL_AVX2));
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        assert_true(gaze_level_available(GAZE_LEVEL_AVX512));
#endif
}

/* (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24. Rounded after the multiplication it is 0: the product's
 * last bit falls off. A fused multiply-add keeps it. */
static float last_bit_of_a_product(void) {
    float a = 1 + 0x1p-12f, x[2] = {1, a}, w[2] = {-(1 + 0x1p-11f), a}, y = -1;
    gaze_gemm(&y, 1, gaze_matrix_rows(x, 2), gaze_matrix_rows(w, 2), NULL, 1, 1, 2, 1);
    return y;
}

static void level_has_fma(void) {
    gaze_level level = gaze_level_now();
    bool must = level == GAZE_LEVEL_AVX2 || level == GAZE_LEVEL_AVX512 || level == GAZE_LEVEL_NEON;
    if (must) assert_true(last_bit_of_a_product() == 0x1p-24f);
}

/* gcc forms no fused multiply-add under -std=c11 unless it is told to (-ffp-contract=fast): the
 * product would run at half its speed, and nothing else would show it. */
static void test_multiply_add_is_fused(void **state) {
    (void)state;
#ifdef __OPTIMIZE__
    for_each_level(level_has_fma);
#else
    printf("note: fused multiply-add not looked for, as this build is not optimised\n");
    (void)level_has_fma;
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_environment_names_a_level),
        cmocka_unit_test(test_no_level_of_another_machine),
        cmocka_unit_test(test_levels_ran),
        cmocka_unit_test(test_multiply_add_is_fused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
