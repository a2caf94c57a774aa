/* tools/pipeline/pipeline: text becomes a batch; whether the model hears of segments. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"
#include "tools/pipeline/pipeline.h"

static char *directory;

/* A model that reads the letters a and b; `more` goes into config.json. */
static void write_model(const char *more) {
    tiny_model tiny;
    gaze_buffer config = {0};
    tiny_model_init(&tiny, NULL);
    tiny_model_write(&tiny, directory);
    tiny_model_put_config(&config, &tiny, more);
    tmpdir_puts(directory, "config.json", config.data);
    gaze_buffer_deinit(&config);
    tiny_model_deinit(&tiny);
    tmpdir_puts(directory, "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n");
}

/* [CLS] a [SEP] b [SEP]: the sum of the five types that the model is given. */
static int32_t types_of_pair(const char *more, const char *tokenizer_config, bool *typed) {
    const gaze_input pair = {"a", 1, "b", 1};
    const gaze_run_options options = {.threads = 1};
    gaze_pipeline *pipeline;
    gaze_run run;
    gaze_error err;
    write_model(more);
    tmpdir_puts(directory, "tokenizer_config.json", tokenizer_config);
    if (gaze_pipeline_open(&pipeline, directory, &err)) fail_msg("%s", err.message);
    if (gaze_pipeline_run(&run, pipeline, &pair, 1, &options, &err)) fail_msg("%s", err.message);
    assert_int_equal(run.batch.starts[1], 5);
    assert_int_equal(run.tokens[0].type_ids[4], 1); /* what the tokenizer says stays */
    int32_t sum = 0;
    for (size_t t = 0; t < 5; t++) sum += run.batch.types[t];
    *typed = run.batch.typed;
    gaze_run_deinit(&run);
    gaze_pipeline_close(pipeline);
    return sum;
}

static void assert_types(const char *more, const char *tokenizer_config, int32_t sum) {
    bool typed;
    assert_int_equal(types_of_pair(more, tokenizer_config, &typed), sum);
    assert_int_equal(typed, sum > 0);
}

/* 0 0 0 1 1 where the tokenizer's class gives type ids, else zeros. The class stands in tokenizer_config.json, or else
 * in config.json, or follows from the model's type. */
static void segments_by_hand(void **state) {
    (void)state;
    assert_types(NULL, "{}", 2);
    assert_types(NULL, "{\"tokenizer_class\": \"BertTokenizer\"}", 2);
    assert_types(NULL, "{\"tokenizer_class\": \"DistilBertTokenizer\"}", 0);
    assert_types(NULL, "{\"model_input_names\": [\"input_ids\", \"attention_mask\"]}", 0);
    assert_types(", \"tokenizer_class\": \"BertTokenizerFast\"", "{}", 2);
    assert_types(", \"tokenizer_class\": \"PreTrainedTokenizerFast\"", "{}", 0);
    assert_types(", \"tokenizer_class\": \"PreTrainedTokenizerFast\"", "{\"tokenizer_class\": \"BertTokenizer\"}", 2);
    assert_types(", \"tokenizer_class\": null", "{}", 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(segments_by_hand)};
    directory = tmpdir_make();
    int failed = cmocka_run_group_tests_name("pipeline", tests, NULL, NULL);
    tmpdir_remove(directory);
    return failed;
}
