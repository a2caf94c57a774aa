/* tools/pipeline/same_lowered: texts that read the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tools/pipeline/same_lowered.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(capitals_do_not_count), cmocka_unit_test(final_sigma)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
