/* core/base: errors, sizes, the arena, maps and tokens. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/strmap.h"
#include "core/base/tokens.h"

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
    assert_null(gaze_alloc_floats(SIZE_MAX, 2));
    assert_null(gaze_alloc_floats(SIZE_MAX / 4 + 1, 1));
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_gains_a_prefix_on_its_way_up),
        cmocka_unit_test(sizes_are_checked),
        cmocka_unit_test(the_hook_makes_an_allocation_fail),
        cmocka_unit_test(an_arena_serves_small_and_large_pieces),
        cmocka_unit_test(a_map_keeps_what_was_put_in),
        cmocka_unit_test(tokens_are_appended_and_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
