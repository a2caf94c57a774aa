/* Normalizers and pre-tokenizers one by one: by hand first, then what Hugging Face recorded of each. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "tests/support/golden.h"
#include "tests/support/json_patch.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/pre_tokenizer.h"

/* Applying one component ------------------------------------------------------------------------------- */

/* Appends `text` after the normalizers of `json`; UNSUPPORTED and the like when they cannot be read. */
static gaze_status normalize(gaze_buffer *out, const gaze_json_value *json, const char *text, size_t length,
                             gaze_error *err) {
    gaze_arena arena = {0};
    gaze_normalizers list;
    gaze_normalized chars = {0};
    uint32_t *byte_at = NULL;
    gaze_status status = gaze_normalizers_read(&list, &arena, json, err);
    if (!status) status = gaze_normalized_decode(&chars, &byte_at, text, length, err);
    if (!status) status = gaze_normalizers_apply(&list, &chars, err);
    if (!status) gaze_chars_encode(out, chars.chars, chars.count);
    gaze_normalized_deinit(&chars);
    gaze_free(byte_at);
    gaze_arena_deinit(&arena);
    return status;
}

/* Appends the pieces as [["string",[start,end]],...]. */
static gaze_status pre_tokenize(gaze_buffer *out, const gaze_json_value *json, const char *text,
                                size_t length, gaze_error *err) {
    gaze_arena arena = {0};
    gaze_pre_tokenizers list;
    gaze_pieces pieces = {0};
    uint32_t *byte_at = NULL;
    gaze_status status = gaze_pre_tokenizers_read(&list, &arena, json, err);
    if (!status) status = gaze_normalized_decode(&pieces.text, &byte_at, text, length, err);
    if (!status) assert_true(gaze_pieces_push(&pieces, 0, pieces.text.count, GAZE_NO_TOKEN));
    if (!status) status = gaze_pre_tokenizers_apply(&list, &pieces, err);
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < pieces.count && !status; i++) {
        const gaze_piece *piece = &pieces.items[i];
        const gaze_char *chars = pieces.text.chars;
        gaze_buffer string = {0};
        gaze_chars_encode(&string, chars + piece->start, piece->end - piece->start);
        gaze_buffer_puts(out, i ? ",[" : "[");
        gaze_buffer_put_json_string(out, string.data, string.length);
        gaze_buffer_printf(out, ",[%u,%u]]", chars[piece->start].start, chars[piece->end - 1].end);
        gaze_buffer_deinit(&string);
    }
    gaze_buffer_putc(out, ']');
    gaze_pieces_deinit(&pieces);
    gaze_free(byte_at);
    gaze_arena_deinit(&arena);
    return status;
}

typedef gaze_status applier(gaze_buffer *out, const gaze_json_value *json, const char *text, size_t length,
                            gaze_error *err);

/* `apply` with a component as it stands in tokenizer.json; "ERROR: ..." when it cannot be read. */
static void expect(applier *apply, const char *component, const char *text, const char *want) {
    gaze_json *json;
    gaze_buffer out = {0};
    gaze_error err;
    assert_int_equal(gaze_json_parse(&json, component, strlen(component), NULL, NULL), GAZE_OK);
    if (apply(&out, gaze_json_root(json), text, strlen(text), &err)) {
        gaze_buffer_clear(&out);
        gaze_buffer_puts(&out, err.message);
    }
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
    gaze_json_free(json);
}

/* By hand --------------------------------------------------------------------------------------------- */

static void normalizers_by_hand(void **state) {
    (void)state;
    const char *bert = "{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,"
                       "\"strip_accents\":null,\"lowercase\":true}";
    expect(normalize, bert, "  H\xC3\xA9llo\t\xE5\x8D\x9Ax", "  hello  \xE5\x8D\x9A x");
    expect(normalize, bert,
           "a\vb\xC2\xA0"
           "c",
           "ab c");                           /* vertical tab is a control, U+00A0 a space */
    expect(normalize, bert, "\xC4\xB0", "i"); /* U+0130, whose dot goes as an accent */
    expect(normalize, "{\"type\":\"Lowercase\"}", "\xC4\xB0\xCE\xA3",
           "i\xCC\x87\xCF\x83"); /* no final sigma */
    expect(normalize, "{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":false}", " a ", "a ");
    expect(normalize, "{\"type\":\"Prepend\",\"prepend\":\"_\"}", "a", "_a");
    expect(normalize, "{\"type\":\"Prepend\",\"prepend\":\"_\"}", "", "");
    expect(normalize, "{\"type\":\"Replace\",\"pattern\":{\"String\":\"ab\"},\"content\":\"c\"}", "ababa",
           "cca");
    expect(
        normalize,
        "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFD\"},{\"type\":\"Sequence\",\"normalizers\":"
        "[{\"type\":\"StripAccents\"}]}]}",
        "\xC3\xA9", "e");
    expect(normalize, "null", "A", "A");
}

static void pre_tokenizers_by_hand(void **state) {
    (void)state;
    expect(pre_tokenize, "{\"type\":\"BertPreTokenizer\"}", "Hi, you",
           "[[\"Hi\",[0,2]],[\",\",[2,3]],[\"you\",[4,7]]]");
    expect(pre_tokenize, "{\"type\":\"Whitespace\"}", "a-- b",
           "[[\"a\",[0,1]],[\"--\",[1,3]],[\"b\",[4,5]]]");
    expect(pre_tokenize, "{\"type\":\"Digits\",\"individual_digits\":false}", "a12",
           "[[\"a\",[0,1]],[\"12\",[1,3]]]");
    expect(pre_tokenize, "{\"type\":\"FixedLength\",\"length\":2}", "abcde",
           "[[\"ab\",[0,2]],[\"cd\",[2,4]],[\"e\",[4,5]]]");
    expect(pre_tokenize, "{\"type\":\"WhitespaceSplit\"}", "  ", "[]");
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
        expect(pre_tokenize, component, "a--b-", cases[i][1]);
    }
}

/* Two engines read \w+|[^\w\s]+ in two ways: for Rust's the joiner U+200D is a word char; for Oniguruma it is
 * none, and a superscript two is one at the beginning of a match, but also [^\w\s] behind a bracket. */
static void two_kinds_of_word(void **state) {
    (void)state;
    const char *split = "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\w+|[^\\\\w\\\\s]+\"},"
                        "\"behavior\":\"Isolated\",\"invert\":false}";
    expect(pre_tokenize, "{\"type\":\"Whitespace\"}", "a\xE2\x80\x8D\x62", "[[\"a\xE2\x80\x8D\x62\",[0,3]]]");
    expect(pre_tokenize, split, "a\xE2\x80\x8D\x62",
           "[[\"a\",[0,1]],[\"\xE2\x80\x8D\",[1,2]],[\"b\",[2,3]]]");
    expect(pre_tokenize, split, "x\xC2\xB2]\xC2\xB2", "[[\"x\xC2\xB2\",[0,2]],[\"]\xC2\xB2\",[2,4]]]");
}

static void what_cannot_be_read(void **state) {
    (void)state;
    expect(normalize, "{\"type\":\"Transliterate\"}", "",
           "normalizer: 'Transliterate' is not one that gaze knows");
    expect(normalize, "{\"type\":\"Strip\",\"strip_left\":1,\"strip_right\":true}", "",
           "normalizer: Strip: 'strip_left' is a number, expected true or false");
    expect(normalize, "{\"type\":\"Sequence\"}", "",
           "normalizer: Sequence: 'normalizers' is nothing, expected an array");
    expect(normalize, "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"a|b\"},\"content\":\"\"}", "",
           "normalizer: the regular expression \"a|b\" is not one that gaze knows");
    expect(normalize, "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"\"}", "",
           "normalizer: an empty 'pattern' is not supported");
    expect(normalize, "{}", "", "normalizer: 'type' is nothing, expected a string");
    expect(normalize, "[]", "", "normalizer: an array, expected an object or null");
    expect(pre_tokenize, "{\"type\":\"UnicodeScripts\"}", "",
           "pre_tokenizer: 'UnicodeScripts' is not one that gaze knows");
    expect(pre_tokenize, "{\"type\":\"FixedLength\",\"length\":0}", "",
           "pre_tokenizer: FixedLength: 'length' is 0, expected 1 or more");
    expect(pre_tokenize, "{\"type\":\"CharDelimiterSplit\",\"delimiter\":\"ab\"}", "",
           "pre_tokenizer: CharDelimiterSplit: 'delimiter' is 2 chars, expected 1");
    expect(pre_tokenize, "{\"type\":\"Punctuation\",\"behavior\":\"Odd\"}", "",
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
        *status = normalize(&got, normalizer, text->as.text, text->length, err);
        gaze_buffer_append(&want, normalized->as.text, normalized->length);
    } else {
        *status = pre_tokenize(&got, pre_tokenizer, text->as.text, text->length, err);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normalizers_by_hand),        cmocka_unit_test(pre_tokenizers_by_hand),
        cmocka_unit_test(what_becomes_of_delimiters), cmocka_unit_test(two_kinds_of_word),
        cmocka_unit_test(what_cannot_be_read),        cmocka_unit_test(goldens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
