/* weights/config_json: the defaults, every refusal with its message, and damaged files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/buffer.h"
#include "core/model/family.h"
#include "tests/support/exact_copy.h"
#include "tests/support/failing_alloc.h"
#include "weights/config_json.h"

static gaze_status parse_bytes(gaze_config *config, const char *text, size_t length, gaze_error *err) {
    gaze_json *json;
    char *exact = exact_copy(text, length);
    gaze_status status = gaze_config_parse(config, &json, exact, length, err);
    free(exact);
    if (status) assert_null(json);
    gaze_json_free(json);
    return status;
}

static gaze_status parse(gaze_config *config, const char *text) {
    return parse_bytes(config, text, strlen(text), NULL);
}

/* hidden_size 6 and 3 heads: K = 6 / 3 = 2. */
static void a_config_by_hand(void **state) {
    (void)state;
    gaze_config config;
    assert_int_equal(parse(&config,
                           "{\"model_type\": \"bert\", \"architectures\": [\"BertForMaskedLM\", \"X\"],"
                           " \"vocab_size\": 11, \"hidden_size\": 6, \"num_hidden_layers\": 2,"
                           " \"num_attention_heads\": 3, \"intermediate_size\": 10,"
                           " \"max_position_embeddings\": 7, \"type_vocab_size\": 1, \"pad_token_id\": 10,"
                           " \"layer_norm_eps\": 1e-5, \"hidden_act\": \"relu\"}"),
                     GAZE_OK);
    assert_string_equal(config.architecture, "BertForMaskedLM");
    assert_int_equal(config.vocab_size, 11);
    assert_int_equal(config.hidden_size, 6);
    assert_int_equal(config.head_size, 2);
    assert_int_equal(config.num_hidden_layers, 2);
    assert_int_equal(config.num_attention_heads, 3);
    assert_int_equal(config.intermediate_size, 10);
    assert_int_equal(config.max_position_embeddings, 7);
    assert_int_equal(config.type_vocab_size, 1);
    assert_int_equal(config.pad_token_id, 10);
    assert_true(config.layer_norm_eps == 1e-5F);
    assert_int_equal(config.hidden_act, GAZE_RELU);
}

/* An empty object is transformers' BertConfig(). */
static void the_defaults_of_bert_config(void **state) {
    (void)state;
    gaze_config config;
    assert_int_equal(parse(&config, "{}"), GAZE_OK);
    assert_int_equal(config.model_type, GAZE_MODEL_BERT);
    assert_string_equal(config.architecture, "");
    assert_int_equal(config.vocab_size, 30522);
    assert_int_equal(config.hidden_size, 768);
    assert_int_equal(config.num_hidden_layers, 12);
    assert_int_equal(config.num_attention_heads, 12);
    assert_int_equal(config.head_size, 64);
    assert_int_equal(config.intermediate_size, 3072);
    assert_int_equal(config.max_position_embeddings, 512);
    assert_int_equal(config.type_vocab_size, 2);
    assert_int_equal(config.pad_token_id, 0);
    assert_true(config.layer_norm_eps == 1e-12F);
    assert_int_equal(config.hidden_act, GAZE_GELU);
}

/* An object with nothing but model_type is transformers' RobertaConfig(), ... */
static void the_defaults_of_the_families(void **state) {
    (void)state;
    static const struct {
        const char *model_type;
        size_t vocab, embedding, hidden, layers, heads, forward, types, first_position;
        int32_t pad;
    } cases[] = {
        {"roberta", 50265, 768, 768, 12, 12, 3072, 2, 2, 1},
        {"xlm-roberta", 30522, 768, 768, 12, 12, 3072, 2, 2, 1},
        {"camembert", 30522, 768, 768, 12, 12, 3072, 2, 2, 1},
        {"distilbert", 30522, 768, 768, 6, 12, 3072, 0, 0, 0},
        {"electra", 30522, 128, 256, 12, 4, 1024, 2, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        gaze_config config;
        snprintf(text, sizeof text, "{\"model_type\": \"%s\"}", cases[i].model_type);
        assert_int_equal(parse(&config, text), GAZE_OK);
        assert_string_equal(gaze_model_type_name(config.model_type), cases[i].model_type);
        assert_int_equal(config.vocab_size, cases[i].vocab);
        assert_int_equal(config.embedding_size, cases[i].embedding);
        assert_int_equal(config.hidden_size, cases[i].hidden);
        assert_int_equal(config.num_hidden_layers, cases[i].layers);
        assert_int_equal(config.num_attention_heads, cases[i].heads);
        assert_int_equal(config.intermediate_size, cases[i].forward);
        assert_int_equal(config.type_vocab_size, cases[i].types);
        assert_int_equal(config.pad_token_id, cases[i].pad);
        assert_int_equal(config.first_position, cases[i].first_position);
        assert_int_equal(gaze_config_positions(&config), 512 - cases[i].first_position);
        assert_true(config.layer_norm_eps == 1e-12F);
        assert_int_equal(config.hidden_act, GAZE_GELU);
    }
}

/* DistilBERT has names of its own, and no layer_norm_eps: 1e-12 stands in its code. */
static void a_distilbert_by_hand(void **state) {
    (void)state;
    gaze_config config;
    assert_int_equal(parse(&config, "{\"model_type\": \"distilbert\", \"dim\": 6, \"n_layers\": 2, \"n_heads\": 3,"
                                    " \"hidden_dim\": 10, \"activation\": \"relu\", \"layer_norm_eps\": 1e-3}"),
                     GAZE_OK);
    assert_int_equal(config.hidden_size, 6);
    assert_int_equal(config.head_size, 2);
    assert_int_equal(config.num_hidden_layers, 2);
    assert_int_equal(config.intermediate_size, 10);
    assert_int_equal(config.hidden_act, GAZE_RELU);
    assert_true(config.layer_norm_eps == 1e-12F);
}

static void tasks_by_the_name_of_the_class(void **state) {
    (void)state;
    static const struct {
        const char *architecture;
        gaze_task task;
    } cases[] = {
        {"BertModel", GAZE_TASK_NONE},
        {"BertForMaskedLM", GAZE_TASK_MASKED_LM},
        {"BertForPreTraining", GAZE_TASK_MASKED_LM},
        {"ElectraForPreTraining", GAZE_TASK_NONE},
        {"RobertaForQuestionAnswering", GAZE_TASK_QUESTION_ANSWERING},
        {"DistilBertForSequenceClassification", GAZE_TASK_SEQUENCE_CLASSIFICATION},
        {"XLMRobertaForTokenClassification", GAZE_TASK_TOKEN_CLASSIFICATION},
        {"BertForMaskedLMs", GAZE_TASK_NONE},
        {"BertForNextSentencePrediction", GAZE_TASK_NONE},
        {"BertFor", GAZE_TASK_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[96];
        gaze_config config;
        snprintf(text, sizeof text, "{\"architectures\": [\"%s\"]}", cases[i].architecture);
        assert_int_equal(parse(&config, text), GAZE_OK);
        assert_int_equal(config.task, cases[i].task);
    }
}

/* The labels of a config.json, joined by commas. */
static void assert_labels(const char *text, const char *expected) {
    gaze_config config;
    gaze_json *json;
    gaze_text_list labels = {0};
    gaze_buffer joined = {0};
    assert_int_equal(gaze_config_parse(&config, &json, text, strlen(text), NULL), GAZE_OK);
    assert_int_equal(gaze_config_labels(&labels, &config, gaze_json_root(json), NULL), GAZE_OK);
    assert_int_equal(labels.count, config.num_labels);
    for (size_t i = 0; i < labels.count; i++) {
        gaze_buffer_puts(&joined, i ? "," : "");
        gaze_buffer_puts(&joined, labels.items[i]);
    }
    assert_string_equal(joined.data, expected);
    gaze_buffer_deinit(&joined);
    gaze_text_list_deinit(&labels);
    gaze_json_free(json);
}

static void labels_by_their_index(void **state) {
    (void)state;
    assert_labels("{}", "LABEL_0,LABEL_1");
    assert_labels("{\"num_labels\": 3}", "LABEL_0,LABEL_1,LABEL_2");
    assert_labels("{\"id2label\": {\"0\": \"no\"}}", "no");
    assert_labels("{\"id2label\": {\"2\": \"c\", \"0\": \"\u00e9\", \"1\": \"\"}}", "é,,c");
}

/* Labels of another file than the configuration's: those that it has no place for are left out. */
static void labels_of_another_file(void **state) {
    (void)state;
    static const char text[] = "{\"id2label\": {\"0\": \"no\"}}", more[] = "{\"id2label\": {\"7\": \"x\", \"0\": \"y\"}}";
    gaze_config config;
    gaze_json *json, *other;
    gaze_text_list labels = {0};
    assert_int_equal(gaze_config_parse(&config, &json, text, strlen(text), NULL), GAZE_OK);
    assert_int_equal(gaze_json_parse(&other, more, strlen(more), NULL, NULL), GAZE_OK);
    assert_int_equal(gaze_config_labels(&labels, &config, gaze_json_root(other), NULL), GAZE_OK);
    assert_int_equal(labels.count, 1);
    assert_string_equal(labels.items[0], "y");
    gaze_text_list_deinit(&labels);
    gaze_json_free(json);
    gaze_json_free(other);
}

/* 65,536 labels are allowed, and no more. */
static void how_many_labels(void **state) {
    (void)state;
    for (unsigned count = 65536; count <= 65537; count++) {
        gaze_config config;
        gaze_buffer text = {0};
        gaze_buffer_puts(&text, "{\"id2label\": {\"0\": \"\"");
        for (unsigned i = 1; i < count; i++) gaze_buffer_printf(&text, ",\"%u\":\"\"", i);
        gaze_buffer_puts(&text, "}}");
        gaze_status status = parse_bytes(&config, text.data, text.length, NULL);
        assert_int_equal(status, count > 65536 ? GAZE_ERROR_CONFIG : GAZE_OK);
        gaze_buffer_deinit(&text);
    }
}

static void what_a_classifier_is_for(void **state) {
    (void)state;
    gaze_config config;
    assert_int_equal(parse(&config, "{}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_UNSET);
    assert_true(config.tie_word_embeddings);
    assert_int_equal(parse(&config, "{\"problem_type\": \"regression\", \"tie_word_embeddings\": false}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_REGRESSION);
    assert_false(config.tie_word_embeddings);
    assert_int_equal(parse(&config, "{\"problem_type\": \"multi_label_classification\"}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_MULTI_LABEL);
    assert_int_equal(parse(&config, "{\"problem_type\": \"single_label_classification\"}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_SINGLE_LABEL);
}

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
        assert_int_equal(parse(&config, texts[i]), GAZE_OK);
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
        gaze_status status = parse_bytes(&config, refusals[i].text, strlen(refusals[i].text), &err);
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
    assert_int_equal(parse_bytes(&config, text, strlen(text), &err), GAZE_ERROR_UNSUPPORTED);
    assert_string_equal(err.message, "hidden_act: \"gelu_10\", expected gelu, gelu_new, gelu_pytorch_tanh, "
                                     "gelu_fast, quick_gelu, relu, silu, tanh");
}

static void one_mebibyte_is_the_limit(void **state) {
    (void)state;
    gaze_config config;
    gaze_buffer text = {0};
    gaze_buffer_puts(&text, "{}");
    while (text.length < GAZE_CONFIG_MAX_SIZE) gaze_buffer_putc(&text, ' ');
    assert_int_equal(parse_bytes(&config, text.data, text.length, NULL), GAZE_OK);
    gaze_buffer_putc(&text, ' ');
    assert_int_equal(parse_bytes(&config, text.data, text.length, NULL), GAZE_ERROR_LIMIT);
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
        assert_int_not_equal(parse_bytes(&config, small, length, NULL), GAZE_OK);
    memcpy(text, small, sizeof small);
    for (size_t i = 0; i < sizeof small - 1; i++) {
        for (int change = 1; change < 256; change++) {
            text[i] = (char)(small[i] ^ change);
            if (parse_bytes(&config, text, sizeof small - 1, NULL)) continue;
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
    return parse_bytes(&config, small, sizeof small - 1, NULL);
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(parse_small, NULL) >= 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_config_by_hand),
        cmocka_unit_test(the_defaults_of_bert_config),
        cmocka_unit_test(the_defaults_of_the_families),
        cmocka_unit_test(a_distilbert_by_hand),
        cmocka_unit_test(tasks_by_the_name_of_the_class),
        cmocka_unit_test(labels_by_their_index),
        cmocka_unit_test(labels_of_another_file),
        cmocka_unit_test(how_many_labels),
        cmocka_unit_test(what_a_classifier_is_for),
        cmocka_unit_test(what_is_accepted),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(an_unknown_activation_is_told_the_known_ones),
        cmocka_unit_test(one_mebibyte_is_the_limit),
        cmocka_unit_test(every_prefix_and_every_change_of_a_byte),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
