/* Sizes and places of a heat map, viz/heatmap/layout.h, and the budgets that follow from them.
 *
 * By hand: 10 tokens in 580 pixels would get 58 each; the largest cell is 56, so the panel is 560 wide
 * and every label is written. 512 tokens in 1024 pixels get 2 each, and one label in 7 has 13 or more.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/deflate.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"
#include "viz/heatmap/layout.h"

static gaze_heatmap_layout layout_of(size_t tokens, size_t layers, size_t heads) {
    figure f = figure_new(tokens, layers, heads);
    gaze_heatmap_layout layout;
    gaze_heatmap_facts facts;
    gaze_heatmap_facts_collect(&facts, &f.map);
    gaze_heatmap_layout_make(&layout, &f.map, &facts);
    figure_free(&f);
    return layout;
}

static void test_by_hand(void **state) {
    (void)state;
    gaze_heatmap_layout ten = layout_of(10, 1, 1), many = layout_of(512, 1, 1);
    assert_true(ten.cell == 56 && ten.panel_width == 560);
    assert_int_equal(ten.label_step, 1);
    assert_false(ten.raster);
    assert_true(many.cell == 2 && many.panel_width == 1024);
    assert_int_equal(many.label_step, 7);
    assert_true(many.raster);
}

static void test_grids(void **state) {
    (void)state;
    static const size_t counts[][2] = {{1, 1}, {2, 2},  {3, 3},  {4, 2}, {6, 3},
                                       {8, 4}, {12, 4}, {16, 4}, {7, 3}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_int_equal(layout_of(5, 1, counts[i][0]).grid_columns, counts[i][1]);
    gaze_heatmap_layout model = layout_of(5, 6, 12);
    assert_true(model.facets);
    assert_int_equal(model.grid_columns, 12);
    assert_int_equal(model.grid_rows, 6);
    assert_false(layout_of(5, 6, 1).facets); /* a mean for each layer */
}

/* From 1 to 600 tokens a written label has at least 12 pixels, and up to 128 at least every second is. */
static void test_labels_are_legible(void **state) {
    (void)state;
    for (size_t tokens = 1; tokens <= 600; tokens += tokens < 140 ? 1 : 23) {
        gaze_heatmap_layout layout = layout_of(tokens, 1, 1);
        assert_true(gaze_heatmap_pitch(&layout) * (double)layout.label_step >= 12);
        assert_true(layout.label_font >= 12);
        assert_true(tokens > 48 || layout.label_step == 1);
        assert_true(tokens > 128 || layout.label_step <= 2);
    }
}

static void test_numbers(void **state) {
    (void)state;
    for (size_t tokens = 2; tokens <= 16; tokens++) {
        gaze_heatmap_layout layout = layout_of(tokens, 1, 1);
        assert_int_equal(layout.numbers, GAZE_NUMBERS_ALL);
        assert_true(layout.cell >= 28);
    }
    assert_int_equal(layout_of(17, 1, 1).numbers, GAZE_NUMBERS_STRONG);
    assert_int_equal(layout_of(24, 1, 1).numbers, GAZE_NUMBERS_STRONG);
    assert_int_equal(layout_of(25, 1, 1).numbers, GAZE_NUMBERS_NONE);
}

/* In a figure with strong numbers only, they are those of at least .10. */
static void test_strong_numbers(void **state) {
    (void)state;
    figure f = figure_new(20, 1, 1);
    gaze_buffer svg = {0};
    figure_draw(&f.map, &svg);
    size_t strong = 0;
    for (size_t i = 0; i < 400; i++) strong += f.weights[i] >= 0.1f;
    const char *numbers = strstr(svg.data, "<g class=\"gaze-numbers\"");
    assert_true(strong > 20 && strong < 200);
    assert_non_null(numbers);
    char *end = strstr(numbers, "</g>");
    *end = '\0';
    assert_int_equal(count_of(numbers, "<text"), strong);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* 48 tokens are the last that are drawn as vectors; the limit counts all panels of the figure. */
static void test_vectors_or_picture(void **state) {
    (void)state;
    assert_false(layout_of(48, 1, 1).raster);
    assert_true(layout_of(49, 1, 1).raster);
    assert_false(layout_of(13, 1, 12).raster); /* 2,028 cells */
    assert_true(layout_of(14, 1, 12).raster);  /* 2,352 */
}

static void assert_budgets(size_t tokens, size_t layers, size_t heads, size_t most_bytes) {
    figure f = figure_new(tokens, layers, heads);
    gaze_buffer svg = {0};
    size_t nodes = figure_draw(&f.map, &svg);
    if (nodes > 5000 || (gaze_deflate_available() && svg.length > most_bytes))
        fail_msg("%zu tokens, %zu x %zu panels: %zu elements, %zu bytes (at most 5000, %zu)", tokens, layers,
                 heads, nodes, svg.length, most_bytes);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

static void test_budgets(void **state) {
    (void)state;
    assert_budgets(8, 1, 1, 150000);
    assert_budgets(32, 1, 1, 150000);
    assert_budgets(48, 1, 1, 600000);
    assert_budgets(49, 1, 1, 600000);
    assert_budgets(128, 1, 1, 600000);
    assert_budgets(512, 1, 1, 600000);
    assert_budgets(2, 24, 24, 900000);
    assert_budgets(32, 1, 12, 900000);
}

/* The largest figures: 12 layers of 12 heads. */
static void test_budgets_of_a_model(void **state) {
    (void)state;
    assert_budgets(8, 12, 12, 300000);
    assert_budgets(32, 12, 12, 300000);
    assert_budgets(128, 12, 12, 900000);
}

/* 512 tokens, the one matrix 144 times. */
static void test_budget_of_a_large_model(void **state) {
    (void)state;
    figure f = figure_new(512, 1, 1);
    gaze_panel panels[144];
    gaze_buffer svg = {0};
    for (int i = 0; i < 144; i++) panels[i] = (gaze_panel){f.weights, i / 12, i % 12};
    f.map.panels = panels;
    f.map.panel_count = 144;
    assert_true(figure_draw(&f.map, &svg) <= 5000);
    if (gaze_deflate_available()) assert_true(svg.length <= 900000);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* The most that labels can cost: pieces everywhere, in the largest figure of vectors. */
static void test_nodes_at_the_worst(void **state) {
    (void)state;
    figure f = figure_new(48, 1, 1);
    gaze_buffer svg = {0};
    for (size_t i = 0; i < 48; i++) {
        f.labels[i].marker = 1;
        f.labels[i].segment = (int32_t)(i % 2);
    }
    assert_true(figure_draw(&f.map, &svg) <= 5000);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Fewer rows than columns, and the other way round. */
static void test_not_square(void **state) {
    (void)state;
    figure f = figure_new(60, 1, 1);
    for (int i = 0; i < 2; i++) {
        gaze_buffer svg = {0};
        f.map.row_count = i ? 60 : 7;
        f.map.column_count = i ? 7 : 60;
        figure_draw(&f.map, &svg);
        gaze_buffer_deinit(&svg);
    }
    figure_free(&f);
}

/* 512 columns, of which four that lie side by side receive most: the strongest of them has its label, and all that have
 * one are 7 apart at least. The link that the headline names has both. */
static void test_strong_columns_are_labelled(void **state) {
    (void)state;
    enum { T = 512 };
    figure f = figure_new(T, 1, 1);
    gaze_heatmap_layout layout;
    gaze_heatmap_facts facts;
    for (size_t i = 0; i < T * T; i++)
        f.weights[i] = i % T >= 300 && i % T < 304 ? 0.02f + 0.01f * (float)(i % T == 302) : 0.001f;
    f.weights[101 * T + 77] = 0.25f;
    gaze_heatmap_facts_collect(&facts, &f.map);
    gaze_heatmap_layout_make(&layout, &f.map, &facts);
    assert_int_equal(layout.mark_count, 1);
    assert_true(layout.row_written[101] && layout.column_written[77] && layout.column_written[302]);
    for (size_t i = 0, row = T, column = T; i < T; i++) {
        if (layout.row_written[i] && row < T) assert_in_range(i - row, 7, 14);
        if (layout.row_written[i]) row = i;
        if (layout.column_written[i] && column < T) assert_in_range(i - column, 7, 14);
        if (layout.column_written[i]) column = i;
    }
    gaze_buffer svg = {0};
    figure_draw(&f.map, &svg);
    assert_int_equal(count_of(svg.data, "\">&#39;"), 1); /* its name beside the frame */
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_grids),
        cmocka_unit_test(test_labels_are_legible),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_strong_numbers),
        cmocka_unit_test(test_vectors_or_picture),
        cmocka_unit_test(test_budgets),
        cmocka_unit_test(test_budgets_of_a_model),
        cmocka_unit_test(test_budget_of_a_large_model),
        cmocka_unit_test(test_nodes_at_the_worst),
        cmocka_unit_test(test_not_square),
        cmocka_unit_test(test_strong_columns_are_labelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
