/* tools/pipeline/labeller: equal to transformers, whose entities are in tests/data/label
 * (tools/make_label_fixtures.py). */
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
#include "tools/pipeline/labeller.h"
#include "tools/pipeline/lines.h"
#include "tools/pipeline/task.h"

#define DATA "tests/data/label/"

/* Of a score: a probability. Measured 1e-7. */
#define TOLERANCE 1e-6

/* A text through lines ------------------------------------------------------------------------------------- */

static gaze_status take_window(void *context, const gaze_run *run, const gaze_line_item *item,
                               const gaze_tokens *window, gaze_error *err) {
    gaze_labeller *labeller = context;
    const size_t C = gaze_model_config(gaze_pipeline_model(labeller->pipeline))->num_labels;
    const float *logits = run->logits + C * run->batch.starts[item->sequence];
    return gaze_labeller_window(labeller, &item->input, window, logits, window == &item->tokens, err);
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    (void)run;
    (void)item;
    gaze_status status = gaze_labeller_finish(context, err);
    if (!status) gaze_labeller_put_json(out, context);
    return status;
}

static gaze_status label(gaze_buffer *out, const gaze_pipeline *pipeline, gaze_aggregation aggregation,
                         size_t stride, const gaze_input *input, gaze_error *err) {
    gaze_labeller labeller;
    gaze_truncation truncation = {
        .enabled = stride > 0, .max_length = gaze_pipeline_max_length(pipeline), .stride = stride};
    gaze_status status = gaze_labeller_init(&labeller, pipeline, aggregation, err);
    gaze_lines lines = {.pipeline = pipeline,
                        .options = {.truncation = truncation, .logits = true, .threads = 1},
                        .window = take_window,
                        .put = put,
                        .context = &labeller};
    if (!status) status = gaze_lines_add_input(&lines, out, input, err);
    if (!status) status = gaze_lines_flush(&lines, out, err);
    gaze_lines_deinit(&lines);
    gaze_labeller_deinit(&labeller);
    return status;
}

/* Cases -------------------------------------------------------------------------------------------------- */

static gaze_pipeline *open_model(const char *name) {
    char directory[128];
    gaze_error err;
    gaze_pipeline *pipeline;
    snprintf(directory, sizeof directory, DATA "%s", name);
    if (gaze_pipeline_open(&pipeline, directory, &err)) fail_msg("%s", err.message);
    return pipeline;
}

static void check_case(const gaze_pipeline *pipeline, const gaze_json_value *json, const golden_file *file) {
    const gaze_json_value *text = gaze_json_get(json, "text"), *name = gaze_json_get(json, "aggregation");
    const gaze_input input = {.text = text->as.text, .text_length = text->length};
    char word[16];
    uint64_t stride = 0;
    gaze_aggregation aggregation;
    gaze_buffer out = {0};
    gaze_error err = {0};
    gaze_json *got = NULL;
    snprintf(word, sizeof word, "%.*s", (int)name->length, name->as.text);
    assert_true(gaze_aggregation_from_name(word, &aggregation));
    gaze_json_uint64(gaze_json_get(json, "stride"), &stride);
    if (label(&out, pipeline, aggregation, (size_t)stride, &input, &err)) fail_msg("%s", err.message);
    assert_int_equal(gaze_json_parse(&got, out.data, out.length, NULL, &err), GAZE_OK);
    if (!json_close(gaze_json_root(got), gaze_json_get(json, "entities"), TOLERANCE))
        fail_msg("case %zu: %s\n%.*s", file->number, out.data, (int)file->length, file->line);
    gaze_json_free(got);
    gaze_buffer_deinit(&out);
}

static void equal_to_transformers(void **state) {
    (void)state;
    golden_file file;
    size_t count = 0;
    gaze_pipeline *models[] = {open_model("bert"), open_model("roberta")};
    golden_open_path(&file, DATA "cases.jsonl");
    for (const gaze_json_value *json; (json = golden_next(&file)); count++)
        check_case(models[gaze_json_equals(gaze_json_get(json, "model"), "roberta")], json, &file);
    assert_true(count > 80);
    for (size_t i = 0; i < 2; i++) gaze_pipeline_close(models[i]);
    golden_close(&file);
}

/* Windows ------------------------------------------------------------------------------------------------ */

/* Of [0,4) and [2,9) the longer stays; of [9,12) .8 and [9,12) .9 the surer; [20,21) overlaps nothing. */
static void windows_put_together_by_hand(void **state) {
    (void)state;
    gaze_entity entities[] = {{.label = "a", .score = .9, .chars = {0, 4}},
                              {.label = "b", .score = .8, .chars = {9, 12}},
                              {.label = "c", .score = .5, .chars = {20, 21}},
                              {.label = "d", .score = .1, .chars = {2, 9}},
                              {.label = "e", .score = .9, .chars = {9, 12}}};
    gaze_labeller labeller = {.entities = entities, .count = 5, .windows = 2};
    assert_int_equal(gaze_labeller_finish(&labeller, NULL), GAZE_OK);
    assert_int_equal(labeller.count, 3);
    assert_string_equal(entities[0].label, "d");
    assert_string_equal(entities[1].label, "e");
    assert_string_equal(entities[2].label, "c");
}

static void one_window_stays_as_it_is(void **state) {
    (void)state;
    gaze_entity entities[] = {{.label = "a", .chars = {0, 4}}, {.label = "b", .chars = {2, 9}}};
    gaze_labeller labeller = {.entities = entities, .count = 2, .windows = 1};
    assert_int_equal(gaze_labeller_finish(&labeller, NULL), GAZE_OK);
    assert_int_equal(labeller.count, 2);
    labeller = (gaze_labeller){.windows = 3};
    assert_int_equal(gaze_labeller_finish(&labeller, NULL), GAZE_OK);
    assert_int_equal(labeller.count, 0);
}

static gaze_status label_something(void *context) {
    static const char text[] = "the cat sat on the mat because it was tired, who was tired?";
    const gaze_input input = {.text = text, .text_length = sizeof text - 1};
    gaze_buffer out = {0};
    gaze_status status = label(&out, context, GAZE_AGGREGATE_MAX, 5, &input, NULL);
    if (!status) assert_true(out.length > 20);
    gaze_buffer_deinit(&out);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    gaze_pipeline *pipeline = open_model("bert");
    assert_true(fail_each_allocation(label_something, pipeline) > 20);
    gaze_pipeline_close(pipeline);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_to_transformers),
        cmocka_unit_test(windows_put_together_by_hand),
        cmocka_unit_test(one_window_stays_as_it_is),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
