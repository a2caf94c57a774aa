/* The heat map as characters, viz/heatmap/heatmap.h.
 *
 * By hand: two tokens, the first looking .75 at itself and .25 at the other, the second half and half, in a terminal
 * of 40 columns without colours (test_by_hand).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "viz/terminal_write.h"
#include "viz/text.h"

static gaze_label two[2] = {{.text = "a", .length = 1}, {.text = "b", .length = 1}};
static float weights[4] = {0.75f, 0.25f, 0.5f, 0.5f};

static gaze_heatmap two_by_two(gaze_panel *panel) {
    *panel = (gaze_panel){weights, 4, 3};
    return (gaze_heatmap){
        .rows = two, .columns = two, .row_count = 2, .column_count = 2, .panels = panel, .panel_count = 1};
}

static gaze_buffer draw(const gaze_heatmap *map, size_t columns, gaze_terminal_colors colors) {
    gaze_buffer out = {0};
    gaze_error err = {0};
    if (gaze_heatmap_text(&out, map, &(gaze_terminal){columns, colors}, &err)) fail_msg("%s", err.message);
    return out;
}

/* The same for a sentence, wherever it is broken into lines. */
static void assert_says(const gaze_buffer *out, const char *sentence) {
    gaze_buffer line = {0};
    gaze_buffer_append(&line, out->data, out->length);
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] == '\n') line.data[i] = ' ';
    assert_has(&line, sentence);
    gaze_buffer_deinit(&line);
}

static void test_by_hand(void **state) {
    (void)state;
    gaze_panel panel;
    gaze_heatmap map = two_by_two(&panel);
    gaze_buffer out = draw(&map, 40, GAZE_TERMINAL_PLAIN);
    assert_string_equal(out.data, "Layer 4, head 3\n"
                                  "\n"
                                  "           key, attended to →\n"
                                  "             a     b\n"
                                  "         a   .75   .25   1.00\n"
                                  "         b   .50   .50   1.00\n"
                                  "\n"
                                  "Rows: query, attends from. Columns: key,\n"
                                  "attended to. Each row sums to 1. Layers\n"
                                  "and heads count from 0.\n"
                                  "Attention is not an explanation: it\n"
                                  "shows where a head looks, not why the\n"
                                  "model decides.\n");
    gaze_buffer_deinit(&out);
}

/* Level 221 in dark is #769dd9 or near; black is written on it. The second cell is level 128. */
static void test_true_color(void **state) {
    (void)state;
    gaze_panel panel;
    gaze_heatmap map = two_by_two(&panel);
    map.figure.theme = GAZE_THEME_LIGHT;
    gaze_buffer out = draw(&map, 80, GAZE_TERMINAL_TRUE);
    gaze_rgb first = gaze_color_ramp(221);
    char want[128];
    snprintf(want, sizeof want, "\033[48;2;%d;%d;%dm\033[38;2;255;255;255m  .75 \033[48;2;0;142;198m", first.r,
             first.g, first.b);
    assert_has(&out, want);
    assert_has(&out, "\033[38;2;0;0;0m  .25 \033[0m");
    gaze_buffer_deinit(&out);
}

static void test_256_colors(void **state) {
    (void)state;
    gaze_panel panel;
    gaze_heatmap map = two_by_two(&panel);
    map.figure.theme = GAZE_THEME_LIGHT;
    gaze_buffer out = draw(&map, 80, GAZE_TERMINAL_256);
    assert_has(&out, "\033[48;5;32m"); /* 0,135,215 is nearest to #008ec6 */
    assert_has_not(&out, ";2;");
    gaze_buffer_deinit(&out);
}

static long squared(int x) {
    return (long)x * x;
}

/* Against all 240 colours. */
static void test_nearest_of_256(void **state) {
    (void)state;
    static const int cube[6] = {0, 95, 135, 175, 215, 255};
    assert_int_equal(gaze_tty_nearest_of_256((gaze_rgb){0, 0, 0}), 16);
    assert_int_equal(gaze_tty_nearest_of_256((gaze_rgb){255, 255, 255}), 231);
    assert_int_equal(gaze_tty_nearest_of_256((gaze_rgb){95, 135, 175}), 67);
    assert_int_equal(gaze_tty_nearest_of_256((gaze_rgb){118, 118, 118}), 243);
    for (unsigned level = 0; level < GAZE_RAMP_LEVELS; level++) {
        gaze_rgb c = gaze_color_ramp(level);
        long least = 1000000, got = 0;
        unsigned chosen = gaze_tty_nearest_of_256(c);
        for (unsigned i = 16; i < 256; i++) {
            unsigned k = i - 16;
            int grey = 8 + 10 * ((int)i - 232), r = i < 232 ? cube[k / 36] : grey;
            int g = i < 232 ? cube[k / 6 % 6] : grey, b = i < 232 ? cube[k % 6] : grey;
            long d = squared(c.r - r) + squared(c.g - g) + squared(c.b - b);
            if (d < least) least = d;
            if (i == chosen) got = d;
        }
        assert_int_equal(got, least);
    }
}

/* What a terminal would make of the bytes: escape sequences of our two kinds and nothing else; no line too wide. */
static void assert_tame(const gaze_buffer *out, size_t columns, gaze_terminal_colors colors) {
    const char *line = out->data, *end = out->data + out->length;
    assert_int_equal(end[-1], '\n');
    while (line < end) {
        size_t width = 0;
        while (*line != '\n') {
            unsigned char c = (unsigned char)*line;
            if (c == '\033') {
                assert_int_not_equal(colors, GAZE_TERMINAL_PLAIN);
                assert_int_equal(line[1], '[');
                line += 2 + strspn(line + 2, "0123456789;");
                assert_true(*line == 'm' || *line == 'G');
                line++;
                continue;
            }
            size_t n, taken;
            assert_true(c >= 0x20 && c != 0x7F);
            n = gaze_text_terminal_cluster(line, strcspn(line, "\n\033"), &taken);
            width += taken;
            line += n;
        }
        if (width > columns) fail_msg("%zu columns, expected at most %zu:\n%s", width, columns, out->data);
        line++;
    }
}

static void test_no_line_is_too_wide(void **state) {
    (void)state;
    static const size_t tokens[] = {1, 2, 9, 16, 17, 24, 25, 40, 77, 130, 300}, widths[] = {40, 63, 80, 132, 240};
    static const size_t heads[] = {1, 5};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
            figure f = figure_new(tokens[i], heads[k] > 1 ? 2 : 1, heads[k]);
            for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
                for (gaze_terminal_colors c = GAZE_TERMINAL_PLAIN; c <= GAZE_TERMINAL_TRUE; c++) {
                    gaze_buffer out = draw(&f.map, widths[w], c);
                    assert_tame(&out, widths[w], c);
                    gaze_buffer_deinit(&out);
                }
            figure_free(&f);
        }
}

static void test_hostile_text(void **state) {
    (void)state;
    static const char *const texts[] = {"\033[2J\033]0;evil\a", "\x9b\x31m", "a\nb\r\tc", "\u202Eevil", "\u0627\u0644\u0639",
                                        "\xff\xc0\xaf\xe2\x82", "\xc2\x9b\a\x7f", "\u732B\u732B\u732B\u732B\u732B\u732B",
                                        "\U0001F469\u200D\U0001F469\u200D\U0001F467", "", "\u0301\u0301"};
    char tower[400] = "e", *at = tower + 1;
    for (int i = 0; i < 100; i++, at += 2) memcpy(at, "\u0301", 3);
    for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
        figure f = figure_new(6, 1, 1);
        const char *own = f.labels[0].text, *text = i < sizeof texts / sizeof *texts ? texts[i] : tower;
        for (size_t t = 0; t < 6; t++) f.labels[t].text = text, f.labels[t].length = strlen(text);
        f.map.figure.title = f.map.figure.model = f.map.figure.note = f.map.figure.text = text;
        f.map.figure.text_length = strlen(text);
        for (gaze_terminal_colors c = GAZE_TERMINAL_PLAIN; c <= GAZE_TERMINAL_TRUE; c++) {
            gaze_buffer out = draw(&f.map, 60, c);
            assert_tame(&out, 60, c);
            assert_null(strstr(out.data, "\u0301\u0301\u0301\u0301\u0301"));
            gaze_buffer_deinit(&out);
        }
        f.labels[0].text = own;
        figure_free(&f);
    }
}

static void test_long_label_is_cut(void **state) {
    (void)state;
    static char label[200000];
    memset(label, 'x', sizeof label - 1);
    label[0] = '<';
    label[sizeof label - 2] = '>';
    figure f = figure_new(4, 1, 1);
    f.labels[2].text = label;
    f.labels[2].length = sizeof label - 1;
    gaze_buffer out = draw(&f.map, 80, GAZE_TERMINAL_PLAIN);
    assert_has(&out, "<xxxxxxxxx…xxxxxxxx> ");
    assert_has(&out, "⋮"); /* above its column */
    assert_tame(&out, 80, GAZE_TERMINAL_PLAIN);
    assert_true(out.length < 4000);
    gaze_buffer_deinit(&out);
    figure_free(&f);
}

/* Halves of a line: 40 rows take 20 lines of "▀", and every second label is written. */
static void test_two_rows_a_line(void **state) {
    (void)state;
    figure f = figure_new(41, 1, 1);
    gaze_buffer out = draw(&f.map, 90, GAZE_TERMINAL_TRUE);
    size_t lines = 0;
    for (const char *at = out.data; (at = strstr(at, "▀")) != NULL; at = strchr(at, '\n')) lines++;
    assert_int_equal(lines, 21);
    assert_says(&out, "One label in 2 is written.");
    assert_has(&out, "0         10        20        30        40");
    gaze_buffer_deinit(&out);
    out = draw(&f.map, 90, GAZE_TERMINAL_PLAIN);
    assert_has_not(&out, "▀");
    assert_has_not(&out, "One label in");
    gaze_buffer_deinit(&out);
    figure_free(&f);
}

static void test_pools(void **state) {
    (void)state;
    figure f = figure_new(200, 1, 1);
    gaze_buffer out = draw(&f.map, 80, GAZE_TERMINAL_TRUE);
    assert_says(&out, "One dot is the largest of 4 x 4 weights.");
    gaze_buffer_deinit(&out);
    figure_free(&f);
}

static void test_no_number(void **state) {
    (void)state;
    gaze_panel panel;
    gaze_heatmap map = two_by_two(&panel);
    float broken[4] = {0.5f, NAN, INFINITY, 0};
    panel.weights = broken;
    gaze_buffer out = draw(&map, 80, GAZE_TERMINAL_TRUE);
    assert_has(&out, "\033[48;2;192;57;43m      ");
    assert_says(&out, "Cells that hold no number (red, or ?): 2.");
    gaze_buffer_deinit(&out);
    figure f = figure_new(30, 1, 1);
    f.weights[31] = NAN;
    out = draw(&f.map, 60, GAZE_TERMINAL_PLAIN);
    assert_has(&out, "?");
    gaze_buffer_deinit(&out);
    figure_free(&f);
}

static void test_dimmed_and_hidden(void **state) {
    (void)state;
    static const gaze_share share = {.text = "[SEP]", .length = 5, .least = 0.617, .most = 0.617};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(&panel);
    map.figure.shares = &share;
    map.figure.share_count = 1;
    map.figure.special = GAZE_SPECIAL_HIDE;
    gaze_buffer out = draw(&map, 200, GAZE_TERMINAL_PLAIN);
    assert_has(&out, "[SEP] takes 62 % of this head (hidden).");
    gaze_buffer_deinit(&out);
    map.figure.special = GAZE_SPECIAL_DIM;
    out = draw(&map, 80, GAZE_TERMINAL_TRUE);
    gaze_buffer plain_cells = out;
    two[1].special = true;
    out = draw(&map, 80, GAZE_TERMINAL_TRUE);
    two[1].special = false;
    assert_string_not_equal(out.data, plain_cells.data);
    gaze_buffer_deinit(&plain_cells);
    gaze_buffer_deinit(&out);
}

static void test_golden(void **state) {
    (void)state;
    figure f = figure_new(12, 1, 1);
    for (size_t t = 6; t < 12; t++) f.labels[t].segment = 1;
    f.labels[4].text = "\u732B\u5B50";
    f.labels[4].length = 6;
    f.labels[8].text = "\u0627\u0644";
    f.labels[8].length = 4;
    gaze_buffer out = draw(&f.map, 100, GAZE_TERMINAL_PLAIN);
    figure_assert_golden("tests/data/viz/terminal-plain.txt", &out);
    gaze_buffer_deinit(&out);
    f.map.figure.language = GAZE_LANGUAGE_ZH;
    out = draw(&f.map, 60, GAZE_TERMINAL_256);
    figure_assert_golden("tests/data/viz/terminal-256-zh.txt", &out);
    gaze_buffer_deinit(&out);
    figure_free(&f);
    f = figure_new(9, 2, 3);
    out = draw(&f.map, 50, GAZE_TERMINAL_TRUE);
    figure_assert_golden("tests/data/viz/terminal-grid.txt", &out);
    gaze_buffer_deinit(&out);
    figure_free(&f);
}

static gaze_status draw_and_forget(void *context) {
    gaze_buffer out = {0};
    gaze_status status = gaze_heatmap_text(&out, context, &(gaze_terminal){60, GAZE_TERMINAL_256}, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static void test_every_allocation_may_fail(void **state) {
    (void)state;
    figure one = figure_new(30, 1, 1), grid = figure_new(9, 2, 3);
    assert_true(fail_each_allocation(draw_and_forget, &one.map) > 3);
    assert_true(fail_each_allocation(draw_and_forget, &grid.map) > 8);
    figure_free(&one);
    figure_free(&grid);
}

static void test_nothing_to_draw(void **state) {
    (void)state;
    gaze_heatmap map = {0};
    gaze_buffer out = {0};
    assert_int_equal(gaze_heatmap_text(&out, &map, &(gaze_terminal){0}, NULL), GAZE_ERROR_ARGUMENT);
    gaze_buffer_deinit(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_true_color),
        cmocka_unit_test(test_256_colors),
        cmocka_unit_test(test_nearest_of_256),
        cmocka_unit_test(test_no_line_is_too_wide),
        cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_long_label_is_cut),
        cmocka_unit_test(test_two_rows_a_line),
        cmocka_unit_test(test_pools),
        cmocka_unit_test(test_no_number),
        cmocka_unit_test(test_dimmed_and_hidden),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_nothing_to_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
