/* Where the lines of a head view run, which labels stand beside them, and what becomes of them at night. By hand: two
 * heads on tokens 24 pixels apart have slots of 24 x .8 / 2 = 9.6, so 4.8 above and below a token's middle; between 166,
 * where lines begin, and 466, where they end, they turn in lanes at 266 and 366. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"
#include "viz/head_view/layout.h"
#include "viz/page.h"

enum { LONG = 512 };

static void draw(const gaze_head_view *view, gaze_buffer *svg) {
    gaze_error err = {0};
    gaze_buffer_clear(svg);
    if (gaze_head_view_svg(svg, view, &err)) fail_msg("%s", err.message);
    assert_xml(svg->data, svg->length);
}

static bool has(const gaze_buffer *svg, const char *text) {
    return strstr(svg->data, text) != NULL;
}

static const gaze_label two[2] = {{.text = "a", .length = 1, .id = 7}, {.text = "b", .length = 1, .id = 8}};
static const float even[4] = {0.5f, 0.5f, 0.5f, 0.5f};
static const gaze_panel heads[2] = {{even, 0, 0}, {even, 0, 1}};

static gaze_head_view small(size_t panels) {
    return (gaze_head_view){.rows = two, .columns = two, .row_count = 2, .column_count = 2, .panels = heads,
                            .panel_count = panels};
}

static void test_slots_and_lanes_by_hand(void **state) {
    (void)state;
    gaze_head_view view = small(2);
    gaze_buffer svg = {0};
    double x, lane, y[2];
    draw(&view, &svg);
    const char *first = strstr(svg.data, "C266 ");
    assert_non_null(first);
    while (strncmp(first, "d=\"M", 4)) first--;
    assert_int_equal(sscanf(first, "d=\"M%lf %lfC%lf", &x, &y[0], &lane), 3);
    const char *second = strstr(svg.data, "C366 ");
    assert_non_null(second);
    while (strncmp(second, "d=\"M", 4)) second--;
    assert_int_equal(sscanf(second, "d=\"M%lf %lfC%lf", &x, &y[1], &lane), 3);
    assert_true(x == 166 && y[1] - y[0] > 9.59 && y[1] - y[0] < 9.61);
    gaze_buffer_deinit(&svg);
}

/* Weights look alike in all heads, so their legend has no head's colour. */
static void test_legend_is_neutral(void **state) {
    (void)state;
    gaze_head_view view = small(1);
    gaze_buffer svg = {0};
    draw(&view, &svg);
    const char *legend = strstr(svg.data, "gaze-legend");
    assert_non_null(legend);
    assert_null(strstr(legend, "stroke=\"#0072b2\""));
    assert_int_equal(count_of(legend, "class=\"gaze-border\""), 5);
    gaze_buffer_deinit(&svg);
}

/* 2.5 pixels around a word, 20 pixels with these; around letters of 14 pixels that lean by 60 degrees; .35 em below their line, 1.4 em high. */
static void test_frame_by_hand(void **state) {
    (void)state;
    gaze_head_view view = small(1);
    gaze_head_layout layout;
    gaze_buffer frame = {0};
    const double width = 20;
    gaze_head_layout_make(&layout, &view, 0, false);
    gaze_head_layout_put_frame(&frame, &layout, false, false, &width);
    assert_string_equal(frame.data, "m2.5 -12h-20v24h20z");
    gaze_buffer_clear(&frame);
    gaze_head_layout_put_frame(&frame, &layout, true, false, NULL);
    assert_string_equal(frame.data, "m-2.5 -12h{1}v24h{-1}z");
    view.horizontal = true;
    gaze_head_layout_make(&layout, &view, 0, false);
    gaze_buffer_clear(&frame);
    gaze_head_layout_put_frame(&frame, &layout, true, false, &width);
    assert_string_equal(frame.data, "m0 4m-5.49 0.28l10 17.32l16.97 -9.8l-10 -17.32z");
    gaze_buffer_deinit(&frame);
}

/* Labels where there is no room for all ------------------------------------------------------------------ */

static bool writes(const gaze_buffer *svg, char side, int token) {
    char class[32];
    snprintf(class, sizeof class, "gaze-token %c%d\"", side, token);
    return has(svg, class);
}

static void test_labels_by_weight(void **state) {
    (void)state;
    gaze_label *labels = gaze_alloc_zero(LONG, sizeof *labels);
    float *weights = gaze_alloc_zero(LONG * LONG, sizeof *weights);
    size_t pinned[1] = {101};
    gaze_buffer svg = {0};
    assert_true(labels && weights);
    for (size_t i = 0; i < LONG; i++) labels[i] = (gaze_label){.text = "word", .length = 4, .id = 1};
    weights[100 * LONG + 301] = 0.9f;
    weights[101 * LONG + 302] = 0.8f;
    const gaze_panel panel = {weights, 0, 0};
    gaze_head_view view = {.rows = labels, .columns = labels, .row_count = LONG, .column_count = LONG, .panels = &panel,
                           .panel_count = 1, .pinned = pinned};
    draw(&view, &svg); /* one label in 3: the stronger line takes the room */
    assert_true(writes(&svg, 'Q', 100) && writes(&svg, 'K', 301));
    assert_false(writes(&svg, 'Q', 101) || writes(&svg, 'K', 302));
    assert_true(writes(&svg, 'Q', 0) && writes(&svg, 'K', 0) && writes(&svg, 'K', 304));
    view.pinned_count = 1; /* but what is pinned has it first, and what its lines lead to */
    draw(&view, &svg);
    assert_true(writes(&svg, 'Q', 101) && writes(&svg, 'K', 302));
    assert_false(writes(&svg, 'Q', 100) || writes(&svg, 'K', 301));
    gaze_free(labels);
    gaze_free(weights);
    gaze_buffer_deinit(&svg);
}

/* Night -------------------------------------------------------------------------------------------------- */

static gaze_rgb mixed(gaze_rgb over, gaze_rgb under, double opacity) {
    return (gaze_rgb){(uint8_t)(under.r + (over.r - under.r) * opacity), (uint8_t)(under.g + (over.g - under.g) * opacity),
                      (uint8_t)(under.b + (over.b - under.b) * opacity)};
}

/* Even a weight of nearly 0 has a line that can be told from dark paper. */
static void test_night_colors(void **state) {
    (void)state;
    gaze_palette day, night;
    gaze_palette_fill(&day, &(gaze_figure){.theme = GAZE_THEME_LIGHT});
    gaze_palette_fill(&night, &(gaze_figure){.theme = GAZE_THEME_DARK});
    for (size_t i = 0; i < GAZE_HEAD_COLORS; i++) {
        gaze_head_color c = gaze_head_color_of(i);
        assert_true(gaze_color_contrast(c.color, day.paper) >= 3 && gaze_color_contrast(c.color, night.paper) >= 3);
        assert_true(gaze_color_contrast(c.night, night.paper) >= 8);
        assert_true(gaze_color_contrast(mixed(c.night, night.paper, 0.45), night.paper) >= 2.5);
    }
}

static void test_night(void **state) {
    (void)state;
    gaze_head_view view = small(1);
    gaze_buffer svg = {0};
    draw(&view, &svg); /* w = .5: .15 + .85 x .7071 = .75 by day, and for a dark screen a rule */
    assert_true(has(&svg, "stroke-opacity=\"0.75\"") && has(&svg, "[stroke-opacity^=\"0.7\"]{stroke-opacity:0.81}"));
    assert_true(has(&svg, "[stroke=\"#0072b2\"]{stroke:#5fb8f0}"));
    view.figure.theme = GAZE_THEME_DARK; /* .45 + .55 x .7071 = .84 */
    draw(&view, &svg);
    assert_true(has(&svg, "stroke-opacity=\"0.84\"") && has(&svg, "stroke=\"#5fb8f0\""));
    assert_false(has(&svg, "prefers-color-scheme"));
    gaze_buffer_deinit(&svg);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_slots_and_lanes_by_hand), cmocka_unit_test(test_legend_is_neutral),
                                       cmocka_unit_test(test_frame_by_hand), cmocka_unit_test(test_labels_by_weight),
                                       cmocka_unit_test(test_night_colors), cmocka_unit_test(test_night)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
