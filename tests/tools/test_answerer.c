/* tools/pipeline/answerer: equal to transformers 4, whose answers are in tests/data/answer
 * (tools/make_answer_fixtures.py). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/golden.h"
#include "tests/support/json_close.h"
#include "tests/support/questions.h"

#define DATA "tests/data/answer/"

/* Of a score; they are products of two probabilities, and sums of such. Measured 3e-8. */
#define TOLERANCE 1e-6

/* A question through lines ------------------------------------------------------------------------------- */

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    (void)run;
    (void)item;
    gaze_status status = gaze_answerer_finish(context, err);
    if (!status) gaze_answerer_put_json(out, context);
    return status;
}

/* Lines that are asked one after another, in passes of few tokens, so that one context takes several of them. */
static gaze_status ask(gaze_buffer *out, const gaze_pipeline *pipeline, const gaze_answerer_options *options,
                       const char *const *questions, size_t count, gaze_error *err) {
    gaze_answerer answerer = {0};
    gaze_status status = gaze_answerer_init(&answerer, pipeline, options, err);
    gaze_lines lines = question_lines(pipeline, &answerer, put);
    lines.batch_tokens = 100;
    for (size_t i = 0; i < count && !status; i++)
        status = gaze_lines_add(&lines, out, questions[i], strlen(questions[i]), err);
    if (!status) status = gaze_lines_flush(&lines, out, err);
    gaze_lines_deinit(&lines);
    gaze_answerer_deinit(&answerer);
    return status;
}

/* Cases -------------------------------------------------------------------------------------------------- */

static size_t number(const gaze_json_value *options, const char *name) {
    uint64_t value = 0;
    gaze_json_uint64(gaze_json_get(options, name), &value);
    return (size_t)value;
}

static bool says(const gaze_json_value *options, const char *name, bool otherwise) {
    bool value = otherwise;
    gaze_json_bool(gaze_json_get(options, name), &value);
    return value;
}

static gaze_answerer_options read_options(const gaze_json_value *json) {
    return (gaze_answerer_options){.top_k = number(json, "top_k"),
                                   .max_answer_len = number(json, "max_answer_len"),
                                   .max_seq_len = number(json, "max_seq_len"),
                                   .doc_stride = number(json, "doc_stride"),
                                   .doc_stride_set = gaze_json_get(json, "doc_stride") != NULL,
                                   .handle_impossible_answer = says(json, "handle_impossible_answer", false),
                                   .inside_words = !says(json, "align_to_words", true)};
}

static gaze_pipeline *open_model(const gaze_json_value *name) {
    char directory[128];
    gaze_error err;
    gaze_pipeline *pipeline;
    snprintf(directory, sizeof directory, DATA "%.*s", (int)name->length, name->as.text);
    if (gaze_pipeline_open(&pipeline, directory, &err)) fail_msg("%s", err.message);
    return pipeline;
}

/* The line of a case is a question too: what else it holds is passed over. */
static void check_case(const gaze_pipeline *pipeline, const gaze_json_value *json, const golden_file *file) {
    const gaze_json_value *want = gaze_json_get(json, "answers");
    const gaze_answerer_options options = read_options(gaze_json_get(json, "options"));
    char *copy = gaze_copy_string(file->line, file->length);
    const char *line = copy;
    gaze_buffer out = {0};
    gaze_error err = {0};
    gaze_json *got = NULL;
    if (ask(&out, pipeline, &options, &line, 1, &err)) fail_msg("%s", err.message);
    assert_int_equal(gaze_json_parse(&got, out.data, out.length, NULL, &err), GAZE_OK);
    bool same = want->type == GAZE_JSON_OBJECT ? gaze_json_get(gaze_json_root(got), "error") != NULL
                                               : json_close(gaze_json_root(got), want, TOLERANCE);
    if (!same) fail_msg("case %zu: %s\n%s", file->number, out.data, line);
    gaze_json_free(got);
    gaze_free(copy);
    gaze_buffer_deinit(&out);
}

static void equal_to_transformers(void **state) {
    (void)state;
    golden_file file;
    gaze_pipeline *pipeline = NULL;
    char model[32] = "";
    size_t count = 0;
    golden_open_path(&file, DATA "cases.jsonl");
    for (const gaze_json_value *json; (json = golden_next(&file)); count++) {
        const gaze_json_value *name = gaze_json_get(json, "model");
        if (!gaze_json_equals(name, model)) {
            gaze_pipeline_close(pipeline);
            pipeline = open_model(name);
            snprintf(model, sizeof model, "%.*s", (int)name->length, name->as.text);
        }
        check_case(pipeline, json, &file);
    }
    assert_true(count > 80);
    gaze_pipeline_close(pipeline);
    golden_close(&file);
}

/* What is refused ---------------------------------------------------------------------------------------- */

static gaze_pipeline *bert; /* for the tests below */

static int open_bert(void **state) {
    (void)state;
    return gaze_pipeline_open(&bert, DATA "bert", NULL) ? -1 : 0;
}

static int close_bert(void **state) {
    (void)state;
    gaze_pipeline_close(bert);
    return 0;
}

static void assert_line(const char *line, const char *expected) {
    const gaze_answerer_options options = {.max_seq_len = 20, .doc_stride = 2, .doc_stride_set = true};
    gaze_buffer out = {0};
    assert_int_equal(ask(&out, bert, &options, &line, 1, NULL), GAZE_OK);
    if (!strstr(out.data, expected)) fail_msg("%s\n  gives %s", line, out.data);
    gaze_buffer_deinit(&out);
}

static void lines_that_are_no_questions(void **state) {
    (void)state;
    assert_line("{\"question\":\"who\",\"context\":\"\"}", "{\"error\":\"the context is empty\"}\n");
    assert_line("{\"question\":\"\",\"context\":\"the cat\"}", "{\"error\":\"the question is empty\"}\n");
    assert_line("{\"question\":\"who\"}", "context: nothing, expected a string");
    assert_line("{\"question\":[1],\"context\":\"x\"}", "question: an array, expected a string");
    assert_line("\"who\"", "a string, expected {");
    assert_line("{\"question\":", "\"error\"");
    assert_line("{\"question\":\"who sat on the mat because it was tired who was tired who sat on the "
                "mat\",\"context\":\"the cat sat\"}",
                "too short to respect");
}

/* One that fails leaves the next one alone. */
static void failures_stay_in_their_place(void **state) {
    (void)state;
    static const char *const lines[] = {"{\"question\":\"who\",\"context\":\"\"}",
                                        "{\"question\":\"who\",\"context\":\"the cat\"}", "7",
                                        "{\"question\":\"who\",\"context\":\"the cat\"}"};
    gaze_buffer out = {0};
    assert_int_equal(ask(&out, bert, &(gaze_answerer_options){0}, lines, 4, NULL), GAZE_OK);
    char *second = strchr(out.data, '\n') + 1, *third = strchr(second, '\n') + 1,
         *fourth = strchr(third, '\n') + 1;
    assert_true(strncmp(second, "[{\"score\":", 10) == 0);
    assert_true(strncmp(third, "{\"error\":", 9) == 0);
    assert_memory_equal(second, fourth, (size_t)(third - second));
    gaze_buffer_deinit(&out);
}

static void a_stride_longer_than_a_window(void **state) {
    (void)state;
    gaze_answerer answerer;
    gaze_error err;
    gaze_answerer_options options = {.max_seq_len = 20, .doc_stride = 21, .doc_stride_set = true};
    assert_int_equal(gaze_answerer_init(&answerer, bert, &options, &err), GAZE_ERROR_ARGUMENT);
    assert_string_equal(err.message, "a doc_stride of 21 is more than the 20 tokens of a window");
    gaze_answerer_deinit(&answerer);
}

/* 384 tokens, or what the model takes; 128 of them shared, or half. */
static void windows_of_the_usual_size(void **state) {
    (void)state;
    gaze_answerer answerer;
    assert_int_equal(gaze_answerer_init(&answerer, bert, &(gaze_answerer_options){0}, NULL), GAZE_OK);
    assert_int_equal(answerer.truncation.max_length, 126);
    assert_int_equal(answerer.truncation.stride, 63);
    assert_int_equal(answerer.truncation.strategy, GAZE_TRUNCATE_ONLY_SECOND);
    gaze_answerer_deinit(&answerer);
}

static gaze_status ask_something(void *context) {
    static const char *const line =
        "{\"question\":\"who sat?\",\"context\":\"the cat sat on the mat because it was tired. "
        "who sat on the mat? the dog was tired.\"}";
    const gaze_answerer_options options = {
        .max_seq_len = 20, .doc_stride = 5, .doc_stride_set = true, .top_k = 3};
    gaze_buffer out = {0};
    (void)context;
    gaze_status status = ask(&out, bert, &options, &line, 1, NULL);
    if (!status) assert_true(out.data[0] == '[');
    gaze_buffer_deinit(&out);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(ask_something, NULL) > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_to_transformers),        cmocka_unit_test(lines_that_are_no_questions),
        cmocka_unit_test(failures_stay_in_their_place), cmocka_unit_test(a_stride_longer_than_a_window),
        cmocka_unit_test(windows_of_the_usual_size),    cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, open_bert, close_bert);
}
