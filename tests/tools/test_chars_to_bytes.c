/* tools/pipeline/chars_to_bytes: where code points begin. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/failing_alloc.h"
#include "tools/pipeline/chars_to_bytes.h"

static void assert_bytes(const gaze_char_starts *c, gaze_span chars, size_t start, size_t end) {
    gaze_span bytes = gaze_chars_to_bytes(c, chars);
    assert_int_equal(bytes.start, start);
    assert_int_equal(bytes.end, end);
}

/* "aé中": bytes 0, 1 to 2, 3 to 5. */
static void places_by_hand(void **state) {
    (void)state;
    gaze_char_starts c;
    assert_int_equal(gaze_char_starts_init(&c, "a\xC3\xA9\xE4\xB8\xAD", 6, NULL), GAZE_OK);
    assert_int_equal(c.count, 3);
    assert_bytes(&c, (gaze_span){0, 1}, 0, 1);
    assert_bytes(&c, (gaze_span){1, 3}, 1, 6);
    assert_bytes(&c, (gaze_span){0, 0}, 0, 0);
    assert_bytes(&c, (gaze_span){2, 99}, 3, 6);
    assert_bytes(&c, (gaze_span){7, 99}, 6, 6);
    assert_bytes(&c, (gaze_span){2, 1}, 1, 1); /* [2:1] is empty */
    gaze_char_starts_deinit(&c);
}

static gaze_status make(void *context) {
    gaze_char_starts c;
    gaze_status status = gaze_char_starts_init(&c, "abc", 3, NULL);
    (void)context;
    gaze_char_starts_deinit(&c);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_int_equal(fail_each_allocation(make, NULL), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_by_hand), cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
