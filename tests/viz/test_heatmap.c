/* The heat map, viz/heatmap/heatmap.h: what is drawn. What is said: test_heatmap_captions.c.
 *
 * By hand: two tokens, the first looking .75 at itself and .25 at the other, the second half and half.
 * The levels are round(255 sqrt(w)) = 221, 128, 180, 180; the numbers .75 .25 .50 .50; both rows sum to 1.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"

static void test_by_hand(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    static const unsigned levels[] = {221, 128, 180};
    for (size_t i = 0; i < 3; i++) {
        gaze_rgb color = gaze_color_ramp(levels[i]);
        char rect[80];
        snprintf(rect, sizeof rect, "height=\"55\" fill=\"#%02x%02x%02x\"><title>", color.r, color.g,
                 color.b);
        assert_has(&svg, rect);
    }
    assert_has(&svg, ">.75</text>");
    assert_has(&svg, ">.25</text>");
    assert_int_equal(count_of(svg.data, ">.50</text>"), 2);
    assert_has(&svg, "<title>from &#39;a&#39; to &#39;b&#39;: 0.2500</title>");
    assert_has(&svg, "<title>a, id 7</title>a</text>");
    assert_has(&svg, ">Layer 4, head 3<");
    assert_has(&svg, "Each row sums to 1.");
    assert_int_equal(count_of(svg.data, ">1.00</text>"), 2);
    assert_has(&svg, "Rows: query, attends from. Columns: key, attended to.");
    assert_has(&svg, "Attention is not an explanation");
    gaze_buffer_deinit(&svg);
}

/* Rows that are no distribution are reported as they are. */
static void test_sums(void **state) {
    (void)state;
    const float weights[] = {0.5f, 0.25f, 0.25f, 0.16f};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "Rows sum to .41 to .75 here.");
    assert_has_not(&svg, "Each row sums to 1.");
    assert_has(&svg, ">.75</text>");
    gaze_buffer_deinit(&svg);
}

/* What is no weight is drawn as such and counted; nothing of it is hidden. */
static void test_not_numbers(void **state) {
    (void)state;
    const float weights[] = {(float)NAN, 1.5f, -0.5f, INFINITY};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "Hatched cells hold no number: 2.");
    assert_has(&svg, "Weights outside 0 to 1, drawn at an end of the scale: 2.");
    assert_has(&svg, "stroke=\"#c0392b\"");
    assert_has(&svg, ">1.50</text>");
    assert_has(&svg, ">-.50</text>");
    assert_has(&svg, ": NaN</title>");
    assert_has(&svg, ": inf</title>");
    assert_int_equal(count_of(svg.data, "M0 27"), 1);
    gaze_buffer_deinit(&svg);
}

/* The pieces word1 ##2 and word5 ##6 of seven tokens have a line beside them: two rows and two columns. */
static void test_words(void **state) {
    (void)state;
    figure f = figure_new(8, 1, 1), whole = figure_new(3, 1, 1);
    gaze_buffer svg = {0};
    figure_draw(&f.map, &svg);
    const char *path = strstr(svg.data, "stroke=\"#7d8892\" d=\"");
    assert_non_null(path);
    *strstr(path, "/>") = '\0';
    assert_int_equal(count_of(path, "v109"), 2);
    assert_int_equal(count_of(path, "h109"), 2);
    gaze_buffer_clear(&svg);
    figure_draw(&whole.map, &svg);
    assert_has_not(&svg, "v109");
    gaze_buffer_deinit(&svg);
    figure_free(&f);
    figure_free(&whole);
}

static void test_pair(void **state) {
    (void)state;
    figure f = figure_new(8, 1, 1);
    gaze_buffer svg = {0};
    for (size_t i = 5; i < 8; i++) f.labels[i].segment = 1;
    f.map.figure.pair = "It slept.";
    f.map.figure.pair_length = 9;
    figure_draw(&f.map, &svg);
    assert_has(&svg, "A, B: first and second text.");
    assert_int_equal(count_of(svg.data, ">A</text>"), 2); /* of the rows and of the columns */
    assert_int_equal(count_of(svg.data, ">B</text>"), 2);
    assert_has(&svg, "gaze-border");
    assert_has(&svg, "It slept.");
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Plain attributes carry the looks; only the automatic theme brings a style for dark screens. */
static void test_themes(void **state) {
    (void)state;
    figure f = figure_new(6, 1, 1);
    gaze_buffer svg[3] = {{0}};
    for (int theme = 0; theme < 3; theme++) {
        f.map.figure.theme = (gaze_theme)theme;
        figure_draw(&f.map, &svg[theme]);
    }
    assert_has(&svg[GAZE_THEME_AUTO], "prefers-color-scheme");
    assert_has_not(&svg[GAZE_THEME_LIGHT], "prefers-color-scheme");
    assert_has_not(&svg[GAZE_THEME_DARK], "prefers-color-scheme");
    assert_has(&svg[GAZE_THEME_AUTO], "class=\"gaze-paper\"");
    assert_has(&svg[GAZE_THEME_AUTO], "fill=\"#ffffff\"");
    assert_has(&svg[GAZE_THEME_DARK], "fill=\"#101518\"");
    for (int theme = 0; theme < 3; theme++) gaze_buffer_deinit(&svg[theme]);
    figure_free(&f);
}

/* A veil in one path over the rows and columns of special tokens; their numbers stand on it. */
static void test_dimmed_tokens(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_label labels[2] = {figure_two[0], figure_two[1]};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    labels[1].special = true;
    map.rows = map.columns = labels;
    map.figure.special = GAZE_SPECIAL_DIM;
    figure_draw(&map, &svg);
    const char *veil = strstr(svg.data, "fill-opacity=\"0.87\""), *first = strstr(svg.data, ">.75</text>");
    assert_non_null(veil);
    assert_true(first && first < veil);
    assert_null(strstr(veil, ">.75</text>"));
    assert_non_null(strstr(veil, ">.25</text>"));
    assert_int_equal(count_of(veil, ">.50</text>"), 2);
    assert_int_equal(count_of(svg.data, "fill-opacity"), 1);
    gaze_buffer_deinit(&svg);
}

static void test_same_bytes(void **state) {
    (void)state;
    figure a = figure_new(30, 1, 2), b = figure_new(30, 1, 2);
    gaze_buffer first = {0}, second = {0};
    figure_draw(&a.map, &first);
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) printf("note: no German locale here\n");
    figure_draw(&b.map, &second);
    setlocale(LC_ALL, "C");
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    gaze_buffer_deinit(&first);
    gaze_buffer_deinit(&second);
    figure_free(&a);
    figure_free(&b);
}

static void test_refused(void **state) {
    (void)state;
    const float weights[] = {1, 0, 0, 1};
    gaze_panel panel;
    const gaze_heatmap good = figure_two_by_two(weights, &panel);
    gaze_heatmap bad[6] = {good, good, good, good, good, good};
    bad[0].row_count = 0;
    bad[1].column_count = 0;
    bad[2].panel_count = 0;
    bad[3].row_count = 4097;
    bad[4].column_count = SIZE_MAX;
    bad[5].panel_count = SIZE_MAX;
    for (size_t i = 0; i < 6; i++) {
        gaze_buffer svg = {0};
        gaze_error err = {0};
        assert_int_equal(gaze_heatmap_svg(&svg, &bad[i], &err),
                         i < 3 ? GAZE_ERROR_ARGUMENT : GAZE_ERROR_LIMIT);
        assert_non_null(strstr(err.message, "heat map"));
        assert_null(svg.data);
    }
}

static gaze_status draw_again(void *map) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_heatmap_svg(&svg, map, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void test_out_of_memory(void **state) {
    (void)state;
    figure vectors = figure_new(8, 1, 1), picture = figure_new(49, 1, 1);
    assert_true(fail_each_allocation(draw_again, &vectors.map) > 5);
    assert_true(fail_each_allocation(draw_again, &picture.map) > 5);
    figure_free(&vectors);
    figure_free(&picture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_not_numbers),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_pair),
        cmocka_unit_test(test_themes),
        cmocka_unit_test(test_dimmed_tokens),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
