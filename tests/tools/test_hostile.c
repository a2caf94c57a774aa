/* Text that wants out of its place, through the whole command: from a command line, or a stored record, to a file
 * that others read. The binary is $GAZE (make test sets it).
 *
 * By hand: the text </text><script> has, with a vocabulary that knows the signs of markup, the tokens < / text > <
 * script >; the figure holds them as &lt; and &gt;, and has no element script.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "tests/support/tmpdir.h"
#include "tests/support/xml_check.h"
#include "weights/npz.h"

#define TINY "tests/data/models/tiny-bert"

static char *directory, *output, *record, *model;

/* The model's vocabulary with signs of markup in the place of its last words. */
static void write_vocabulary(void) {
    static const char signs[] = "<\n>\n/\n&\n\"\n'\n]\n-\n!\n;\ntext\nscript\n";
    gaze_file words;
    gaze_buffer text = {0};
    assert_int_equal(gaze_file_open(&words, TINY "/vocab.txt", GAZE_FILE_READ, 0, NULL), GAZE_OK);
    size_t length = words.size;
    for (size_t dropped = 0; dropped <= count_of(signs, "\n"); dropped += words.data[length] == '\n') length--;
    gaze_buffer_append(&text, words.data, length + 1);
    gaze_buffer_puts(&text, signs);
    tmpdir_write(directory, "vocab.txt", text.data, text.length);
    gaze_buffer_deinit(&text);
    gaze_file_close(&words);
}

/* The tiny model with that vocabulary, in the folder of the test. */
static void make_model(void) {
    static const char *const files[] = {"config.json", "model.safetensors"};
    for (int i = 0; i < 2; i++) {
        gaze_file file;
        char *path = gaze_path_join(TINY, files[i]);
        assert_int_equal(gaze_file_open(&file, path, GAZE_FILE_READ, 0, NULL), GAZE_OK);
        tmpdir_write(directory, files[i], file.data, file.size);
        gaze_file_close(&file);
        gaze_free(path);
    }
    write_vocabulary();
}

static int setup(void **state) {
    (void)state;
    if (!getenv("GAZE")) setenv("GAZE", "./gaze", 1);
    model = directory = tmpdir_make();
    output = gaze_path_join(directory, "out");
    record = gaze_path_join(directory, "record.npz");
    make_model();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    gaze_free(output);
    gaze_free(record);
    tmpdir_remove(directory);
    return 0;
}

/* What no shell must touch: the words go to the command as they stand. */
static const char *const hostile[] = {
    "</text><script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "' onload='alert(1)",
    "]]><![CDATA[",
    "--><!--",
    "<?xml-stylesheet href='x'?>",
    "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "&#0;&amp;&lt;&xxe;",
    "<s></s><mask>[MASK][SEP]",
    "\x01\x02\x1b]0;title\x07\x1b[31mred\x7f",
    "\302\23331mred", /* U+009B, which begins a sequence as ESC [ does */
    "\xff\xfe\xc0\xaf\xf5\x80\x80\x80",
    "\xed\xa0\x80 lone, \xed\xb0\x80 lone",
    "cut \xe2\x82",
    "\u202Eevil\u202C \u2066\u2069\u2069",
    "\uFFFE\uFFFF\uFDD0",
    "a\nb\tc\r\n\u2028\u2029",
    "%s%n%d{}{}url(http://x)",
    "   ",
};
enum { HOSTILE_COUNT = sizeof hostile / sizeof *hostile, MAX_WORDS = 16 };

/* Runs gaze with these words, up to NULL; returns its exit status. What it prints is left in `output`. */
static int gaze(const char *const *words) {
    char *line[MAX_WORDS + 5] = {"sh", "-c", "exec $GAZE \"$@\"", "gaze"};
    for (int i = 0; words[i]; i++) line[4 + i] = (char *)words[i];
    int status;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (freopen(output, "wb", stdout) && freopen("/dev/null", "rb", stdin) && dup2(1, 2) == 2) execv("/bin/sh", line);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define GAZE(...) gaze((const char *const[]){__VA_ARGS__, NULL})

static gaze_file read_output(void) {
    gaze_file file;
    assert_int_equal(gaze_file_open(&file, output, GAZE_FILE_READ, 0, NULL), GAZE_OK);
    return file;
}

/* A tag of the figure is one of those that a figure has. */
static void assert_known_tags(const char *svg, size_t length) {
    static const char known[] = " svg g defs title desc style rect text tspan path image line circle linearGradient stop "
                                "table metadata ";
    for (size_t i = 0; i < length; i++) {
        if (svg[i] != '<') continue;
        char name[32] = " ";
        size_t start = i + 1 + (svg[i + 1] == '/'), n = 1;
        while (n < sizeof name - 2 && start + n - 1 < length && !strchr(" />\n", svg[start + n - 1])) {
            name[n] = svg[start + n - 1];
            n++;
        }
        name[n] = ' ';
        name[n + 1] = '\0';
        if (!strstr(known, name)) fail_msg("a tag of the name%s", name);
    }
}

static void assert_figure(void) {
    gaze_file file = read_output();
    char *svg = gaze_copy_string((const char *)file.data, file.size);
    assert_non_null(svg);
    assert_int_equal(strlen(svg), file.size); /* no zero byte */
    assert_xml(svg, file.size);
    assert_known_tags(svg, file.size);
    assert_int_equal(count_of(svg, "onload=\""), 0);
    assert_int_equal(count_of(svg, "onload='"), 0);
    assert_int_equal(count_of(svg, "=\"http"), 2); /* the names of the two namespaces */
    assert_int_equal(count_of(svg, "\u202E"), 0);
    assert_int_equal(count_of(svg, "\u2066"), 0);
    gaze_free(svg);
    gaze_file_close(&file);
}

/* Nothing in the output steers a terminal: well-formed, no controls but the end of a line, no turned directions. */
static void assert_calm(void) {
    gaze_file file = read_output();
    const char *text = (const char *)file.data;
    assert_true(file.size > 0);
    for (size_t at = 0; at < file.size;) {
        uint32_t c;
        bool valid;
        at += gaze_utf8_decode(text + at, file.size - at, &c, &valid);
        if (!valid || (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E))
            fail_msg("U+%04X at byte %zu of what is printed", (unsigned)c, at);
    }
    gaze_file_close(&file);
}

static void assert_json(void) {
    gaze_file file = read_output();
    gaze_json *json = NULL;
    gaze_error err = {0};
    if (gaze_json_parse(&json, (const char *)file.data, file.size, NULL, &err)) fail_msg("%s", err.message);
    gaze_json_free(json);
    gaze_file_close(&file);
}

static void by_hand(void **state) {
    (void)state;
    assert_int_equal(GAZE("heatmap", "--model", model, "--format", "svg", "</text><script>"), 0);
    gaze_file file = read_output();
    char *svg = gaze_copy_string((const char *)file.data, file.size);
    assert_true(count_of(svg, ">&lt;</text>") >= 2); /* a row and a column */
    assert_true(count_of(svg, ">&gt;</text>") >= 2);
    assert_int_equal(count_of(svg, "<script"), 0);
    gaze_free(svg);
    gaze_file_close(&file);
    assert_figure();
}

static void as_text_pair_and_title(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        const char *text = hostile[i];
        assert_int_equal(GAZE("heatmap", "--model", model, "--format", "svg", "--title", text, "--", text, text), 0);
        assert_figure();
        assert_int_equal(GAZE("heatmap", "--model", model, "--format", "svg", "--unit", "word", "--special", "hide",
                              "--lang", "zh", "--", text, "x"), 0);
        assert_figure();
        assert_int_equal(GAZE("heatmap", "--model", model, "--format", "text", "--title", text, "--", text), 0);
        assert_calm();
        assert_int_equal(GAZE("heatmap", "--model", model, "--format", "json", "--", text), 0);
        assert_json();
    }
}

static void as_tokens(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        assert_int_equal(GAZE("tokenize", "--model", model, "--json", "--", hostile[i], hostile[i]), 0);
        assert_json();
        assert_int_equal(GAZE("tokenize", "--model", model, "--", hostile[i]), 0);
        assert_calm();
    }
}

/* As the name of a model, an option, a value: refused in one line. */
static void as_other_words(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        assert_int_equal(GAZE("heatmap", "--model", hostile[i], "--format", "svg", "x"), 1);
        assert_int_equal(GAZE("heatmap", "--model", model, "--layer", hostile[i], "--format", "svg", "x"), 1);
        assert_int_equal(GAZE("heatmap", "--model", model, "--theme", hostile[i], "x"), 2);
        assert_int_equal(GAZE("heatmap", "--record", hostile[i]), 1);
    }
}

/* A word of 100,000 bytes, which is near what a system lets through; and as many tokens. */
static void long_words(void **state) {
    (void)state;
    enum { LENGTH = 100000 };
    static char word[LENGTH + 1];
    memset(word, 'a', LENGTH);
    assert_int_equal(GAZE("heatmap", "--model", model, "--format", "svg", "--title", word, word), 0);
    assert_figure();
    memset(word, '<', LENGTH);
    assert_int_equal(GAZE("heatmap", "--model", model, "--format", "svg", word), 1); /* too many tokens */
    assert_int_equal(GAZE("heatmap", "--model", model, "--format", "svg", "--max-length", "20", word), 0);
    assert_figure();
}

/* Records -------------------------------------------------------------------------------------------- */

static void write_record(const gaze_buffer *meta) {
    static const float square[] = {.25f, .75f, .5f, .5f};
    const gaze_named_tensor arrays[] = {{"attentions.0", {square, GAZE_DTYPE_F32, 4, {1, 1, 2, 2}}},
                                        {"meta", {meta->data, GAZE_DTYPE_U8, 1, {meta->length}}}};
    gaze_buffer npz = {0};
    assert_int_equal(gaze_npz_write(&npz, arrays, 2, false, NULL), GAZE_OK);
    assert_int_equal(gaze_file_write(record, npz.data, npz.length, NULL), GAZE_OK);
    gaze_buffer_deinit(&npz);
}

/* A string of a record: quotes, backslashes and controls escaped, every other byte as it stands. */
static void put_raw_string(gaze_buffer *out, const char *text, size_t length) {
    gaze_buffer_putc(out, '"');
    for (size_t i = 0; i < length; i++)
        if (text[i] == '"' || text[i] == '\\' || (unsigned char)text[i] < 0x20)
            gaze_buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)text[i]);
        else
            gaze_buffer_putc(out, text[i]);
    gaze_buffer_putc(out, '"');
}

/* The text as both tokens, the input, the model's name and the note. */
static void draw_record(const char *text, size_t length) {
    static const char *const keys[] = {"], \"model\": ", ", \"note\": ", ", \"texts\": [["};
    gaze_buffer meta = {0};
    gaze_buffer_puts(&meta, "{\"tokens\": [[");
    put_raw_string(&meta, text, length);
    gaze_buffer_puts(&meta, ", \"\\ud800\\u0000\\udc00\"]");
    for (int i = 0; i < 3; i++) {
        gaze_buffer_puts(&meta, keys[i]);
        put_raw_string(&meta, text, length);
    }
    gaze_buffer_puts(&meta, "]]}");
    write_record(&meta);
    gaze_buffer_deinit(&meta);
    assert_int_equal(GAZE("heatmap", "--record", record, "--format", "svg"), 0);
    assert_figure();
    assert_int_equal(GAZE("heatmap", "--record", record, "--format", "text"), 0);
    assert_calm();
    assert_int_equal(GAZE("heatmap", "--record", record, "--format", "json"), 0);
    assert_json();
}

static void as_a_record(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILE_COUNT; i++) draw_record(hostile[i], strlen(hostile[i]));
}

/* One token of a megabyte: the figure stays small. */
static void a_record_of_a_megabyte(void **state) {
    (void)state;
    enum { LENGTH = 1 << 20 };
    char *token = gaze_alloc(LENGTH, 1);
    assert_non_null(token);
    for (size_t i = 0; i < LENGTH; i++) token[i] = "<\xCC\x81\"&"[i % 5];
    draw_record(token, LENGTH);
    gaze_free(token);
    assert_int_equal(GAZE("heatmap", "--record", record, "--format", "svg"), 0);
    gaze_file file = read_output();
    assert_true(file.size < 60000);
    gaze_file_close(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),        cmocka_unit_test(as_text_pair_and_title), cmocka_unit_test(as_tokens),
        cmocka_unit_test(as_other_words), cmocka_unit_test(long_words),             cmocka_unit_test(as_a_record),
        cmocka_unit_test(a_record_of_a_megabyte),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
