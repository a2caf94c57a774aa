/* Normalizers and pre-tokenizers one by one: by hand first, then what Hugging Face recorded of each. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tokenizer/normalizer.h"
#include "tokenizer/pre_tokenizer.h"
#include "core/base/buffer.h"
#include "core/base/file.h"
#include "tests/support/component.h"
#include "tests/support/golden.h"
#include "tests/support/json_patch.h"

/* By hand --------------------------------------------------------------------------------------------- */

static void normalizers_by_hand(void **state) {
    (void)state;
    const char *bert = "{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,"
                       "\"strip_accents\":null,\"lowercase\":true}";
    expect_component(apply_normalizer, bert, "  H\xC3\xA9llo\t\xE5\x8D\x9Ax", "  hello  \xE5\x8D\x9A x");
    expect_component(apply_normalizer, bert,
                     "a\vb\xC2\xA0"
                     "c",
                     "ab c");                                  /* vertical tab is a control, U+00A0 a space */
    expect_component(apply_normalizer, bert, "\xC4\xB0", "i"); /* U+0130, whose dot goes as an accent */
    expect_component(apply_normalizer, "{\"type\":\"Lowercase\"}", "\xC4\xB0\xCE\xA3",
                     "i\xCC\x87\xCF\x83"); /* no final sigma */
    expect_component(apply_normalizer, "{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":false}",
                     " a ", "a ");
    expect_component(apply_normalizer, "{\"type\":\"Prepend\",\"prepend\":\"_\"}", "a", "_a");
    expect_component(apply_normalizer, "{\"type\":\"Prepend\",\"prepend\":\"_\"}", "", "");
    expect_component(apply_normalizer,
                     "{\"type\":\"Replace\",\"pattern\":{\"String\":\"ab\"},\"content\":\"c\"}", "ababa",
                     "cca");
    expect_component(
        apply_normalizer,
        "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFD\"},{\"type\":\"Sequence\",\"normalizers\":"
        "[{\"type\":\"StripAccents\"}]}]}",
        "\xC3\xA9", "e");
    expect_component(apply_normalizer, "null", "A", "A");
}

/* What the library's nmt.rs says: the first and the last of each range goes or becomes a space, its neighbours stay. */
static void controls_and_spaces_of_nmt(void **state) {
    (void)state;
    const char *nmt = "{\"type\":\"Nmt\"}";
    expect_component(apply_normalizer, nmt, "a\x01\x08\x0B\x0E\x1F\x7F\xC2\x8F\xC2\x9F" "b", "ab");
    expect_component(apply_normalizer, nmt, "\xC2\x80\xC2\x8E\xC2\x90\xC2\x9E\xC2\xA0\x20~",
                     "\xC2\x80\xC2\x8E\xC2\x90\xC2\x9E\xC2\xA0\x20~");
    expect_component(apply_normalizer, nmt, "\t\n\f\r\xE1\x9A\x80", "     ");
    expect_component(apply_normalizer, nmt,
                     "\xE2\x80\x8B\xE2\x80\x8F\xE2\x80\xA8\xE2\x80\xA9\xE2\x96\x81\xEF\xBB\xBF\xEF\xBF\xBD", "       ");
    expect_component(apply_normalizer, nmt, "\xE2\x80\x8A\xE2\x80\x90\xE2\x80\xAA\xE2\x96\x80\xE2\x96\x82",
                     "\xE2\x80\x8A\xE2\x80\x90\xE2\x80\xAA\xE2\x96\x80\xE2\x96\x82");
}

/* Lowercase before the list: the A that Replace looks for is an a by then. A full list has no room. */
static void lower_case_comes_first(void **state) {
    (void)state;
    gaze_normalizers list;
    gaze_arena arena = {0};
    gaze_json *json = NULL;
    gaze_normalized chars = {0};
    uint32_t *byte_at = NULL;
    gaze_buffer out = {0};
    const char *replace = "{\"type\":\"Replace\",\"pattern\":{\"String\":\"A\"},\"content\":\"x\"}";
    assert_int_equal(gaze_json_parse(&json, replace, strlen(replace), NULL, NULL), GAZE_OK);
    assert_int_equal(gaze_normalizers_read(&list, &arena, gaze_json_root(json), NULL), GAZE_OK);
    assert_int_equal(gaze_normalizers_lower_case(&list, NULL), GAZE_OK);
    assert_int_equal(gaze_normalized_decode(&chars, &byte_at, "BAr", 3, NULL), GAZE_OK);
    assert_int_equal(gaze_normalizers_apply(&list, &chars, NULL), GAZE_OK);
    gaze_chars_encode(&out, chars.chars, chars.count);
    assert_string_equal(out.data, "bar");
    while (list.count < GAZE_MAX_COMPONENTS) gaze_normalizers_lower_case(&list, NULL);
    assert_int_equal(gaze_normalizers_lower_case(&list, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&out);
    gaze_normalized_deinit(&chars);
    gaze_free(byte_at);
    gaze_json_free(json);
    gaze_arena_deinit(&arena);
}

static void pre_tokenizers_by_hand(void **state) {
    (void)state;
    expect_component(apply_pre_tokenizer, "{\"type\":\"BertPreTokenizer\"}", "Hi, you",
                     "[[\"Hi\",[0,2]],[\",\",[2,3]],[\"you\",[4,7]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"Whitespace\"}", "a-- b",
                     "[[\"a\",[0,1]],[\"--\",[1,3]],[\"b\",[4,5]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"Digits\",\"individual_digits\":false}", "a12",
                     "[[\"a\",[0,1]],[\"12\",[1,3]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"FixedLength\",\"length\":2}", "abcde",
                     "[[\"ab\",[0,2]],[\"cd\",[2,4]],[\"e\",[4,5]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"WhitespaceSplit\"}", "  ", "[]");
}

/* The five behaviours on "a--b-", whose matches are three single "-". */
static void what_becomes_of_delimiters(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Removed", "[[\"a\",[0,1]],[\"b\",[3,4]]]"},
        {"Isolated", "[[\"a\",[0,1]],[\"-\",[1,2]],[\"-\",[2,3]],[\"b\",[3,4]],[\"-\",[4,5]]]"},
        {"MergedWithPrevious", "[[\"a-\",[0,2]],[\"-\",[2,3]],[\"b-\",[3,5]]]"},
        {"MergedWithNext", "[[\"a\",[0,1]],[\"-\",[1,2]],[\"-b\",[2,4]],[\"-\",[4,5]]]"},
        {"Contiguous", "[[\"a\",[0,1]],[\"--\",[1,3]],[\"b\",[3,4]],[\"-\",[4,5]]]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char component[200];
        snprintf(component, sizeof component,
                 "{\"type\":\"Split\",\"pattern\":{\"String\":\"-\"},\"behavior\":\"%s\",\"invert\":false}",
                 cases[i][0]);
        expect_component(apply_pre_tokenizer, component, "a--b-", cases[i][1]);
    }
}

/* Two engines read \w+|[^\w\s]+ in two ways: for Rust's the joiner U+200D is a word char; for Oniguruma it is
 * none, and a superscript two is one at the beginning of a match, but also [^\w\s] behind a bracket. */
static void two_kinds_of_word(void **state) {
    (void)state;
    const char *split = "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\w+|[^\\\\w\\\\s]+\"},"
                        "\"behavior\":\"Isolated\",\"invert\":false}";
    expect_component(apply_pre_tokenizer, "{\"type\":\"Whitespace\"}", "a\xE2\x80\x8D\x62",
                     "[[\"a\xE2\x80\x8D\x62\",[0,3]]]");
    expect_component(apply_pre_tokenizer, split, "a\xE2\x80\x8D\x62",
                     "[[\"a\",[0,1]],[\"\xE2\x80\x8D\",[1,2]],[\"b\",[2,3]]]");
    expect_component(apply_pre_tokenizer, split, "x\xC2\xB2]\xC2\xB2",
                     "[[\"x\xC2\xB2\",[0,2]],[\"]\xC2\xB2\",[2,4]]]");
}

static void what_cannot_be_read(void **state) {
    (void)state;
    expect_component(apply_normalizer, "{\"type\":\"Transliterate\"}", "",
                     "normalizer: 'Transliterate' is not one that gaze knows");
    expect_component(apply_normalizer, "{\"type\":\"Strip\",\"strip_left\":1,\"strip_right\":true}", "",
                     "normalizer: Strip: 'strip_left' is a number, expected true or false");
    expect_component(apply_normalizer, "{\"type\":3}", "", "normalizer: 'type' is a number, expected a string");
    expect_component(apply_normalizer, "{\"type\":\"Sequence\",\"normalizers\":{}}", "",
                     "normalizer: Sequence: 'normalizers' is an object, expected an array");
    expect_component(apply_normalizer, "{\"type\":\"Sequence\"}", "",
                     "normalizer: Sequence: 'normalizers' is nothing, expected an array");
    expect_component(apply_normalizer,
                     "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"a|b\"},\"content\":\"\"}", "",
                     "normalizer: the regular expression \"a|b\" is not one that gaze knows");
    expect_component(apply_normalizer,
                     "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"\"}", "",
                     "normalizer: an empty 'pattern' is not supported");
    expect_component(apply_normalizer, "{}", "", "normalizer: 'type' is nothing, expected a string");
    expect_component(apply_normalizer, "[]", "", "normalizer: an array, expected an object or null");
    expect_component(apply_pre_tokenizer, "{\"type\":\"UnicodeScripts\"}", "",
                     "pre_tokenizer: 'UnicodeScripts' is not one that gaze knows");
    expect_component(apply_pre_tokenizer, "{\"type\":\"FixedLength\",\"length\":0}", "",
                     "pre_tokenizer: FixedLength: 'length' is 0, expected 1 or more");
    expect_component(apply_pre_tokenizer, "{\"type\":\"CharDelimiterSplit\",\"delimiter\":\"ab\"}", "",
                     "pre_tokenizer: CharDelimiterSplit: 'delimiter' is 2 chars, expected 1");
#define FOUR_TIMES(json)   json "," json "," json "," json
#define THIRTY_TWO(json)   FOUR_TIMES(FOUR_TIMES(json)) "," FOUR_TIMES(FOUR_TIMES(json))
#define NFC                "{\"type\":\"NFC\"}"
#define WHITESPACE         "{\"type\":\"Whitespace\"}"
#define PRE_TOKENIZERS(it) "{\"type\":\"Sequence\",\"pretokenizers\":[" it "]}"
    expect_component(apply_normalizer,
                     "{\"type\":\"Sequence\",\"normalizers\":[" THIRTY_TWO(NFC) "," NFC "]}", "",
                     "normalizer: more than 32 components");
    expect_component(apply_pre_tokenizer, PRE_TOKENIZERS(THIRTY_TWO(WHITESPACE) "," WHITESPACE), "",
                     "pre_tokenizer: more than 32 components");
    expect_component(apply_pre_tokenizer, PRE_TOKENIZERS(THIRTY_TWO(WHITESPACE) ",{\"type\":\"BertPreTokenizer\"}"),
                     "", "pre_tokenizer: more than 32 components");
    expect_component(apply_pre_tokenizer,
                     "{\"type\":\"Metaspace\",\"replacement\":\"_\",\"add_prefix_space\":false,"
                     "\"prepend_scheme\":\"first\"}",
                     "", "pre_tokenizer: Metaspace: 'add_prefix_space' is false, but 'prepend_scheme' is not \"never\"");
    expect_component(apply_pre_tokenizer,
                     "{\"type\":\"Metaspace\",\"replacement\":\"_\",\"add_prefix_space\":false,"
                     "\"prepend_scheme\":\"never\"}",
                     "a", "[[\"a\",[0,1]]]");
    expect_component(apply_pre_tokenizer, "{\"type\":\"Punctuation\",\"behavior\":\"Odd\"}", "",
                     "pre_tokenizer: Punctuation: 'behavior' is \"Odd\", which gaze does not know");
}

/* Goldens --------------------------------------------------------------------------------------------- */

static bool agrees(const gaze_json_value *line, gaze_status *status, gaze_error *err) {
    const gaze_json_value *normalizer = gaze_json_get(line, "normalizer"),
                          *text = gaze_json_get(line, "text");
    const gaze_json_value *pre_tokenizer = gaze_json_get(line, "pre_tokenizer");
    gaze_buffer got = {0}, want = {0};
    if (normalizer) {
        const gaze_json_value *normalized = gaze_json_get(line, "normalized");
        *status = apply_normalizer(&got, normalizer, text->as.text, text->length, err);
        gaze_buffer_append(&want, normalized->as.text, normalized->length);
    } else {
        *status = apply_pre_tokenizer(&got, pre_tokenizer, text->as.text, text->length, err);
        json_write(&want, gaze_json_get(line, "pre_tokens"));
    }
    bool same =
        !*status && got.length == want.length && (!want.length || !memcmp(got.data, want.data, want.length));
    if (!*status && !same) print_message("got %s\nexpected %s\n", got.data ? got.data : "", want.data);
    gaze_buffer_deinit(&got);
    gaze_buffer_deinit(&want);
    return same;
}

static void goldens(void **state) {
    (void)state;
    golden_file file;
    size_t failures = 0;
    if (!golden_open(&file, "tokenizers/goldens/components.jsonl.gz")) skip();
    for (const gaze_json_value *line; (line = golden_next(&file));) {
        gaze_status status;
        gaze_error err;
        if (agrees(line, &status, &err)) continue;
        if (status) print_message("%s\n", err.message);
        if (++failures <= 5) print_message("%.*s\n", (int)file.length, file.line);
    }
    assert_int_equal(file.number, 1152);
    golden_close(&file);
    assert_int_equal(failures, 0);
}

/* What the normalizers of the toy Unigram tokenizer make of the texts for which that was recorded. */
static void goldens_of_unigram(void **state) {
    (void)state;
    golden_file file;
    gaze_json *toy;
    gaze_file text;
    size_t compared = 0;
    if (!golden_open(&file, "tokenizers/goldens/toy-unigram.jsonl.gz")) skip();
    const char *path = golden_path("tokenizers/goldens/toy-unigram/tokenizer.json");
    assert_int_equal(gaze_file_open(&text, path, GAZE_FILE_READ, 0, NULL), GAZE_OK);
    assert_int_equal(gaze_json_parse(&toy, (const char *)text.data, text.size, NULL, NULL), GAZE_OK);
    for (const gaze_json_value *line; (line = golden_next(&file));) {
        const gaze_json_value *want = gaze_json_get(line, "normalized"), *given = gaze_json_get(line, "text");
        gaze_buffer got = {0};
        if (!want) continue;
        assert_int_equal(apply_normalizer(&got, gaze_json_get(gaze_json_root(toy), "normalizer"),
                                          given->as.text, given->length, NULL),
                         GAZE_OK);
        assert_int_equal(got.length, want->length);
        assert_memory_equal(got.data, want->as.text, want->length);
        gaze_buffer_deinit(&got);
        compared++;
    }
    gaze_json_free(toy);
    gaze_file_close(&text);
    golden_close(&file);
    assert_int_equal(compared, 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_and_spaces_of_nmt),
        cmocka_unit_test(lower_case_comes_first),
        cmocka_unit_test(normalizers_by_hand),        cmocka_unit_test(pre_tokenizers_by_hand),
        cmocka_unit_test(what_becomes_of_delimiters), cmocka_unit_test(two_kinds_of_word),
        cmocka_unit_test(what_cannot_be_read),        cmocka_unit_test(goldens),
        cmocka_unit_test(goldens_of_unigram),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
