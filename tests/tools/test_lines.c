/* Many inputs in, one result each out. The task of these tests tells what its pass was made of:
 *
 *     "number:tokens/sequences of the pass,place among them;"
 *
 * By hand: "a" and "b c" are 3 and 4 tokens with their special ones. In one pass they give "0:3/2,0;1:4/2,1;",
 * in passes of their own "0:3/1,0;1:4/1,0;". */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tools/pipeline/inputs.h"
#include "tools/pipeline/lines.h"

#define TINY "tests/data/models/tiny-bert" /* 128 positions */

static gaze_pipeline *pipeline;

static int open_pipeline(void **state) {
    (void)state;
    return gaze_pipeline_open(&pipeline, TINY, NULL) ? -1 : 0;
}

static int close_pipeline(void **state) {
    (void)state;
    gaze_pipeline_close(pipeline);
    return 0;
}

static gaze_status tell(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                        gaze_error *err) {
    (void)context;
    gaze_buffer_printf(out, "%zu:%zu/%zu,%zu;", item->number, item->tokens.count, run->count, item->sequence);
    assert_int_equal(gaze_batch_length(&run->batch, item->sequence), item->tokens.count);
    assert_int_equal(run->batch.ids[run->batch.starts[item->sequence] + 1], item->tokens.ids[1]);
    assert_int_equal(item->tokens.overflow_count, 0);
    if (item->input.text_length == 4 && memcmp(item->input.text, "fail", 4) == 0)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "the task does not want this");
    return GAZE_OK;
}

/* Sends the lines of a text through and appends what comes out. */
static gaze_status send(gaze_buffer *out, gaze_lines *lines, const char *text, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (const char *feed; !status && *text; text = feed + 1) {
        feed = strchr(text, '\n');
        status = gaze_lines_add(lines, out, text, (size_t)(feed - text), err);
    }
    return status ? status : gaze_lines_flush(lines, out, err);
}

static void assert_result(gaze_lines lines, const char *text, const char *expected, size_t failures) {
    gaze_buffer out = {0};
    gaze_error err = {0};
    lines.pipeline = pipeline;
    if (!lines.put) lines.put = tell;
    if (send(&out, &lines, text, &err)) fail_msg("%s", err.message);
    assert_string_equal(out.data ? out.data : "", expected);
    assert_int_equal(lines.failures, failures);
    gaze_lines_deinit(&lines);
    gaze_buffer_deinit(&out);
}

static void test_by_hand(void **state) {
    (void)state;
    assert_result((gaze_lines){0}, "\"a\"\n\"b c\"\n", "0:3/2,0;1:4/2,1;", 0);
    assert_result((gaze_lines){.batch_tokens = 1}, "\"a\"\n\"b c\"\n", "0:3/1,0;1:4/1,0;", 0);
    assert_result((gaze_lines){.batch_tokens = 3}, "\"a\"\n\"b c\"\n\"a\"\n", "0:3/1,0;1:4/1,0;2:3/1,0;", 0);
    assert_result((gaze_lines){.batch_tokens = 4}, "\"a\"\n\"b c\"\n\"a\"\n", "0:3/2,0;1:4/2,1;2:3/1,0;", 0);
    assert_result((gaze_lines){0}, "[\"a\",\"b\"]\n", "0:5/1,0;", 0);
    assert_result((gaze_lines){.plain = true}, "a\n\n", "0:3/2,0;1:2/2,1;", 0);
    assert_result((gaze_lines){0}, "", "", 0);
}

/* What fails has its error in its place, and the others their results, whichever stage refuses it. */
static void test_errors_in_their_places(void **state) {
    (void)state;
    char lines[2048] = "\"a\"\n\"";
    for (int i = 0; i < 127; i++) strcat(lines, "a ");
    strcat(lines, "\"\n7\n{\n\"fail\"\n\"b\"\n");
    assert_result(
        (gaze_lines){0}, lines,
        "0:3/3,0;"
        "{\"error\":\"text of 129 tokens, the model has 128 positions (--max-length 128 cuts it)\"}\n"
        "{\"error\":\"a number, expected a string or an array [text, pair]\"}\n"
        "{\"error\":\"JSON ends inside a value, at byte 1\"}\n"
        "{\"error\":\"the task does not want this\"}\n"
        "5:3/3,2;",
        4);
    assert_result((gaze_lines){.batch_tokens = 1}, "7\n", /* no pass at all */
                  "{\"error\":\"a number, expected a string or an array [text, pair]\"}\n", 1);
}

/* Truncation is of each input; a megabyte of text leaves no windows behind. */
static void test_truncation(void **state) {
    (void)state;
    gaze_buffer text = {0};
    for (int i = 0; i < 100000; i++) gaze_buffer_puts(&text, "cat ");
    gaze_buffer_puts(&text, "\na\n");
    gaze_lines lines = {.plain = true, .options.truncation = {.enabled = true, .max_length = 8}};
    assert_result(lines, text.data, "0:8/2,0;1:3/2,1;", 0);
    gaze_buffer_deinit(&text);
}

/* A prompt stands before every text, not before its pair. */
static void test_prompt(void **state) {
    (void)state;
    assert_result((gaze_lines){.prompt = "a b "}, "\"a\"\n[\"a\",\"b\"]\n\"\"\n7\n",
                  "0:5/3,0;1:7/3,1;2:4/3,2;"
                  "{\"error\":\"a number, expected a string or an array [text, pair]\"}\n",
                  1);
}

/* With a query every text becomes a pair, of which it is the second: 1 + 1 + 3 special tokens and more. */
static void test_query(void **state) {
    (void)state;
    assert_result((gaze_lines){.query = "a b"}, "\"a\"\n[\"a\",\"b\"]\n\"\"\n",
                  "0:6/2,0;"
                  "{\"error\":\"an array [text, pair], expected a string\"}\n"
                  "2:5/2,1;",
                  1);
    assert_result((gaze_lines){.query = "a b", .prompt = "c "}, "\"a\"\n", "0:7/1,0;", 0);
}

/* `begin` sees every pass once, before its results, with all of its items. */
static gaze_status count_pass(void *context, const gaze_run *run, const gaze_line_item *items, size_t count,
                              gaze_error *err) {
    size_t *passes = context, good = 0;
    (void)err;
    for (size_t i = 0; i < count; i++) good += !items[i].error;
    assert_int_equal(good, run->count);
    ++*passes;
    return GAZE_OK;
}

static gaze_status put_passes(void *context, const gaze_run *run, const gaze_line_item *item,
                              gaze_buffer *out, gaze_error *err) {
    (void)run, (void)item, (void)err;
    gaze_buffer_printf(out, "%zu ", *(size_t *)context);
    return GAZE_OK;
}

static void put_failed(void *context, const gaze_line_item *item, gaze_buffer *out) {
    (void)context;
    assert_null(item->input.text); /* what was read of it is nothing to be looked at */
    assert_int_equal(item->input.text_length, 0);
    gaze_buffer_printf(out, "(%zu) ", item->number);
}

static void test_functions_of_a_task(void **state) {
    (void)state;
    size_t passes = 0;
    gaze_lines lines = {.batch_tokens = 6,
                        .begin = count_pass,
                        .put = put_passes,
                        .put_error = put_failed,
                        .context = &passes};
    assert_result(lines, "\"a\"\n7\n\"a\"\n\"a\"\n\"a\"\n", "1 (1) 1 2 2 ", 1);
}

/* {"word": "..."} instead of a string. */
static gaze_status parse_word(void *context, gaze_input *input, gaze_arena *arena, const char *line,
                              size_t length, gaze_error *err) {
    (void)context;
    if (length < 11) return gaze_fail(err, GAZE_ERROR_SCHEMA, "no word");
    return gaze_input_parse(input, arena, line + 9, length - 10, false, err);
}

static void test_inputs_of_another_form(void **state) {
    (void)state;
    assert_result((gaze_lines){.parse = parse_word}, "{\"word\": \"b c\"}\n\"a\"\n",
                  "0:4/1,0;{\"error\":\"no word\"}\n", 1);
}

/* Results do not depend on what a text is in a batch with: the sums of the last hidden states are the same. */
static gaze_status put_state(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                             gaze_error *err) {
    size_t D = gaze_model_config(gaze_pipeline_model(pipeline))->hidden_size;
    (void)context, (void)err;
    gaze_buffer_append(out, run->hidden + run->batch.starts[item->sequence] * D, D * sizeof(float));
    return GAZE_OK;
}

static void test_batches_change_no_bit(void **state) {
    (void)state;
    static const char text[] = "\"a\"\n\"The cat sat on the mat.\"\n\"\"\n\"It was tired.\"\n\"b\"\n";
    gaze_buffer first = {0};
    for (size_t tokens = 1; tokens < 40; tokens += 6) {
        gaze_lines lines = {.pipeline = pipeline, .batch_tokens = tokens, .put = put_state};
        gaze_buffer out = {0};
        assert_int_equal(send(&out, &lines, text, NULL), GAZE_OK);
        if (tokens == 1) gaze_buffer_append(&first, out.data, out.length);
        assert_int_equal(out.length, first.length);
        assert_memory_equal(out.data, first.data, first.length);
        gaze_lines_deinit(&lines);
        gaze_buffer_deinit(&out);
    }
    gaze_buffer_deinit(&first);
}

/* "a b c d e" in windows of three words, of which one is shared: "a b c" and "c d e". The windows tell their first
 * and last word and what their pass was made of; "b" at the beginning of a window is refused. */
static gaze_status tell_window(void *context, const gaze_run *run, const gaze_line_item *item,
                               const gaze_tokens *window, gaze_error *err) {
    gaze_buffer *seen = context;
    const int32_t *ids = run->batch.ids + run->batch.starts[item->sequence];
    assert_int_equal(gaze_batch_length(&run->batch, item->sequence), window->count);
    assert_memory_equal(ids, window->ids, window->count * sizeof *ids);
    gaze_buffer_printf(seen, "%s%s%zu/%zu ", window->strings[1], window->strings[window->count - 2],
                       item->sequence, run->count);
    return *window->strings[1] == 'b' ? gaze_fail(err, GAZE_ERROR_ARGUMENT, "b") : GAZE_OK;
}

static gaze_status put_seen(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                            gaze_error *err) {
    gaze_buffer *seen = context;
    (void)run, (void)err;
    gaze_buffer_printf(out, "%zu: %s\n", item->number, seen->data);
    gaze_buffer_clear(seen);
    return GAZE_OK;
}

static void assert_windows(size_t batch_tokens, const char *text, const char *expected, size_t failures) {
    gaze_buffer seen = {0};
    gaze_lines lines = {.batch_tokens = batch_tokens,
                        .options.truncation = {.enabled = true, .max_length = 5, .stride = 1},
                        .window = tell_window,
                        .put = put_seen,
                        .context = &seen};
    assert_result(lines, text, expected, failures);
    gaze_buffer_deinit(&seen);
}

static void test_windows(void **state) {
    (void)state;
    assert_windows(0, "\"a b c d e\"\n\"a\"\n", "0: ac0/3 ce1/3 \n1: aa2/3 \n", 0);
    assert_windows(1, "\"a b c d e\"\n\"a\"\n", "0: ac0/1 ce0/1 \n1: aa0/1 \n", 0);
    assert_windows(6, "\"a b c d e f g h\"\n", "0: ac0/2 ce1/2 eg0/2 gh1/2 \n", 0); /* two passes */
    assert_windows(1, "7\n\"a b c\"\n",
                   "{\"error\":\"a number, expected a string or an array [text, pair]\"}\n1: ac0/1 \n", 1);
}

/* A window that is refused refuses its input; the next input begins at its own first window. */
static void test_a_window_that_is_refused(void **state) {
    (void)state;
    assert_windows(0, "\"b c d e f\"\n", "{\"error\":\"b\"}\n", 1);
}

static gaze_status look(void *context, const gaze_run *run, const gaze_line_item *item,
                        const gaze_tokens *window, gaze_error *err) {
    (void)context, (void)run, (void)item, (void)err;
    return window->strings[1][0] == 'f' ? gaze_fail(err, GAZE_ERROR_ARGUMENT, "f") : GAZE_OK;
}

static gaze_status put_nothing(void *context, const gaze_run *run, const gaze_line_item *item,
                               gaze_buffer *out, gaze_error *err) {
    (void)context, (void)run, (void)item, (void)out, (void)err;
    return GAZE_OK;
}

static gaze_status send_windows(void *context) {
    gaze_lines lines = {.pipeline = pipeline,
                        .window = look,
                        .put = put_nothing,
                        .batch_tokens = 6,
                        .options = {.threads = 1, .truncation = {.enabled = true, .max_length = 4}}};
    gaze_buffer out = {0};
    gaze_status status = send(&out, &lines, context, NULL);
    gaze_lines_deinit(&lines);
    gaze_buffer_deinit(&out);
    return status;
}

static gaze_status send_some(void *context) {
    gaze_lines lines = {.pipeline = pipeline, .put = tell, .batch_tokens = 4, .options.threads = 1};
    gaze_buffer out = {0};
    gaze_status status = send(&out, &lines, context, NULL);
    gaze_lines_deinit(&lines);
    gaze_buffer_deinit(&out);
    return status;
}

static void test_out_of_memory(void **state) {
    (void)state;
    char text[] = "\"a b\"\n7\n\"fail\"\n";
    assert_true(fail_each_allocation(send_some, text) > 50);
    assert_true(fail_each_allocation(send_windows, text) > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_errors_in_their_places),
        cmocka_unit_test(test_truncation),
        cmocka_unit_test(test_prompt),
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_functions_of_a_task),
        cmocka_unit_test(test_inputs_of_another_form),
        cmocka_unit_test(test_batches_change_no_bit),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_a_window_that_is_refused),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, open_pipeline, close_pipeline);
}
