/* tokenizer/normalized and normal_form: alignments by hand. "a(0,1)" is the char a, which stands for the
 * original chars 0 up to 1. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/memory.h"
#include "tokenizer/normal_form.h"
#include "tokenizer/normalized.h"
#include "tokenizer/normalizer.h"

static gaze_normalized decode(const char *bytes, size_t length) {
    gaze_normalized text = {0};
    uint32_t *byte_at;
    assert_int_equal(gaze_normalized_decode(&text, &byte_at, bytes, length, NULL), GAZE_OK);
    assert_int_equal(byte_at[text.count], length);
    gaze_free(byte_at);
    return text;
}

/* Frees the text. */
static void expect(gaze_normalized *text, const char *want) {
    gaze_buffer got = {0};
    for (size_t i = 0; i < text->count; i++) {
        if (i) gaze_buffer_putc(&got, ' ');
        gaze_chars_encode(&got, &text->chars[i], 1);
        gaze_buffer_printf(&got, "(%u,%u)", text->chars[i].start, text->chars[i].end);
    }
    assert_string_equal(got.data ? got.data : "", want);
    gaze_buffer_deinit(&got);
    gaze_normalized_deinit(text);
}

/* Normalizes `text` by the normalizer as tokenizer.json writes it. */
static void expect_normalized(const char *json, const char *bytes, const char *want) {
    gaze_normalized text = decode(bytes, strlen(bytes));
    gaze_normalizers list;
    gaze_arena arena = {0};
    gaze_json *tree;
    assert_int_equal(gaze_json_parse(&tree, json, strlen(json), NULL, NULL), GAZE_OK);
    assert_int_equal(gaze_normalizers_read(&list, &arena, gaze_json_root(tree), NULL), GAZE_OK);
    assert_int_equal(gaze_normalizers_apply(&list, &text, NULL), GAZE_OK);
    expect(&text, want);
    gaze_arena_deinit(&arena);
    gaze_json_free(tree);
}

static void decoding(void **state) {
    (void)state;
    gaze_normalized text = decode("a\xC3\xA9", 3);
    expect(&text, "a(0,1) \xC3\xA9(1,2)");
    text = decode("", 0);
    expect(&text, "");
}

/* One U+FFFD for each maximal subpart; bytes stay true positions. */
static void ill_formed_text(void **state) {
    (void)state;
    gaze_normalized text = {0};
    uint32_t *byte_at;
    assert_int_equal(gaze_normalized_decode(&text, &byte_at, "\xE2\x82y\xC0\xAF", 5, NULL), GAZE_OK);
    assert_int_equal(byte_at[1], 2); /* y */
    assert_int_equal(byte_at[3], 4); /* the second of two U+FFFD */
    gaze_free(byte_at);
    expect(&text, "\xEF\xBF\xBD(0,1) y(1,2) \xEF\xBF\xBD(2,3) \xEF\xBF\xBD(3,4)");
}

static void text_that_is_too_long(void **state) {
    (void)state;
    gaze_normalized text = {0};
    uint32_t *byte_at;
    assert_int_equal(gaze_normalized_decode(&text, &byte_at, "", (size_t)INT32_MAX + 1, NULL),
                     GAZE_ERROR_LIMIT);
    assert_null(byte_at);
}

/* abcd -> X takes the place of a, Y is inserted, Z swallows b and c, d stays. */
static void transform_by_hand(void **state) {
    (void)state;
    gaze_normalized text = decode("abcd", 4);
    const gaze_change changes[] = {{'X', 0}, {'Y', 1}, {'Z', -1}, {'d', 0}};
    assert_int_equal(gaze_normalized_transform(&text, changes, 4, NULL), GAZE_OK);
    expect(&text, "X(0,1) Y(0,1) Z(1,2) d(3,4)");
}

static void bert_alignments(void **state) {
    (void)state;
    const char *uncased = "{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,"
                          "\"lowercase\":true}";
    expect_normalized(uncased, "Nai\xCC\x88ve", "n(0,1) a(1,2) i(2,3) v(4,5) e(5,6)");
    expect_normalized(uncased,
                      "\xCC\x81"
                      "a",
                      "a(1,2)"); /* a deleted mark leaves no trace */
    expect_normalized(uncased, "x\xE4\xB8\xAD", "x(0,1)  (1,2) \xE4\xB8\xAD(1,2)  (1,2)");
    expect_normalized(uncased, "\xEA\xB0\x81", "\xE1\x84\x80(0,1) \xE1\x85\xA1(0,1) \xE1\x86\xA8(0,1)");
}

/* After a reordering the alignment goes by position: the mark of class 220 comes first, and has place 1. */
static void alignment_of_reordered_marks(void **state) {
    (void)state;
    expect_normalized("{\"type\":\"NFD\"}", "q\xCC\x87\xCC\xA3z",
                      "q(0,1) \xCC\xA3(1,2) \xCC\x87(2,3) z(3,4)");
}

/* A composed char stands for the first of the chars that it was made of. */
static void alignment_of_composed_chars(void **state) {
    (void)state;
    expect_normalized("{\"type\":\"NFC\"}", "e\xCC\x81x", "\xC3\xA9(0,1) x(2,3)");
    expect_normalized("{\"type\":\"NFC\"}", "a\xCC\x87\xCC\xA3", "\xE1\xBA\xA1(0,1) \xCC\x87(2,3)");
    expect_normalized("{\"type\":\"NFKC\"}", "\xEF\xAC\x81", "f(0,1) i(0,1)");
    expect_normalized("{\"type\":\"NFC\"}",
                      "\xCC\x81"
                      "e",
                      "\xCC\x81(0,1) e(1,2)"); /* nothing to stand on */
}

static void inserted_text(void **state) {
    (void)state;
    expect_normalized("{\"type\":\"Prepend\",\"prepend\":\"__\"}", "ab", "_(0,1) _(0,1) a(0,1) b(1,2)");
    expect_normalized("{\"type\":\"Replace\",\"pattern\":{\"String\":\"bc\"},\"content\":\"XYZ\"}", "abcd",
                      "a(0,1) X(2,3) Y(2,3) Z(2,3) d(3,4)");
    expect_normalized("{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true}", " a b ",
                      "a(1,2)  (2,3) b(3,4)");
}

/* Marks of two classes in turn, 100,000 of them: sorted stably, and not by swapping neighbours. */
static void many_marks_on_one_letter(void **state) {
    (void)state;
    enum { MARKS = 100000 };
    gaze_normalized text = {0};
    gaze_normalized_push(&text, 'a', 0, 1);
    for (uint32_t i = 0; i < MARKS; i++) gaze_normalized_push(&text, i % 2 ? 0x323 : 0x307, i + 1, i + 2);
    assert_int_equal(gaze_normal_form(&text, GAZE_CANONICAL, false, NULL), GAZE_OK);
    assert_int_equal(text.count, MARKS + 1);
    for (size_t i = 1; i <= MARKS; i++) {
        assert_int_equal(text.chars[i].code_point, i <= MARKS / 2 ? 0x323 : 0x307);
        assert_int_equal(text.chars[i].start, i);
    }
    gaze_normalized_deinit(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoding),
        cmocka_unit_test(ill_formed_text),
        cmocka_unit_test(text_that_is_too_long),
        cmocka_unit_test(transform_by_hand),
        cmocka_unit_test(bert_alignments),
        cmocka_unit_test(alignment_of_reordered_marks),
        cmocka_unit_test(alignment_of_composed_chars),
        cmocka_unit_test(inserted_text),
        cmocka_unit_test(many_marks_on_one_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
