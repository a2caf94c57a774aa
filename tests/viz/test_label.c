/* Labels, viz/label.h, and the words of the figures, viz/words.h.
 *
 * By hand: "playing" cut into play, ##ing, with [CLS] before it, has one label with a marker of 2 bytes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/xml_check.h"
#include "viz/label.h"
#include "viz/sentence.h"
#include "viz/words.h"

static void append(gaze_tokens *tokens, const char *string, int32_t word, uint8_t special) {
    gaze_token token = {.id = (int32_t)tokens->count + 100,
                        .string = string,
                        .word_id = word,
                        .string_length = strlen(string),
                        .type_id = word > 1,
                        .special = special};
    assert_int_equal(gaze_tokens_append(tokens, &token, NULL), GAZE_OK);
}

static void test_by_hand(void **state) {
    (void)state;
    gaze_tokens tokens = {0};
    gaze_label labels[3];
    append(&tokens, "[CLS]", GAZE_NO_WORD, 1);
    append(&tokens, "play", 0, 0);
    append(&tokens, "##ing", 0, 0);
    gaze_labels_from_tokens(labels, &tokens);
    assert_true(labels[0].special);
    assert_false(labels[1].special);
    assert_int_equal(labels[1].marker, 0);
    assert_int_equal(labels[2].marker, 2);
    assert_int_equal(labels[2].id, 102);
    assert_string_equal(labels[2].text, "##ing");
    assert_int_equal(labels[2].length, 5);
    gaze_tokens_deinit(&tokens);
}

/* Of equal labels each knows which it is; in a sentence its number follows it. */
static void test_numbers(void **state) {
    (void)state;
    gaze_label labels[4] = {{.text = "the", .length = 3}, {.text = "cat", .length = 3}, {.text = "the", .length = 3},
                            {.text = "\xD7\xA9\xD7\x9C", .length = 4}};
    gaze_buffer text = {0};
    gaze_labels_number(labels, 4);
    for (size_t i = 0; i < 4; i++) gaze_sentence_name(&text, &labels[i], gaze_words_of(GAZE_LANGUAGE_EN));
    assert_string_equal(text.data, "'the' (1)'cat''the' (2)'\xD7\xA9\xD7\x9C\xE2\x80\x8E'");
    gaze_labels_number(labels + 1, 2);
    assert_int_equal(labels[2].nth, 0);
    gaze_buffer_deinit(&text);
}

/* a a | b | a: three runs, of which the last two begin at 2 and 3. */
static void test_runs(void **state) {
    (void)state;
    const gaze_label labels[4] = {{.segment = 0}, {.segment = 0}, {.segment = 1}, {.segment = 0}};
    assert_int_equal(gaze_labels_run_end(labels, 4, 0), 2);
    assert_int_equal(gaze_labels_run_end(labels, 4, 2), 3);
    assert_int_equal(gaze_labels_run_end(labels, 4, 3), 4);
    assert_true(gaze_labels_have_pair(labels, 3));
    assert_false(gaze_labels_have_pair(labels, 2));
    assert_false(gaze_labels_have_pair(labels, 1));
}

/* "##" that the user typed begins a word of its own and is no marker. */
static void test_typed_marks(void **state) {
    (void)state;
    gaze_tokens tokens = {0};
    gaze_label labels[5];
    append(&tokens, "##a", 0, 0);
    append(&tokens, "##b", 1, 0);
    append(&tokens, "##", 1, 0);
    append(&tokens, "#c", 1, 0);
    append(&tokens, "##d", 2, 0);
    gaze_labels_from_tokens(labels, &tokens);
    for (size_t i = 0; i < 5; i++) assert_int_equal(labels[i].marker, 0);
    assert_int_equal(labels[4].segment, 1);
    gaze_tokens_deinit(&tokens);
}

static void assert_label(const char *text, size_t marker, const char *want) {
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_label label = {.text = text, .length = strlen(text), .marker = marker};
    gaze_svg_begin(&svg, "text");
    gaze_label_write(&svg, &label, 14, (gaze_rgb){1, 2, 3});
    gaze_svg_end(&svg);
    assert_xml(out.data, out.length);
    assert_string_equal(out.data, want);
    gaze_buffer_deinit(&out);
}

static void test_written(void **state) {
    (void)state;
    assert_label("cat", 0, "<text>cat</text>");
    assert_label("<s>", 0, "<text>&lt;s&gt;</text>");
    assert_label("##ing", 2, "<text><tspan class=\"gaze-muted\" fill=\"#010203\">##</tspan>ing</text>");
    assert_label("##\u0644", 2, /* joined to the letter before it, and isolated */
                 "<text><tspan class=\"gaze-muted\" fill=\"#010203\">##</tspan>"
                 "\u200D\u2068\u0644\u2069</text>");
    assert_label(" ", 0, "<text>\u2423</text>");
    assert_label("", 0, "<text></text>");
}

static void test_templates(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_words_put(&out, "{} and {}: {", (const char *[]){"a", "{}"});
    assert_string_equal(out.data, "a and {}: {");
    gaze_buffer_clear(&out);
    gaze_words_put_counts(&out, "{} of {}", (size_t[]){3, 20}, 2);
    assert_string_equal(out.data, "3 of 20");
    gaze_buffer_deinit(&out);
}

/* Every word is there in every language, with as many places for values, and is plain text. */
static void test_languages(void **state) {
    (void)state;
    enum { COUNT = sizeof(gaze_words) / sizeof(const char *) };
    const char *english[COUNT], *chinese[COUNT];
    memcpy(english, gaze_words_of(GAZE_LANGUAGE_EN), sizeof english);
    memcpy(chinese, gaze_words_of(GAZE_LANGUAGE_ZH), sizeof chinese);
    for (size_t i = 0; i < COUNT; i++) {
        assert_non_null(english[i]);
        assert_non_null(chinese[i]);
        assert_int_equal(count_of(english[i], "{}"), count_of(chinese[i], "{}"));
        assert_null(strpbrk(english[i], "<>&\""));
        assert_null(strpbrk(chinese[i], "<>&\""));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand), cmocka_unit_test(test_numbers), cmocka_unit_test(test_runs),  cmocka_unit_test(test_typed_marks),
        cmocka_unit_test(test_written),
        cmocka_unit_test(test_templates), cmocka_unit_test(test_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
