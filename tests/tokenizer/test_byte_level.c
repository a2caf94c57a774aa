/* tokenizer/byte_level and word_patterns: bytes as chars, and the words of GPT-2, Qwen2 and cl100k, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "tests/support/component.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/word_patterns.h"

#define G "\xC4\xA0" /* U+0120, the space */

/* The alphabet ---------------------------------------------------------------------------------------- */

/* The example of byte_level.h: a, space, the two bytes of e with acute, line feed. */
static void bytes_as_chars(void **state) {
    (void)state;
    expect_component(apply_normalizer, "{\"type\":\"ByteLevel\"}", "a \xC3\xA9\n",
                     "a" G "\xC3\x83\xC2\xA9\xC4\x8A");
    assert_int_equal(gaze_byte_to_char('a'), 'a');
    assert_int_equal(gaze_byte_to_char(' '), 0x120);
    assert_int_equal(gaze_byte_to_char('\n'), 0x10A);
    assert_int_equal(gaze_byte_to_char(0x7F), 0x121);
    assert_int_equal(gaze_byte_to_char(0xA0), 0x142);
    assert_int_equal(gaze_byte_to_char(0xAD), 0x143);
}

/* 256 bytes, 256 chars, none of them a control character or white space, and the way back. */
static void an_alphabet_of_256(void **state) {
    (void)state;
    size_t bytes = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        const uint32_t c = gaze_byte_to_char((unsigned char)byte);
        assert_true((c >= 0x21 && c <= 0x7E) || (c >= 0xA1 && c != 0xAD && c <= 0x143));
        assert_int_equal(gaze_char_to_byte(c), (int)byte);
    }
    for (uint32_t c = 0; c < 0x110000; c++) bytes += gaze_char_to_byte(c) >= 0;
    assert_int_equal(bytes, 256);
}

/* All bytes of a char share its place. */
static void alignments(void **state) {
    (void)state;
    expect_component(apply_normalizer_aligned, "{\"type\":\"ByteLevel\"}", "a\xC3\xA9 ",
                     "a(0,1)\xC3\x83(1,2)\xC2\xA9(1,2)" G "(2,3)");
}

/* Words ----------------------------------------------------------------------------------------------- */

/* Cuts the text by the scanner, with a bar between words. */
static void expect_words(gaze_pattern_finder *find, const char *text, const char *want) {
    const gaze_pattern pattern = {.find = find};
    gaze_normalized chars = {0};
    gaze_buffer out = {0};
    uint32_t *byte_at;
    size_t from = 0, at, length;
    assert_int_equal(gaze_normalized_decode(&chars, &byte_at, text, strlen(text), NULL), GAZE_OK);
    while ((length = find(&pattern, chars.chars, chars.count, from, &at)) > 0) {
        assert_int_equal(at, from); /* without gaps */
        if (from > 0) gaze_buffer_putc(&out, '|');
        gaze_chars_encode(&out, chars.chars + at, length);
        from = at + length;
    }
    assert_int_equal(from, chars.count);
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
    gaze_normalized_deinit(&chars);
    gaze_free(byte_at);
}

/* The example of word_patterns.h, and what a run of white space does before a word, before no word. */
static void words_of_gpt2(void **state) {
    (void)state;
    expect_words(gaze_find_gpt2_word, "it's 12345!  \n x", "it|'s| 12345|!|  \n| x");
    expect_words(gaze_find_gpt2_word, "a  b", "a| | b");
    expect_words(gaze_find_gpt2_word, "a\n\nb\n", "a|\n|\n|b|\n"); /* only a space is glued to a word */
    expect_words(gaze_find_gpt2_word, "a \t", "a| \t");
    expect_words(gaze_find_gpt2_word, " ", " ");
    expect_words(gaze_find_gpt2_word, "we'RE they'll've x'", "we|'|RE| they|'ll|'ve| x|'");
    expect_words(gaze_find_gpt2_word, " 's ''t", " '|s| ''|t"); /* the space takes the quote first */
    expect_words(gaze_find_gpt2_word,
                 "a\xC2\xA0"
                 "b",
                 "a|\xC2\xA0|b");
    expect_words(gaze_find_gpt2_word, "\xE0\xA4\xA8\xE0\xA5\x87x",
                 "\xE0\xA4\xA8|\xE0\xA5\x87|x"); /* a mark */
    expect_words(gaze_find_gpt2_word, "", "");
}

static void words_of_qwen2(void **state) {
    (void)state;
    expect_words(gaze_find_qwen2_word, "a(b 12345!\n x", "a|(b| |1|2|3|4|5|!\n| x");
    expect_words(gaze_find_qwen2_word, "\tx \ny", "\tx| \n|y");
    expect_words(gaze_find_qwen2_word, "x'Sy x'LLz x'\xC5\xBFy", "x|'S|y| x|'LL|z| x|'\xC5\xBF|y");
    expect_words(gaze_find_qwen2_word, "  \n \n  a", "  \n \n| | a");
    expect_words(gaze_find_qwen2_word, " !!\r\n\r\nz", " !!\r\n\r\n|z");
    expect_words(gaze_find_qwen2_word, "hello_world  ", "hello|_world|  ");
    expect_words(gaze_find_qwen2_word, "a\r\nb", "a|\r\n|b");
    expect_words(gaze_find_qwen2_word, "\n(", "\n|(");
}

static void words_of_cl100k(void **state) {
    (void)state;
    expect_words(gaze_find_cl100k_word, "a(b 12345!\n x", "a|(b| |123|45|!\n| x");
    expect_words(gaze_find_cl100k_word, "1234567", "123|456|7");
}

/* The pre-tokenizer ----------------------------------------------------------------------------------- */

#define BYTE_LEVEL(prefix, regex)                                                                            \
    "{\"type\":\"ByteLevel\",\"add_prefix_space\":" prefix ",\"trim_offsets\":true,\"use_regex\":" regex "}"

static void pre_tokenizing(void **state) {
    (void)state;
    expect_component(apply_pre_tokenizer, BYTE_LEVEL("false", "true"), "it's a",
                     "[[\"it\",[0,2]],[\"'s\",[2,4]],[\"" G "a\",[4,6]]]");
    expect_component(apply_pre_tokenizer, BYTE_LEVEL("false", "false"), "it's a", "[[\"it's" G "a\",[0,6]]]");
    /* the space that is put before the text shares the place of its first char */
    expect_component(apply_pre_tokenizer, BYTE_LEVEL("true", "true"), "it", "[[\"" G "it\",[0,2]]]");
    expect_component(apply_pre_tokenizer, BYTE_LEVEL("true", "true"), " it", "[[\"" G "it\",[0,3]]]");
    expect_component(apply_pre_tokenizer, BYTE_LEVEL("true", "true"), "\nit",
                     "[[\"" G "\",[0,1]],[\"\xC4\x8A\",[0,1]],[\"it\",[1,3]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"ByteLevel\",\"add_prefix_space\":false}", "a b",
                     "[[\"a\",[0,1]],[\"" G "b\",[1,3]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"ByteLevel\"}", "",
                     "pre_tokenizer: ByteLevel: 'add_prefix_space' is nothing, expected true or false");
}

/* Every piece by itself: white space that an earlier step cut off is put there again. */
static void a_space_for_every_piece(void **state) {
    (void)state;
    expect_component(apply_pre_tokenizer,
                     "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"WhitespaceSplit\"}," BYTE_LEVEL(
                         "true", "true") "]}",
                     "a  b", "[[\"" G "a\",[0,1]],[\"" G "b\",[3,4]]]");
}

/* Decoding -------------------------------------------------------------------------------------------- */

static void expect_decoded(const char *const *tokens, size_t count, const char *want) {
    gaze_strings in = {0}, out = {0};
    for (size_t i = 0; i < count; i++) {
        gaze_buffer_puts(&in.bytes, tokens[i]);
        gaze_strings_end(&in);
    }
    gaze_byte_level_decode(&out, &in);
    assert_int_equal(out.count, 1);
    assert_string_equal(out.bytes.data ? out.bytes.data : "", want);
    gaze_strings_deinit(&in);
    gaze_strings_deinit(&out);
}
#define EXPECT_DECODED(want, ...)                                                                            \
    expect_decoded((const char *const[]){__VA_ARGS__},                                                       \
                   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), want)

/* A char may be spread over tokens; half a char is one U+FFFD; a token with a foreign char is as it is. */
static void bytes_are_text_again(void **state) {
    (void)state;
    EXPECT_DECODED("the \xC3\xA9", "the", G "\xC3\x83", "\xC2\xA9");
    EXPECT_DECODED("a\xEF\xBF\xBD"
                   "b",
                   "a", "\xC3\x83", "b");
    EXPECT_DECODED(" <mask> \xE4\xB8\xAD" G, " <mask>", G, "\xE4\xB8\xAD" G);
    EXPECT_DECODED("", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_as_chars),       cmocka_unit_test(an_alphabet_of_256),
        cmocka_unit_test(alignments),           cmocka_unit_test(words_of_gpt2),
        cmocka_unit_test(words_of_qwen2),       cmocka_unit_test(words_of_cl100k),
        cmocka_unit_test(pre_tokenizing),       cmocka_unit_test(a_space_for_every_piece),
        cmocka_unit_test(bytes_are_text_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
