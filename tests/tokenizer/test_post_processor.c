/* tokenizer/post_processor and apply_template: templates, type ids and the order of windows, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/encoding.h"

#define CLS       "{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}}"
#define SEP(type) "{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":" #type "}}"
#define A(type)   "{\"Sequence\":{\"id\":\"A\",\"type_id\":" #type "}}"
#define B(type)   "{\"Sequence\":{\"id\":\"B\",\"type_id\":" #type "}}"
#define TEMPLATE(single, pair)                                                                               \
    "{\"type\":\"TemplateProcessing\",\"single\":[" single "],\"pair\":[" pair "],\"special_tokens\":{"      \
    "\"[CLS]\":{\"id\":\"[CLS]\",\"ids\":[7],\"tokens\":[\"[CLS]\"]},"                                       \
    "\"[SEP]\":{\"id\":\"[SEP]\",\"ids\":[8],\"tokens\":[\"[SEP]\"]}}}"

static const char bert_template[] =
    TEMPLATE(CLS "," A(0) "," SEP(0), CLS "," A(0) "," SEP(0) "," B(1) "," SEP(1));

/* A tokenizer whose words are the letters a to g, ids 0 to 6. */
static gaze_status open_with(gaze_tokenizer **tokenizer, const char *processor, gaze_error *err) {
    char json[3000];
    snprintf(json, sizeof json,
             "{\"pre_tokenizer\":{\"type\":\"WhitespaceSplit\"},\"post_processor\":%s,\"model\":{\"type\":"
             "\"WordLevel\",\"unk_token\":\"a\",\"vocab\":{\"a\":0,\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,"
             "\"g\":6,\"[CLS]\":7,\"[SEP]\":8}}}",
             processor);
    const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = strlen(json)};
    return gaze_tokenizer_open_files(tokenizer, &files, err);
}

static gaze_tokenizer *processor(const char *json) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    if (open_with(&tokenizer, json, &err)) fail_msg("%s", err.message);
    return tokenizer;
}

/* "0011" of the pair "a b" and "c", with `special` tokens or not. */
static void expect_types(const char *json, bool special, const char *want) {
    gaze_tokenizer *tokenizer = processor(json);
    const gaze_encode_options options = {.no_special_tokens = !special};
    gaze_tokens tokens = {0};
    char got[32] = "";
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "a b", 3, "c", 1, &options, NULL), GAZE_OK);
    for (size_t i = 0; i < tokens.count; i++) got[i] = (char)('0' + tokens.type_ids[i]);
    assert_string_equal(got, want);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

static const char bert_processing[] =
    "{\"type\":\"BertProcessing\",\"sep\":[\"[SEP]\",8],\"cls\":[\"[CLS]\",7]}";

static void special_tokens_around_the_text(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = processor(bert_template);
    const gaze_encode_options plain = {.no_special_tokens = true};
    assert_encoding(tokenizer, "a b", NULL, NULL, "[CLS](0,0) a(0,1) b(2,3) [SEP](0,0)");
    assert_encoding(tokenizer, "a", "b", NULL, "[CLS](0,0) a(0,1) [SEP](0,0) b(0,1) [SEP](0,0)");
    assert_encoding(tokenizer, "a", "b", &plain, "a(0,1) b(0,1)");
    assert_encoding(tokenizer, "", NULL, NULL, "[CLS](0,0) [SEP](0,0)");
    gaze_tokenizer_close(tokenizer);
}

static void type_ids(void **state) {
    (void)state;
    expect_types(bert_template, true, "000011");
    expect_types(bert_template, false, "001");
    expect_types(bert_processing, true, "000011");
    expect_types("null", true, "001");
    expect_types(TEMPLATE(A(5), B(2) "," CLS "," A(7) "," A(1)), true, "207711");
    expect_types("{\"type\":\"Sequence\",\"processors\":[]}", true, "001");
}

/* The fields decide, whatever "type" says. */
static void recognised_by_its_fields(void **state) {
    (void)state;
    expect_types("{\"type\":\"Other\",\"sep\":[\"[SEP]\",8],\"cls\":[\"[CLS]\",7]}", true, "000011");
}

static void masks(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = processor(bert_template);
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "a", 1, "b", 1, NULL, NULL), GAZE_OK);
    assert_memory_equal(tokens.special, ((uint8_t[]){1, 0, 1, 0, 1}), 5);
    assert_memory_equal(tokens.attention, ((uint8_t[]){1, 1, 1, 1, 1}), 5);
    assert_memory_equal(tokens.sequence_ids, ((int32_t[]){-1, 0, -1, 1, -1}), 5 * sizeof(int32_t));
    assert_memory_equal(tokens.word_ids, ((int32_t[]){-1, 0, -1, 0, -1}), 5 * sizeof(int32_t));
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

/* Windows: every one of the text meets every one of the pair, in the order of apply_template.c. */
static void windows_of_a_pair(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = processor("null");
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 2}};
    assert_encoding(tokenizer, "a b", "c d", &options,
                    "a(0,1) c(0,1) | b(2,3) c(0,1) | b(2,3) d(2,3) | a(0,1) d(2,3)");
    assert_encoding(tokenizer, "a b c", NULL, &options, "a(0,1) b(2,3) | c(4,5)");
    gaze_tokenizer_close(tokenizer);
}

/* The template sets the types of what stays only; a window of the pair keeps 1. */
static void type_ids_of_windows(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = processor(TEMPLATE(A(3), A(3) "," B(4)));
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 2}};
    gaze_tokens t = {0};
    assert_int_equal(gaze_tokenizer_encode(&t, tokenizer, "a b", 3, "c d", 3, &options, NULL), GAZE_OK);
    assert_int_equal(t.overflow_count, 3);
    assert_memory_equal(t.type_ids, ((int32_t[]){3, 4}), 8);
    assert_memory_equal(t.overflow[0].type_ids, ((int32_t[]){0, 4}),
                        8); /* another window of A, B as it stays */
    assert_memory_equal(t.overflow[1].type_ids, ((int32_t[]){0, 1}), 8);
    assert_memory_equal(t.overflow[2].type_ids, ((int32_t[]){3, 1}), 8);
    gaze_tokens_deinit(&t);
    gaze_tokenizer_close(tokenizer);
}

static void refuse(const char *json, gaze_status status, const char *message) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    assert_int_equal(open_with(&tokenizer, json, &err), status);
    assert_string_equal(err.message, message);
}

static void what_is_refused(void **state) {
    (void)state;
    refuse("{\"type\":\"Other\"}", GAZE_ERROR_UNSUPPORTED,
           "tokenizer.json: post_processor: 'Other' is not one that gaze knows");
    refuse(
        "{\"type\":\"ByteLevel\",\"trim_offsets\":true}", GAZE_ERROR_SCHEMA,
        "tokenizer.json: post_processor: ByteLevel: 'add_prefix_space' is nothing, expected true or false");
    refuse(TEMPLATE(A(0) "," B(1), A(0)), GAZE_ERROR_SCHEMA,
           "tokenizer.json: post_processor: the template 'single' has the sequence B, expected A alone");
    refuse(TEMPLATE("{\"SpecialToken\":{\"id\":\"X\",\"type_id\":0}}", A(0)), GAZE_ERROR_SCHEMA,
           "tokenizer.json: post_processor: special token 'X': expected as many 'ids' as 'tokens'");
    refuse("{\"type\":\"TemplateProcessing\",\"single\":[" CLS "],\"pair\":[" A(0) "],\"special_tokens\":[]}", GAZE_ERROR_SCHEMA,
           "tokenizer.json: post_processor: special token '[CLS]': expected as many 'ids' as 'tokens'");
    refuse("{\"sep\":[\"[SEP]\",9],\"cls\":[\"[CLS]\",7]}", GAZE_ERROR_NOT_FOUND,
           "tokenizer.json: post_processor: '[SEP]' has the id 9, which no token has");
    refuse("{\"sep\":\"[SEP]\",\"cls\":[\"[CLS]\",7]}", GAZE_ERROR_SCHEMA,
           "tokenizer.json: post_processor: 'sep': expected [token, id]");
    refuse(
        "{\"sep\":[\"[SEP]\",-8],\"cls\":[\"[CLS]\",7]}", GAZE_ERROR_SCHEMA,
        "tokenizer.json: post_processor: special token: a string and a number, expected a string and an id");
    refuse(
        TEMPLATE("{}", A(0)), GAZE_ERROR_SCHEMA,
        "tokenizer.json: post_processor: 'single': expected {\"Sequence\": ...} or {\"SpecialToken\": ...}");
    char two[400];
    snprintf(two, sizeof two, "{\"type\":\"Sequence\",\"processors\":[%s,%s]}", bert_processing,
             bert_processing);
    refuse(two, GAZE_ERROR_UNSUPPORTED,
           "tokenizer.json: post_processor: two of a sequence add special tokens, expected one");
    refuse(TEMPLATE(A(0), A(0) "," A(0) "," A(0) "," A(0) "," A(0) "," A(0) "," A(0) "," A(0) "," B(0)),
           GAZE_ERROR_LIMIT, "tokenizer.json: post_processor: more than 8 sequences in a template");
    refuse("{\"single\":\"A\",\"pair\":[],\"special_tokens\":{}}", GAZE_ERROR_SCHEMA,
           "tokenizer.json: post_processor: 'single' is a string, expected an array");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_tokens_around_the_text),
        cmocka_unit_test(type_ids),
        cmocka_unit_test(recognised_by_its_fields),
        cmocka_unit_test(masks),
        cmocka_unit_test(windows_of_a_pair),
        cmocka_unit_test(type_ids_of_windows),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
