/* weights/config_json: what a file says and what it leaves to the defaults. What is refused: test_config_refusals.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/model/family.h"
#include "tests/support/config_parse.h"
#include "weights/config_json.h"

/* hidden_size 6 and 3 heads: K = 6 / 3 = 2. */
static void a_config_by_hand(void **state) {
    (void)state;
    gaze_config config;
    assert_int_equal(config_parse(&config,
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
    assert_int_equal(config_parse(&config, "{}"), GAZE_OK);
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
        assert_int_equal(config_parse(&config, text), GAZE_OK);
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
    assert_int_equal(config_parse(&config, "{\"model_type\": \"distilbert\", \"dim\": 6, \"n_layers\": 2, \"n_heads\": 3,"
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
        assert_int_equal(config_parse(&config, text), GAZE_OK);
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
        gaze_status status = config_parse_bytes(&config, text.data, text.length, NULL);
        assert_int_equal(status, count > 65536 ? GAZE_ERROR_CONFIG : GAZE_OK);
        gaze_buffer_deinit(&text);
    }
}

static void what_a_classifier_is_for(void **state) {
    (void)state;
    gaze_config config;
    assert_int_equal(config_parse(&config, "{}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_UNSET);
    assert_true(config.tie_word_embeddings);
    assert_int_equal(config_parse(&config, "{\"problem_type\": \"regression\", \"tie_word_embeddings\": false}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_REGRESSION);
    assert_false(config.tie_word_embeddings);
    assert_int_equal(config_parse(&config, "{\"problem_type\": \"multi_label_classification\"}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_MULTI_LABEL);
    assert_int_equal(config_parse(&config, "{\"problem_type\": \"single_label_classification\"}"), GAZE_OK);
    assert_int_equal(config.problem_type, GAZE_PROBLEM_SINGLE_LABEL);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
