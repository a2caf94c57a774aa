/* tools/pipeline/characters: places of code points, and texts that read the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tools/pipeline/characters.h"

static void assert_bytes(const gaze_characters *c, gaze_span chars, size_t start, size_t end) {
    gaze_span bytes = gaze_characters_bytes(c, chars);
    assert_int_equal(bytes.start, start);
    assert_int_equal(bytes.end, end);
}

/* "aé中": bytes 0, 1 to 2, 3 to 5. */
static void places_by_hand(void **state) {
    (void)state;
    gaze_characters c;
    assert_int_equal(gaze_characters_init(&c, "a\xC3\xA9\xE4\xB8\xAD", 6, NULL), GAZE_OK);
    assert_int_equal(c.count, 3);
    assert_bytes(&c, (gaze_span){0, 1}, 0, 1);
    assert_bytes(&c, (gaze_span){1, 3}, 1, 6);
    assert_bytes(&c, (gaze_span){0, 0}, 0, 0);
    assert_bytes(&c, (gaze_span){2, 99}, 3, 6);
    assert_bytes(&c, (gaze_span){7, 99}, 6, 6);
    assert_bytes(&c, (gaze_span){2, 1}, 1, 1); /* [2:1] is empty */
    gaze_characters_deinit(&c);
}

/* The keys say so too. */
static bool same(const char *a, const char *b) {
    bool answer = gaze_same_lowered(a, strlen(a), b, strlen(b));
    assert_int_equal(gaze_lowered_key(a, strlen(a)) == gaze_lowered_key(b, strlen(b)), answer);
    return answer;
}

static void capitals_do_not_count(void **state) {
    (void)state;
    assert_true(same("", ""));
    assert_true(same("The CAT", "the cat"));
    assert_true(same("\xC3\x89t\xC3\xA9", "\xC3\xA9T\xC3\x89")); /* Été */
    assert_true(same("\xC4\xB0x", "i\xCC\x87X"));                /* İ becomes i and a dot above */
    assert_false(same("\xC4\xB0", "i"));
    assert_false(same("cat", "cats"));
    assert_false(same("cats", "cat"));
    assert_false(same("Stra\xC3\x9F"
                      "e",
                      "STRASSE")); /* lower(), not casefold() */
}

#define SIGMA_BIG   "\xCE\xA3"
#define SIGMA       "\xCF\x83"
#define SIGMA_FINAL "\xCF\x82"
#define O_BIG       "\xCE\x9F"
#define O           "\xCE\xBF"

/* A capital sigma is a final one where a letter stands before it and none behind it. */
static void final_sigma(void **state) {
    (void)state;
    assert_true(same(O_BIG SIGMA_BIG, O SIGMA_FINAL));
    assert_false(same(O_BIG SIGMA_BIG, O SIGMA));
    assert_true(same(O_BIG SIGMA_BIG O_BIG, O SIGMA O));
    assert_true(same(SIGMA_BIG, SIGMA));
    assert_true(same(O_BIG SIGMA_BIG " a", O SIGMA_FINAL " a"));
    assert_true(same(O_BIG SIGMA_BIG "\xCC\x81" O_BIG, O SIGMA "\xCC\x81" O)); /* an accent is passed over */
    assert_true(same(O_BIG "'" SIGMA_BIG ".", O "'" SIGMA_FINAL "."));
    assert_true(same("1" SIGMA_BIG, "1" SIGMA));
}

static gaze_status make(void *context) {
    gaze_characters c;
    gaze_status status = gaze_characters_init(&c, "abc", 3, NULL);
    (void)context;
    gaze_characters_deinit(&c);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_int_equal(fail_each_allocation(make, NULL), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_by_hand),
        cmocka_unit_test(capitals_do_not_count),
        cmocka_unit_test(final_sigma),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
