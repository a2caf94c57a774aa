/* The comparison, viz/compare/compare.h.
 *
 * By hand: A looks .75 and .25 from the first token, half and half from the second; B everywhere by half. A minus B is
 * .25, -.25 in the first row and 0 in the second: the largest difference is from 'a' to 'a', .75 against .50.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/hostile.h"
#include "tests/support/xml_check.h"
#include "viz/compare/draw.h"

static const gaze_label two[2] = {{.text = "a", .length = 1, .id = 7}, {.text = "b", .length = 1, .id = 8}};
static const float a[] = {0.75f, 0.25f, 0.5f, 0.5f}, b[] = {0.5f, 0.5f, 0.5f, 0.5f},
                   minus[] = {0.25f, -0.25f, 0, 0};

static gaze_compare small(void) {
    gaze_figure look = {.model = "tiny", .text = "A b.", .text_length = 4};
    return (gaze_compare){.figure = look,
                          .sides = {{.panel = {a, 3, 1}, .labels = two, .count = 2, .figure = look},
                                    {.panel = {b, 3, 2}, .labels = two, .count = 2, .figure = look}},
                          .difference = minus,
                          .limit = 0.25};
}

static size_t draw(const gaze_compare *compare, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_compare_svg(out, compare, &err)) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}

static void by_hand(void **state) {
    (void)state;
    gaze_compare compare = small();
    gaze_buffer svg = {0};
    draw(&compare, &svg);
    assert_has(&svg, ">Layer 3, head 1 against layer 3, head 2<");
    assert_has(&svg, ">A: layer 3, head 1</text>");
    assert_has(&svg, ">A minus B</text>");
    assert_int_equal(count_of(svg.data, ">query</text>"), 3);
    assert_int_equal(count_of(svg.data, ">attends from ↓</text>"), 3);
    assert_has(&svg, "<title>from &#39;a&#39; to &#39;b&#39;: -0.2500</title>");
    assert_has(&svg, ">-.25</text>");
    assert_has(&svg, ">+0.25</text>");
    assert_has(&svg, "A exceeds B most from &#39;a&#39; to &#39;a&#39;: .750 in A, .500 in B, difference +.250.");
    assert_has(&svg, "B exceeds A most from &#39;a&#39; to &#39;b&#39;: .250 in A, .500 in B, difference -.250.");
    assert_has(&svg, "Attention is not an explanation");
    gaze_buffer_deinit(&svg);
}

/* Which of two words 'a'. */
static void equal_words(void **state) {
    (void)state;
    gaze_label twice[2] = {two[0], two[0]};
    gaze_labels_number(twice, 2);
    gaze_compare compare = small();
    compare.sides[0].labels = compare.sides[1].labels = twice;
    gaze_buffer svg = {0};
    draw(&compare, &svg);
    assert_has(&svg, "<title>from &#39;a&#39; (1) to &#39;a&#39; (2): -0.2500</title>");
    assert_has(&svg, "A exceeds B most from &#39;a&#39; (1) to &#39;a&#39; (1): .750 in A");
    gaze_buffer_deinit(&svg);
}

/* Other tokens: no difference; what the sides do not share stands under their names. */
static void two_texts(void **state) {
    (void)state;
    static const gaze_label one[1] = {{.text = "c", .length = 1}};
    static const float weight = 1;
    gaze_compare compare = small();
    gaze_texts texts = {0};
    gaze_compare_layout layout = {.pool = 1};
    gaze_buffer svg = {0};
    compare.sides[1].labels = one;
    compare.sides[1].count = 1;
    compare.sides[1].panel = (gaze_panel){&weight, 3, 1};
    compare.sides[1].figure.model = "other";
    compare.difference = NULL;
    compare.figure.model = compare.figure.text = NULL;
    draw(&compare, &svg);
    assert_has(&svg, ">other</text>");
    assert_int_equal(count_of(svg.data, "gaze-signed"), 0);
    gaze_compare_compose(&texts, &compare, &layout);
    assert_string_equal(texts.title.data, "Layer 3, head 1: two models");
    assert_has(&texts.caption, "Their tokens differ, so there is no difference to draw.");
    gaze_texts_deinit(&texts);
    gaze_buffer_deinit(&svg);
}

static void captions(void **state) {
    (void)state;
    gaze_compare compare = small();
    gaze_texts texts = {0};
    gaze_compare_layout layout = {.pool = 4, .boxes[2].notches = true};
    const gaze_share share = {"[SEP]", 5, 0.25, 0.25};
    compare.limit = 0.125;
    compare.figure.special = GAZE_SPECIAL_HIDE;
    compare.sides[1].figure.shares = &share;
    compare.sides[1].figure.share_count = 1;
    gaze_compare_compose(&texts, &compare, &layout);
    assert_has(&texts.caption, "The colours of the difference end at .125, its 99th percentile: 2 of 4 cells lie "
                               "beyond, have the last colour and a notch (from 'a' to 'a': +.250, from 'a' to 'b': -.250).");
    assert_has(&texts.caption, "B: [SEP] takes 25 % of this head (hidden).");
    assert_has(&texts.caption, "One dot is the largest of 4 x 4 weights.");
    gaze_texts_deinit(&texts);
    compare.figure.language = GAZE_LANGUAGE_ZH;
    gaze_compare_compose(&texts, &compare, &layout);
    assert_string_equal(texts.title.data, "第 3 层，第 1 头与第 3 层，第 2 头");
    gaze_texts_deinit(&texts);
}

/* Two texts have no difference: the largest weight of each is named and framed, and the title says what is compared. */
static void largest_of_two_texts(void **state) {
    (void)state;
    gaze_compare compare = small();
    gaze_buffer svg = {0};
    compare.difference = NULL;
    compare.figure.text = NULL;
    compare.sides[1].panel.head = 1;
    draw(&compare, &svg);
    assert_has(&svg, ">Layer 3, head 1: two texts<");
    assert_has(&svg, "Strongest in A: from &#39;a&#39; to &#39;a&#39;: .750, B: from &#39;a&#39; to &#39;a&#39;: .500.");
    assert_int_equal(count_of(svg.data, "class=\"gaze-border\""), 2);
    gaze_buffer_deinit(&svg);
}

static void budgets(void **state) {
    (void)state;
    static const size_t counts[] = {8, 16, 26, 32, 128, 512};
    for (size_t i = 0; i < 6; i++) {
        figure f = figure_new(counts[i], 1, 2);
        gaze_compare compare = small();
        gaze_buffer svg = {0};
        for (size_t k = 0; k < 2; k++)
            compare.sides[k] =
                (gaze_compare_side){.panel = f.panels[k], .labels = f.labels, .count = counts[i]};
        compare.difference = f.panels[0].weights; /* any numbers do */
        assert_in_range(draw(&compare, &svg), 1, 5000);
        gaze_buffer_deinit(&svg);
        figure_free(&f);
    }
}

static gaze_compare_plan plan_of(const figure *f, size_t count, double width, bool live) {
    gaze_compare compare = small();
    gaze_compare_plan plan;
    for (size_t k = 0; k < 2; k++)
        compare.sides[k] = (gaze_compare_side){.panel = f->panels[k], .labels = f->labels, .count = count};
    compare.difference = f->panels[0].weights;
    compare.figure.width = width;
    gaze_compare_plan_make(&plan, &compare, live);
    return plan;
}

static void assert_apart(const gaze_compare_plan *p, size_t i, size_t k) {
    const gaze_matrix_box *first = &p->layout.boxes[i];
    bool beside = p->top[i] == p->top[k];
    if (beside)
        assert_true(p->x[i] + first->width < p->x[k] - p->layout.boxes[k].left);
    else
        assert_true(p->top[i] + first->height < p->heading_y[k]);
}

/* Three in a line while a cell has 8 pixels; then A and B above a difference that is larger; in one column where it is
 * narrow. Nothing is wider than it may be, and nothing covers anything. */
static void places(void **state) {
    (void)state;
    static const struct {
        size_t count;
        double width;
        bool live;
        size_t across;
    } cases[] = {{8, 0, false, 3}, {16, 0, true, 2}, {32, 0, false, 3}, {32, 0, true, 3},  {128, 0, false, 2}, {128, 0, true, 2},
                 {512, 0, false, 2}, {8, 390, false, 1}, {32, 390, false, 1}, {32, 900, false, 2}, {64, 2400, false, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        figure f = figure_new(cases[i].count, 1, 2);
        gaze_compare_plan p = plan_of(&f, cases[i].count, cases[i].width, cases[i].live);
        assert_int_equal(p.layout.across, cases[i].across);
        assert_true(p.width <= (cases[i].width > 0 ? cases[i].width : cases[i].live ? 1352 : 1480));
        assert_apart(&p, 0, 1);
        assert_apart(&p, 1, 2);
        assert_int_equal(p.layout.boxes[0].numbers, cases[i].count <= 16 && !(cases[i].width > 0));
        if (p.layout.across == 2 && cases[i].count > 16 && !(cases[i].width > 0))
            assert_true(p.layout.boxes[2].width > 1.5 * p.layout.boxes[0].width);
        assert_true(p.legend_x[0] > p.x[0] + p.layout.boxes[0].width && p.legend_x[1] > p.x[2] + p.layout.boxes[2].width);
        figure_free(&f);
    }
}

/* Beyond the limit: the ends of the colour bar say so, and each such cell of a picture has its notch. */
static void clipped_picture(void **state) {
    (void)state;
    figure f = figure_new(30, 1, 2);
    gaze_compare compare = small();
    gaze_compare_plan plan = plan_of(&f, 30, 0, false);
    gaze_buffer svg = {0};
    char notch[24];
    int side = (int)gaze_matrix_notch(&plan.layout.boxes[2]);
    assert_true(plan.layout.boxes[2].raster && plan.layout.boxes[2].notches);
    snprintf(notch, sizeof notch, "h%dv%dz", side, side);
    for (size_t k = 0; k < 2; k++)
        compare.sides[k] = (gaze_compare_side){.panel = f.panels[k], .labels = f.labels, .count = 30};
    compare.difference = f.panels[0].weights;
    compare.limit = 1;
    draw(&compare, &svg);
    assert_has(&svg, ">+1</text>");
    assert_int_equal(count_of(svg.data, notch), 0);
    gaze_buffer_deinit(&svg);
    compare.limit = 0.01;
    draw(&compare, &svg);
    assert_has(&svg, ">≥ +0.01</text>");
    assert_has(&svg, ">≤ -0.01</text>");
    assert_int_equal(count_of(svg.data, notch), gaze_compare_clipped(&compare));
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Of 100 tokens not every one has its label, but those of the largest difference of each sign have theirs, in bold. */
static void labels_of_marks(void **state) {
    (void)state;
    enum { N = 100 };
    figure f = figure_new(N, 1, 2);
    gaze_compare compare = small();
    gaze_buffer svg = {0};
    float *difference = calloc(N * N, sizeof *difference);
    assert_non_null(difference);
    difference[52 * N + 1] = 0.5f;
    difference[77 * N + 1] = -0.25f;
    for (size_t k = 0; k < 2; k++)
        compare.sides[k] = (gaze_compare_side){.panel = f.panels[k], .labels = f.labels, .count = N};
    compare.difference = difference;
    compare.limit = 1;
    gaze_compare_plan plan;
    gaze_compare_plan_make(&plan, &compare, false);
    for (size_t i = 0; i < 3; i++) assert_true(plan.layout.boxes[i].label_step > 1);
    draw(&compare, &svg);
    assert_int_equal(count_of(svg.data, "font-weight=\"700\""), 3 * 3); /* rows 52 and 77, column 1 */
    assert_has(&svg, "A exceeds B most from");
    gaze_buffer_deinit(&svg);
    free(difference);
    figure_free(&f);
}

static void hostile(void **state) {
    (void)state;
    for (size_t i = 0; i < hostile_count; i++) {
        gaze_compare compare = small();
        gaze_buffer svg = {0};
        gaze_label labels[2] = {two[0], two[1]};
        gaze_figure *f = &compare.sides[0].figure;
        labels[0].text = f->model = f->text = compare.figure.note = hostile_texts[i].at;
        labels[0].length = f->text_length = hostile_texts[i].length;
        compare.sides[0].labels = compare.sides[1].labels = labels;
        compare.sides[1].figure = *f;
        compare.figure.model = compare.figure.text = NULL;
        draw(&compare, &svg);
        assert_int_equal(strlen(svg.data), svg.length);
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "onload=\""), 0);
        assert_int_equal(count_of(svg.data, "=\"http"), 2); /* the names of the two namespaces */
        gaze_buffer_deinit(&svg);
    }
}

static void refused(void **state) {
    (void)state;
    gaze_compare compare = small();
    gaze_buffer svg = {0};
    compare.sides[1].count = 1;
    assert_int_equal(gaze_compare_svg(&svg, &compare, NULL), GAZE_ERROR_ARGUMENT);
    compare.sides[1].count = 0;
    compare.difference = NULL;
    assert_int_equal(gaze_compare_svg(&svg, &compare, NULL), GAZE_ERROR_ARGUMENT);
    compare.sides[1].count = 4097;
    assert_int_equal(gaze_compare_svg(&svg, &compare, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&svg);
}

static gaze_status draw_again(void *context) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_compare_svg(&svg, context, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    gaze_compare compare = small();
    assert_true(fail_each_allocation(draw_again, &compare) > 3);
}

/* After a change that is wanted:  GAZE_UPDATE_GOLDEN=1 make test T=test_compare  and look at the file. */
static void golden(void **state) {
    (void)state;
    gaze_compare compare = small();
    gaze_buffer svg = {0};
    draw(&compare, &svg);
    figure_assert_golden("tests/data/viz/compare.svg", &svg);
    gaze_buffer_deinit(&svg);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(equal_words),   cmocka_unit_test(two_texts),
        cmocka_unit_test(captions),      cmocka_unit_test(largest_of_two_texts),
        cmocka_unit_test(places),        cmocka_unit_test(clipped_picture), cmocka_unit_test(labels_of_marks),
        cmocka_unit_test(budgets),       cmocka_unit_test(hostile),   cmocka_unit_test(refused),
        cmocka_unit_test(out_of_memory), cmocka_unit_test(golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
