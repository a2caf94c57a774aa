/* core/base/utf8: ill-formed text by hand, and every scalar value there and back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/utf8.h"

static void ill_formed_text_is_read_by_maximal_subparts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {
        {"y", 1},          {"\xC3\xA9", 1},     {"\xE2\x82y", 2},        {"\xC0\xAF", 2},
        {"\xED\xA0\x80", 3}, {"\xF4\x90\x80\x80", 4}, {"\xF0\x9F\x98\x80", 1}, {"\xF0\x9F\x98", 1},
        {"\xF0\x80\x80\x80", 4}, {"\xE0\x80\x80", 3}, {"\xFF\xFE", 2},   {"\x80", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(gaze_utf8_count(cases[i].text, strlen(cases[i].text)), cases[i].count);
}

static void every_scalar_value_survives_the_round_trip(void **state) {
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        uint32_t back;
        bool valid;
        size_t length = gaze_utf8_encode(c, bytes);
        assert_int_equal(gaze_utf8_decode(bytes, length, &back, &valid), length);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (!valid || back != (surrogate ? GAZE_REPLACEMENT_CHARACTER : c)) fail_msg("U+%04X", (unsigned)c);
        for (size_t cut = 1; cut < length; cut++)
            if (gaze_utf8_valid(bytes, cut, NULL)) fail_msg("U+%04X cut", (unsigned)c);
    }
}

static void what_is_no_scalar_value_is_replaced(void **state) {
    (void)state;
    static const uint32_t values[] = {0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char bytes[4];
        assert_int_equal(gaze_utf8_encode(values[i], bytes), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

static void the_first_fault_is_found(void **state) {
    (void)state;
    size_t bad = 0;
    assert_true(gaze_utf8_valid("plain ASCII of some length, \xC3\xA9 and more", 39, &bad));
    assert_false(gaze_utf8_valid("sixteen bytes...\xC3(", 18, &bad));
    assert_int_equal(bad, 16);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ill_formed_text_is_read_by_maximal_subparts),
        cmocka_unit_test(every_scalar_value_survives_the_round_trip),
        cmocka_unit_test(what_is_no_scalar_value_is_replaced),
        cmocka_unit_test(the_first_fault_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
