/* tools/pipeline/tokenize_lines and gaze tokenize: lines in, lines out. The binary is $GAZE (make test sets it). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tools/pipeline/tokenize_lines.h"

#define TOY "tests/data/tokenizer/toy-uncased"

static gaze_tokenizer *toy;

static int open_toy(void **state) {
    (void)state;
    if (!getenv("GAZE")) setenv("GAZE", "./gaze", 1);
    return gaze_tokenizer_open(&toy, TOY, NULL) != GAZE_OK;
}

static int close_toy(void **state) {
    (void)state;
    gaze_tokenizer_close(toy);
    return 0;
}

static const gaze_line_tokenizer as_json = {.plain = false};
static const gaze_line_tokenizer plain = {.plain = true};
static const gaze_line_tokenizer table = {.table = true};
static const gaze_line_tokenizer truncated = {.options = {.truncation = {.enabled = true, .max_length = 3}}};
static const gaze_line_tokenizer longest = {.padding = {.enabled = true}};
static const gaze_line_tokenizer left = {.padding = {.enabled = true, .length = 5, .side = GAZE_SIDE_LEFT}};

/* What the lines, up to NULL, give. */
static gaze_buffer tokenize(const gaze_line_tokenizer *settings, const char *const *lines) {
    gaze_line_tokenizer tokenizer = *settings;
    gaze_buffer out = {0};
    tokenizer.tokenizer = toy;
    for (; *lines; lines++)
        assert_int_equal(gaze_tokenize_line(&tokenizer, &out, *lines, strlen(*lines), NULL), GAZE_OK);
    assert_int_equal(gaze_tokenize_finish(&tokenizer, &out, NULL), GAZE_OK);
    gaze_line_tokenizer_deinit(&tokenizer);
    return out;
}

static void expect(const gaze_line_tokenizer *settings, const char *line, const char *want) {
    gaze_buffer out = tokenize(settings, (const char *const[]){line, NULL});
    assert_string_equal(out.data, want);
    gaze_buffer_deinit(&out);
}

/* The ids alone of each line, "1,13,2 | 1,2 | "; "error" for one that has none. */
static void expect_ids(const gaze_line_tokenizer *settings, const char *const *lines, const char *want) {
    gaze_buffer out = tokenize(settings, lines), ids = {0};
    for (char *line = out.data, *end; (end = strchr(line, '\n')); line = end + 1) {
        const char *list = strncmp(line, "{\"ids\":[", 8) == 0 ? line + 8 : "error]";
        gaze_buffer_append(&ids, list, (size_t)(strchr(list, ']') - list));
        gaze_buffer_puts(&ids, " | ");
    }
    assert_string_equal(ids.data, want);
    gaze_buffer_deinit(&ids);
    gaze_buffer_deinit(&out);
}

static void a_line_of_json(void **state) {
    (void)state;
    expect(&as_json, "\"low\"",
           "{\"ids\":[1,13,2],\"tokens\":[\"[CLS]\",\"low\",\"[SEP]\"],\"offsets\":[[0,0],[0,3],[0,0]],"
           "\"word_ids\":[null,0,null],\"type_ids\":[0,0,0],\"special_tokens_mask\":[1,0,1],"
           "\"attention_mask\":[1,1,1],\"sequence_ids\":[null,0,null]}\n");
}

/* Escapes, surrogates, raw bytes, a pair, a carriage return at the end. */
static void what_a_line_may_hold(void **state) {
    (void)state;
    static const char *const lines[] = {
        " \"lo\\u0000w\" ", "\"\\u00c9\"", "\"\\ud83d\\ude0a\"", "[\"low\", \"un\"]", "\"lo\\ud800w\"\r",
        "\"lo\xFFw\"",      NULL};
    expect_ids(&as_json, lines, "1,13,2 | 1,0,2 | 1,0,2 | 1,13,2,9,2 | 1,13,2 | 1,13,2 | ");
}

static void errors_stand_in_their_place(void **state) {
    (void)state;
    static const char *const lines[] = {"\"low\"", "", "low", "{}", "[\"a\"]", "[\"a\",1]", "\"un\"", NULL};
    expect_ids(&as_json, lines, "1,13,2 | error | error | error | error | error | 1,9,2 | ");
    expect(&as_json, "[]", "{\"error\":\"an array, expected a string or an array [text, pair]\"}\n");
}

static void plain_lines(void **state) {
    (void)state;
    expect_ids(&plain, (const char *const[]){"low", "", "\"low\"", NULL}, "1,13,2 | 1,2 | 1,0,13,0,2 | ");
}

static void windows(void **state) {
    (void)state;
    expect(&truncated, "\"low un\"",
           "{\"ids\":[1,13,2],\"tokens\":[\"[CLS]\",\"low\",\"[SEP]\"],\"offsets\":[[0,0],[0,3],[0,0]],"
           "\"word_ids\":[null,0,null],\"type_ids\":[0,0,0],\"special_tokens_mask\":[1,0,1],"
           "\"attention_mask\":[1,1,1],\"sequence_ids\":[null,0,null],\"overflowing\":["
           "{\"ids\":[1,9,2],\"tokens\":[\"[CLS]\",\"un\",\"[SEP]\"],\"offsets\":[[0,0],[4,6],[0,0]],"
           "\"word_ids\":[null,1,null],\"type_ids\":[0,0,0],\"special_tokens_mask\":[1,0,1],"
           "\"attention_mask\":[1,1,1],\"sequence_ids\":[null,0,null]}]}\n");
}

/* To the longest of the whole input; errors keep their place. */
static void padding(void **state) {
    (void)state;
    expect_ids(&longest, (const char *const[]){"\"low\"", "x", "\"low un\"", NULL},
               "1,13,2,3 | error | 1,13,9,2 | ");
    expect_ids(&left, (const char *const[]){"\"low\"", NULL}, "3,3,1,13,2 | ");
}

static void a_table_for_people(void **state) {
    (void)state;
    expect(&table, "\"Unwant\"",
           "      token        id         text   word  type\n"
           "   0  [CLS]         1            -      -     0  special\n"
           "   1  un            9          0-2      0     0\n"
           "   2  ##want        6          2-6      0     0\n"
           "   3  [SEP]         2            -      -     0  special\n");
}

/* A token of controls and of a sign that turns the direction of the text behind it. */
static void nothing_steers_the_terminal(void **state) {
    (void)state;
    gaze_tokens tokens = {0};
    gaze_buffer out = {0};
    const char string[] = "\x1b[m\x7f\xC2\x9b\u202e\u2069\u00e9\u4f60";
    gaze_token token = {.id = 5, .string = string, .string_length = strlen(string), .word_id = 0, .attention = 1};
    assert_int_equal(gaze_tokens_append(&tokens, &token, NULL), GAZE_OK);
    gaze_tokens_put_table(&out, &tokens);
    assert_non_null(strstr(out.data, "   0  \\x1B[m\\x7F\\x9B\\u202E\\u2069\u00e9\u4f60        5"));
    gaze_buffer_deinit(&out);
    gaze_tokens_deinit(&tokens);
}

/* The command ----------------------------------------------------------------------------------------- */

static int run(const char *arguments, char *out, size_t capacity) {
    char command[1000];
    snprintf(command, sizeof command, "$GAZE tokenize %s", arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(out, 1, capacity - 1, pipe);
    out[length] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static size_t lines_of(const char *text) {
    size_t count = 0;
    for (; (text = strchr(text, '\n')); text++) count++;
    return count;
}

static void exit_statuses(void **state) {
    (void)state;
    char out[8192];
    assert_int_equal(run("--model " TOY " low", out, sizeof out), 0);
    assert_int_equal(lines_of(out), 4);
    assert_int_equal(run("--model " TOY " --json low un", out, sizeof out), 0);
    assert_int_equal(lines_of(out), 1);
    assert_int_equal(
        run("--model " TOY " --json 2>/dev/null <<'X'\n\"low\"\nbad\n\"un\"\nX", out, sizeof out), 1);
    assert_int_equal(lines_of(out), 3);
    assert_int_equal(run("--model no/such/place --json low 2>/dev/null", out, sizeof out), 1);
    assert_string_equal(out, "");
    assert_int_equal(run("--json low 2>/dev/null", out, sizeof out), 2);
    assert_int_equal(run("--model " TOY " --padding x low 2>/dev/null", out, sizeof out), 2);
    assert_int_equal(run("--model " TOY " --file F low 2>/dev/null", out, sizeof out), 2);
    assert_int_equal(run("--model " TOY " --file no/such/file 2>/dev/null", out, sizeof out), 1);
}

/* The last line need not end with LF, and a line may be longer than any buffer. */
static void lines_of_any_length(void **state) {
    (void)state;
    static char out[1 << 20];
    assert_int_equal(run("--model " TOY " --json </dev/null", out, sizeof out), 0);
    assert_string_equal(out, "");
    setenv("LONG", "{ head -c 300000 /dev/zero | tr '\\0' a; printf '\\nlow'; }", 1);
    FILE *pipe = popen("eval \"$LONG\" | $GAZE tokenize --model " TOY " --json --plain", "r");
    assert_non_null(pipe);
    out[fread(out, 1, sizeof out - 1, pipe)] = '\0';
    assert_int_equal(pclose(pipe), 0);
    assert_int_equal(lines_of(out), 2);
    assert_non_null(strstr(out, "\"offsets\":[[0,0],[0,300000],[0,0]]"));
    assert_non_null(strstr(out, "\"offsets\":[[0,0],[0,3],[0,0]]"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_json),
        cmocka_unit_test(what_a_line_may_hold),
        cmocka_unit_test(errors_stand_in_their_place),
        cmocka_unit_test(plain_lines),
        cmocka_unit_test(windows),
        cmocka_unit_test(padding),
        cmocka_unit_test(a_table_for_people),
        cmocka_unit_test(nothing_steers_the_terminal),
        cmocka_unit_test(exit_statuses),
        cmocka_unit_test(lines_of_any_length),
    };
    return cmocka_run_group_tests(tests, open_toy, close_toy);
}
