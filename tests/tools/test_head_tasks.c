/* fill-mask, classify and rank: the commands in this process. First by hand, on a model whose logits are its biases
 * (tests/support/hand_model.h); then against tests/data/tasks, what transformers and sentence-transformers say of small
 * models (tools/make_task_fixtures.py). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/support/hand_model.h"
#include "tests/support/json_patch.h"
#include "tests/support/json_same.h"
#include "tests/support/tmpdir.h"
#include "tools/cli/cli.h"
#include "tools/cli/columns.h"

#define DATA "tests/data/tasks"

static char *folder; /* of this program */

static int make_folder(void **state) {
    (void)state;
    folder = tmpdir_make();
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    tmpdir_remove(folder);
    return 0;
}

/* Running a command ------------------------------------------------------------------------------------- */

enum { WORDS = 16, RESULT = 1 << 16 };

static const cli_command *command_of(const char *name) {
    static const cli_command *const commands[] = {&cli_fill_mask, &cli_classify, &cli_rank};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    fail_msg("no command %s", name);
    return NULL;
}

/* Runs a command on the lines of a text, or, when there are none, on the words alone. What it writes is a string in
 * static memory. */
static const char *run(int expected, const char *name, const char *model, const char *const *words,
                       const char *lines) {
    static char result[RESULT], text[WORDS][512], file[512], output[512];
    char *all[WORDS] = {"--model", text[0], "--quiet", "--threads", "2", "-o", output};
    int count = 7;
    cli_settings settings;
    snprintf(text[0], sizeof text[0], "%s", model);
    snprintf(output, sizeof output, "%s/result", folder);
    snprintf(file, sizeof file, "%s/lines", folder);
    if (lines) {
        tmpdir_puts(folder, "lines", lines);
        all[count++] = "--file";
        all[count++] = file;
    }
    for (; *words && count < WORDS; words++, count++) all[count] = strcpy(text[count], *words);
    unlink(output);
    assert_int_equal(cli_parse(&settings, command_of(name), count, all), CLI_OK);
    assert_int_equal(settings.command->run(&settings), expected);
    FILE *stream = fopen(output, "rb");
    size_t size = stream ? fread(result, 1, sizeof result - 1, stream) : 0;
    if (stream) fclose(stream);
    result[size] = '\0';
    return result;
}

#define RUN(status, name, model, lines, ...)                                                                 \
    run(status, name, model, (const char *const[]){__VA_ARGS__, NULL}, lines)

/* By hand ----------------------------------------------------------------------------------------------- */

/* The sums of exp are 9 + 2 + 4 = 15: b has 4/15, a 2/15, and every other word 1/15, of which [PAD] comes first. */
static const float word_biases[11] = {[5] = 0.69314718F, [6] = 1.38629436F};

static void fill_mask_by_hand(void **state) {
    (void)state;
    char *model = hand_model_make(GAZE_TASK_MASKED_LM, word_biases, 11, NULL);
    assert_string_equal(RUN(0, "fill-mask", model, NULL, "--top-k", "3", "c [MASK] d"),
                        "c [MASK] d\n"
                        "  0.2667  b                 c b d\n"
                        "  0.1333  a                 c a d\n"
                        "  0.0667  [PAD]             c d\n"); /* padding is left out */
    assert_string_equal(RUN(0, "fill-mask", model, NULL, "--top-k", "1", "[MASK] , [MASK]."),
                        "[MASK] , [MASK].\n"
                        "mask 1 of 2\n"
                        "  0.2667  b                 [CLS] b, [MASK]. [SEP]\n"
                        "mask 2 of 2\n"
                        "  0.2667  b                 [CLS] [MASK], b. [SEP]\n");
    assert_string_equal(RUN(0, "fill-mask", model, NULL, "--targets", "c,a,zzz,c", "[MASK] d"),
                        "[MASK] d\n"
                        "  0.1333  a                 a d\n"
                        "  0.0667  [UNK]             d\n"
                        "  0.0667  c                 c d\n");
    assert_string_equal(RUN(0, "fill-mask", model, "[MASK]\nb [MASK]\n", "--plain", "--top-k", "1"),
                        "[MASK]\n"
                        "  0.2667  b                 b\n"
                        "\n"
                        "b [MASK]\n"
                        "  0.2667  b                 b b\n");
    tmpdir_remove(model);
}

/* Asserts that the line of JSON begins so: the digits behind it are those of a float. */
static const char *assert_begins(const char *text, const char *start) {
    if (strncmp(text, start, strlen(start)) != 0) fail_msg("'%s' does not begin with '%s'", text, start);
    return strchr(text, '\n') + 1;
}

static void lists_of_fill_mask(void **state) {
    (void)state;
    char *model = hand_model_make(GAZE_TASK_MASKED_LM, word_biases, 11, NULL);
    const char *at = RUN(1, "fill-mask", model, "\"[MASK]\"\n\"a\"\n\"[MASK] [MASK]\"\n\"a b c d a b\"\n{\n",
                         "--json", "--top-k", "1");
    at = assert_begins(at, "[{\"score\":0.2666");
    at = assert_begins(at, "{\"error\":\"no mask in the text; this model spells it [MASK]\"}\n");
    at = assert_begins(at, "[[{\"score\":0.2666");
    at = assert_begins(
        at, "{\"error\":\"text of 8 tokens, the model has 7 positions (--max-length 7 cuts it)\"}\n");
    at = assert_begins(at, "{\"error\":\"JSON ends inside a value, at byte 1\"}\n");
    assert_string_equal(at, "");
    at = RUN(1, "fill-mask", model, "\"[MASK] a b c d [MASK] a b\"\n\"a a a a a a [MASK]\"\n", "--json",
             "--truncation", "longest_first");
    at = assert_begins(at, "[{\"score\":0.2666");
    at = assert_begins(
        at, "{\"error\":\"no mask in the text; this model spells it [MASK] (truncation may have cut it");
    assert_string_equal(at, "");
    tmpdir_remove(model);
}

/* softmax of ln 1, ln 5, ln 2: 1/8, 5/8, 2/8. sigmoid of ln 3: 3/4. */
static void classify_by_hand(void **state) {
    (void)state;
    static const float three[3] = {0, 1.60943791F, 0.69314718F}, one[1] = {1.09861229F};
    char *model =
        hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, three, 3,
                        ", \"id2label\": {\"0\": \"bad\", \"1\": \"good\", \"2\": \"mu\\u0308de\"}");
    assert_string_equal(RUN(0, "classify", model, NULL, "a", "b"),
                        "a | b\n  0.6250  good\n  0.2500  mu\xCC\x88"
                        "de\n  0.1250  bad\n");
    assert_begins(
        RUN(0, "classify", model, "{\"text\": \"a\", \"text_pair\": null}\n", "--json", "--top-k", "1"),
        "[{\"label\":\"good\",\"score\":0.62");
    tmpdir_remove(model);
    model = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one, 1, NULL);
    assert_string_equal(RUN(0, "classify", model, NULL, "a"), "a\n  0.7500  LABEL_0\n");
    tmpdir_remove(model);
    model = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one, 1, ", \"problem_type\": \"regression\"");
    assert_string_equal(RUN(0, "classify", model, NULL, "a"), "a\n  1.0986  LABEL_0\n");
    tmpdir_remove(model);
}

static void lines_of_classify(void **state) {
    (void)state;
    static const float one[1] = {1.09861229F};
    char *model = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one, 1, NULL);
    const char *at = RUN(
        1, "classify", model,
        "{\"text\": 3}\n{\"text_pair\": \"a\"}\n{\"text\": \"a\", \"text_pair\": \"b\"}\n{\"text\": \"a b "
        "c d a b\"}\n[\"a\"]\n",
        "--json");
    at = assert_begins(at, "{\"error\":\"\\\"text\\\": a number, expected a string\"}\n");
    at = assert_begins(at, "{\"error\":\"an object without \\\"text\\\", expected a string");
    at = assert_begins(at, "[{\"label\":\"LABEL_0\",\"score\":0.75");
    at = assert_begins(at, "{\"error\":\"text of 8 tokens");
    at = assert_begins(at, "{\"error\":\"an array, expected a string or an array [text, pair]\"}\n");
    assert_string_equal(at, "");
    tmpdir_remove(model);
}

/* All scores are the same: the earlier document is the better one. The numbers are those of the lines. */
static void rank_by_hand(void **state) {
    (void)state;
    static const float one[1] = {1.09861229F};
    char *model = hand_model_make(GAZE_TASK_SEQUENCE_CLASSIFICATION, one, 1, NULL);
    assert_string_equal(RUN(0, "rank", model, NULL, "a", "b", "c\td"), "   score  document\n"
                                                                       "  0.7500      0  b\n"
                                                                       "  0.7500      1  c\xE2\x87\xA5"
                                                                       "d\n");
    assert_string_equal(RUN(0, "rank", model, "b\nc\nd\n", "--plain", "--top-k", "1", "a"),
                        "   score  document\n  0.7500      0  b\n");
    assert_begins(RUN(1, "rank", model, "7\n\"b\"\n[\"c\",\"d\"]\n", "--json", "a"),
                  "[{\"corpus_id\":1,\"score\":0.75,\"text\":\"b\"},"
                  "{\"corpus_id\":0,\"error\":\"a number, expected a string or an array [text, pair]\"},"
                  "{\"corpus_id\":2,\"error\":\"an array [text, pair], expected a string\"}]\n");
    assert_string_equal(
        RUN(1, "rank", model, "7\n", "--json", "a"),
        "[{\"corpus_id\":0,\"error\":\"a number, expected a string or an array [text, pair]\"}]\n");
    assert_begins(RUN(1, "rank", model, "\"a b c d a b\"\n", "--json", "--truncation", "none", "a"),
                  "[{\"corpus_id\":0,\"error\":\"text of 10 tokens");
    assert_string_equal(RUN(0, "rank", model, "", "--json", "a"), "[]\n");
    tmpdir_remove(model);
}

/* Many documents, of which few are kept. */
static void rank_of_many(void **state) {
    (void)state;
    gaze_buffer lines = {0};
    for (int i = 0; i < 1000; i++)
        gaze_buffer_puts(&lines, i % 97 == 96 ? "{\n" : i % 2 ? "\"the dog slept\"\n" : "\"кошка сидела\"\n");
    const char *all = RUN(1, "rank", DATA "/bert-one", lines.data, "--json", "--top-k", "3", "who?");
    gaze_json *json;
    assert_int_equal(gaze_json_parse(&json, all, strlen(all), NULL, NULL), GAZE_OK);
    const gaze_json_value *list = gaze_json_root(json);
    assert_int_equal(list->count, 3 + 10); /* and ten lines that are no JSON */
    uint64_t id, parity = 2;
    size_t i = 0;
    for (const gaze_json_value *v = gaze_json_first(list); v; v = v->next, i++) {
        assert_true(gaze_json_uint64(gaze_json_get(v, "corpus_id"), &id));
        if (i == 0) parity = id;
        if (i < 3) assert_int_equal(id, parity + 2 * i); /* the first of the better ones */
        if (i >= 3) assert_int_equal(id, 97 * (i - 2) - 1);
    }
    assert_true(parity < 2);
    gaze_json_free(json);
    gaze_buffer_deinit(&lines);
}

/* Columns ----------------------------------------------------------------------------------------------- */

static void scores_in_eight_columns(void **state) {
    (void)state;
    static const struct {
        double score;
        const char *text;
    } cases[] = {{0.25, "  0.2500"},    {-3.75, " -3.7500"},   {0, "  0.0000"},       {0.00005, "  0.0001"},
                 {0.00004, " 4.0e-05"}, {1.26e-7, " 1.3e-07"}, {9.96e-6, " 1.0e-05"}, {1e-45, " 1.0e-45"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gaze_buffer out = {0};
        cli_put_score(&out, cases[i].score);
        assert_string_equal(out.data, cases[i].text);
        gaze_buffer_deinit(&out);
    }
}

/* Command lines that cannot be -------------------------------------------------------------------------- */

static void refused(const char *name, const char *const *words) {
    char *all[WORDS];
    char text[WORDS][64];
    int count = 0;
    cli_settings settings;
    for (; *words; words++, count++) all[count] = strcpy(text[count], *words);
    assert_int_equal(cli_parse(&settings, command_of(name), count, all), CLI_OK);
    assert_int_equal(settings.command->run(&settings), CLI_USAGE);
}

#define REFUSED(name, ...) refused(name, (const char *const[]){__VA_ARGS__, NULL})

static void command_lines_that_cannot_be(void **state) {
    (void)state;
    REFUSED("fill-mask", "text");
    REFUSED("fill-mask", "--model", "x");
    REFUSED("fill-mask", "--model", "x", "--file", "y", "text");
    REFUSED("classify", "--model", "x", "--top-k", "0", "text");
    REFUSED("rank", "--model", "x");
    REFUSED("rank", "--model", "x", "query");
    REFUSED("rank", "--model", "x", "--file", "y", "query", "document");
    REFUSED("rank", "--model", "x", "--file", "y");
}

/* Against the libraries --------------------------------------------------------------------------------- */

/* The values of an array, one a line. */
static void write_lines(gaze_buffer *out, const gaze_json_value *array) {
    for (const gaze_json_value *v = gaze_json_first(array); v; v = v->next) {
        json_write(out, v);
        gaze_buffer_putc(out, '\n');
    }
}

/* The lines of JSON as an array. */
static gaze_json *parse_lines(const char *text) {
    gaze_buffer array = {0};
    gaze_json *json;
    gaze_buffer_putc(&array, '[');
    for (const char *at = text, *feed; *at; at = feed + 1) {
        feed = strchr(at, '\n');
        if (at > text) gaze_buffer_putc(&array, ',');
        gaze_buffer_append(&array, at, (size_t)(feed - at));
    }
    gaze_buffer_putc(&array, ']');
    assert_int_equal(gaze_json_parse(&json, array.data, array.length, NULL, NULL), GAZE_OK);
    gaze_buffer_deinit(&array);
    return json;
}

static double check_case(const gaze_json_value *c) {
    const gaze_json_value *name = gaze_json_get(c, "command"), *model = gaze_json_get(c, "model");
    const gaze_json_value *expected = gaze_json_get(c, "expected");
    char text[WORDS][128], directory[128];
    const char *words[WORDS] = {"--json"};
    int count = 1, status = 0;
    gaze_buffer lines = {0};
    for (const gaze_json_value *v = gaze_json_first(gaze_json_get(c, "words")); v; v = v->next, count++) {
        snprintf(text[count], sizeof text[count], "%.*s", (int)v->length, v->as.text);
        words[count] = text[count];
    }
    for (const gaze_json_value *v = gaze_json_first(expected); v; v = v->next)
        status |= v->type == GAZE_JSON_NULL;
    snprintf(text[0], sizeof text[0], "%.*s", (int)name->length, name->as.text);
    snprintf(directory, sizeof directory, DATA "/%.*s", (int)model->length, model->as.text);
    write_lines(&lines, gaze_json_get(c, "lines"));
    gaze_json *got = parse_lines(run(status, text[0], directory, words, lines.data));
    const gaze_json_value *results = gaze_json_root(got);
    if (strcmp(text[0], "rank") == 0) results = gaze_json_first(results); /* one list of all lines */
    double error = json_assert_same(directory, results, expected);
    gaze_json_free(got);
    gaze_buffer_deinit(&lines);
    return error;
}

static void every_case_equals_the_libraries(void **state) {
    (void)state;
    gaze_file file;
    gaze_json *json;
    double error = 0;
    size_t count = 0;
    assert_int_equal(gaze_file_open(&file, DATA "/cases.json", GAZE_FILE_READ, 0, NULL), GAZE_OK);
    assert_int_equal(gaze_json_parse(&json, (const char *)file.data, file.size, NULL, NULL), GAZE_OK);
    for (const gaze_json_value *c = gaze_json_first(gaze_json_root(json)); c; c = c->next, count++)
        error = fmax(error, check_case(c));
    assert_true(count > 14);
    printf("note: %zu cases, largest error %.1e\n", count, error);
    gaze_json_free(json);
    gaze_file_close(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fill_mask_by_hand),
        cmocka_unit_test(lists_of_fill_mask),
        cmocka_unit_test(classify_by_hand),
        cmocka_unit_test(lines_of_classify),
        cmocka_unit_test(rank_by_hand),
        cmocka_unit_test(rank_of_many),
        cmocka_unit_test(scores_in_eight_columns),
        cmocka_unit_test(command_lines_that_cannot_be),
        cmocka_unit_test(every_case_equals_the_libraries),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
