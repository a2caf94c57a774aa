/* gaze head-view, and the parts of a pair. By hand: of the pair "a cat", "why" in tokens [CLS] a cat [SEP] why [SEP],
 * --filter ab leaves the rows of the first four tokens and the columns of the last two. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "tests/support/xml_check.h"
#include "tools/cli/cli.h"
#include "tools/pipeline/pair_filter.h"

#define TINY "tests/data/models/tiny-bert"

static char path[64];

/* Runs the command on these words with -o to a file; returns its exit status. */
static int run(const char *const *words) {
    char *arguments[24] = {"--model", TINY, "-o", path};
    cli_settings settings;
    int count = 4;
    while (*words) arguments[count++] = (char *)(uintptr_t)*words++;
    int status = cli_parse(&settings, &cli_head_view, count, arguments);
    return status ? status : cli_head_view.run(&settings);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

/* How often `needle` stands in the file that was written. */
static size_t found(const char *needle) {
    gaze_file file;
    gaze_error err = {0};
    if (gaze_file_open(&file, path, GAZE_FILE_READ, 1 << 24, &err)) fail_msg("%s", err.message);
    if (file.data[1] == 's') assert_xml((const char *)file.data, file.size); /* <svg, and not <!DOCTYPE */
    char *text = malloc(file.size + 1);
    assert_non_null(text);
    memcpy(text, file.data, file.size);
    text[file.size] = '\0';
    size_t count = count_of(text, needle);
    free(text);
    gaze_file_close(&file);
    return count;
}

static void test_command(void **state) {
    (void)state;
    assert_int_equal(RUN("--layer", "0", "--head", "1", "The cat sat."), CLI_OK);
    assert_int_equal(found(">Layer 0, head 1<"), 2);
    assert_int_equal(RUN("--head", "0,2", "The cat sat."), CLI_OK);
    assert_int_equal(found(">head "), 2);
    assert_int_equal(RUN("The cat sat."), CLI_OK);
    assert_int_equal(found("mean over heads<"), 2);
    assert_int_equal(RUN("--token", "cat,sat", "--direction", "to", "The cat sat."), CLI_OK);
    assert_int_equal(found("&#39;cat&#39;, &#39;sat&#39; is attended to by"), 1);
    assert_int_equal(RUN("--filter", "ab", "--renormalise", "The cat", "sat"), CLI_OK);
    assert_int_equal(found("Only queries of text A"), 1);
    assert_int_equal(found("class=\"gaze-token K"), 2); /* sat [SEP] */
}

/* The page through the command: all layers, or those that are wanted; nothing that calls for a network. */
static void test_page(void **state) {
    (void)state;
    assert_int_equal(RUN("--format", "html", "--layer", "1", "The cat sat."), CLI_OK);
    assert_int_equal(found("\"layers\": [\"0\",\"1\",\"2\",\"3\"]"), 1);
    assert_int_equal(found("<script"), 2);
    assert_int_equal(found("=\"http://www.w3.org/"), 2);
    assert_int_equal(found("https:"), 0);
    assert_int_equal(found("\"bits\": 8"), 1);
    assert_int_equal(RUN("--format", "html", "--include-layers", "1-2", "--layer", "1", "--precision", "16",
                         "The cat sat."), CLI_OK);
    assert_int_equal(found("\"layers\": [\"1\",\"2\"]"), 1);
    assert_int_equal(found("\"bits\": 16"), 1);
    assert_int_equal(RUN("--format", "html", "--include-layers", "1-2", "--layer", "0", "The cat sat."), CLI_FAILED);
    assert_int_equal(RUN("--format", "html", "--layer", "mean", "The cat sat."), CLI_OK);
    assert_int_equal(found(">Mean over layers, mean over heads</h1>"), 1);
    assert_int_equal(RUN("--format", "html", "--layer", "max", "The cat sat."), CLI_FAILED);
    assert_int_equal(RUN("--format", "html", "--precision", "9", "The cat sat."), CLI_USAGE);
}

static void test_refusals(void **state) {
    (void)state;
    assert_int_equal(RUN("--layer", "all", "The cat sat."), CLI_FAILED);
    assert_int_equal(RUN("--filter", "ab", "The cat sat."), CLI_FAILED);
    assert_int_equal(RUN("--filter", "ab", "--token", "sat", "The cat", "sat"), CLI_FAILED);
    assert_int_equal(RUN("--filter", "ac", "The cat", "sat"), CLI_USAGE);
}

static void test_by_hand(void **state) {
    (void)state;
    gaze_error err = {0};
    gaze_source source;
    gaze_picture picture;
    gaze_part part;
    gaze_picture_options options = {
        .head = "1", .read.input = {.text = "a cat", .text_length = 5, .pair = "why", .pair_length = 3}};
    if (gaze_source_open(&source, TINY, &err) || gaze_picture_make(&picture, &source, &options, &err))
        fail_msg("%s", err.message);
    size_t N = picture.units.count, a = 0;
    while (picture.units.labels[a].segment == 0) a++;
    assert_int_equal(gaze_part_make(&part, &picture, "ab", false, &err), GAZE_OK);
    assert_true(part.row_start == 0 && part.row_count == a && part.column_start == a && part.column_count == N - a);
    assert_true(part.panels[0].weights[0] == picture.panels[0].weights[a]);
    assert_int_equal(gaze_part_make(&part, &picture, "ba", true, &err), GAZE_OK);
    assert_true(part.row_start == a && part.column_count == a);
    double sum = 0;
    for (size_t s = 0; s < a; s++) sum += (double)part.panels[0].weights[s];
    assert_true(fabs(sum - 1) < 1e-6);
    assert_int_equal(gaze_part_make(&part, &picture, NULL, false, &err), GAZE_OK);
    assert_ptr_equal(part.panels, picture.panels);
    gaze_picture_deinit(&picture);
    gaze_source_close(&source);
}

static int make_path(void **state) {
    (void)state;
    char folder[] = "/tmp/gaze-heads-XXXXXX";
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/x.svg", folder);
    return 0;
}

static int remove_path(void **state) {
    (void)state;
    if (remove(path)) return -1;
    *strrchr(path, '/') = '\0';
    return remove(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_command),
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
