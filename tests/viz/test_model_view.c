/* The model view, viz/model_view/model_view.h.
 *
 * By hand: two layers of two heads. Layer 1, head 0 gives .75 to the previous token, which is above .5: its badge says
 * "prev .75" in bold, it stands first when sorted by that, and the caption names it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/deflate.h"
#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/hostile.h"
#include "tests/support/model_views.h"
#include "tests/support/xml_check.h"

/* A previous-token head at layer 1, head 0. */
static model_figure two_by_two(void) {
    model_figure m = model_figure_new(5, 2, 2);
    m.badges[2].values[GAZE_BADGE_PREVIOUS] = 0.75;
    m.badges[2].name = GAZE_BADGE_IS_PREVIOUS;
    return m;
}

static void by_hand(void **state) {
    (void)state;
    model_figure m = two_by_two();
    gaze_buffer svg = {0};
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, ">Layers 0 to 1, heads 0 to 1<");
    assert_has(&svg, ">prev .75</text>");
    assert_int_equal(count_of(svg.data, "font-weight=\"700\""), 1);
    assert_has(&svg, "Most on previous token: layer 1, head 0 (.75); next token: layer 0, head 0 (.19)");
    assert_has(&svg, "layer 1, head 0: entropy (nats) 3.97, entropy / ln n .06, previous token .75,");
    assert_has(&svg, ">head 1</text>");
    assert_has(&svg, ">layer 1</text>");
    assert_has(&svg, ">layer mean</text>");
    assert_has(&svg, "Attention is not an explanation");
    assert_int_equal(count_of(svg.data, "<image"), 6); /* four heads, two means */
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* Where a thumbnail's place no longer says which head it is, its name does, in the order of the values. */
static void sorted(void **state) {
    (void)state;
    model_figure m = two_by_two();
    gaze_buffer svg = {0};
    m.view.sort = GAZE_SORT_VALUE;
    m.view.sort_value = GAZE_BADGE_PREVIOUS;
    model_figure_draw(&m.view, &svg);
    const char *first = strstr(svg.data, ">L1 H0</text>"), *second = strstr(svg.data, ">L0 H0</text>");
    const char *third = strstr(svg.data, ">L0 H1</text>"), *last = strstr(svg.data, ">L1 H1</text>");
    assert_true(first && second && third && last && first < second && second < third && third < last);
    assert_has(&svg, "Sorted by previous token, largest first.");
    assert_int_equal(count_of(svg.data, "<image"), 4);
    gaze_buffer_clear(&svg);
    m.view.sort = GAZE_SORT_NAME;
    m.badges[1].name = GAZE_BADGE_IS_SEP;
    m.badges[3].name = GAZE_BADGE_IS_PREVIOUS;
    model_figure_draw(&m.view, &svg);
    first = strstr(svg.data, ">L1 H0</text>"), second = strstr(svg.data, ">L1 H1</text>");
    third = strstr(svg.data, ">L0 H1</text>"), last = strstr(svg.data, ">L0 H0</text>");
    assert_true(first && second && third && last && first < second && second < third && third < last);
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* Fewer heads are drawn larger, with all their numbers. */
static void large_thumbnails(void **state) {
    (void)state;
    model_figure m = two_by_two();
    gaze_buffer svg = {0};
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, ">H 3.97</text>");
    assert_has(&svg, ">punct .44</text>");
    assert_has_not(&svg, "Bars, from 0 to 1:");
    assert_has(&svg, ">H: entropy in nats; H/ln n: the same in percent of the most possible.");
    model_figure_free(&m);
    m = model_figure_new(5, 2, 12);
    gaze_buffer_clear(&svg);
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, "Bars, from 0 to 1:");
    assert_has(&svg, ">Below the bars: the largest share of the head&#39;s attention (0 to 1)");
    assert_has_not(&svg, ">H: entropy in nats");
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* Without a label the largest of all shares is named; entropy is a percentage, and no share. */
static void what_a_badge_says(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 12);
    gaze_buffer svg = {0};
    m.badges[0].values[GAZE_BADGE_PUNCTUATION] = 0.38;
    m.badges[1].values[GAZE_BADGE_CLS] = 0.597;
    m.badges[2].values[GAZE_BADGE_RELATIVE_ENTROPY] = 0.782;
    m.badges[2].name = GAZE_BADGE_IS_BROAD;
    m.badges[3].values[GAZE_BADGE_SELF] = 0.597;
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, ">punct .38</text>");
    assert_has(&svg, ">CLS .60</text>");
    assert_has(&svg, ">broad 78 %</text>");
    assert_has(&svg, ">self .60</text>");
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* A head that looks at the token before, if to .51, comes before one that gives [CLS] .90; at .50 nothing stands out. */
static void headline(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 12);
    gaze_buffer svg = {0};
    m.badges[7].values[GAZE_BADGE_CLS] = 0.9;
    m.badges[14].values[GAZE_BADGE_PREVIOUS] = 0.51;
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, ">Stands out: layer 1, head 2, where the previous token takes .51. "
                     "Largest share: layer 0, head 7, where [CLS] takes .90.</text>");
    gaze_buffer_clear(&svg);
    m.badges[14].values[GAZE_BADGE_PREVIOUS] = 0.5;
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, ">Largest share: layer 0, head 7, where [CLS] takes .90.</text>");
    gaze_buffer_clear(&svg);
    m.badges[14].values[GAZE_BADGE_PREVIOUS] = 0.95;
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, ">Stands out: layer 1, head 2, where the previous token takes .95.</text>");
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* Lines from left to right: at most 150 a head, in four shades, and no picture; the colours have no legend. */
static void thumbnails_of_lines(void **state) {
    (void)state;
    model_figure m = model_figure_new(40, 2, 2), large = model_figure_new(8, 24, 16);
    gaze_buffer svg = {0};
    m.view.lines = large.view.lines = true;
    model_figure_draw(&m.view, &svg);
    assert_int_equal(count_of(svg.data, "<image"), 0);
    assert_int_equal(count_of(svg.data, "gaze-scale"), 0);
    const char *heat = strstr(svg.data, "gaze-heat\" image"), *end = strstr(heat, "pointer-events");
    assert_non_null(end);
    size_t lines = 0;
    for (const char *at = heat; at < end; at++) lines += *at == 'L' && at[1] != '"';
    assert_in_range(lines, 6 * 40 * 3 - 200, 6 * 150 + 12);
    gaze_buffer_clear(&svg);
    large.view.figure.special = GAZE_SPECIAL_DIM;
    assert_in_range(model_figure_draw(&large.view, &svg), 1, 5000);
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
    model_figure_free(&large);
}

static void captions(void **state) {
    (void)state;
    model_figure m = two_by_two();
    gaze_buffer svg = {0};
    const gaze_share share = {"[SEP]", 5, 0.25, 0.5};
    m.view.figure.special = GAZE_SPECIAL_HIDE;
    m.view.figure.shares = &share;
    m.view.figure.share_count = 1;
    m.view.figure.words = m.view.figure.renormalised = true;
    m.figure.labels[3].segment = m.figure.labels[4].segment = 1;
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, "[SEP] takes 25 to 50 % of the attention here (hidden).");
    assert_has(&svg, "Each row was divided by its sum");
    assert_has(&svg, "Lines part ");
    assert_int_equal(count_of(svg.data, "class=\"gaze-border\""), 1);
    gaze_buffer_clear(&svg);
    m.view.figure.language = GAZE_LANGUAGE_ZH;
    m.view.figure.special = GAZE_SPECIAL_DIM;
    model_figure_draw(&m.view, &svg);
    assert_has(&svg, "最关注前一词元：第 1 层，第 0 头 (.75)");
    assert_has(&svg, "xml:lang=\"zh\"");
    assert_int_equal(count_of(svg.data, "fill-opacity=\"0.8\""), 1); /* one veil for all */
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* At most 5,000 elements; the sizes of a 12 x 12 model. */
static void budgets(void **state) {
    (void)state;
    static const size_t tokens[] = {8, 32, 128, 512}, most[] = {300000, 300000, 900000, 900000};
    for (size_t i = 0; i < 4; i++) {
        model_figure m = model_figure_new(tokens[i], 12, 12);
        gaze_buffer svg = {0};
        m.figure.labels[tokens[i] - 1].segment = 1;
        m.view.figure.special = GAZE_SPECIAL_DIM;
        size_t nodes = model_figure_draw(&m.view, &svg);
        if (nodes > 5000 || (gaze_deflate_available() && svg.length > most[i]))
            fail_msg("%zu tokens: %zu elements, %zu bytes", tokens[i], nodes, svg.length);
        print_message("note: model view, 12 x 12, %zu tokens: %zu elements, %zu bytes\n", tokens[i], nodes,
                      svg.length);
        gaze_buffer_deinit(&svg);
        model_figure_free(&m);
    }
    model_figure large = model_figure_new(8, 24, 16);
    gaze_buffer svg = {0};
    large.view.figure.special = GAZE_SPECIAL_DIM;
    large.figure.labels[7].segment = 1;
    assert_in_range(model_figure_draw(&large.view, &svg), 1, 5000);
    gaze_buffer_deinit(&svg);
    model_figure_free(&large);
}

static void hostile(void **state) {
    (void)state;
    model_figure m = model_figure_new(4, 2, 3);
    const char *own = m.figure.labels[0].text;
    gaze_share share = {.least = 0.25, .most = 0.5};
    size_t elements = 0;
    for (size_t i = 0; i < hostile_count; i++) {
        gaze_buffer svg = {0};
        gaze_figure *f = &m.view.figure;
        share.text = f->title = f->model = f->note = f->text = f->pair = hostile_texts[i].at;
        share.length = f->text_length = f->pair_length = hostile_texts[i].length;
        f->shares = &share;
        f->share_count = 1;
        f->special = GAZE_SPECIAL_HIDE;
        size_t now = model_figure_draw(&m.view, &svg) - lines_of_text(svg.data);
        if (i == 0) elements = now;
        assert_int_equal(now, elements);
        assert_int_equal(strlen(svg.data), svg.length);
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "=\"http"), 2); /* the names of the two namespaces */
        gaze_buffer_deinit(&svg);
    }
    m.figure.labels[0].text = own;
    model_figure_free(&m);
}

static void refused(void **state) {
    (void)state;
    model_figure m = model_figure_new(4, 2, 3);
    const gaze_model_view good = m.view;
    gaze_model_view bad[5] = {good, good, good, good, good};
    bad[0].count = 0;
    bad[1].panel_count = 0;
    bad[2].head_count = 4;
    bad[3].count = 4097;
    bad[4].panel_count = 1026;
    for (size_t i = 0; i < 5; i++) {
        gaze_buffer svg = {0};
        assert_int_equal(gaze_model_view_svg(&svg, &bad[i], NULL),
                         i < 3 ? GAZE_ERROR_ARGUMENT : GAZE_ERROR_LIMIT);
        gaze_buffer_deinit(&svg);
    }
    model_figure_free(&m);
}

static gaze_status draw_again(void *context) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_model_view_svg(&svg, context, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    model_figure m = model_figure_new(4, 2, 2);
    assert_true(fail_each_allocation(draw_again, &m.view) > 5);
    model_figure_free(&m);
}

/* After a change that is wanted:  GAZE_UPDATE_GOLDEN=1 make test T=model_view  and look at the files. */
static void golden(void **state) {
    (void)state;
    model_figure m = two_by_two();
    gaze_buffer svg = {0};
    model_figure_draw(&m.view, &svg);
    if (gaze_deflate_available()) figure_assert_golden("tests/data/viz/model.svg", &svg);
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),          cmocka_unit_test(sorted),
        cmocka_unit_test(large_thumbnails),
        cmocka_unit_test(what_a_badge_says), cmocka_unit_test(headline), cmocka_unit_test(thumbnails_of_lines),
        cmocka_unit_test(captions),         cmocka_unit_test(budgets),
        cmocka_unit_test(hostile),          cmocka_unit_test(refused),
        cmocka_unit_test(out_of_memory),    cmocka_unit_test(golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
