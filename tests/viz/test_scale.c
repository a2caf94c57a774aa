/* Scales, viz/scale.h.
 *
 * By hand: on the usual scale .25 has t = sqrt(.25) = .5 and level round(127.5) = 128; .01 has t = .1 and
 * level round(25.5) = 26. Among 4 keys .25 is uniform attention: the middle, level 128; .5 is twice
 * that, one octave of five: 128 + 127/5 = 153.4, level 153.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tests/support/figures.h"
#include "tests/support/xml_check.h"
#include "viz/scale.h"

static unsigned level_of(gaze_scale scale, const float *weights_t, size_t count, double weight) {
    gaze_row_scale row = gaze_scale_row(scale, weights_t, count);
    return gaze_scale_level(&row, weight);
}

static const float row_t[4] = {0.25f, 0.5f, 0.125f, 0.125f};

static void test_by_hand(void **state) {
    (void)state;
    assert_int_equal(level_of(GAZE_SCALE_SQRT, row_t, 4, 0.25), 128);
    assert_int_equal(level_of(GAZE_SCALE_SQRT, row_t, 4, 0.01), 26);
    assert_int_equal(level_of(GAZE_SCALE_TIMES_UNIFORM, row_t, 4, 0.25), 128);
    assert_int_equal(level_of(GAZE_SCALE_TIMES_UNIFORM, row_t, 4, 0.5), 153);
}

static void test_ends(void **state) {
    (void)state;
    for (int scale = 0; scale < 4; scale++) {
        assert_int_equal(level_of((gaze_scale)scale, row_t, 4, 0), 0);
        assert_int_equal(level_of((gaze_scale)scale, row_t, 4, -0.5), 0);
        assert_int_equal(level_of((gaze_scale)scale, row_t, 4, (double)NAN), 0);
        assert_int_equal(level_of((gaze_scale)scale, row_t, 4, 100), 255);
        assert_int_equal(level_of((gaze_scale)scale, row_t, 4, INFINITY), 255);
    }
    assert_int_equal(level_of(GAZE_SCALE_SQRT, row_t, 4, 1), 255);
    assert_int_equal(level_of(GAZE_SCALE_LINEAR, row_t, 4, 1), 255);
    assert_int_equal(level_of(GAZE_SCALE_ROW_MAX, row_t, 4, 0.5), 255);
}

static void test_linear(void **state) {
    (void)state;
    assert_int_equal(level_of(GAZE_SCALE_LINEAR, row_t, 4, 0.2), 51);
}

/* A quarter of the row's largest is half way up; a row of zeros or of none stays at 0. */
static void test_row_max(void **state) {
    (void)state;
    assert_int_equal(level_of(GAZE_SCALE_ROW_MAX, row_t, 4, 0.125), 128);
    const float nothing[2] = {0, (float)NAN};
    assert_int_equal(level_of(GAZE_SCALE_ROW_MAX, nothing, 2, 0), 0);
}

/* The colour in the middle of each level's weights is that level's again. */
static void test_every_level_is_reached(void **state) {
    (void)state;
    for (unsigned level = 0; level < 256; level++) {
        double t = level / 255.0;
        assert_int_equal(level_of(GAZE_SCALE_SQRT, row_t, 4, t * t), level);
        assert_int_equal(level_of(GAZE_SCALE_LINEAR, row_t, 4, t), level);
    }
}

static void test_colors(void **state) {
    (void)state;
    gaze_rgb colors[GAZE_RAMP_LEVELS], white = {255, 255, 255};
    gaze_scale_colors(GAZE_SCALE_SQRT, colors);
    for (unsigned i = 0; i < 256; i++) {
        gaze_rgb want = gaze_color_ramp(i);
        assert_memory_equal(&colors[i], &want, sizeof want);
    }
    gaze_scale_colors(GAZE_SCALE_TIMES_UNIFORM, colors);
    assert_memory_equal(&colors[128], &white, sizeof white);
    assert_true(colors[0].r > colors[0].b && colors[255].b > colors[255].r);
}

/* Each mark stands where its number is drawn: its level is its place on the bar. */
static void test_ticks(void **state) {
    (void)state;
    static const double sqrt_weights[] = {0, 0.01, 0.05, 0.1, 0.25, 0.5, 1};
    size_t count;
    const gaze_tick *ticks = gaze_scale_ticks(GAZE_SCALE_SQRT, &count);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < 7; i++) assert_true(fabs(ticks[i].at - sqrt(sqrt_weights[i])) < 1e-12);
    static const double times[] = {1 / 32.0, 1 / 8.0, 0.5, 1, 2, 8, 32};
    ticks = gaze_scale_ticks(GAZE_SCALE_TIMES_UNIFORM, &count);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < 7; i++) {
        double level = level_of(GAZE_SCALE_TIMES_UNIFORM, row_t, 4, times[i] / 4);
        assert_true(fabs(ticks[i].at - level / 255) < 0.005);
    }
}

/* The colour bar names the scale. */
static void test_named(void **state) {
    (void)state;
    static const char *const names[] = {">sqrt scale<", ">linear scale<", ">x uniform<",
                                        ">of row&#39;s max<"};
    figure f = figure_new(5, 1, 1);
    for (int scale = 0; scale < 4; scale++) {
        gaze_buffer svg = {0};
        f.map.figure.scale = (gaze_scale)scale;
        figure_draw(&f.map, &svg);
        assert_int_equal(count_of(svg.data, names[scale]), 1);
        gaze_buffer_deinit(&svg);
    }
    figure_free(&f);
}

/* Of 1000 weights one may lie above the top; .2 is the largest top, where more are larger the scale stays as it is. */
static void test_fitted(void **state) {
    (void)state;
    static float weights[1000];
    gaze_scale_fit none = {0}, small = {0}, two = {0}, large = {0};
    for (size_t i = 0; i < 1000; i++) weights[i] = 0.04f;
    assert_true(gaze_scale_fit_top(&none) == 0);
    weights[7] = 0.9f;
    weights[8] = (float)NAN;
    gaze_scale_fit_add(&small, weights, 500);
    gaze_scale_fit_add(&small, weights + 500, 500);
    assert_true(gaze_scale_fit_top(&small) == 0); /* NaN does not count: 999 */
    weights[8] = 0;
    gaze_scale_fit_add(&two, weights, 1000);
    assert_true(gaze_scale_fit_top(&two) == 0.05);
    assert_string_equal(gaze_scale_top_text(0.05), ".05");
    weights[9] = 0.21f;
    gaze_scale_fit_add(&large, weights, 1000);
    assert_true(gaze_scale_fit_top(&large) == 0);
}

/* sqrt of .2, .4 and so on of the top; none so low that it meets the 0. */
static void test_fitted_ticks(void **state) {
    (void)state;
    static const char *const labels[] = {"0", ".002", ".005", ".01", ".02", "≥ .05"};
    static const double weights[] = {0, 0.002, 0.005, 0.01, 0.02, 0.05}, tops[] = {0.2, 0.1, 0.05, 0.02, 0.01, 0.005};
    gaze_tick ticks[GAZE_MOST_TICKS];
    gaze_figure drawn = {.top = 0.05};
    gaze_row_scale row = gaze_scale_figure_row(&drawn, row_t, 4);
    assert_int_equal(gaze_scale_figure_ticks(ticks, &drawn), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(ticks[i].label, labels[i]);
        assert_int_equal(gaze_scale_level(&row, weights[i]), lround(ticks[i].at * 255));
    }
    for (size_t k = 0; k < 6; k++) {
        drawn.top = tops[k];
        size_t count = gaze_scale_figure_ticks(ticks, &drawn);
        assert_in_range(count, 4, GAZE_MOST_TICKS);
        for (size_t i = 1; i < count; i++) assert_true(ticks[i].at - ticks[i - 1].at > 0.08);
    }
    drawn.top = 0;
    assert_int_equal(gaze_scale_figure_ticks(ticks, &drawn), 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_linear),
        cmocka_unit_test(test_row_max),
        cmocka_unit_test(test_every_level_is_reached),
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_fitted), cmocka_unit_test(test_fitted_ticks), cmocka_unit_test(test_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
