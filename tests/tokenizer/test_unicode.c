/* tokenizer/unicode: a few code points by hand, the sizes of the classes, then every code point against the
 * file that the tables come from. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/golden.h"
#include "tokenizer/unicode.h"

static void a_few_by_hand(void **state) {
    (void)state;
    assert_true(gaze_unicode_is(' ', GAZE_UNICODE_WHITE_SPACE));
    assert_true(gaze_unicode_is(0x3000, GAZE_UNICODE_WHITE_SPACE));
    assert_false(gaze_unicode_is(0x200B, GAZE_UNICODE_WHITE_SPACE));
    assert_true(gaze_unicode_is('$', GAZE_UNICODE_PUNCTUATION));     /* ASCII: symbols too */
    assert_false(gaze_unicode_is(0x20AC, GAZE_UNICODE_PUNCTUATION)); /* the euro sign is none */
    assert_true(gaze_unicode_is(0x301, GAZE_UNICODE_ACCENT));
    assert_false(gaze_unicode_is(0x8D4, GAZE_UNICODE_ACCENT)); /* a mark since Unicode 9.0 only */
    assert_true(gaze_unicode_is(0x4E2D, GAZE_UNICODE_CHINESE));
    assert_false(gaze_unicode_is(0x2B820, GAZE_UNICODE_CHINESE)); /* a gap of the reference */
    assert_true(gaze_unicode_is('\v', GAZE_UNICODE_REMOVED));
    assert_false(gaze_unicode_is('\t', GAZE_UNICODE_REMOVED));
    assert_true(gaze_unicode_is(0x200D, GAZE_UNICODE_WORD));
    assert_int_equal(gaze_unicode_properties(0x110000), 0);
    assert_int_equal(gaze_unicode_properties(UINT32_MAX), 0);
}

static void assert_lowercase(uint32_t c, size_t count, uint32_t first, uint32_t second) {
    uint32_t out[2] = {0, 0};
    assert_int_equal(gaze_unicode_lowercase(c, out), count);
    assert_int_equal(out[0], first);
    assert_int_equal(out[1], second);
}

static void lowercase_by_hand(void **state) {
    (void)state;
    assert_lowercase('A', 1, 'a', 0);
    assert_lowercase('a', 1, 'a', 0);
    assert_lowercase(0x3A3, 1, 0x3C3, 0);   /* sigma, final or not */
    assert_lowercase(0x130, 2, 'i', 0x307); /* I with dot above: the only one that becomes two */
    assert_lowercase(0x1E9E, 1, 0xDF, 0);   /* the great sharp s */
    assert_lowercase(0x212A, 1, 'k', 0);    /* the sign for kelvin */
    assert_lowercase(0x4E2D, 1, 0x4E2D, 0);
}

static void decomposition_by_hand(void **state) {
    (void)state;
    uint32_t out[GAZE_MAX_DECOMPOSITION];
    assert_int_equal(gaze_unicode_decompose(0xE9, GAZE_CANONICAL, out), 2);
    assert_int_equal(out[0], 'e');
    assert_int_equal(out[1], 0x301);
    assert_int_equal(gaze_unicode_decompose(0xAC01, GAZE_CANONICAL, out), 3); /* by rule: 0, 0, 1 */
    assert_int_equal(out[0], 0x1100);
    assert_int_equal(out[1], 0x1161);
    assert_int_equal(out[2], 0x11A8);
    assert_int_equal(gaze_unicode_decompose(0xFB01, GAZE_CANONICAL, out), 1); /* the ligature fi stays */
    assert_int_equal(gaze_unicode_decompose(0xFB01, GAZE_COMPATIBILITY, out), 2);
    assert_int_equal(out[0], 'f');
    assert_int_equal(gaze_unicode_decompose(0xFDFA, GAZE_COMPATIBILITY, out), GAZE_MAX_DECOMPOSITION);
}

static void composition_by_hand(void **state) {
    (void)state;
    assert_int_equal(gaze_unicode_compose('e', 0x301), 0xE9);
    assert_int_equal(gaze_unicode_compose('e', 'e'), 0);
    assert_int_equal(gaze_unicode_compose(0x1100, 0x1161), 0xAC00);
    assert_int_equal(gaze_unicode_compose(0xAC00, 0x11A8), 0xAC01);
    assert_int_equal(gaze_unicode_compose(0xAC01, 0x11A8), 0); /* it has a final consonant */
    assert_int_equal(gaze_unicode_compose(0x915, 0x93C), 0);   /* excluded from composition */
    assert_int_equal(gaze_unicode_combining_class(0x307), 230);
    assert_int_equal(gaze_unicode_combining_class(0x323), 220);
    assert_int_equal(gaze_unicode_combining_class('a'), 0);
}

/* Every class has as many members as the library's, and every mapping applies to as many code points. */
static void sizes_of_the_classes(void **state) {
    (void)state;
    static const size_t sizes[] = {137681, 25,     726,  1567, 81264, 141028,
                                   1911,   144667, 2097, 1924, 1488,  13232 /* 2060 and 11172 of Hangul */,
                                   3678,   814};
    size_t counts[sizeof sizes / sizeof *sizes] = {0};
    for (uint32_t c = 0; c <= GAZE_UNICODE_LAST; c++)
        for (size_t bit = 0; bit < sizeof sizes / sizeof *sizes; bit++)
            counts[bit] += gaze_unicode_is(c, 1u << bit);
    for (size_t bit = 0; bit < sizeof sizes / sizeof *sizes; bit++) assert_int_equal(counts[bit], sizes[bit]);
}

/* The file itself ------------------------------------------------------------------------------------- */

static const struct {
    const char *section;
    unsigned property;
} classes[] = {
    {"REMOVED_BY_CLEAN_TEXT", GAZE_UNICODE_REMOVED},
    {"WHITESPACE", GAZE_UNICODE_WHITE_SPACE},
    {"BERT_PUNCT", GAZE_UNICODE_PUNCTUATION},
    {"MN", GAZE_UNICODE_ACCENT},
    {"CHINESE", GAZE_UNICODE_CHINESE},
    {"ONIG_L", GAZE_UNICODE_LETTER},
    {"ONIG_N", GAZE_UNICODE_NUMBER},
    {"REGEX_W", GAZE_UNICODE_WORD},
    {"COMBINING_MARK", GAZE_UNICODE_MARK},
    {"IS_NUMERIC", GAZE_UNICODE_NUMERIC},
};

static unsigned property_of(const char *section) {
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(section, classes[i].section) == 0) return classes[i].property;
    return 0;
}

/* The numbers of a line, hexadecimal unless the section has decimal classes. */
static size_t numbers(const char *line, uint32_t out[20], int base_of_second) {
    size_t count = 0;
    for (char *end; *line && *line != '\n' && count < 20; line = end) {
        out[count] = (uint32_t)strtoul(line, &end, count == 1 ? base_of_second : 16);
        if (end == line) break;
        count++;
    }
    return count;
}

static void check_range(const char *line, unsigned property) {
    char *end;
    uint32_t first = (uint32_t)strtoul(line, &end, 16);
    uint32_t last = strncmp(end, "..", 2) == 0 ? (uint32_t)strtoul(end + 2, NULL, 16) : first;
    for (uint32_t c = first; c <= last; c++) assert_true(gaze_unicode_is(c, property));
}

static void check_mapping(const char *section, const char *line) {
    uint32_t n[20], out[GAZE_MAX_DECOMPOSITION];
    size_t count = numbers(line, n, strcmp(section, "CCC") == 0 ? 10 : 16), length = 0;
    if (strcmp(section, "CCC") == 0) {
        assert_int_equal(gaze_unicode_combining_class(n[0]), n[1]);
        return;
    }
    if (strcmp(section, "COMPOSE") == 0) {
        assert_int_equal(gaze_unicode_compose(n[0], n[1]), n[2]);
        return;
    }
    if (strcmp(section, "LOWER") == 0)
        length = gaze_unicode_lowercase(n[0], out);
    else if (strcmp(section, "NFD") == 0)
        length = gaze_unicode_decompose(n[0], GAZE_CANONICAL, out);
    else
        return;
    assert_int_equal(length, count - 1);
    for (size_t i = 0; i < length; i++) assert_int_equal(out[i], n[i + 1]);
}

static void every_line_of_the_file(void **state) {
    (void)state;
    char line[400], section[64] = "";
    const char *path = golden_path("tokenizers/goldens/hf-unicode-classes.txt");
    if (!path) skip();
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t lines = 0;
    for (; fgets(line, sizeof line, file); lines++) {
        if (sscanf(line, "[%63[A-Z_]", section) == 1 || !*section) continue;
        if (property_of(section))
            check_range(line, property_of(section));
        else
            check_mapping(section, line);
    }
    fclose(file);
    assert_int_equal(lines, 8916);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few_by_hand),         cmocka_unit_test(lowercase_by_hand),
        cmocka_unit_test(decomposition_by_hand), cmocka_unit_test(composition_by_hand),
        cmocka_unit_test(sizes_of_the_classes),  cmocka_unit_test(every_line_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
