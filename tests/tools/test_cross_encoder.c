/* tools/pipeline/cross_encoder, task: which activation, which length, and which models are refused. By hand: the logit of
 * these models is ln 3 (tests/support/hand_model.h), the sigmoid of which is 0.75. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/hand_model.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"
#include "tools/pipeline/cross_encoder.h"
#include "tools/pipeline/fill_mask.h"
#include "tools/pipeline/task.h"

#define LOGIT 1.09861229F

static const float one_label[] = {LOGIT}, two_labels[] = {LOGIT, 0};

/* One score ---------------------------------------------------------------------------------------------- */

/* What the task of these tests sees. */
typedef struct seen {
    const gaze_cross_encoder *encoder;
    double score;
    size_t tokens;
    size_t query_length;
} seen;

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    seen *s = context;
    (void)out, (void)err;
    s->score = gaze_cross_encoder_score(s->encoder, run, item->sequence);
    s->tokens = item->tokens.count;
    s->query_length = item->input.text_length;
    return GAZE_OK;
}

/* Scores "a" against "b c", of which the model sees [CLS] a [SEP] b c [SEP]. */
static gaze_status score(seen *s, const char *directory, gaze_error *err) {
    gaze_cross_encoder *encoder;
    gaze_buffer out = {0};
    gaze_status status = gaze_cross_encoder_open(&encoder, directory, err);
    if (status) assert_null(encoder);
    if (status) return status;
    *s = (seen){.encoder = encoder};
    gaze_lines lines = gaze_cross_encoder_lines(encoder, "a");
    lines.put = put;
    lines.context = s;
    lines.options.threads = 1;
    status = gaze_lines_add(&lines, &out, "\"b c\"", 5, err);
    if (!status) status = gaze_lines_flush(&lines, &out, err);
    if (!status) assert_int_equal(lines.failures, 0);
    gaze_lines_deinit(&lines);
    gaze_buffer_deinit(&out);
    gaze_cross_encoder_close(encoder);
    return status;
}

/* The score of a model with these fields in its config.json and these files beside it: name, content, ..., NULL. */
static seen score_with(const char *more, const char *const *files) {
    char *directory = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one_label, 1, more);
    gaze_error err = {0};
    seen s;
    for (; *files; files += 2) tmpdir_puts(directory, files[0], files[1]);
    if (score(&s, directory, &err)) fail_msg("%s", err.message);
    tmpdir_remove(directory);
    return s;
}

static void refused_with(gaze_status expected, const char *word, const char *more, const char *const *files) {
    char *directory = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one_label, 1, more);
    gaze_error err = {0};
    seen s;
    for (; *files; files += 2) tmpdir_puts(directory, files[0], files[1]);
    assert_int_equal(score(&s, directory, &err), expected);
    if (!strstr(err.message, word)) fail_msg("'%s' does not say '%s'", err.message, word);
    tmpdir_remove(directory);
}

#define FILES(...)             ((const char *const[]){__VA_ARGS__ NULL})
#define CLOSE(score, expected) assert_float_equal(score, expected, 1e-6)

/* The activation ----------------------------------------------------------------------------------------- */

static void activations_by_hand(void **state) {
    (void)state;
    CLOSE(score_with(NULL, FILES()).score, 0.75);
    CLOSE(score_with(", \"sentence_transformers\": {\"activation_fn\": \"torch.nn.modules.linear.Identity\"}",
                     FILES())
              .score,
          LOGIT);
    CLOSE(score_with(
              ", \"sentence_transformers\": {\"activation_fn\": \"torch.nn.modules.activation.Sigmoid\"}, "
              "\"sbert_ce_default_activation_function\": \"torch.nn.Identity\"",
              FILES())
              .score,
          0.75);
    CLOSE(score_with(", \"sentence_transformers\": {\"version\": \"4.1\"}, "
                     "\"sbert_ce_default_activation_function\": \"torch.nn.modules.linear.Identity\"",
                     FILES())
              .score,
          LOGIT);
    CLOSE(score_with(", \"sentence_transformers\": {\"activation_fn\": null}, "
                     "\"sbert_ce_default_activation_function\": \"torch.nn.Identity\"",
                     FILES())
              .score,
          0.75); /* null is an answer */
    CLOSE(score_with(", \"sbert_ce_default_activation_function\": null", FILES()).score, 0.75);
    CLOSE(score_with(", \"sentence_transformers\": {\"activation_fn\": \"mine.Tanh\"}", FILES()).score, 0.75);
}

#define MODULE                                                                                               \
    "{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\": "                                               \
    "\"sentence_transformers.base.modules.transformer.Transformer\"}"
#define SAVED "modules.json", "[" MODULE "]", "config_sentence_transformers.json"

/* As sentence-transformers saves it: its own file comes first. */
static void saved_cross_encoders(void **state) {
    (void)state;
    CLOSE(score_with(NULL, FILES(SAVED,
                                 "{\"model_type\": \"CrossEncoder\", \"activation_fn\": "
                                 "\"torch.nn.modules.linear.Identity\"}", ))
              .score,
          LOGIT);
    CLOSE(score_with(", \"sbert_ce_default_activation_function\": \"torch.nn.Identity\"",
                     FILES(SAVED, "{\"model_type\": \"CrossEncoder\", \"activation_fn\": null}", ))
              .score,
          LOGIT);
    seen s = score_with(NULL, FILES(SAVED,
                                    "{\"model_type\": \"CrossEncoder\", \"prompts\": {\"query\": \"d \"}, "
                                    "\"default_prompt_name\": \"query\"}", ));
    assert_int_equal(s.query_length, 3); /* "d a" */
    assert_int_equal(s.tokens, 7);
    s = score_with(NULL, FILES(SAVED, "{\"model_type\": \"CrossEncoder\"}", "sentence_bert_config.json",
                               "{\"max_seq_length\": 5, \"transformer_task\": \"sequence-classification\", "
                               "\"module_output_name\": \"scores\"}", ));
    assert_int_equal(s.tokens, 5);
    s = score_with(NULL, FILES("modules.json", "[" MODULE ", 7]", )); /* of an embedder: passed over */
    assert_int_equal(s.tokens, 6);
}

static void lengths(void **state) {
    (void)state;
    assert_int_equal(score_with(NULL, FILES("tokenizer_config.json", "{\"model_max_length\": 5}", )).tokens,
                     5);
    assert_int_equal(score_with(NULL, FILES("tokenizer_config.json", "{\"model_max_length\": 512}", )).tokens,
                     6);
}

static void what_is_refused(void **state) {
    (void)state;
    refused_with(GAZE_ERROR_UNSUPPORTED, "torch.nn.ReLU",
                 ", \"sentence_transformers\": {\"activation_fn\": \"torch.nn.ReLU\"}", FILES());
    refused_with(GAZE_ERROR_UNSUPPORTED, "2 modules", NULL,
                 FILES("modules.json", "[" MODULE "," MODULE "]", "config_sentence_transformers.json",
                       "{\"model_type\": \"CrossEncoder\"}", ));
    refused_with(GAZE_ERROR_UNSUPPORTED, "LogitScore", NULL,
                 FILES("modules.json",
                       "[{\"path\": \"\", \"type\": \"sentence_transformers.cross_encoder.LogitScore\"}]",
                       "config_sentence_transformers.json", "{\"model_type\": \"CrossEncoder\"}", ));
    refused_with(GAZE_ERROR_UNSUPPORTED, "transformer_task", NULL,
                 FILES(SAVED, "{\"model_type\": \"CrossEncoder\"}", "sentence_bert_config.json",
                       "{\"transformer_task\": \"feature-extraction\"}", ));
    refused_with(GAZE_ERROR_CONFIG, "activation_fn", NULL,
                 FILES(SAVED, "{\"model_type\": \"CrossEncoder\", \"activation_fn\": 7}", ));
}

/* Heads ---------------------------------------------------------------------------------------------------- */

static void open_error(const char *directory, const char *word) {
    gaze_error err = {0};
    seen s;
    assert_int_equal(score(&s, directory, &err), GAZE_ERROR_UNSUPPORTED);
    if (!strstr(err.message, word)) fail_msg("'%s' does not say '%s'", err.message, word);
}

static void other_heads(void **state) {
    (void)state;
    char *directory = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, two_labels, 2, NULL);
    open_error(directory, "2 labels");
    tmpdir_remove(directory);
    open_error("tests/data/models/tiny-bert", "this is a BertModel, which has none");
    open_error("tests/data/models/masked-lm-old-names",
               "this is a BertForMaskedLM, whose head is for MaskedLM");
}

/* Writes the model of the directory anew without one of its parameters. */
static void drop_parameter(const char *directory, const char *name) {
    const tiny_model_options options = {.task = GAZE_TASK_SEQUENCE_CLASSIFICATION};
    tiny_model tiny;
    tiny_model_init(&tiny, &options);
    tiny_model_remove(&tiny, name);
    tiny_model_write(&tiny, directory);
    tiny_model_deinit(&tiny);
}

/* The weights of the head are not there, or there are fewer of them than id2label has names. */
static void heads_that_are_incomplete(void **state) {
    (void)state;
    gaze_pipeline *pipeline;
    gaze_error err = {0};
    char *directory = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, two_labels, 2,
                                      ", \"id2label\": {\"0\": \"x\", \"1\": \"y\", \"2\": \"z\"}");
    assert_int_equal(gaze_pipeline_open(&pipeline, directory, &err), GAZE_ERROR_CONFIG);
    assert_non_null(strstr(err.message, "num_labels: 2, but id2label has 3"));
    tmpdir_remove(directory);
    directory = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, two_labels, 2, NULL);
    drop_parameter(directory, "classifier.bias");
    assert_int_equal(gaze_pipeline_open(&pipeline, directory, &err), GAZE_OK);
    assert_int_equal(gaze_require_head(pipeline, GAZE_TASK_SEQUENCE_CLASSIFICATION, &err),
                     GAZE_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "no 'classifier.bias'"));
    gaze_pipeline_close(pipeline);
    tmpdir_remove(directory);
    directory = hand_model_make(GAZE_TASK_NONE, NULL, 0, NULL);
    assert_int_equal(gaze_pipeline_open(&pipeline, directory, &err), GAZE_OK);
    assert_int_equal(gaze_require_head(pipeline, GAZE_TASK_QUESTION_ANSWERING, &err), GAZE_ERROR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "needs a head for QuestionAnswering"));
    gaze_pipeline_close(pipeline);
    tmpdir_remove(directory);
}

static void a_tokenizer_without_a_mask(void **state) {
    (void)state;
    static const float biases[11] = {0};
    gaze_pipeline *pipeline;
    gaze_mask_filler filler;
    gaze_error err = {0};
    char *directory = hand_model_make(GAZE_TASK_MASKED_LM, biases, 11, NULL);
    tmpdir_puts(
        directory, "tokenizer.json",
        "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":null,\"post_"
        "processor\":null,"
        "\"decoder\":null,\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}}");
    assert_int_equal(gaze_pipeline_open(&pipeline, directory, &err), GAZE_OK);
    assert_int_equal(gaze_pipeline_max_length(pipeline), 7);
    assert_int_equal(gaze_mask_filler_init(&filler, pipeline, 5, &err), GAZE_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "the tokenizer has no mask token"));
    gaze_mask_filler_deinit(&filler);
    gaze_pipeline_close(pipeline);
    tmpdir_remove(directory);
}

/* Memory --------------------------------------------------------------------------------------------------- */

static gaze_status open_and_score(void *context) {
    seen s;
    return score(&s, context, NULL);
}

static void out_of_memory(void **state) {
    (void)state;
    char *directory = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one_label, 1, NULL);
    tmpdir_puts(directory, "modules.json", "[" MODULE "]");
    tmpdir_puts(directory, "config_sentence_transformers.json",
                "{\"model_type\": \"CrossEncoder\", \"activation_fn\": \"torch.nn.Sigmoid\", \"prompts\": "
                "{\"q\": \"d \"}, "
                "\"default_prompt_name\": \"q\"}");
    assert_true(fail_each_allocation(open_and_score, directory) > 100);
    tmpdir_remove(directory);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(activations_by_hand),
        cmocka_unit_test(saved_cross_encoders),
        cmocka_unit_test(lengths),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(other_heads),
        cmocka_unit_test(heads_that_are_incomplete),
        cmocka_unit_test(a_tokenizer_without_a_mask),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
