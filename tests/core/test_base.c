/* core/base: errors, memory, buffers and their numbers, UTF-8, maps, tokens, checksums. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/bytes.h"
#include "core/base/deflate.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/strmap.h"
#include "core/base/tokens.h"
#include "core/base/utf8.h"

/* Errors --------------------------------------------------------------------------------------------- */

static void a_message_gains_a_prefix_on_its_way_up(void **state) {
    (void)state;
    gaze_error err = {0};
    gaze_status status = gaze_fail_at(&err, GAZE_ERROR_DTYPE, 12, "tensor '%s': dtype F99", "w\n");
    status = gaze_fail_prefix(&err, status, "%s", "model.safetensors");
    assert_int_equal(status, GAZE_ERROR_DTYPE);
    assert_string_equal(err.message, "model.safetensors: tensor 'w?': dtype F99");
    assert_int_equal(err.offset, 12);
    assert_int_equal(gaze_fail(NULL, GAZE_ERROR_IO, "nobody listens"), GAZE_ERROR_IO);
    for (int i = 0; i < 30; i++) gaze_fail_prefix(&err, status, "a long path that is put in front again");
    assert_true(strlen(err.message) < sizeof err.message);
    for (int i = 0; i < GAZE_STATUS_COUNT; i++) assert_non_null(gaze_status_name((gaze_status)i));
}

/* Memory --------------------------------------------------------------------------------------------- */

static void sizes_are_checked(void **state) {
    (void)state;
    size_t out = 7;
    assert_true(gaze_size_mul(6, 7, &out));
    assert_int_equal(out, 42);
    assert_false(gaze_size_mul(SIZE_MAX / 2 + 1, 2, &out));
    assert_false(gaze_size_add(SIZE_MAX, 1, &out));
    assert_int_equal(out, 42);
    assert_true(gaze_size_mul(0, SIZE_MAX, &out));
    assert_null(gaze_alloc(SIZE_MAX, 2));
    assert_null(gaze_alloc(SIZE_MAX / 2 + 1, 1));
    void *empty = gaze_alloc(0, 8);
    assert_non_null(empty);
    gaze_free(empty);
}

static bool refuse(void *context) {
    return --*(int *)context >= 0;
}

static void the_hook_makes_an_allocation_fail(void **state) {
    (void)state;
    int permitted = 1;
    gaze_memory_set_hook(refuse, &permitted);
    void *first = gaze_alloc(1, 1), *second = gaze_alloc(1, 1);
    gaze_memory_set_hook(NULL, NULL);
    assert_non_null(first);
    assert_null(second);
    gaze_free(first);
}

static void an_arena_serves_small_and_large_pieces(void **state) {
    (void)state;
    gaze_arena arena = {0};
    char *pieces[200];
    for (int i = 0; i < 200; i++) {
        size_t size = (size_t)(i * i);
        pieces[i] = gaze_arena_alloc(&arena, size, 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        memset(pieces[i], i, size);
    }
    for (int i = 0; i < 200; i++)
        for (int j = 0; j < i * i; j++) assert_int_equal((unsigned char)pieces[i][j], i);
    assert_null(gaze_arena_alloc(&arena, SIZE_MAX, 1));
    assert_string_equal(gaze_arena_copy_string(&arena, "word", 3), "wor");
    gaze_arena_deinit(&arena);
}

/* Buffers -------------------------------------------------------------------------------------------- */

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
    check_fixed(NAN, 2, "NaN", "NaN");
    check_fixed(-INFINITY, 2, "-inf", "-inf");
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
    assert_string_equal(out.data, "0.1null");
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
    gaze_buffer_deinit(&out);
}

static void json_strings_are_escaped(void **state) {
    (void)state;
    gaze_buffer out = {0};
    const char text[] = "a\"\\\n\x01</script>\xE2\x80\xA8\xFF\xC3\xA9\0z";
    gaze_buffer_put_json_string(&out, text, sizeof text - 1);
    assert_string_equal(out.data, "\"a\\\"\\\\\\n\\u0001\\u003c/script>\\u2028\xEF\xBF\xBD\xC3\xA9\\u0000z\"");
    gaze_buffer_deinit(&out);
}

/* UTF-8 ---------------------------------------------------------------------------------------------- */

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

static void the_first_fault_is_found(void **state) {
    (void)state;
    size_t bad = 0;
    assert_true(gaze_utf8_valid("plain ASCII of some length, \xC3\xA9 and more", 39, &bad));
    assert_false(gaze_utf8_valid("sixteen bytes...\xC3(", 18, &bad));
    assert_int_equal(bad, 16);
}

/* Maps and tokens ------------------------------------------------------------------------------------ */

static void a_map_keeps_what_was_put_in(void **state) {
    (void)state;
    enum { COUNT = 5000 };
    static char keys[COUNT][12];
    gaze_strmap map = {0};
    bool replaced = true;
    int32_t value;
    assert_false(gaze_strmap_get(&map, "a", 1, &value));
    for (int i = 0; i < COUNT; i++) {
        snprintf(keys[i], sizeof keys[i], "%d", i);
        assert_true(gaze_strmap_set(&map, keys[i], strlen(keys[i]), i, &replaced));
        assert_false(replaced);
    }
    assert_true(gaze_strmap_set(&map, "17", 2, -1, &replaced));
    assert_true(replaced);
    assert_int_equal(map.count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        assert_true(gaze_strmap_get(&map, keys[i], strlen(keys[i]), &value));
        assert_int_equal(value, i == 17 ? -1 : i);
    }
    assert_false(gaze_strmap_get(&map, "5001", 4, &value));
    assert_false(gaze_strmap_get(&map, "", 0, &value));
    assert_true(gaze_strmap_set(&map, "a\0b", 3, 7, NULL));
    assert_false(gaze_strmap_get(&map, "a\0c", 3, &value));
    assert_true(gaze_strmap_get(&map, "a\0b", 3, &value));
    gaze_strmap_deinit(&map);
}

static void tokens_are_appended_and_copied(void **state) {
    (void)state;
    gaze_tokens a = {0}, b = {0};
    for (int i = 0; i < 40; i++) {
        gaze_token token = {.id = i, .string = "##ing", .string_length = 5, .bytes = {3, 6}, .chars = {2, 5},
                            .word_id = i / 2, .type_id = 1, .sequence_id = 0, .special = 0, .attention = 1};
        assert_int_equal(gaze_tokens_append(&a, &token, NULL), GAZE_OK);
    }
    assert_int_equal(gaze_tokens_append_range(&b, &a, 10, 13, NULL), GAZE_OK);
    gaze_tokens_deinit(&a);
    assert_int_equal(b.count, 3);
    assert_int_equal(b.ids[2], 12);
    assert_string_equal(b.strings[2], "##ing");
    assert_int_equal(b.bytes[2].end, 6);
    assert_int_equal(b.word_ids[2], 6);
    gaze_tokens_deinit(&b);
}

/* Checksums and deflate ------------------------------------------------------------------------------ */

static void checksums_of_the_standards(void **state) {
    (void)state;
    assert_int_equal(gaze_crc32(0, "123456789", 9), 0xCBF43926);
    assert_int_equal(gaze_crc32(gaze_crc32(0, "1234", 4), "56789", 5), 0xCBF43926);
    assert_int_equal(gaze_adler32(1, "Wikipedia", 9), 0x11E60398);
    assert_int_equal(gaze_crc32(0, NULL, 0), 0);
    assert_int_equal(gaze_adler32(1, NULL, 0), 1);
}

static void what_was_deflated_inflates_again(void **state) {
    (void)state;
    enum { SIZE = 200000 };
    static unsigned char data[SIZE], back[SIZE + 1];
    gaze_buffer raw = {0};
    for (unsigned i = 0; i < SIZE; i++) data[i] = (unsigned char)(i * i / 997); /* i * i wraps around */
    assert_int_equal(gaze_deflate(&raw, data, SIZE, GAZE_DEFLATE_RAW, GAZE_DEFLATE_RUNS, NULL), GAZE_OK);
    if (gaze_deflate_available()) {
        assert_true(raw.length < SIZE);
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_OK);
        assert_memory_equal(back, data, SIZE);
        assert_int_equal(gaze_inflate_raw(back, SIZE - 1, raw.data, raw.length, NULL), GAZE_ERROR_FORMAT);
        assert_int_equal(gaze_inflate_raw(back, SIZE + 1, raw.data, raw.length, NULL), GAZE_ERROR_FORMAT);
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length - 1, NULL), GAZE_ERROR_FORMAT);
        gaze_buffer_putc(&raw, 'x');
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_ERROR_FORMAT);
        gaze_buffer_clear(&raw);
        assert_int_equal(gaze_deflate(&raw, NULL, 0, GAZE_DEFLATE_RAW, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
        assert_int_equal(gaze_inflate_raw(NULL, 0, raw.data, raw.length, NULL), GAZE_OK);
    } else {
        assert_int_equal(raw.length, SIZE + 5 * (SIZE / 65535 + 1));
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_ERROR_UNSUPPORTED);
    }
    gaze_buffer_deinit(&raw);
}

/* The streams that others read: `gzip -t` and the zlib header with its checksum. */
static void streams_have_their_frames(void **state) {
    (void)state;
    gaze_buffer out = {0};
    assert_int_equal(gaze_deflate(&out, "abc", 3, GAZE_DEFLATE_GZIP, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
    assert_memory_equal(out.data, "\x1F\x8B\x08\x00\x00\x00\x00\x00", 8); /* no flags, time stamp 0 */
    assert_int_equal(gaze_load_u32(out.data + out.length - 8), gaze_crc32(0, "abc", 3));
    assert_int_equal(gaze_load_u32(out.data + out.length - 4), 3);
    gaze_buffer_clear(&out);
    assert_int_equal(gaze_deflate(&out, "abc", 3, GAZE_DEFLATE_ZLIB, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
    assert_int_equal(((unsigned char)out.data[0] * 256 + (unsigned char)out.data[1]) % 31, 0);
    assert_memory_equal(out.data + out.length - 4, "\x02\x4D\x01\x27", 4); /* Adler-32 of "abc" */
    gaze_buffer_deinit(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_gains_a_prefix_on_its_way_up),
        cmocka_unit_test(sizes_are_checked),
        cmocka_unit_test(the_hook_makes_an_allocation_fail),
        cmocka_unit_test(an_arena_serves_small_and_large_pieces),
        cmocka_unit_test(numbers_with_a_fixed_number_of_decimals),
        cmocka_unit_test(floats_read_back_as_they_were),
        cmocka_unit_test(a_failed_buffer_says_so_at_the_end),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(ill_formed_text_is_read_by_maximal_subparts),
        cmocka_unit_test(every_scalar_value_survives_the_round_trip),
        cmocka_unit_test(the_first_fault_is_found),
        cmocka_unit_test(a_map_keeps_what_was_put_in),
        cmocka_unit_test(tokens_are_appended_and_copied),
        cmocka_unit_test(checksums_of_the_standards),
        cmocka_unit_test(what_was_deflated_inflates_again),
        cmocka_unit_test(streams_have_their_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
