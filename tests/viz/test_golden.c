/* Figures whose bytes are kept in tests/data/viz: heat maps (one head, a pair in dark and Chinese, a grid) and lines.
 *
 * After a change that is wanted:  GAZE_UPDATE_GOLDEN=1 make test T=golden  and look at the files.
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

#define LABEL(string, mark, number, part, added)                                                             \
    {                                                                                                        \
        .text = string, .length = sizeof string - 1, .marker = mark, .id = number, .segment = part,          \
        .special = added                                                                                     \
    }

static const gaze_label labels[] = {
    LABEL("[CLS]", 0, 101, 0, true), LABEL("a<b", 0, 7, 0, false),    LABEL("##\u0301e", 2, 8, 0, false),
    LABEL("[SEP]", 0, 102, 0, true), LABEL("\u732B", 0, 9, 1, false), LABEL("[SEP]", 0, 102, 1, true),
};

enum { T = 6 };

/* Sixteenths, which every machine writes alike. */
static const float weights[T * T] = {
    0.5000f, 0.0625f, 0.0625f, 0.1250f, 0.1250f, 0.1250f, //
    0.0625f, 0.6250f, 0.0625f, 0.0625f, 0.1250f, 0.0625f, //
    0.0000f, 0.2500f, 0.2500f, 0.2500f, 0.2500f, 0.0000f, //
    0.1250f, 0.1250f, 0.1250f, 0.3750f, 0.1250f, 0.1250f, //
    0.0625f, 0.0625f, 0.1875f, 0.0625f, 0.5625f, 0.0625f, //
    0.0000f, 0.0000f, 0.0000f, 0.0000f, 0.0000f, 1.0000f,
};

static void assert_golden(const char *path, const gaze_heatmap *map) {
    gaze_buffer svg = {0};
    figure_draw(map, &svg);
    figure_assert_golden(path, &svg);
    gaze_buffer_deinit(&svg);
}

static gaze_heatmap heatmap(const gaze_panel *panels, size_t count) {
    return (gaze_heatmap){.figure = {.model = "golden & co", .text = "a<b\u0301e", .text_length = 6},
                          .rows = labels,
                          .columns = labels,
                          .row_count = T,
                          .column_count = T,
                          .panels = panels,
                          .panel_count = count};
}

static void test_one_head(void **state) {
    (void)state;
    const gaze_panel panel = {weights, 4, 3};
    gaze_heatmap map = heatmap(&panel, 1);
    map.row_count = map.column_count = 4; /* one text */
    float part[16];
    for (size_t i = 0; i < 16; i++) part[i] = weights[i / 4 * T + i % 4];
    const gaze_panel smaller = {part, 4, 3};
    map.panels = &smaller;
    assert_golden("tests/data/viz/one-head.svg", &map);
}

static void test_pair(void **state) {
    (void)state;
    const gaze_panel panel = {weights, 0, GAZE_PANEL_MEAN};
    gaze_heatmap map = heatmap(&panel, 1);
    map.figure.pair = "\u732B";
    map.figure.pair_length = 3;
    map.figure.note = "random weights";
    map.figure.theme = GAZE_THEME_DARK;
    map.figure.language = GAZE_LANGUAGE_ZH;
    assert_golden("tests/data/viz/pair-dark-zh.svg", &map);
}

static void test_grid(void **state) {
    (void)state;
    float broken[T * T];
    memcpy(broken, weights, sizeof broken);
    broken[3] = (float)NAN;
    const gaze_panel panels[] = {{weights, 0, 0}, {weights, 0, 1}, {weights, 1, 0}, {broken, 1, 1}};
    gaze_heatmap map = heatmap(panels, 4);
    map.figure.theme = GAZE_THEME_LIGHT;
    assert_golden("tests/data/viz/grid.svg", &map);
}

static gaze_head_view head_view(const gaze_panel *panels, size_t count) {
    return (gaze_head_view){.figure = {.model = "golden & co", .text = "a<b\u0301e", .text_length = 6},
                            .rows = labels,
                            .columns = labels,
                            .row_count = T,
                            .column_count = T,
                            .panels = panels,
                            .panel_count = count};
}

static void assert_golden_lines(const char *path, const gaze_head_view *view) {
    gaze_buffer svg = {0};
    assert_int_equal(gaze_head_view_svg(&svg, view, NULL), GAZE_OK);
    assert_xml(svg.data, svg.length);
    figure_assert_golden(path, &svg);
    gaze_buffer_deinit(&svg);
}

static void test_lines(void **state) {
    (void)state;
    const gaze_panel panel = {weights, 4, 3};
    gaze_head_view view = head_view(&panel, 1);
    assert_golden_lines("tests/data/viz/lines.svg", &view);
}

static void test_lines_of_heads(void **state) {
    (void)state;
    float turned[T * T];
    const size_t pinned[1] = {1};
    for (size_t i = 0; i < T * T; i++) turned[i] = weights[T * T - 1 - i];
    const gaze_panel panels[] = {{weights, 0, 0}, {turned, 0, 5}};
    gaze_head_view view = head_view(panels, 2);
    view.strip = panels;
    view.strip_count = 2;
    view.pinned = pinned;
    view.pinned_count = 1;
    view.horizontal = true;
    view.figure.theme = GAZE_THEME_DARK;
    view.figure.language = GAZE_LANGUAGE_ZH;
    assert_golden_lines("tests/data/viz/lines-heads-dark-zh.svg", &view);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_head),
        cmocka_unit_test(test_pair),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_lines_of_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
