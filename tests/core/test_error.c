#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/error.h"

/* What the message becomes when it quotes `name`. */
static const char *quoted(gaze_error *err, const char *name) {
    assert_int_equal(gaze_fail(err, GAZE_ERROR_NAME, "tensor '%s'", name), GAZE_ERROR_NAME);
    return err->message;
}

/* By hand: a check that fails inside a tensor, inside a file. */
static void messages_grow_from_the_inside(void **state) {
    gaze_error err = {0};
    (void)state;
    gaze_status status = gaze_fail_at(&err, GAZE_ERROR_SHAPE, 72, "%d rows, expected %d", 11, 12);
    status = gaze_fail_prefix(&err, status, "tensor '%s'", "w");
    assert_int_equal(gaze_fail_prefix(&err, status, "model.safetensors"), GAZE_ERROR_SHAPE);
    assert_string_equal(err.message, "model.safetensors: tensor 'w': 11 rows, expected 12");
    assert_true(err.has_offset);
    assert_int_equal(err.offset, 72);
}

static void nobody_need_listen(void **state) {
    (void)state;
    assert_int_equal(gaze_fail(NULL, GAZE_ERROR_IO, "x"), GAZE_ERROR_IO);
    assert_int_equal(gaze_fail_at(NULL, GAZE_ERROR_DTYPE, 1, "x"), GAZE_ERROR_DTYPE);
    assert_int_equal(gaze_fail_prefix(NULL, GAZE_ERROR_NAME, "x"), GAZE_ERROR_NAME);
    assert_int_equal(gaze_fail_memory(NULL), GAZE_ERROR_MEMORY);
}

/* A name from a file must not move a terminal's cursor or set its title. U+009B is ESC [ in one character. */
static void controls_do_not_reach_a_terminal(void **state) {
    gaze_error err = {0};
    (void)state;
    assert_string_equal(quoted(&err, "a\nb\x1B[31m\x7F"), "tensor 'a?b?[31m?'");
    assert_string_equal(quoted(&err, "\xC2\x9B" "31m\xC2\x80\xC2\x9F"), "tensor '??31m???\?'" /* no trigraph */);
    assert_string_equal(quoted(&err, "caf\xC3\xA9 \xC2\xA0\xE2\x82\xAC"), "tensor 'caf\xC3\xA9 \xC2\xA0\xE2\x82\xAC'");
    gaze_fail(&err, GAZE_ERROR_IO, "x");
    gaze_fail_prefix(&err, GAZE_ERROR_IO, "no\xC2\x9B" "31m");
    assert_string_equal(err.message, "no??31m: x");
}

static void long_messages_are_cut(void **state) {
    char name[1000];
    gaze_error err = {0};
    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(strlen(quoted(&err, name)), sizeof err.message - 1);
    gaze_fail_prefix(&err, GAZE_ERROR_NAME, "%s", name);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
}

static void every_status_has_a_name(void **state) {
    (void)state;
    for (int a = 0; a < GAZE_STATUS_COUNT; a++) {
        assert_non_null(gaze_status_name((gaze_status)a));
        for (int b = 0; b < a; b++)
            assert_string_not_equal(gaze_status_name((gaze_status)a), gaze_status_name((gaze_status)b));
    }
    assert_string_equal(gaze_status_name(GAZE_STATUS_COUNT), "unknown status");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_grow_from_the_inside), cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(controls_do_not_reach_a_terminal), cmocka_unit_test(long_messages_are_cut),
        cmocka_unit_test(every_status_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
