/* core/base/buffer: numbers by hand and back again, JSON strings, and failing late. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"

static bool refuse(void *context) {
    return --*(int *)context >= 0;
}

static void check_fixed(double value, int decimals, const char *fixed, const char *trimmed) {
    gaze_buffer out = {0};
    gaze_buffer_put_fixed(&out, value, decimals);
    assert_string_equal(out.data, fixed);
    gaze_buffer_clear(&out);
    gaze_buffer_put_trimmed(&out, value, decimals);
    assert_string_equal(out.data, trimmed);
    gaze_buffer_deinit(&out);
}

static void numbers_with_a_fixed_number_of_decimals(void **state) {
    (void)state;
    check_fixed(0.3712, 2, "0.37", "0.37");
    check_fixed(0.5, 0, "1", "1");
    check_fixed(-2.5, 0, "-3", "-3");
    check_fixed(0.125, 2, "0.13", "0.13");
    check_fixed(-0.001, 2, "0.00", "0");
    check_fixed(12.0, 3, "12.000", "12");
    check_fixed(100.0, 0, "100", "100");
    check_fixed(1.25, 4, "1.2500", "1.25");
    check_fixed(123456789.0, 9, "123456789.000000000", "123456789");
    check_fixed(1e20, 0, "100000000000000000000", "100000000000000000000");
    check_fixed(-1e20, 1, "-100000000000000000000.0", "-100000000000000000000");
    check_fixed(NAN, 2, "NaN", "NaN");
    check_fixed(-INFINITY, 2, "-inf", "-inf");
    check_fixed(INFINITY, 2, "inf", "inf");
}

static void floats_read_back_as_they_were(void **state) {
    (void)state;
    static const float values[] = {0.0f, 1.0f, 0.1f, -0.37f, 1e-30f, 3.4028235e38f, 1.17549435e-38f, 1e-45f,
                                   16777217.0f, 0.333333343f, 123456.789f};
    gaze_buffer out = {0};
    uint32_t bits = 12345;
    for (size_t i = 0; i < 20000; i++) {
        float value;
        bits = bits * 1664525u + 1013904223u;
        memcpy(&value, &bits, sizeof value);
        if (i < sizeof values / sizeof *values) value = values[i];
        if (!isfinite(value)) continue;
        gaze_buffer_clear(&out);
        gaze_buffer_put_float(&out, value);
        assert_true(strtof(out.data, NULL) == value);
        gaze_buffer_clear(&out);
        gaze_buffer_put_double(&out, (double)value / 3);
        assert_true(strtod(out.data, NULL) == (double)value / 3);
    }
    gaze_buffer_clear(&out);
    gaze_buffer_put_float(&out, 0.1f);
    gaze_buffer_put_float(&out, NAN);
    gaze_buffer_put_double(&out, INFINITY);
    assert_string_equal(out.data, "0.1nullnull");
    gaze_buffer_deinit(&out);
}

static void a_failed_buffer_says_so_at_the_end(void **state) {
    (void)state;
    int permitted = 1;
    gaze_buffer out = {0};
    gaze_memory_set_hook(refuse, &permitted);
    for (int i = 0; i < 100; i++) gaze_buffer_printf(&out, "line %d\n", i);
    gaze_memory_set_hook(NULL, NULL);
    assert_int_equal(gaze_buffer_status(&out, NULL), GAZE_ERROR_MEMORY);
    gaze_buffer_put_trimmed(&out, 1.5, 2); /* nothing more is written, or taken back */
    assert_true(out.failed);
    gaze_buffer_deinit(&out);
}

/* Sizes that no memory has, and what printf cannot write. */
static void what_does_not_fit_is_a_failure(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_buffer_append(&out, "", SIZE_MAX); /* and the NUL behind it */
    assert_true(out.failed);
    out = (gaze_buffer){.length = 1};
    gaze_buffer_append(&out, "", SIZE_MAX);
    assert_true(out.failed);
    out = (gaze_buffer){.length = SIZE_MAX / 2 + 1, .capacity = SIZE_MAX / 2 + 1}; /* twice as much would wrap */
    gaze_buffer_append(&out, "x", 1);
    assert_true(out.failed);
    out = (gaze_buffer){0};
    gaze_buffer_printf(&out, "%ls", L"\u4e2d"); /* which the C locale cannot write */
    assert_int_equal(gaze_buffer_status(&out, NULL), GAZE_ERROR_MEMORY);
    gaze_buffer_deinit(&out);
}

static void json_strings_are_escaped(void **state) {
    (void)state;
    gaze_buffer out = {0};
    const char text[] = "a\"\\\n\r\t\x7F\x01</script>\xE2\x80\xA8\xE2\x80\xA9\xFF\xC3\xA9\0z";
    gaze_buffer_put_json_string(&out, text, sizeof text - 1);
    assert_string_equal(out.data,
                        "\"a\\\"\\\\\\n\\r\\t\\u007f\\u0001\\u003c/script>\\u2028\\u2029\xEF\xBF\xBD\xC3\xA9\\u0000z\"");
    gaze_buffer_deinit(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_with_a_fixed_number_of_decimals),
        cmocka_unit_test(floats_read_back_as_they_were),
        cmocka_unit_test(a_failed_buffer_says_so_at_the_end),
        cmocka_unit_test(what_does_not_fit_is_a_failure),
        cmocka_unit_test(json_strings_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
