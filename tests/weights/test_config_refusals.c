/* weights/config_json: what is accepted, every refusal with its message, and damaged files. By hand: 768 is no multiple
 * of 5, and so {"num_attention_heads": 5} is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/buffer.h"
#include "tests/support/config_parse.h"
#include "tests/support/failing_alloc.h"
#include "weights/config_json.h"

static void what_is_accepted(void **state) {
    (void)state;
    static const char *const texts[] = {
        " {\"pad_token_id\": null} \n",
        "{\"is_decoder\": false, \"add_cross_attention\": null, \"position_embedding_type\": \"absolute\"}",
        "{\"position_embedding_type\": null, \"pruned_heads\": {}, \"architectures\": null}",
        "{\"architectures\": []}",
        "{\"unknown\": {\"a\": 1, \"a\": 2}, \"classifier_dropout\": null}",
        "{\"num_labels\": 2, \"id2label\": {\"1\": \"yes\", \"0\": \"no\"}, \"label2id\": {}}",
        "{\"num_labels\": 3}",
        "{\"id2label\": null, \"num_labels\": null, \"model_type\": null}",
        "{\"id2label\": {\"0\": \"LABEL_0\"}}",
        "{\"num_hidden_layers\": 1000, \"vocab_size\": 16777216, \"intermediate_size\": 1000000}",
        "{\"layer_norm_eps\": 1}",
        "{\"hidden_act\": \"swish\"}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gaze_config config;
        assert_int_equal(config_parse(&config, texts[i]), GAZE_OK);
    }
}

#define FAMILIES "bert, roberta, xlm-roberta, camembert, distilbert, electra"

/* Each with its class and its whole message: the field, what was found, what was expected. */
static const struct {
    const char *text;
    gaze_status status;
    const char *message;
} refusals[] = {
    {"[]", GAZE_ERROR_SCHEMA, "an array, expected an object"},
    {"\"x\"", GAZE_ERROR_SCHEMA, "a string, expected an object"},
    {"{\"hidden_size\": 768, \"hidden_size\": 384}", GAZE_ERROR_DUPLICATE, "the field \"hidden_size\" twice"},
    {"{\"hidden_size\": 768, \"hidden\\u005fsize\": 384}", GAZE_ERROR_DUPLICATE,
     "the field \"hidden_size\" twice"},
    /* sizes */
    {"{\"hidden_size\": 0}", GAZE_ERROR_CONFIG, "hidden_size: 0, expected a whole number from 1 to 65536"},
    {"{\"hidden_size\": -768}", GAZE_ERROR_CONFIG,
     "hidden_size: -768, expected a whole number from 1 to 65536"},
    {"{\"hidden_size\": 1e9}", GAZE_ERROR_CONFIG,
     "hidden_size: 1e9, expected a whole number from 1 to 65536"},
    {"{\"hidden_size\": 768.0}", GAZE_ERROR_CONFIG,
     "hidden_size: 768.0, expected a whole number from 1 to 65536"},
    {"{\"hidden_size\": \"768\"}", GAZE_ERROR_CONFIG,
     "hidden_size: \"768\", expected a whole number from 1 to 65536"},
    {"{\"hidden_size\": null}", GAZE_ERROR_CONFIG,
     "hidden_size: null, expected a whole number from 1 to 65536"},
    {"{\"hidden_size\": 18446744073709551617}", GAZE_ERROR_CONFIG,
     "hidden_size: 18446744073709551617, expected a whole number from 1 to 65536"},
    {"{\"num_attention_heads\": 0}", GAZE_ERROR_CONFIG,
     "num_attention_heads: 0, expected a whole number from 1 to 65536"},
    {"{\"num_attention_heads\": 5}", GAZE_ERROR_CONFIG,
     "hidden_size: 768, expected a multiple of num_attention_heads, which is 5"},
    {"{\"num_attention_heads\": 1024}", GAZE_ERROR_CONFIG,
     "hidden_size: 768, expected a multiple of num_attention_heads, which is 1024"},
    {"{\"num_hidden_layers\": 0}", GAZE_ERROR_CONFIG,
     "num_hidden_layers: 0, expected a whole number from 1 to 1000"},
    {"{\"num_hidden_layers\": 1001}", GAZE_ERROR_CONFIG,
     "num_hidden_layers: 1001, expected a whole number from 1 to 1000"},
    {"{\"intermediate_size\": 0}", GAZE_ERROR_CONFIG,
     "intermediate_size: 0, expected a whole number from 1 to 1000000"},
    {"{\"intermediate_size\": 1000001}", GAZE_ERROR_CONFIG,
     "intermediate_size: 1000001, expected a whole number from 1 to 1000000"},
    {"{\"max_position_embeddings\": 0}", GAZE_ERROR_CONFIG,
     "max_position_embeddings: 0, expected a whole number from 1 to 1048576"},
    {"{\"type_vocab_size\": 0}", GAZE_ERROR_CONFIG,
     "type_vocab_size: 0, expected a whole number from 1 to 65536"},
    {"{\"vocab_size\": 0}", GAZE_ERROR_CONFIG, "vocab_size: 0, expected a whole number from 1 to 16777216"},
    {"{\"vocab_size\": 16777217}", GAZE_ERROR_CONFIG,
     "vocab_size: 16777217, expected a whole number from 1 to 16777216"},
    {"{\"vocab_size\": 100, \"pad_token_id\": 100}", GAZE_ERROR_CONFIG,
     "pad_token_id: 100, expected less than vocab_size, which is 100"},
    {"{\"pad_token_id\": -1}", GAZE_ERROR_CONFIG,
     "pad_token_id: -1, expected a whole number from 0 to 16777216"},
    /* layer_norm_eps */
    {"{\"layer_norm_eps\": 0}", GAZE_ERROR_CONFIG, "layer_norm_eps: 0, expected a number above 0, at most 1"},
    {"{\"layer_norm_eps\": -1e-12}", GAZE_ERROR_CONFIG,
     "layer_norm_eps: -1e-12, expected a number above 0, at most 1"},
    {"{\"layer_norm_eps\": 1.5}", GAZE_ERROR_CONFIG,
     "layer_norm_eps: 1.5, expected a number above 0, at most 1"},
    {"{\"layer_norm_eps\": 1e-60}", GAZE_ERROR_CONFIG,
     "layer_norm_eps: 1e-60, expected a number above 0, at most 1"},
    {"{\"layer_norm_eps\": \"1e-12\"}", GAZE_ERROR_CONFIG,
     "layer_norm_eps: \"1e-12\", expected a number above 0, at most 1"},
    {"{\"layer_norm_eps\": null}", GAZE_ERROR_CONFIG,
     "layer_norm_eps: null, expected a number above 0, at most 1"},
    {"{\"layer_norm_eps\": NaN}", GAZE_ERROR_JSON_SYNTAX, NULL},
    {"{\"layer_norm_eps\": Infinity}", GAZE_ERROR_JSON_SYNTAX, NULL},
    {"{\"layer_norm_eps\": 1e400}", GAZE_ERROR_JSON_SYNTAX, NULL},
    /* kinds of models */
    {"{\"model_type\": \"gpt2\"}", GAZE_ERROR_UNSUPPORTED, "model_type: \"gpt2\", expected " FAMILIES},
    {"{\"model_type\": \"\"}", GAZE_ERROR_UNSUPPORTED, "model_type: \"\", expected " FAMILIES},
    {"{\"model_type\": 5}", GAZE_ERROR_UNSUPPORTED, "model_type: 5, expected " FAMILIES},
    {"{\"architectures\": \"BertModel\"}", GAZE_ERROR_CONFIG,
     "architectures: \"BertModel\", expected an array of strings"},
    {"{\"architectures\": [1]}", GAZE_ERROR_CONFIG, "architectures: 1, expected strings of at most 63 bytes"},
    {"{\"architectures\": [\"1234567890123456789012345678901234567890123456789012345678901234\"]}",
     GAZE_ERROR_CONFIG,
     "architectures: \"1234567890123456789012345678901234567890\", expected strings of at most 63 bytes"},
    {"{\"is_decoder\": true}", GAZE_ERROR_UNSUPPORTED, "is_decoder: true, expected false"},
    {"{\"is_decoder\": 1}", GAZE_ERROR_CONFIG, "is_decoder: 1, expected false"},
    {"{\"add_cross_attention\": true}", GAZE_ERROR_UNSUPPORTED, "add_cross_attention: true, expected false"},
    {"{\"position_embedding_type\": \"relative_key\"}", GAZE_ERROR_UNSUPPORTED,
     "position_embedding_type: \"relative_key\", expected \"absolute\""},
    {"{\"position_embedding_type\": \"relative_key_query\"}", GAZE_ERROR_UNSUPPORTED,
     "position_embedding_type: \"relative_key_query\", expected \"absolute\""},
    {"{\"pruned_heads\": {\"0\": [1, 2]}}", GAZE_ERROR_UNSUPPORTED, "pruned_heads: an object, expected {}"},
    {"{\"hidden_act\": \"mish\"}", GAZE_ERROR_UNSUPPORTED, NULL},
    {"{\"hidden_act\": \"GELU\"}", GAZE_ERROR_UNSUPPORTED, NULL},
    {"{\"hidden_act\": null}", GAZE_ERROR_CONFIG, "hidden_act: null, expected a string"},
    /* labels */
    {"{\"num_labels\": 3, \"id2label\": {\"0\": \"a\", \"1\": \"b\"}}", GAZE_ERROR_CONFIG,
     "num_labels: 3, but id2label has 2"},
    {"{\"id2label\": {\"0\": \"a\", \"2\": \"b\"}}", GAZE_ERROR_CONFIG,
     "id2label: \"2\", expected the keys \"0\", \"1\", ... without a gap"},
    {"{\"id2label\": {\"0\": \"a\", \"01\": \"b\"}}", GAZE_ERROR_CONFIG,
     "id2label: \"01\", expected the keys \"0\", \"1\", ... without a gap"},
    {"{\"id2label\": {\"a\": \"a\"}}", GAZE_ERROR_CONFIG,
     "id2label: \"a\", expected the keys \"0\", \"1\", ... without a gap"},
    {"{\"id2label\": {\"\": \"a\"}}", GAZE_ERROR_CONFIG,
     "id2label: \"\", expected the keys \"0\", \"1\", ... without a gap"},
    {"{\"id2label\": {\"0\": \"a\", \"0\": \"b\"}}", GAZE_ERROR_DUPLICATE, "id2label: the field \"0\" twice"},
    {"{\"id2label\": {\"0\": 5}}", GAZE_ERROR_CONFIG, "id2label: 5, expected strings"},
    {"{\"id2label\": []}", GAZE_ERROR_CONFIG, "id2label: an array, expected an object"},
    {"{\"id2label\": {}}", GAZE_ERROR_CONFIG, "id2label: 0 labels, expected 1 to 65536"},
    {"{\"num_labels\": 0}", GAZE_ERROR_CONFIG, "num_labels: 0, expected a whole number from 1 to 65536"},
    {"{\"architectures\": [\"BertForQuestionAnswering\"], \"num_labels\": 3}", GAZE_ERROR_CONFIG,
     "id2label: 3 labels, expected 2 (start, end) in BertForQuestionAnswering"},
    {"{\"problem_type\": \"ranking\"}", GAZE_ERROR_CONFIG,
     "problem_type: \"ranking\", expected regression, single_label_classification, multi_label_classification"},
    {"{\"tie_word_embeddings\": 1}", GAZE_ERROR_CONFIG, "tie_word_embeddings: 1, expected true or false"},
    /* other families */
    {"{\"model_type\": \"roberta\", \"max_position_embeddings\": 2}", GAZE_ERROR_CONFIG,
     "pad_token_id: 1, expected less than max_position_embeddings - 1, which is 1"},
    {"{\"model_type\": \"distilbert\", \"dim\": 0}", GAZE_ERROR_CONFIG,
     "dim: 0, expected a whole number from 1 to 65536"},
    {"{\"model_type\": \"electra\", \"embedding_size\": null}", GAZE_ERROR_CONFIG,
     "embedding_size: null, expected a whole number from 1 to 65536"},
    {"{\"num_labels\": \"2\"}", GAZE_ERROR_CONFIG, "num_labels: \"2\", expected a whole number from 1 to 65536"},
    {"{\"num_labels\": 0}", GAZE_ERROR_CONFIG, "num_labels: 0, expected a whole number from 1 to 65536"},
    {"{\"num_labels\": 65537}", GAZE_ERROR_CONFIG, "num_labels: 65537, expected a whole number from 1 to 65536"},
    {"{\"id2label\": {\"\": \"x\"}}", GAZE_ERROR_CONFIG, NULL},
    {"{\"id2label\": {\"00\": \"x\"}}", GAZE_ERROR_CONFIG, NULL},
    {"{\"pruned_heads\": {\"0\": [1]}}", GAZE_ERROR_UNSUPPORTED, NULL},
    {"{\"pruned_heads\": [0]}", GAZE_ERROR_UNSUPPORTED, NULL},
    /* no JSON */
    {"", GAZE_ERROR_JSON_EOF, NULL},
    {"{\"hidden_size\": 768", GAZE_ERROR_JSON_EOF, NULL},
    {"{\"hidden_size\": 768,}", GAZE_ERROR_JSON_SYNTAX, NULL},
    {"{\"a\": \"\xC0\xAF\"}", GAZE_ERROR_UTF8, NULL},
};

static void what_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        gaze_config config;
        gaze_error err = {0};
        gaze_status status = config_parse_bytes(&config, refusals[i].text, strlen(refusals[i].text), &err);
        if (status != refusals[i].status) print_error("%s: %s\n", refusals[i].text, err.message);
        assert_int_equal(status, refusals[i].status);
        if (refusals[i].message) assert_string_equal(err.message, refusals[i].message);
    }
}

static void an_unknown_activation_is_told_the_known_ones(void **state) {
    (void)state;
    gaze_config config;
    gaze_error err;
    const char *text = "{\"hidden_act\": \"gelu_10\"}";
    assert_int_equal(config_parse_bytes(&config, text, strlen(text), &err), GAZE_ERROR_UNSUPPORTED);
    assert_string_equal(err.message, "hidden_act: \"gelu_10\", expected gelu, gelu_new, gelu_pytorch_tanh, "
                                     "gelu_fast, quick_gelu, relu, silu, tanh");
}

static void one_mebibyte_is_the_limit(void **state) {
    (void)state;
    gaze_config config;
    gaze_buffer text = {0};
    gaze_buffer_puts(&text, "{}");
    while (text.length < GAZE_CONFIG_MAX_SIZE) gaze_buffer_putc(&text, ' ');
    assert_int_equal(config_parse_bytes(&config, text.data, text.length, NULL), GAZE_OK);
    gaze_buffer_putc(&text, ' ');
    assert_int_equal(config_parse_bytes(&config, text.data, text.length, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&text);
}

static const char small[] =
    "{\"model_type\":\"bert\",\"hidden_size\":60,\"num_attention_heads\":5,\"layer_norm_eps\":1e-3,"
    "\"hidden_act\":\"gelu\",\"id2label\":{\"0\":\"a\",\"1\":\"b\"},\"num_labels\":2}";

/* What is accepted is in range, whatever was changed. */
static void every_prefix_and_every_change_of_a_byte(void **state) {
    (void)state;
    char text[sizeof small];
    gaze_config config;
    for (size_t length = 0; length < sizeof small - 1; length++)
        assert_int_not_equal(config_parse_bytes(&config, small, length, NULL), GAZE_OK);
    memcpy(text, small, sizeof small);
    for (size_t i = 0; i < sizeof small - 1; i++) {
        for (int change = 1; change < 256; change++) {
            text[i] = (char)(small[i] ^ change);
            if (config_parse_bytes(&config, text, sizeof small - 1, NULL)) continue;
            assert_true(config.num_attention_heads > 0 && config.head_size > 0);
            assert_int_equal(config.head_size * config.num_attention_heads, config.hidden_size);
            assert_true(config.layer_norm_eps > 0 && config.layer_norm_eps <= 1);
        }
        text[i] = small[i];
    }
}

static gaze_status parse_small(void *context) {
    gaze_config config;
    (void)context;
    return config_parse_bytes(&config, small, sizeof small - 1, NULL);
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(parse_small, NULL) >= 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_accepted),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(an_unknown_activation_is_told_the_known_ones),
        cmocka_unit_test(one_mebibyte_is_the_limit),
        cmocka_unit_test(every_prefix_and_every_change_of_a_byte),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
