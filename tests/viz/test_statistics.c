/* The figure of head statistics, viz/statistics/statistics.h.
 *
 * By hand: a chart of 170 pixels from 0 to 1 has .5 in its middle, at 85; two layers stand 16 pixels from its edges, and
 * the two heads of a layer a quarter of their distance (268 pixels) apart.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/model_views.h"
#include "tests/support/xml_check.h"
#include "viz/statistics/draw.h"

static void places_by_hand(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 2);
    gaze_chart chart = {.value = GAZE_BADGE_NEXT, .top = 1, .x = 100, .y = 10};
    assert_true(gaze_chart_y(&chart, 0.5) == 95);
    assert_true(gaze_chart_y(&chart, 2) == 10 && gaze_chart_y(&chart, -1) == 180);
    assert_true(fabs(gaze_chart_x(&chart, &m.view, 0) - (116 - 33.5)) < 1e-9);
    assert_true(fabs(gaze_chart_x(&chart, &m.view, 1) - (116 + 33.5)) < 1e-9);
    assert_true(fabs(gaze_chart_x(&chart, &m.view, 3) - (384 + 33.5)) < 1e-9);
    model_figure_free(&m);
}

static size_t draw(const gaze_model_view *view, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_statistics_svg(out, view, &err)) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}

static void what_it_says(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 2);
    gaze_buffer svg = {0};
    m.badges[2].values[GAZE_BADGE_SEP] = 0.75;
    draw(&m.view, &svg);
    assert_has(&svg, ">L1 H0 .75</text>");
    assert_has(&svg, "<title>L1 H0: 0.750</title>");
    assert_has(&svg, "Head measures by layer: layers 0 to 1, heads 0 to 1<");
    assert_has(&svg, ">previous token</text>");
    assert_has(&svg, ">entropy (nats)</text>");
    assert_has(&svg, ">entropy / ln n ↓</text>");
    assert_has(&svg, ">mean of a layer&#39;s heads</text>");
    assert_has(&svg, ">layer →</text>");
    assert_has(&svg, "Attention is not an explanation");
    assert_int_equal(count_of(svg.data, "<circle"), 7 * 4 + 1); /* and that of the key */
    assert_int_equal(count_of(svg.data, "<polyline"), 7);
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* The largest of four heads lies at the left; where another dot stands beside it, the name is above. In neither place is
 * there a dot or the line of means; paper is behind it, so that the grid does not run through it. */
static void label_by_hand(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 2);
    gaze_chart chart = {.value = GAZE_BADGE_SEP, .top = 1, .x = 100, .y = 10};
    for (size_t i = 0; i < 4; i++) m.badges[i].values[GAZE_BADGE_SEP] = 0.1;
    m.badges[0].values[GAZE_BADGE_SEP] = 0.75;
    gaze_chart_label label = gaze_chart_place_label(&chart, &m.view);
    assert_int_equal(label.panel, 0);
    assert_true(label.left > gaze_chart_x(&chart, &m.view, 0) && !label.ends);
    assert_true(fabs(label.y - 4 - gaze_chart_y(&chart, 0.75)) < 1e-9);
    m.badges[1].values[GAZE_BADGE_SEP] = 0.74;
    label = gaze_chart_place_label(&chart, &m.view);
    assert_true(label.y < gaze_chart_y(&chart, 0.75));
    model_figure_free(&m);
}

static void budgets(void **state) {
    (void)state;
    static const size_t models[][2] = {{1, 1}, {12, 12}, {24, 16}};
    for (size_t i = 0; i < 3; i++) {
        model_figure m = model_figure_new(8, models[i][0], models[i][1]);
        gaze_buffer svg = {0};
        m.view.figure.language = GAZE_LANGUAGE_ZH;
        assert_in_range(draw(&m.view, &svg), 1, 5000);
        gaze_buffer_deinit(&svg);
        model_figure_free(&m);
    }
}

static gaze_status draw_again(void *context) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_statistics_svg(&svg, context, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void refused_and_out_of_memory(void **state) {
    (void)state;
    model_figure m = model_figure_new(4, 2, 2);
    gaze_buffer svg = {0};
    assert_true(fail_each_allocation(draw_again, &m.view) > 3);
    m.view.head_count = 3;
    assert_int_equal(gaze_statistics_svg(&svg, &m.view, NULL), GAZE_ERROR_ARGUMENT);
    m.view.head_count = 2;
    m.view.count = 4097;
    assert_int_equal(gaze_statistics_svg(&svg, &m.view, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

/* After a change that is wanted:  GAZE_UPDATE_GOLDEN=1 make test T=viz/test_statistics  and look at the file. */
static void golden(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 2);
    gaze_buffer svg = {0};
    draw(&m.view, &svg);
    figure_assert_golden("tests/data/viz/statistics.svg", &svg);
    gaze_buffer_deinit(&svg);
    model_figure_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_by_hand), cmocka_unit_test(label_by_hand),
        cmocka_unit_test(what_it_says),
        cmocka_unit_test(budgets),        cmocka_unit_test(refused_and_out_of_memory),
        cmocka_unit_test(golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
