/* Widths and cuts, viz/text.h.
 *
 * By hand: c, a and t are .52, .57 and .36 em wide, so "cat" takes 1.45 em; a Han character takes 1.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tests/support/guarded.h"
#include "tests/support/random.h"
#include "viz/text.h"

static void assert_em(const char *text, double want) {
    double em = gaze_text_width(text, strlen(text));
    if (fabs(em - want) > 1e-9) fail_msg("'%s' is %g em wide, expected %g", text, em, want);
}

static void test_by_hand(void **state) {
    (void)state;
    assert_em("cat", 1.45);
    assert_em("\u732B", 1);
    assert_em("", 0);
}

static void test_widths(void **state) {
    (void)state;
    assert_em("e\u0301", 0.57);         /* an accent takes no room */
    assert_em("\u200B", 0);             /* zero width space */
    assert_em("\uD55C\uAD6D", 2);       /* Hangul */
    assert_em("\u1112\u1161\u11AB", 1); /* the same as three letters: one syllable */
    assert_em("\uFF01", 1);             /* fullwidth ! */
    assert_em("\U0001F355", 1.25);
    assert_em("\U0001F44D\U0001F3FD", 1.25);                       /* a thumb with a skin tone */
    assert_em("\u2764\uFE0F", 1.25);                               /* a heart as emoji */
    assert_em("\U0001F1EB\U0001F1F7", 1.25);                       /* a flag */
    assert_em("\U0001F469\u200D\U0001F469\u200D\U0001F467", 1.25); /* a family */
    assert_em("\xff", 0.62);                                       /* drawn as one U+FFFD */
}

static size_t clusters(const char *text) {
    size_t count = 0, length = strlen(text);
    double em;
    for (size_t i = 0; i < length; count++) i += gaze_text_cluster(text + i, length - i, &em);
    return count;
}

static void test_clusters(void **state) {
    (void)state;
    assert_int_equal(clusters("abc"), 3);
    assert_int_equal(clusters("e\u0301\u0302x"), 2);
    assert_int_equal(clusters("\U0001F469\u200D\U0001F467a"), 2);
    assert_int_equal(clusters("\U0001F1EB\U0001F1F7\U0001F1E9\U0001F1EA"), 2); /* two flags */
    assert_int_equal(clusters("\U0001F1EB\U0001F1F7\U0001F1E9"), 2);
    assert_int_equal(clusters("\u0B95\u0BCD\u0BA8\u0BBF"), 2); /* Tamil: ka with virama, ni */
    assert_int_equal(clusters("\u0301"), 1);
    assert_int_equal(clusters("\xe2\x82\xff"), 2);
}

static void test_short_texts_stay_whole(void **state) {
    (void)state;
    gaze_text_cut cut = gaze_text_fit("because", 7, 14);
    assert_int_equal(cut.head, 7);
    assert_int_equal(cut.tail, 0);
    assert_false(cut.cut);
    assert_int_equal(gaze_text_fit("", 0, 14).head, 0);
}

/* 20 Han characters in 8 em: (8 - .8) / 2 = 3.6 on each side, three characters of 3 bytes. */
static void test_cut_in_the_middle(void **state) {
    (void)state;
    char text[60];
    for (size_t i = 0; i < 60; i += 3) memcpy(text + i, "\u5B57", 3);
    gaze_text_cut cut = gaze_text_fit(text, 60, 8);
    assert_true(cut.cut);
    assert_int_equal(cut.head, 9);
    assert_int_equal(cut.tail, 9);
    assert_true(fabs(cut.em - 6.8) < 1e-9);
}

static bool is_boundary(const char *text, size_t length, size_t at) {
    double em;
    size_t i = 0;
    while (i < at) i += gaze_text_cluster(text + i, length - i, &em);
    return i == at;
}

/* Random texts of letters, accents, emoji parts, flags and broken bytes: what is shown fits, does not
 * overlap, and begins and ends between clusters. */
static void test_cuts_between_clusters(void **state) {
    (void)state;
    static const char *const pieces[] = {"a",      "W",    "\u0301",     "\u732B", "\U0001F469",
                                         "\u200D", "\xff", "\U0001F1EB", "\u0628", "\uFE0F",
                                         "\u0BBF", " ",    "\xe2\x82"};
    random_state random = {11};
    for (int round = 0; round < 20000; round++) {
        char text[256 + 8];
        size_t length = 0, wanted = random_below(&random, 256);
        while (length < wanted) {
            const char *piece = pieces[random_below(&random, sizeof pieces / sizeof *pieces)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        double max_em = 2 + (double)random_below(&random, 30);
        gaze_text_cut cut = gaze_text_fit(text, length, max_em);
        assert_true(cut.em <= max_em + 1e-9);
        assert_true(cut.head + cut.tail <= length);
        if (!cut.cut) assert_int_equal(cut.head, length);
        assert_true(is_boundary(text, length, cut.head));
        if (length <= 256) assert_true(is_boundary(text, length, length - cut.tail));
    }
}

/* A text of a megabyte whose middle cannot even be read. */
static void test_only_the_ends_are_read(void **state) {
    (void)state;
    guarded_text text = guarded_text_new(1 << 20, "abc");
    gaze_text_cut cut = gaze_text_fit(text.bytes, text.length, 14);
    assert_true(cut.cut && cut.head > 5 && cut.tail > 5);
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_svg_begin(&svg, "text");
    gaze_text_write(&svg, text.bytes, text.length, 14);
    gaze_svg_end(&svg);
    assert_true(out.length < 100);
    gaze_buffer_deinit(&out);
    guarded_text_free(&text);
}

/* A letter under ten thousand accents, at both ends: cut, and only four are written. */
static void test_towers(void **state) {
    (void)state;
    guarded_text text = guarded_text_new(1 << 20, "\u0301");
    memcpy(text.bytes, "ee", 2);
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_svg_begin(&svg, "text");
    gaze_text_write(&svg, text.bytes, text.length, 14);
    gaze_svg_end(&svg);
    assert_string_equal(out.data, "<text>ee\u0301\u0301\u0301\u0301\u2026</text>");
    gaze_buffer_deinit(&out);
    guarded_text_free(&text);
}

static void assert_written(const char *text, const char *want) {
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_svg_begin(&svg, "a");
    gaze_text_write(&svg, text, strlen(text), 6);
    gaze_svg_end(&svg);
    assert_string_equal(out.data, want);
    gaze_buffer_deinit(&out);
}

static void test_written(void **state) {
    (void)state;
    assert_written("cat", "<a>cat</a>");
    assert_written("<&>", "<a>&lt;&amp;&gt;</a>");
    assert_written("abcdefghijklmnopqrstuvwxyz", "<a>abcd\u2026wxyz</a>");
    assert_written("\u0642\u0637", "<a>\u2068\u0642\u0637\u2069</a>");
    assert_written("\u05DB\u2069<", "<a>\u2068\u05DB\uFFFD&lt;\u2069</a>"); /* no way out of the isolate */
}

static void assert_break(const char *text, double em, size_t want) {
    assert_int_equal(gaze_text_break(text, strlen(text), em), want);
}

static void test_lines(void **state) {
    (void)state;
    assert_break("cat", 10, 3);
    assert_break("cat sat", 2, 4);              /* "cat " */
    assert_break("cat sat", 3.2, 7);            /* 1.45 + .28 + 1.42 em */
    assert_break("catsat", 1.9, 3);             /* no space: as much as fits */
    assert_break("\u732B\u732B\u732B", 2.5, 6); /* between two characters */
    assert_break("W", 0.1, 1);                  /* always one cluster */
    assert_break("ab \u732B\u732B", 2.6, 6);
}

static void test_kinds(void **state) {
    (void)state;
    assert_true(gaze_text_is_wide("\u732B", 3));
    assert_true(gaze_text_is_wide("\u2764\uFE0F", 6));
    assert_false(gaze_text_is_wide("cat", 3));
    assert_false(gaze_text_is_wide("", 0));
    assert_true(gaze_text_is_rtl("a\u05D0", 3));
    assert_true(gaze_text_is_rtl("\u0642", 2));
    assert_false(gaze_text_is_rtl("abc\u732B", 6));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_short_texts_stay_whole),
        cmocka_unit_test(test_cut_in_the_middle),
        cmocka_unit_test(test_cuts_between_clusters),
        cmocka_unit_test(test_only_the_ends_are_read),
        cmocka_unit_test(test_towers),
        cmocka_unit_test(test_written),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
