/* tokenizer/wordpiece, token_model and vocabulary: words by hand, and what a model is refused for. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/encoding.h"
#include "tokenizer/token_model.h"

#define VOCAB                                                                                                \
    "\"vocab\":{\"[UNK]\":0,\"un\":1,\"want\":2,\"##want\":3,\"##ed\":4,\"unwant\":5,\"\xE4\xB8\xAD\":6,\"#" \
    "#\xE4\xB8\xAD\":7}"
#define WORDPIECE(max)                                                                                       \
    "{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","                  \
    "\"max_input_chars_per_word\":" max "," VOCAB "}"

static gaze_tokenizer *open_model(const char *model) {
    gaze_buffer json = {0};
    gaze_buffer_puts(&json, "{\"pre_tokenizer\":{\"type\":\"WhitespaceSplit\"},\"model\":");
    gaze_buffer_puts(&json, model);
    gaze_buffer_puts(&json, "}");
    gaze_tokenizer *tokenizer = tokenizer_of_json(json.data);
    gaze_buffer_deinit(&json);
    return tokenizer;
}

/* The longest entry first: "unwant", not "un"; then the rest with ##. */
static void longest_match_first(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_model(WORDPIECE("100"));
    assert_encoding(tokenizer, "unwanted", NULL, NULL, "unwant(0,6) ##ed(6,8)");
    assert_encoding(tokenizer, "wantwanted want", NULL, NULL, "want(0,4) ##want(4,8) ##ed(8,10) want(11,15)");
    assert_encoding(tokenizer,
                    "\xE4\xB8\xAD\xE4\xB8\xAD"
                    "ed",
                    NULL, NULL, "\xE4\xB8\xAD(0,1) ##\xE4\xB8\xAD(1,2) ##ed(2,4)");
    gaze_tokenizer_close(tokenizer);
}

/* One part that is not there makes the whole word unknown; "ed" is there only with ##, "un" only without. */
static void the_whole_word_is_unknown(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_model(WORDPIECE("100"));
    assert_encoding(tokenizer, "unwantex un", NULL, NULL, "[UNK](0,8) un(9,11)");
    assert_encoding(tokenizer, "ed wantun", NULL, NULL, "[UNK](0,2) [UNK](3,9)");
    gaze_tokenizer_close(tokenizer);
}

/* The limit counts chars, not bytes. */
static void words_that_are_too_long(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_model(WORDPIECE("4"));
    assert_encoding(tokenizer, "want unwant", NULL, NULL, "want(0,4) [UNK](5,11)");
    assert_encoding(tokenizer, "\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD", NULL, NULL,
                    "\xE4\xB8\xAD(0,1) ##\xE4\xB8\xAD(1,2) ##\xE4\xB8\xAD(2,3) ##\xE4\xB8\xAD(3,4)");
    gaze_tokenizer_close(tokenizer);
}

/* Hugging Face's own example: BertTokenizationTest.test_full_tokenizer of transformers. */
static void hugging_face_toy(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer;
    gaze_tokens tokens = {0};
    static const int32_t ids[] = {9, 6, 7, 12, 10, 11};
    assert_int_equal(gaze_tokenizer_open(&tokenizer, "tests/data/tokenizer/toy-uncased", NULL), GAZE_OK);
    const gaze_encode_options plain = {.no_special_tokens = true};
    const char *text = "UNwant\xC3\xA9"
                       "d,running";
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, text, strlen(text), NULL, 0, &plain, NULL),
                     GAZE_OK);
    assert_int_equal(tokens.count, 6);
    assert_memory_equal(tokens.ids, ids, sizeof ids);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

static void word_level(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_model("{\"type\":\"WordLevel\",\"unk_token\":\"[UNK]\"," VOCAB "}");
    assert_encoding(tokenizer, "un unwanted", NULL, NULL, "un(0,2) [UNK](3,11)");
    gaze_tokenizer_close(tokenizer);
}

/* A file of old without "type": the fields decide, and a WordPiece that lacks one is read as WordLevel. */
static void a_model_without_type(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = open_model("{\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","
                                           "\"max_input_chars_per_word\":100," VOCAB "}");
    assert_encoding(tokenizer, "unwanted", NULL, NULL, "unwant(0,6) ##ed(6,8)");
    gaze_tokenizer_close(tokenizer);
    tokenizer = open_model("{\"unk_token\":\"[UNK]\",\"max_input_chars_per_word\":100," VOCAB "}");
    assert_encoding(tokenizer, "unwanted", NULL, NULL, "[UNK](0,8)");
    gaze_tokenizer_close(tokenizer);
}

static void the_unknown_token_is_missing(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer =
        open_model("{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"vocab\":{\"a\":0},"
                   "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":9}");
    assert_encoding(tokenizer, "a", NULL, NULL, "a(0,1)");
    assert_no_encoding(tokenizer, "b", GAZE_ERROR_NOT_FOUND,
                       "WordPiece error: Missing [UNK] token from the vocabulary");
    gaze_tokenizer_close(tokenizer);
}

/* Refusals -------------------------------------------------------------------------------------------- */

static void refuse(const char *model, gaze_status status, const char *message) {
    gaze_json *json;
    gaze_arena arena = {0};
    gaze_token_model out;
    gaze_error err;
    assert_int_equal(gaze_json_parse(&json, model, strlen(model), NULL, NULL), GAZE_OK);
    assert_int_equal(gaze_token_model_read(&out, &arena, gaze_json_root(json), &err), status);
    assert_string_equal(err.message, message);
    gaze_arena_deinit(&arena);
    gaze_json_free(json);
}

#define WITH_VOCAB(vocab) "{\"type\":\"WordLevel\",\"unk_token\":\"u\",\"vocab\":" vocab "}"

static void vocabularies_that_are_refused(void **state) {
    (void)state;
    refuse(WITH_VOCAB("{}"), GAZE_ERROR_SCHEMA, "model: 'vocab' is empty");
    refuse(WITH_VOCAB("[]"), GAZE_ERROR_SCHEMA, "model: 'vocab' is an array, expected an object");
    refuse(WITH_VOCAB("{\"a\":-1}"), GAZE_ERROR_SCHEMA,
           "model: vocab: the id of token 'a' is negative or no integer, expected a whole number from 0");
    refuse(WITH_VOCAB("{\"a\":1.5}"), GAZE_ERROR_SCHEMA,
           "model: vocab: the id of token 'a' is negative or no integer, expected a whole number from 0");
    refuse(WITH_VOCAB("{\"a\":\"0\"}"), GAZE_ERROR_SCHEMA,
           "model: vocab: the id of token 'a' is a string, expected a whole number from 0");
    refuse(WITH_VOCAB("{\"a\":16777216}"), GAZE_ERROR_LIMIT,
           "model: vocab: the id of token 'a' is 16777216, at most 16777215 is allowed");
}

static gaze_status read_vocab(gaze_vocabulary *vocabulary, gaze_arena *arena, const char *text) {
    gaze_json *json;
    assert_int_equal(gaze_json_parse(&json, text, strlen(text), NULL, NULL), GAZE_OK);
    gaze_status status = gaze_vocabulary_read(vocabulary, arena, gaze_json_root(json), NULL);
    gaze_json_free(json);
    return status;
}

static void two_tokens_with_one_id(void **state) {
    (void)state;
    gaze_vocabulary vocabulary;
    gaze_arena arena = {0};
    assert_int_equal(read_vocab(&vocabulary, &arena, "{\"a\":1,\"b\":1}"), GAZE_ERROR_DUPLICATE);
    gaze_arena_deinit(&arena);
}

/* Of a token that stands twice the last id counts, and the first one is a hole. */
static void a_token_that_stands_twice(void **state) {
    (void)state;
    gaze_vocabulary vocabulary;
    gaze_arena arena = {0};
    assert_int_equal(read_vocab(&vocabulary, &arena, "{\"a\":0,\"b\":1,\"a\":3}"), GAZE_OK);
    assert_int_equal(vocabulary.size, 4);
    assert_int_equal(gaze_vocabulary_id(&vocabulary, "a", 1), 3);
    assert_string_equal(gaze_vocabulary_token(&vocabulary, 1).string, "b");
    assert_null(gaze_vocabulary_token(&vocabulary, 0).string);
    assert_null(gaze_vocabulary_token(&vocabulary, -1).string);
    assert_null(gaze_vocabulary_token(&vocabulary, 4).string);
    assert_int_equal(gaze_vocabulary_id(&vocabulary, "c", 1), -1);
    gaze_vocabulary_deinit(&vocabulary);
    gaze_arena_deinit(&arena);
}

static void models_that_are_refused(void **state) {
    (void)state;
    refuse("{\"type\":\"Other\",\"vocab\":{\"a\":0}}", GAZE_ERROR_UNSUPPORTED,
           "model: 'Other' is not one that gaze knows");
    refuse("{\"words\":{\"a\":0}}", GAZE_ERROR_SCHEMA, "model: no 'type', and not the fields of a known one");
    refuse("null", GAZE_ERROR_SCHEMA, "model: null, expected an object");
    refuse("{\"type\":\"WordPiece\",\"vocab\":{\"a\":0}}", GAZE_ERROR_SCHEMA,
           "model: WordPiece: 'unk_token' is nothing, expected a string");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_match_first),
        cmocka_unit_test(the_whole_word_is_unknown),
        cmocka_unit_test(words_that_are_too_long),
        cmocka_unit_test(hugging_face_toy),
        cmocka_unit_test(word_level),
        cmocka_unit_test(a_model_without_type),
        cmocka_unit_test(the_unknown_token_is_missing),
        cmocka_unit_test(vocabularies_that_are_refused),
        cmocka_unit_test(two_tokens_with_one_id),
        cmocka_unit_test(a_token_that_stands_twice),
        cmocka_unit_test(models_that_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
