/* tools/cli/marked: text with its answers and entities marked. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tools/cli/marked.h"

static void assert_marked(const char *text, const cli_mark *marks, size_t count, bool color,
                          const char *expected) {
    gaze_buffer out = {0};
    cli_put_marked(&out, text, (gaze_span){0, strlen(text)}, marks, count, color);
    assert_string_equal(out.data, expected);
    gaze_buffer_deinit(&out);
}

static void marks_by_hand(void **state) {
    (void)state;
    const cli_mark marks[] = {{{0, 2}, "PER"}, {{10, 16}, "LOC"}};
    assert_marked("Jo lives i Berlin.", marks, 1, false, "[Jo PER] lives i Berlin.");
    assert_marked("Jo is i at Berlin.", (const cli_mark[]){{{11, 17}, NULL}}, 1, false,
                  "Jo is i at [Berlin].");
    assert_marked("Jo", marks, 1, true, "\033[1;7mJo\033[0m\033[2m PER\033[0m");
    assert_marked("Jo is", NULL, 0, false, "Jo is");
}

/* One that begins in another, an empty one, one that is not there. */
static void marks_that_do_not_fit(void **state) {
    (void)state;
    const cli_mark marks[] = {{{0, 3}, NULL}, {{2, 4}, NULL},  {{4, 4}, NULL},
                              {{5, 3}, NULL}, {{4, 99}, NULL}, {{4, 5}, NULL}};
    assert_marked("abcdefg", marks, 6, false, "[abc]d[e]fg");
}

/* A text commands no terminal. */
static void control_characters(void **state) {
    (void)state;
    assert_marked("a\033[31m\nb", (const cli_mark[]){{{0, 2}, NULL}}, 1, false,
                  "[a\xEF\xBF\xBD][31m\xE2\x8F\x8E"
                  "b");
}

static void assert_excerpt(const char *text, gaze_span span, size_t around, const char *expected) {
    gaze_span range = cli_excerpt(text, strlen(text), span, around);
    assert_int_equal(range.end - range.start, strlen(expected));
    assert_memory_equal(text + range.start, expected, strlen(expected));
}

static void excerpts_by_hand(void **state) {
    (void)state;
    const char *text = "one two three four five";
    assert_excerpt(text, (gaze_span){8, 13}, 99, text);
    assert_excerpt(text, (gaze_span){8, 13}, 5, "two three four");
    assert_excerpt(text, (gaze_span){8, 13}, 2, "three");
    assert_excerpt(text, (gaze_span){8, 13}, 0, "three");
    assert_excerpt("\xC3\xA9\xC3\xA9\xC3\xA9x", (gaze_span){6, 7}, 1, "x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_by_hand),
        cmocka_unit_test(marks_that_do_not_fit),
        cmocka_unit_test(control_characters),
        cmocka_unit_test(excerpts_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
