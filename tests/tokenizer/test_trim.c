/* tokenizer/trim, and RobertaProcessing and ByteLevel as post-processors: offsets without spaces, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/encoding.h"
#include "tokenizer/trim.h"

#define G "\xC4\xA0" /* U+0120, the space */

/* Offsets (start, end) of a token, the index-th of its window. */
static void expect_trimmed(size_t start, size_t end, size_t index, bool add_prefix_space, const char *token,
                           size_t want_start, size_t want_end) {
    const gaze_trims trims = {.add_prefix_space = {add_prefix_space}, .count = 1};
    gaze_span offsets = {start, end};
    gaze_trim(&offsets, &trims, index, token, strlen(token));
    assert_int_equal(offsets.start, want_start);
    assert_int_equal(offsets.end, want_end);
}

/* The example of trim.h; then the other side; then a token that is nothing but spaces. */
static void spaces_do_not_count(void **state) {
    (void)state;
    expect_trimmed(1, 5, 1, false, G "the", 2, 5);
    expect_trimmed(0, 1, 0, false, "a", 0, 1);
    expect_trimmed(2, 6, 1, false, "the" G, 2, 5);
    expect_trimmed(3, 4, 1, false, G, 4, 4);
    expect_trimmed(3, 5, 1, false, G G, 5, 5);
    expect_trimmed(1, 9, 1, false, "  <mask>", 3, 9); /* an added token took them */
    expect_trimmed(1, 3, 1, false, "\xE3\x80\x80x", 2, 3);
}

/* The space that was put before the text is not in it: one, of the token that is first or starts at 0. */
static void the_prepended_space(void **state) {
    (void)state;
    expect_trimmed(0, 3, 0, true, G "the", 0, 3);
    expect_trimmed(0, 3, 4, true, G "the", 0, 3);
    expect_trimmed(5, 8, 0, true, G "the", 5, 8);
    expect_trimmed(5, 9, 4, true, G "the", 6, 9);
    expect_trimmed(0, 5, 0, true, G G "the", 2, 5); /* one of the two was there */
}

/* Two processors trim one after the other. */
static void trimmed_twice(void **state) {
    (void)state;
    const gaze_trims none = {.count = 0}, twice = {.count = 2};
    gaze_span offsets = {1, 9};
    gaze_trim(&offsets, &none, 1, G "the", 5);
    assert_int_equal(offsets.start, 1);
    gaze_trim(&offsets, &twice, 1, G "the", 5);
    assert_int_equal(offsets.start, 3);
}

/* Whole tokenizers ------------------------------------------------------------------------------------ */

#define ROBERTA(trim, space)                                                                                 \
    "{\"type\":\"RobertaProcessing\",\"sep\":[\"</s>\",1],\"cls\":[\"<s>\",0],\"trim_offsets\":" trim        \
    ",\"add_prefix_space\":" space "}"
#define BYTE_LEVEL(trim, space)                                                                              \
    "{\"type\":\"ByteLevel\",\"trim_offsets\":" trim ",\"add_prefix_space\":" space "}"
#define MASK                                                                                                 \
    "{\"content\":\"<mask>\",\"single_word\":false,\"lstrip\":true,\"rstrip\":false,\"normalized\":false,"   \
    "\"special\":true}"

/* Words of letters a and b, after a space or not. */
static gaze_status open_with(gaze_tokenizer **tokenizer, const char *prefix, const char *processor,
                             gaze_error *err) {
    char json[2000];
    snprintf(
        json, sizeof json,
        "{\"added_tokens\":[" MASK "],\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":%s},"
        "\"post_processor\":%s,\"model\":{\"type\":\"BPE\",\"vocab\":{\"<s>\":0,\"</s>\":1,\"a\":2,\"b\":3,"
        "\"" G "\":4,\"" G "a\":5,\"" G "b\":6,\"<mask>\":7},\"merges\":[\"" G " a\",\"" G " b\"]}}",
        prefix, processor);
    const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = strlen(json)};
    return gaze_tokenizer_open_files(tokenizer, &files, err);
}

static gaze_tokenizer *tokenizer_with(const char *prefix, const char *processor) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    if (open_with(&tokenizer, prefix, processor, &err)) fail_msg("%s", err.message);
    return tokenizer;
}

/* Two separators between text and pair, and every type is 0. */
static void roberta(void **state) {
    (void)state;
    gaze_tokenizer *t = tokenizer_with("false", ROBERTA("true", "false"));
    gaze_tokens tokens = {0};
    assert_encoding(t, "a b", NULL, NULL, "<s>(0,0) a(0,1) " G "b(2,3) </s>(0,0)");
    assert_encoding(t, "a", " b", NULL, "<s>(0,0) a(0,1) </s>(0,0) </s>(0,0) " G "b(1,2) </s>(0,0)");
    assert_encoding(t, "a  <mask>  b", NULL, NULL,
                    "<s>(0,0) a(0,1)   <mask>(3,9) " G "(10,10) " G "b(11,12) </s>(0,0)");
    assert_int_equal(gaze_tokenizer_encode(&tokens, t, "a", 1, "b", 1, NULL, NULL), GAZE_OK);
    assert_memory_equal(tokens.type_ids, ((int32_t[6]){0}), 6 * sizeof(int32_t));
    assert_memory_equal(tokens.sequence_ids, ((int32_t[]){-1, 0, -1, -1, 1, -1}), 6 * sizeof(int32_t));
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(t);
}

static void roberta_does_not_trim(void **state) {
    (void)state;
    gaze_tokenizer *t = tokenizer_with("true", ROBERTA("false", "true"));
    assert_encoding(t, "a b", NULL, NULL, "<s>(0,0) " G "a(0,1) " G "b(1,3) </s>(0,0)");
    gaze_tokenizer_close(t);
}

/* Windows of the pair: type 0 with special tokens around them, and 1 without. */
static void types_of_windows(void **state) {
    (void)state;
    gaze_tokenizer *t = tokenizer_with("false", ROBERTA("false", "false"));
    for (int plain = 0; plain < 2; plain++) {
        const gaze_encode_options options = {.no_special_tokens = plain,
                                             .truncation = {.enabled = true,
                                                            .max_length = plain ? 2 : 6,
                                                            .strategy = GAZE_TRUNCATE_ONLY_SECOND}};
        gaze_tokens tokens = {0};
        assert_int_equal(gaze_tokenizer_encode(&tokens, t, "a", 1, "b a", 3, &options, NULL), GAZE_OK);
        assert_int_equal(tokens.overflow_count, 1);
        const gaze_tokens *window = &tokens.overflow[0];
        assert_string_equal(window->strings[plain ? 1 : 4], G "a");
        assert_int_equal(window->type_ids[plain ? 1 : 4], plain);
        assert_int_equal(tokens.type_ids[plain ? 1 : 4], 0);
        gaze_tokens_deinit(&tokens);
    }
    gaze_tokenizer_close(t);
}

/* ByteLevel adds nothing and leaves the types; the first token of a window counts as first. */
static void byte_level(void **state) {
    (void)state;
    gaze_tokenizer *t = tokenizer_with("true", BYTE_LEVEL("true", "true"));
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 1}};
    assert_encoding(t, "a b", NULL, NULL, G "a(0,1) " G "b(2,3)");
    assert_encoding(t, "a b", NULL, &options, G "a(0,1) | " G "b(1,3)");
    gaze_tokenizer_close(t);
}

static void what_is_refused(void **state) {
    (void)state;
    gaze_tokenizer *t;
    gaze_error err;
#define TWO(a, b) "{\"type\":\"Sequence\",\"processors\":[" a "," b "]}"
    assert_int_equal(open_with(&t, "true", TWO(ROBERTA("true", "true"), BYTE_LEVEL("true", "true")), &err),
                     GAZE_ERROR_UNSUPPORTED);
    assert_string_equal(
        err.message, "tokenizer.json: post_processor: ByteLevel with 'trim_offsets' after BertProcessing or "
                     "RobertaProcessing is not supported");
    assert_int_equal(open_with(&t, "true", TWO(ROBERTA("true", "true"), BYTE_LEVEL("false", "true")), NULL),
                     GAZE_OK);
    gaze_tokenizer_close(t);
    assert_int_equal(open_with(&t, "true", ROBERTA("1", "true"), &err), GAZE_ERROR_SCHEMA);
    assert_string_equal(err.message,
                        "tokenizer.json: post_processor: RobertaProcessing: 'trim_offsets' is a number, "
                        "expected true or false");
#define BL BYTE_LEVEL("true", "true")
    assert_int_equal(open_with(&t, "true", TWO(TWO(BL, BL), TWO(BL, TWO(BL, BL))), &err), GAZE_ERROR_LIMIT);
    assert_string_equal(err.message, "tokenizer.json: post_processor: offsets are trimmed more than 4 times");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_do_not_count),
        cmocka_unit_test(the_prepended_space),
        cmocka_unit_test(trimmed_twice),
        cmocka_unit_test(roberta),
        cmocka_unit_test(roberta_does_not_trim),
        cmocka_unit_test(types_of_windows),
        cmocka_unit_test(byte_level),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
