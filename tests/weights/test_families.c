/* weights/bind for every family and task: names, tied parameters, heads that are missing or do not fit. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tests/support/tiny_model.h"
#include "weights/model.h"
#include "weights/safetensors.h"

/* Every family and task under its own names: all tensors are used, the head is there. */
static void every_family_and_task(void **state) {
    (void)state;
    for (int type = 0; type < GAZE_MODEL_TYPE_COUNT; type++) {
        for (int task = 0; task < 2 * GAZE_TASK_COUNT; task++) {
            tiny_model tiny;
            gaze_buffer config = {0}, weights = {0};
            tiny_model_init(&tiny, &(tiny_model_options){.model_type = (gaze_model_type)type,
                                                         .task = (gaze_task)(task / 2),
                                                         .untied = task % 2});
            gaze_model *model = tiny_model_open(&tiny, &config, &weights);
            assert_int_equal(tiny_model_unused(model), 0);
            assert_int_equal(gaze_model_missing_count(model), 0);
            assert_int_equal(gaze_model_has_head(model), task >= 2);
            gaze_model_close(model);
            gaze_buffer_deinit(&config);
            gaze_buffer_deinit(&weights);
            tiny_model_deinit(&tiny);
        }
    }
}

static void head_tensors(gaze_model_type type, gaze_task task, bool untied, const char *expected) {
    tiny_model tiny;
    gaze_buffer names = {0};
    tiny_model_init(&tiny, &(tiny_model_options){.model_type = type, .task = task, .untied = untied});
    for (size_t i = 0; i < tiny.count; i++) {
        const char *name = tiny.tensors[i].name;
        if (strncmp(name, "embeddings", 10) == 0 || strstr(name, ".layer.")) continue;
        gaze_buffer_printf(&names, "%s ", name);
    }
    assert_string_equal(names.data, expected);
    gaze_buffer_deinit(&names);
    tiny_model_deinit(&tiny);
}

/* Names as transformers' classes give them; the fixtures, which it wrote, check the others. */
static void names_of_heads_by_hand(void **state) {
    (void)state;
    head_tensors(GAZE_MODEL_DISTILBERT, GAZE_TASK_MASKED_LM, true,
                 "vocab_transform.weight vocab_transform.bias vocab_layer_norm.weight vocab_layer_norm.bias "
                 "vocab_projector.weight vocab_projector.bias ");
    head_tensors(GAZE_MODEL_CAMEMBERT, GAZE_TASK_SEQUENCE_CLASSIFICATION, false,
                 "classifier.dense.weight classifier.dense.bias classifier.out_proj.weight "
                 "classifier.out_proj.bias ");
    head_tensors(GAZE_MODEL_BERT, GAZE_TASK_SEQUENCE_CLASSIFICATION, false,
                 "pooler.dense.weight pooler.dense.bias classifier.weight classifier.bias ");
}

/* Open with a renamed tensor: tied parameters may stand under either name, untied ones may not. */
static void tied_parameters_under_either_name(void **state) {
    (void)state;
    static const struct {
        gaze_model_type type;
        const char *name, *other;
    } cases[] = {
        {GAZE_MODEL_BERT, "cls.predictions.decoder.bias", "cls.predictions.bias"},
        {GAZE_MODEL_ROBERTA, "lm_head.decoder.bias", "lm_head.bias"},
        {GAZE_MODEL_BERT, "embeddings.word_embeddings.weight", "cls.predictions.decoder.weight"},
        {GAZE_MODEL_ROBERTA, "embeddings.word_embeddings.weight", "lm_head.decoder.weight"},
        {GAZE_MODEL_DISTILBERT, "embeddings.word_embeddings.weight", "vocab_projector.weight"},
        {GAZE_MODEL_ELECTRA, "embeddings.word_embeddings.weight", "generator_lm_head.weight"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tiny_model tiny;
        gaze_buffer config = {0}, weights = {0};
        tiny_model_init(&tiny, &(tiny_model_options){.model_type = cases[i].type, .task = GAZE_TASK_MASKED_LM});
        tiny_model_find(&tiny, cases[i].name)->name = cases[i].other;
        gaze_model *model = tiny_model_open(&tiny, &config, &weights);
        assert_true(gaze_model_has_head(model));
        assert_int_equal(tiny_model_unused(model), 0);
        assert_null(gaze_model_params(model)->head.output.weight.data);
        gaze_model_close(model);
        gaze_buffer_deinit(&config);
        gaze_buffer_deinit(&weights);
        tiny_model_deinit(&tiny);
    }
}

/* A head with a part missing is no head; the model opens all the same, and says what is missing. */
static void a_head_that_is_not_complete(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_buffer config = {0}, weights = {0};
    tiny_model_init(&tiny, &(tiny_model_options){.task = GAZE_TASK_MASKED_LM, .untied = true});
    tiny_model_remove(&tiny, "cls.predictions.decoder.weight");
    gaze_model *model = tiny_model_open(&tiny, &config, &weights);
    assert_false(gaze_model_has_head(model));
    assert_int_equal(gaze_model_missing_count(model), 1);
    assert_string_equal(gaze_model_missing_at(model, 0), "cls.predictions.decoder.weight");
    gaze_model_close(model);
    gaze_buffer_deinit(&config);
    gaze_buffer_deinit(&weights);
    tiny_model_deinit(&tiny);
}

static void assert_refused(gaze_model_type type, gaze_task task, const char *more, gaze_status expected,
                           const char *message) {
    tiny_model tiny;
    gaze_error err;
    gaze_model *model;
    gaze_buffer config = {0}, weights = {0};
    tiny_model_init(&tiny, &(tiny_model_options){.model_type = type, .task = task});
    tiny_model_put_config(&config, &tiny, more);
    assert_int_equal(gaze_safetensors_write(&weights, tiny.tensors, tiny.count, "pt", NULL), GAZE_OK);
    const gaze_model_files files = {config.data, config.length, weights.data, weights.length};
    assert_int_equal(gaze_model_open_files(&model, &files, &err), expected);
    assert_string_equal(err.message, message);
    gaze_buffer_deinit(&config);
    gaze_buffer_deinit(&weights);
    tiny_model_deinit(&tiny);
}

/* The weights have two labels, config.json three: Hugging Face refuses this as well ("size mismatch"). */
static void labels_that_the_classifier_does_not_have(void **state) {
    (void)state;
    static const char three[] = ", \"id2label\": {\"0\": \"a\", \"1\": \"b\", \"2\": \"c\"}";
#define FOUND(name) \
    "model.safetensors: tensor '" name "': shape [2, 6], expected [3, 6] (config.json's id2label, hidden_size)"
    assert_refused(GAZE_MODEL_BERT, GAZE_TASK_TOKEN_CLASSIFICATION, three, GAZE_ERROR_SHAPE, FOUND("classifier.weight"));
    assert_refused(GAZE_MODEL_BERT, GAZE_TASK_SEQUENCE_CLASSIFICATION, three, GAZE_ERROR_SHAPE,
                   FOUND("classifier.weight"));
    assert_refused(GAZE_MODEL_DISTILBERT, GAZE_TASK_SEQUENCE_CLASSIFICATION, three, GAZE_ERROR_SHAPE,
                   FOUND("classifier.weight"));
    assert_refused(GAZE_MODEL_ROBERTA, GAZE_TASK_SEQUENCE_CLASSIFICATION, three, GAZE_ERROR_SHAPE,
                   FOUND("classifier.out_proj.weight"));
    assert_refused(GAZE_MODEL_ELECTRA, GAZE_TASK_SEQUENCE_CLASSIFICATION, ", \"num_labels\": 3", GAZE_ERROR_SHAPE,
                   FOUND("classifier.out_proj.weight"));
}

/* config.json against itself. Hugging Face warns, forgets the names and takes num_labels; which of the two is wrong
 * nobody knows, so that we refuse. */
static void label_counts_that_contradict(void **state) {
    (void)state;
    assert_refused(GAZE_MODEL_BERT, GAZE_TASK_SEQUENCE_CLASSIFICATION,
                   ", \"num_labels\": 3, \"id2label\": {\"0\": \"a\", \"1\": \"b\"}", GAZE_ERROR_CONFIG,
                   "config.json: num_labels: 3, but id2label has 2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_heads_by_hand),
        cmocka_unit_test(every_family_and_task),
        cmocka_unit_test(tied_parameters_under_either_name),
        cmocka_unit_test(a_head_that_is_not_complete),
        cmocka_unit_test(labels_that_the_classifier_does_not_have),
        cmocka_unit_test(label_counts_that_contradict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
