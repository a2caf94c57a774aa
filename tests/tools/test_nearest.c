/* "did you mean": by hand, heatmpa is two changes from heatmap and five from tokenize. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tools/cli/cli.h"

#define SIXTEEN "abcdefghijklmnop"

static void the_word_with_the_fewest_changes(void **state) {
    (void)state;
    static const char *const list[] = {"tokenize", "heatmap", "embed", NULL};
    assert_string_equal(cli_nearest("heatmpa", list), "heatmap");
    assert_string_equal(cli_nearest("embd", list), "embed");
    assert_string_equal(cli_nearest("tokenize", list), "tokenize");
    assert_null(cli_nearest("rank", list));
    assert_null(cli_nearest("", list));
    assert_null(cli_nearest("embed", list + 3));
}

/* Words of 64 letters and more are not compared; a long one is near to no short one. */
static void long_words(void **state) {
    (void)state;
    static const char *const list[] = {SIXTEEN SIXTEEN SIXTEEN SIXTEEN, SIXTEEN, NULL};
    assert_null(cli_nearest(SIXTEEN SIXTEEN SIXTEEN SIXTEEN, list));
    assert_string_equal(cli_nearest(SIXTEEN "q", list), SIXTEEN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_word_with_the_fewest_changes),
        cmocka_unit_test(long_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
