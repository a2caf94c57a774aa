/* tokenizer/added_tokens, added_search and matcher: what is found, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/encoding.h"
#include "tokenizer/matcher.h"

/* Letters are words here; the model knows a, b and [UNK] = 2. */
static gaze_tokenizer *open_with(const char *normalizer, const char *added) {
    char json[2000];
    snprintf(
        json, sizeof json,
        "{\"added_tokens\":[%s],\"normalizer\":%s,\"pre_tokenizer\":{\"type\":\"WhitespaceSplit\"},"
        "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0,\"b\":1,\"[UNK]\":2},\"unk_token\":\"[UNK]\"}}",
        added, normalizer);
    return tokenizer_of_json(json);
}

#define TOKEN(content, single_word, lstrip, rstrip, normalized, special)                                     \
    "{\"id\":99,\"content\":\"" content "\",\"single_word\":" #single_word ",\"lstrip\":" #lstrip            \
    ",\"rstrip\":" #rstrip ",\"normalized\":" #normalized ",\"special\":" #special "}"

static const char lowercase[] = "{\"type\":\"Lowercase\"}";

static size_t match(const gaze_matcher *matcher, const char *text, size_t at, int32_t *value) {
    gaze_char chars[32];
    size_t count = strlen(text);
    for (size_t i = 0; i < count; i++) chars[i] = (gaze_char){(unsigned char)text[i], 0, 0};
    return gaze_matcher_at(matcher, chars, at, count, value);
}

/* The picture of matcher.h: danc, ing, n, nci, ncx. */
static void the_longest_key_at_a_place(void **state) {
    (void)state;
    static const uint32_t danc[] = {'d', 'a', 'n', 'c'}, ing[] = {'i', 'n', 'g'}, nci[] = {'n', 'c', 'i'},
                          ncx[] = {'n', 'c', 'x'};
    const gaze_matcher_key given[] = {
        {{nci, 3}, 0}, {{nci, 1}, 1}, {{ing, 3}, 2}, {{danc, 4}, 3}, {{ncx, 3}, 4}};
    gaze_matcher_key *keys = gaze_alloc(5, sizeof *keys);
    gaze_matcher matcher;
    int32_t value = -1;
    assert_non_null(keys);
    memcpy(keys, given, sizeof given);
    gaze_matcher_init(&matcher, keys, 5);
    assert_int_equal(match(&matcher, "ancing", 1, &value), 3);
    assert_int_equal(value, 0);
    assert_int_equal(match(&matcher, "ncy", 0, &value), 1); /* n c fits no further: n alone */
    assert_int_equal(value, 1);
    assert_int_equal(match(&matcher, "nc", 0, &value), 1);
    assert_int_equal(match(&matcher, "dan", 0, &value), 0);
    assert_int_equal(match(&matcher, "x", 0, &value), 0);
    gaze_matcher_deinit(&matcher);
}

static void leftmost_then_longest(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer =
        open_with("null", TOKEN("ab", false, false, false, false,
                                false) "," TOKEN("abc", false, false, false, false,
                                                 false) "," TOKEN("bcd", false, false, false, false, false));
    assert_encoding(tokenizer, "abcd", NULL, NULL, "abc(0,3) [UNK](3,4)");
    assert_encoding(tokenizer, "abbcd", NULL, NULL, "ab(0,2) bcd(2,5)");
    gaze_tokenizer_close(tokenizer);
}

static void stripping_white_space(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_with(lowercase, TOKEN("<N>", false, true, true, true, false));
    assert_encoding(tokenizer, "a \t <N>\n b", NULL, NULL, "a(0,1)  \t <n>\n (1,9) b(9,10)");
    assert_encoding(tokenizer, "<n> <N>", NULL, NULL, "<n> (0,4) <n>(4,7)");
    gaze_tokenizer_close(tokenizer);
}

/* The search goes on behind the match itself, so that a token can begin in what the last one took. */
static void stripped_space_can_begin_a_token(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_with("null", TOKEN("<N>", false, false, true, false, false) "," TOKEN(
                                                      " <M>", false, false, false, false, false));
    assert_encoding(tokenizer, "a <N> <M>", NULL, NULL, "a(0,1) <N> (2,6)  <M>(5,9)");
    gaze_tokenizer_close(tokenizer);
}

static void single_words(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_with("null", TOKEN("foo", true, false, false, false, false) "," TOKEN(
                                                      "oo", true, false, false, false, false));
    assert_encoding(tokenizer, "foo foo-a", NULL, NULL, "foo(0,3) foo(4,7) [UNK](7,9)");
    assert_encoding(tokenizer, "xfoo foo1 _foo", NULL, NULL, "[UNK](0,4) [UNK](5,9) [UNK](10,14)");
    gaze_tokenizer_close(tokenizer);
}

/* A normalized token is sought in the normalized text; its string is the slice of that. */
static void normalized_tokens(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_with(lowercase, TOKEN("Foo", false, false, false, true, false) "," TOKEN(
                                                         "[MASK]", false, false, false, false, true));
    assert_encoding(tokenizer, "FOO A [MASK] [mask]", NULL, NULL,
                    "foo(0,3) a(4,5) [MASK](6,12) [UNK](13,19)");
    gaze_tokenizer_close(tokenizer);
}

/* Normalization does not look across a token: e and the accent behind it are not composed. */
static void tokens_stand_between_letter_and_accent(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer =
        open_with("{\"type\":\"NFC\"}", TOKEN("|", false, false, false, false, false));
    assert_encoding(tokenizer, "a|\xCC\x81", NULL, NULL, "a(0,1) |(1,2) [UNK](2,3)");
    gaze_tokenizer_close(tokenizer);
}

static void special_tokens_as_plain_text(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_with("null", TOKEN("[MASK]", false, false, false, false, true) "," TOKEN(
                                                      "<n>", false, false, false, false, false));
    const gaze_encode_options options = {.encode_special_tokens = true};
    assert_encoding(tokenizer, "a [MASK] <n>", NULL, &options, "a(0,1) [UNK](2,8) <n>(9,12)");
    gaze_tokenizer_close(tokenizer);
}

/* The ids of the file do not count: b has one already, the others get 3 and 4; empty ones are skipped. */
static void ids_are_given_out(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_with(
        "null", TOKEN("q", false, false, false, false, false) "," TOKEN(
                    "b", false, false, false, false,
                    true) "," TOKEN("", false, false, false, false,
                                    true) "," TOKEN("r", false, false, false, false,
                                                    true) "," TOKEN("q", false, true, false, false, false));
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "q", 1), 3);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "b", 1), 1);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "r", 1), 4);
    assert_int_equal(gaze_tokenizer_vocab_size(tokenizer), 5);
    assert_string_equal(gaze_tokenizer_id_to_token(tokenizer, 4, NULL), "r");
    assert_encoding(tokenizer, "a q", NULL, NULL, "a(0,1)  q(1,3)"); /* the later flags count */
    gaze_tokenizer_close(tokenizer);
}

static void refuse(const char *normalizer, const char *added, const char *message) {
    char json[1000];
    gaze_tokenizer *tokenizer;
    gaze_error err;
    snprintf(json, sizeof json,
             "{\"added_tokens\":%s,\"normalizer\":%s,"
             "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}}",
             added, normalizer);
    const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = strlen(json)};
    assert_int_not_equal(gaze_tokenizer_open_files(&tokenizer, &files, &err), GAZE_OK);
    assert_null(tokenizer);
    assert_string_equal(err.message, message);
}

static void what_is_refused(void **state) {
    (void)state;
    refuse("null", "{}", "tokenizer.json: added_tokens: an object, expected an array");
    refuse("null", "[{\"content\":\"x\"}]",
           "tokenizer.json: added_tokens: 'single_word' is nothing, expected true or false");
    refuse("null", "[{\"content\":1}]",
           "tokenizer.json: added_tokens: 'content' is a number, expected a string");
    refuse("{\"type\":\"StripAccents\"}", "[" TOKEN("\xCC\x81", false, false, false, true, false) "]",
           "tokenizer.json: added_tokens: the normalizers leave nothing of '\xCC\x81'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_key_at_a_place),
        cmocka_unit_test(leftmost_then_longest),
        cmocka_unit_test(stripping_white_space),
        cmocka_unit_test(stripped_space_can_begin_a_token),
        cmocka_unit_test(single_words),
        cmocka_unit_test(normalized_tokens),
        cmocka_unit_test(tokens_stand_between_letter_and_accent),
        cmocka_unit_test(special_tokens_as_plain_text),
        cmocka_unit_test(ids_are_given_out),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
