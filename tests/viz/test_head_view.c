/* Lines between tokens. By hand: two tokens, the first looks .75 at itself and .25 at the other, the second half at
 * each. All four links are drawn; the strongest, of width 0.5 + 5.5 x 0.75 = 4.63 and opacity 0.15 + 0.85 sqrt(.75)
 * = 0.89, comes last. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"
#include "viz/edges.h"
#include "viz/head_view/head_view.h"

static gaze_head_view view_of(const figure *f) {
    return (gaze_head_view){.figure = {.model = "model & co", .text = "a text", .text_length = 6},
                            .rows = f->labels,
                            .columns = f->labels,
                            .row_count = f->map.row_count,
                            .column_count = f->map.column_count,
                            .panels = f->panels,
                            .panel_count = f->map.panel_count};
}

static size_t draw(const gaze_head_view *view, gaze_buffer *svg) {
    gaze_error err = {0};
    gaze_buffer_clear(svg);
    if (gaze_head_view_svg(svg, view, &err)) fail_msg("%s", err.message);
    return assert_xml(svg->data, svg->length).elements;
}

/* Whether the figure says this, on one line or on several. */
static bool says(const gaze_buffer *svg, const char *sentence) {
    char *flat = malloc(svg->length + 1), *out = flat;
    bool inside = false;
    assert_non_null(flat);
    for (const char *at = svg->data; *at; at++) {
        if (*at == '<') inside = true;
        if (!inside && *at != '\n') *out++ = *at;
        if (*at == '>') inside = false;
    }
    *out = '\0';
    bool found = strstr(flat, sentence) != NULL;
    free(flat);
    return found;
}

static void test_by_hand(void **state) {
    (void)state;
    const gaze_label labels[2] = {{.text = "a", .length = 1, .id = 7}, {.text = "b", .length = 1, .id = 8}};
    const float weights[4] = {0.75f, 0.25f, 0.5f, 0.5f};
    const gaze_panel panel = {weights, 4, 3};
    gaze_head_view view = {.rows = labels, .columns = labels, .row_count = 2, .column_count = 2, .panels = &panel,
                           .panel_count = 1};
    gaze_buffer svg = {0};
    draw(&view, &svg);
    const char *edges = strstr(svg.data, "gaze-edges\" fill");
    assert_non_null(edges);
    assert_int_equal(count_of(edges, "class=\"q"), 4);
    const char *last = strstr(edges, "stroke-width=\"4.63\" stroke-opacity=\"0.89\"");
    assert_non_null(last);
    assert_null(strstr(last, "class=\"q"));
    assert_non_null(strstr(last, "&#39;a&#39; → &#39;a&#39; 0.7500"));
    assert_true(says(&svg, "4 of 4 edges drawn, 100.0 % of the attention mass."));
    assert_true(says(&svg, "Each row sums to 1."));
    assert_non_null(strstr(svg.data, ">Layer 4, head 3<"));
    assert_true(says(&svg, "Strongest: &#39;a&#39; → &#39;a&#39; .75. Then, between two different tokens that are not special: "
                           "&#39;b&#39; → &#39;a&#39; .50; &#39;a&#39; → &#39;b&#39; .25."));
    gaze_buffer_deinit(&svg);
}

/* One head: straight. Several: curves, a colour and a dash each, and their names. */
static void test_heads(void **state) {
    (void)state;
    figure f = figure_new(6, 1, 3);
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    draw(&view, &svg);
    assert_int_equal(count_of(svg.data, ">head "), 3);
    const char *edges = strstr(svg.data, "gaze-edges\" fill");
    assert_true(count_of(edges, "stroke-dasharray=\"8 3\"") > 3 && count_of(edges, "stroke-dasharray=\"2 3\"") > 3);
    assert_int_equal(count_of(edges, "L"), count_of(edges, "LS") + count_of(edges, "Lines") + count_of(edges, "Layers"));
    view.panel_count = 1;
    draw(&view, &svg);
    assert_int_equal(count_of(svg.data, ">head "), 0);
    assert_null(strstr(strstr(svg.data, "gaze-edges\" fill"), "stroke-dasharray"));
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Among more than 1,000 lines only those of .1 or more have the dash of their head. */
static void test_many_lines(void **state) {
    (void)state;
    figure f = figure_new(200, 1, 2);
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    gaze_edges edges;
    size_t strong = 0;
    draw(&view, &svg);
    assert_int_equal(gaze_edges_choose(&edges, f.panels, 2, 200, 200, NULL), GAZE_OK);
    assert_true(edges.count > 1000);
    for (size_t i = 0; i < edges.count; i++) strong += edges.at[i].panel == 1 && edges.at[i].weight >= 0.1;
    assert_int_equal(count_of(strstr(svg.data, "gaze-edges\""), "stroke-dasharray"), strong + 1); /* + the legend */
    gaze_edges_deinit(&edges);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* [CLS] often takes the first places: after the strongest of all, links between two words are named, one of each head
 * before a second one of any, largest first; of equal words, which one. */
static void test_strongest(void **state) {
    (void)state;
    gaze_label labels[3] = {{.text = "[CLS]", .length = 5, .id = 1, .special = true},
                            {.text = "the", .length = 3, .id = 2},
                            {.text = "the", .length = 3, .id = 2}};
    const float weights[2][9] = {{0.9f, 0.1f, 0, 0.8f, 0.15f, 0.05f, 0.7f, 0.2f, 0.1f},
                                 {1, 0, 0, 0.6f, 0.4f, 0, 0.375f, 0.625f, 0}};
    const gaze_panel panels[2] = {{weights[0], 4, 0}, {weights[1], 4, 3}};
    gaze_head_view view = {.rows = labels, .columns = labels, .row_count = 3, .column_count = 3, .panels = panels,
                           .panel_count = 1};
    gaze_buffer svg = {0};
    gaze_labels_number(labels, 3);
    draw(&view, &svg);
    assert_true(says(&svg, "Strongest: &#39;[CLS]&#39; → &#39;[CLS]&#39; .90. Then, between two different tokens that are not "
                           "special: &#39;the&#39; (2) → &#39;the&#39; (1) .20; &#39;the&#39; (1) → &#39;the&#39; (2) .05."));
    view.panel_count = 2;
    draw(&view, &svg);
    assert_true(says(&svg, "Strongest: head 3, &#39;[CLS]&#39; → &#39;[CLS]&#39; 1.00. Then, between two different tokens that "
                           "are not special: head 3, &#39;the&#39; (2) → &#39;the&#39; (1) .63; "
                           "head 0, &#39;the&#39; (2) → &#39;the&#39; (1) .20; "
                           "head 0, &#39;the&#39; (1) → &#39;the&#39; (2) .05."));
    gaze_buffer_deinit(&svg);
}

/* The numbers of the caption are those of the choice. */
static void test_caption_is_true(void **state) {
    (void)state;
    figure f = figure_new(60, 1, 1);
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    gaze_edges edges;
    char expected[96];
    draw(&view, &svg);
    assert_int_equal(gaze_edges_choose(&edges, f.panels, 1, 60, 60, NULL), GAZE_OK);
    snprintf(expected, sizeof expected, "%zu of 3600 edges", edges.count);
    assert_true(says(&svg, expected));
    assert_int_equal(count_of(strstr(svg.data, "gaze-edges\""), "stroke-opacity"), edges.count + 5); /* + the legend */
    gaze_edges_deinit(&edges);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* A row of uniform attention over 100 keys: three lines carry .03, the rest is said and drawn. */
static void test_rest(void **state) {
    (void)state;
    enum { S = 50 };
    figure f = figure_new(S, 1, 1);
    gaze_buffer svg = {0};
    for (size_t i = 0; i < S * S; i++) f.weights[i] = 1.0f / 64; /* below .02 */
    gaze_head_view view = view_of(&f);
    draw(&view, &svg);
    assert_int_equal(count_of(svg.data, "not drawn: .73 over 47 tokens"), S); /* 47 / 64 */
    assert_true(says(&svg, "150 of 2500 edges drawn, 6.0 % of the attention mass."));
    assert_true(says(&svg, "Rows sum to .78 to .78 here."));
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* A pinned token: its lines stand out, the strip has a column for each head, the readout says what it looks at. */
static void test_pinned(void **state) {
    (void)state;
    figure f = figure_new(5, 1, 12);
    for (size_t s = 0; s < 5; s++) f.weights[5 + s] = s == 3 ? 0.5f : 0.125f; /* row 1 of head 0 */
    const size_t pinned[1] = {1};
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    view.panel_count = 1;
    view.strip = f.panels;
    view.strip_count = 12;
    view.pinned = pinned;
    view.pinned_count = 1;
    draw(&view, &svg);
    assert_non_null(strstr(svg.data, "&#39;word1&#39; attends to &#39;word3&#39; .50; &#39;[CLS]&#39; .13; "
                                     "&#39;word1&#39; .13; &#39;##2&#39; .13; all others .13."));
    assert_non_null(strstr(svg.data, ">11</text>"));
    assert_true(count_of(svg.data, " opacity=\"0.08\"") > 4);
    assert_non_null(strstr(svg.data, "Cells: the weight in each head, to or from the pinned token"));
    assert_int_equal(count_of(svg.data, ">weight by head<"), 1);
    view.pinned_keys = true;
    draw(&view, &svg);
    assert_non_null(strstr(svg.data, "&#39;word1&#39; is attended to by "));
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Several heads: the headline says that its numbers are their mean, and the strip which heads they are. */
static void test_several_pinned(void **state) {
    (void)state;
    figure f = figure_new(5, 1, 6);
    const gaze_panel panels[3] = {f.panels[0], f.panels[3], f.panels[5]};
    const size_t pinned[1] = {1}, chosen[3] = {0, 3, 5};
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    for (size_t p = 0; p < 3; p++)
        for (size_t s = 0; s < 5; s++) ((float *)(uintptr_t)panels[p].weights)[5 + s] = s == 3 ? 0.25f * (float)(p + 1) : 0;
    view.panels = panels;
    view.panel_count = view.chosen_count = 3;
    view.chosen = chosen;
    view.strip = f.panels;
    view.strip_count = 6;
    view.pinned = pinned;
    view.pinned_count = 1;
    draw(&view, &svg);
    /* (.25 + .5 + .75) / 3 */
    assert_non_null(strstr(svg.data, ">Mean of heads 0, 3, 5: &#39;word1&#39; attends to &#39;word3&#39; .50; "));
    assert_int_equal(count_of(svg.data, "text-decoration=\"underline\""), 3);
    for (size_t i = 0; i < 3; i++) {
        char number[40];
        snprintf(number, sizeof number, "text-decoration=\"underline\">%zu<", chosen[i]);
        assert_non_null(strstr(svg.data, number));
    }
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

static void test_pair_and_filter(void **state) {
    (void)state;
    figure f = figure_new(6, 1, 1);
    for (size_t i = 3; i < 6; i++) f.labels[i].segment = 1;
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    draw(&view, &svg);
    assert_int_equal(count_of(svg.data, ">A</text>"), 2);
    assert_int_equal(count_of(svg.data, ">B</text>"), 2);
    assert_true(says(&svg, "A, B: first and second text."));
    view.filter = GAZE_FILTER_AB;
    view.columns += 3;
    view.row_count = view.column_count = 3;
    draw(&view, &svg);
    assert_true(says(&svg, "Only queries of text A and keys of text B are drawn."));
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* At any length, with all that a figure can have, no more than 5,000 elements; and the sizes that were promised. */
static void test_nodes_and_sizes(void **state) {
    (void)state;
    static const size_t counts[] = {8, 32, 48, 64, 65, 128, 129, 512};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        figure f = figure_new(counts[i], 1, 16);
        const size_t pinned[1] = {1};
        gaze_head_view view = view_of(&f);
        gaze_buffer svg = {0};
        for (size_t k = counts[i] / 2; k < counts[i]; k++) f.labels[k].segment = 1;
        view.strip = f.panels;
        view.strip_count = 16;
        view.panel_count = 1;
        assert_true(draw(&view, &svg) <= 5000);
        assert_true(svg.length <= (counts[i] <= 32 ? 150000u : 600000u));
        view.panel_count = 6;
        view.pinned = pinned;
        view.pinned_count = 1;
        for (int turn = 0; turn < 4; turn++) {
            view.pinned_keys = turn & 1;
            view.horizontal = turn & 2;
            size_t elements = draw(&view, &svg);
            if (elements > 5000) fail_msg("%zu tokens: %zu elements", counts[i], elements);
        }
        gaze_buffer_deinit(&svg);
        figure_free(&f);
    }
}

/* Text that wants out of its place changes no element. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const hostile[] = {"a",        "</text><script>alert(1)</script>", "\" onload=\"alert(1)",
                                          "' x='",    "]]><![CDATA[",                     "--><!--",
                                          "&#0;&xxe;", "\x01\x1b\x7f",                    "\xff\xfe\xc0\xaf\xed\xa0\x80",
                                          "\u202Eevil\u202C", "\u05E9\u05DC",             "\U0001F469\u200D\U0001F467",
                                          "",         "   ",                              "{}{}%s%n",
                                          "\u2028",   "url(http:&#x2f;/x)"};
    figure f = figure_new(5, 1, 2);
    const char *own = f.labels[0].text;
    const size_t pinned[2] = {1, 2};
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    size_t elements = 0;
    view.strip = f.panels;
    view.strip_count = 2;
    view.pinned = pinned;
    view.pinned_count = 2;
    for (size_t k = 0; k < sizeof hostile / sizeof *hostile; k++) {
        for (size_t i = 0; i < 5; i++)
            f.labels[i] = (gaze_label){.text = hostile[k], .length = strlen(hostile[k]), .id = 1};
        view.figure.title = view.figure.model = view.figure.note = view.figure.text = hostile[k];
        view.figure.text_length = strlen(hostile[k]);
        draw(&view, &svg); /* the caption has more lines where the figure is narrow, so paths and groups are counted */
        size_t now = count_of(svg.data, "<path") + count_of(svg.data, "<g") + count_of(svg.data, "<title");
        if (k == 0) elements = now;
        assert_int_equal(now, elements);
        assert_int_equal(strlen(svg.data), svg.length);
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "onload=\""), 0);
        assert_int_equal(count_of(svg.data, "=\"http://www.w3.org/"), 2);
    }
    gaze_buffer_deinit(&svg);
    f.labels[0].text = own;
    figure_free(&f);
}

static void test_no_numbers(void **state) {
    (void)state;
    figure f = figure_new(4, 1, 1);
    f.weights[0] = (float)NAN;
    f.weights[5] = (float)INFINITY;
    gaze_head_view view = view_of(&f);
    gaze_buffer svg = {0};
    draw(&view, &svg);
    assert_true(says(&svg, "Weights that are no numbers and not drawn: 2."));
    assert_int_equal(count_of(svg.data, "NaN") + count_of(svg.data, "nan") + count_of(svg.data, "inf\""), 0);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

static void test_refusals(void **state) {
    (void)state;
    figure f = figure_new(3, 1, 7);
    const size_t pinned[1] = {3};
    gaze_buffer svg = {0};
    gaze_head_view view = view_of(&f);
    assert_int_equal(gaze_head_view_svg(&svg, &view, NULL), GAZE_ERROR_ARGUMENT); /* 7 heads */
    view.panel_count = 1;
    view.pinned = pinned;
    view.pinned_count = 1;
    assert_int_equal(gaze_head_view_svg(&svg, &view, NULL), GAZE_ERROR_ARGUMENT);
    view.pinned_count = 0;
    view.row_count = 0;
    assert_int_equal(gaze_head_view_svg(&svg, &view, NULL), GAZE_ERROR_ARGUMENT);
    view.row_count = 4001;
    assert_int_equal(gaze_head_view_svg(&svg, &view, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

static gaze_status draw_once(void *view) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_head_view_svg(&svg, view, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void test_memory(void **state) {
    (void)state;
    figure f = figure_new(4, 1, 2);
    gaze_head_view view = view_of(&f);
    assert_true(fail_each_allocation(draw_once, &view) > 6);
    figure_free(&f);
}

/* Wide characters stand upright, so Chinese is horizontal unless something else is asked for. */
static void test_prefers_horizontal(void **state) {
    (void)state;
    const gaze_label labels[4] = {{.text = "[CLS]", .length = 5, .special = true},
                                  {.text = "\u732B", .length = 3},
                                  {.text = "##\u5750", .length = 5, .marker = 2},
                                  {.text = "ok", .length = 2}};
    assert_true(gaze_head_view_prefers_horizontal(labels, 4));
    assert_false(gaze_head_view_prefers_horizontal(labels + 2, 2));
    assert_false(gaze_head_view_prefers_horizontal(labels, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_caption_is_true), cmocka_unit_test(test_rest),
        cmocka_unit_test(test_many_lines),     cmocka_unit_test(test_strongest),      cmocka_unit_test(test_several_pinned),
        cmocka_unit_test(test_pinned),         cmocka_unit_test(test_pair_and_filter),
        cmocka_unit_test(test_nodes_and_sizes), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_no_numbers),     cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory),         cmocka_unit_test(test_prefers_horizontal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
