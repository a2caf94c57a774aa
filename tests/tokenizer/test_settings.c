/* tokenizer/settings: what the files beside tokenizer.json say, and text out of token strings. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tokenizer/tokenizer.h"

static const char words[] =
    "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":null,"
    "\"post_processor\":null,\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\","
    "\"cleanup\":true},\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"[MASK]\":0,\"<pad>\":1,"
    "\"hole\":2,\"<unk>\":3},\"unk_token\":\"<unk>\"}}";

static gaze_tokenizer *open_with(const char *json, const char *config, const char *map) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    const gaze_tokenizer_files files = {.tokenizer_json = json,
                                        .tokenizer_json_size = strlen(json),
                                        .tokenizer_config_json = config,
                                        .tokenizer_config_json_size = config ? strlen(config) : 0,
                                        .special_tokens_map_json = map,
                                        .special_tokens_map_json_size = map ? strlen(map) : 0};
    if (gaze_tokenizer_open_files(&tokenizer, &files, &err)) fail_msg("%s", err.message);
    return tokenizer;
}

static void assert_ids(const char *config, const char *map, int32_t pad, int32_t unk, int32_t cls,
                       int32_t mask) {
    gaze_tokenizer *t = open_with(words, config, map);
    assert_int_equal(gaze_tokenizer_special_id(t, GAZE_TOKEN_PAD), pad);
    assert_int_equal(gaze_tokenizer_special_id(t, GAZE_TOKEN_UNK), unk);
    assert_int_equal(gaze_tokenizer_special_id(t, GAZE_TOKEN_CLS), cls);
    assert_int_equal(gaze_tokenizer_special_id(t, GAZE_TOKEN_MASK), mask);
    gaze_tokenizer_close(t);
}

/* The configuration first, then the map, then the names of BERT and RoBERTa; none of them for [CLS]. */
static void parts_by_hand(void **state) {
    (void)state;
    assert_ids(NULL, NULL, 1, 3, -1, 0);
    assert_ids("{\"mask_token\":\"hole\"}", NULL, 1, 3, -1, 2);
    assert_ids("{\"mask_token\":{\"content\":\"hole\",\"lstrip\":true}}", "{\"mask_token\":\"<unk>\"}", 1, 3,
               -1, 2);
    assert_ids("{\"mask_token\":null}", "{\"mask_token\":\"<unk>\",\"cls_token\":\"hole\"}", 1, 3, 2, 3);
    assert_ids("{\"mask_token\":\"not in the vocabulary\"}", NULL, 1, 3, -1, 0);
}

static void assert_typed(const char *config, const char *usual_class, bool expected) {
    gaze_tokenizer *t = open_with(words, config, NULL);
    assert_int_equal(gaze_tokenizer_gives_type_ids(t, usual_class, strlen(usual_class)), expected);
    gaze_tokenizer_close(t);
}

/* The class in tokenizer_config.json, else the usual one; a list of inputs stands above both. */
static void who_gives_type_ids(void **state) {
    (void)state;
    assert_typed(NULL, "BertTokenizer", true);
    assert_typed("{}", "RobertaTokenizer", false);
    assert_typed("{\"tokenizer_class\":null}", "BertTokenizer", true);
    assert_typed("{\"tokenizer_class\":\"BertTokenizer\"}", "RobertaTokenizer", true);
    assert_typed("{\"tokenizer_class\":\"ElectraTokenizerFast\"}", "RobertaTokenizer", true);
    assert_typed("{\"tokenizer_class\":\"BertTokenizerLegacy\"}", "BertTokenizer", false);
    assert_typed("{\"tokenizer_class\":\"DistilBertTokenizer\"}", "BertTokenizer", false);
    assert_typed("{\"tokenizer_class\":\"PreTrainedTokenizerFast\"}", "BertTokenizer", false);
    assert_typed("{\"tokenizer_class\":\"TokenizersBackend\"}", "BertTokenizer", false);
    assert_typed("{\"tokenizer_class\":\"Fast\"}", "BertTokenizer", false);
    assert_typed("{\"tokenizer_class\":\"BortTokenizer\"}", "BertTokenizer", false);
    assert_typed("{\"tokenizer_class\":\"TokenizersBackend\",\"model_input_names\":[\"input_ids\","
                 "\"token_type_ids\",\"attention_mask\"]}", "RobertaTokenizer", true);
    assert_typed("{\"tokenizer_class\":\"BertTokenizer\",\"model_input_names\":[\"input_ids\",\"attention_mask\"]}",
                 "BertTokenizer", false);
}

static void assert_max_length(const char *config, size_t expected) {
    gaze_tokenizer *t = open_with(words, config, NULL);
    assert_true(gaze_tokenizer_max_length(t) == expected);
    gaze_tokenizer_close(t);
}

static void lengths(void **state) {
    (void)state;
    assert_max_length(NULL, SIZE_MAX);
    assert_max_length("{\"model_max_length\":512}", 512);
    assert_max_length("{\"model_max_length\":1000000000000000019884624838656}", SIZE_MAX);
    assert_max_length("{\"model_max_length\":4294967294}", 4294967294u);
    assert_max_length("{\"model_max_length\":4294967296}", SIZE_MAX);
    assert_max_length("{\"model_max_length\":null}", SIZE_MAX);
    assert_max_length("{\"model_max_length\":-1}", SIZE_MAX);
    assert_max_length("{\"model_max_length\":\"512\"}", SIZE_MAX);
}

static void assert_sides(const char *json, const char *config, gaze_side padding, gaze_side truncation) {
    gaze_tokenizer *t = open_with(json, config, NULL);
    assert_int_equal(gaze_tokenizer_padding_side(t), padding);
    assert_int_equal(gaze_tokenizer_truncation_side(t), truncation);
    gaze_tokenizer_close(t);
}

/* The configuration's word counts for more than tokenizer.json's. */
static void sides(void **state) {
    (void)state;
    static const char left[] =
        "{\"truncation\":{\"direction\":\"Left\",\"max_length\":9,\"strategy\":\"LongestFirst\",\"stride\":0},"
        "\"padding\":{\"strategy\":\"BatchLongest\",\"direction\":\"Left\",\"pad_to_multiple_of\":null,\"pad_id\":0,"
        "\"pad_type_id\":0,\"pad_token\":\"a\"},\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},"
        "\"unk_token\":\"a\"}}";
    assert_sides(words, NULL, GAZE_SIDE_RIGHT, GAZE_SIDE_RIGHT);
    assert_sides(words, "{\"padding_side\":\"left\"}", GAZE_SIDE_LEFT, GAZE_SIDE_RIGHT);
    assert_sides(words, "{\"truncation_side\":\"left\",\"padding_side\":3}", GAZE_SIDE_RIGHT, GAZE_SIDE_LEFT);
    assert_sides(left, NULL, GAZE_SIDE_LEFT, GAZE_SIDE_LEFT);
    assert_sides(left, "{\"truncation_side\":\"right\"}", GAZE_SIDE_LEFT, GAZE_SIDE_RIGHT);
}

static void who_cleans_up(void **state) {
    (void)state;
    gaze_tokenizer *t = open_with(words, "{\"clean_up_tokenization_spaces\":true}", NULL);
    assert_true(gaze_tokenizer_cleans_up(t));
    assert_false(gaze_tokenizer_marks_subwords(t));
    gaze_tokenizer_close(t);
    t = open_with(words, "{\"clean_up_tokenization_spaces\":false}", NULL);
    assert_false(gaze_tokenizer_cleans_up(t));
    gaze_tokenizer_close(t);
    t = open_with("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"continuing_subword_prefix\":\"##\"}}",
                  "{\"clean_up_tokenization_spaces\":true}", NULL);
    assert_true(gaze_tokenizer_marks_subwords(t));
    assert_false(gaze_tokenizer_cleans_up(t)); /* as transformers: a BPE knows its spaces */
    gaze_tokenizer_close(t);
    assert_int_equal(gaze_tokenizer_open(&t, "tests/data/tokenizer/toy-uncased", NULL), GAZE_OK);
    assert_true(gaze_tokenizer_marks_subwords(t));
    gaze_tokenizer_close(t);
    assert_int_equal(gaze_tokenizer_open(&t, "tests/data/tokenizer/toy-roberta", NULL), GAZE_OK);
    assert_false(gaze_tokenizer_cleans_up(t));
    assert_false(gaze_tokenizer_marks_subwords(t));
    gaze_tokenizer_close(t);
}

/* "it ' s do not ." without any decoder. The replacements of Python leave "do not" as it is, unlike those of the
 * WordPiece decoder. */
static gaze_status decode_sentence(void *context) {
    static const int32_t ids[] = {0, 1, 2, 3, 4, 5};
    gaze_buffer out = {0};
    gaze_status status = gaze_tokenizer_text(&out, context, ids, 6, false, NULL);
    if (!status)
        assert_string_equal(out.data, gaze_tokenizer_cleans_up(context) ? "it's do not." : "it ' s do not .");
    gaze_buffer_deinit(&out);
    return status;
}

static void text_is_cleaned_up(void **state) {
    (void)state;
    static const char json[] =
        "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":null,"
        "\"post_processor\":null,\"decoder\":null,\"model\":{\"type\":\"WordLevel\",\"vocab\":"
        "{\"it\":0,\"'\":1,\"s\":2,\"do\":3,\"not\":4,\".\":5},\"unk_token\":\".\"}}";
    gaze_tokenizer *t = open_with(json, NULL, NULL);
    assert_int_equal(decode_sentence(t), GAZE_OK);
    gaze_tokenizer_close(t);
    t = open_with(json, "{\"clean_up_tokenization_spaces\":true}", NULL);
    assert_int_equal(decode_sentence(t), GAZE_OK);
    assert_true(fail_each_allocation(decode_sentence, t) >= 4);
    gaze_buffer out = {0};
    assert_int_equal(gaze_tokenizer_text(&out, t, NULL, 0, false, NULL), GAZE_OK);
    assert_int_equal(out.length, 0);
    gaze_buffer_deinit(&out);
    gaze_tokenizer_close(t);
}

static gaze_status join(void *context) {
    static const char *const strings[] = {"New", "York", "##ers", "."};
    static const size_t sizes[] = {3, 4, 5, 1};
    gaze_buffer out = {0};
    gaze_status status = gaze_tokenizer_join(&out, context, strings, sizes, 4, NULL);
    if (!status) assert_string_equal(out.data, "New Yorkers.");
    gaze_buffer_deinit(&out);
    return status;
}

static void token_strings_become_text(void **state) {
    (void)state;
    gaze_tokenizer *t = open_with(words, NULL, NULL);
    assert_int_equal(join(t), GAZE_OK);
    assert_true(fail_each_allocation(join, t) >= 2);
    gaze_tokenizer_close(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_by_hand),      cmocka_unit_test(lengths),
        cmocka_unit_test(who_cleans_up),      cmocka_unit_test(token_strings_become_text),
        cmocka_unit_test(text_is_cleaned_up), cmocka_unit_test(sides),
        cmocka_unit_test(who_gives_type_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
