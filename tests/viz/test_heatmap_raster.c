/* Heat maps as pictures of dots, viz/heatmap/raster.c.
 *
 * By hand: 50 tokens make a picture of 50 x 21 = 1,050 pixels, the first multiple of at least 1,024; a
 * weight of .25 (level 128) has the palette's colour round(128 * 254 / 255) = 127, because 256 levels
 * share 255 colours and the last means "no number".
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "core/base/deflate.h"
#include "tests/support/figures.h"
#include "tests/support/png_read.h"
#include "tests/support/xml_check.h"
#include "viz/heatmap/layout.h"

static void assert_pixel(const png_image *image, size_t x, size_t y, gaze_rgb want) {
    const uint8_t *got = image->palette[image->pixels[y * image->width + x]];
    if (got[0] != want.r || got[1] != want.g || got[2] != want.b)
        fail_msg("pixel %zu, %zu: #%02x%02x%02x, expected #%02x%02x%02x", x, y, got[0], got[1], got[2],
                 want.r, want.g, want.b);
}

/* round(255 sqrt(w)) */
static unsigned level_of(float weight) {
    return (unsigned)floor(255 * sqrt((double)weight) + 0.5);
}

static void test_by_hand(void **state) {
    (void)state;
    figure f = figure_new(50, 1, 1);
    gaze_buffer svg = {0};
    f.weights[3 * 50 + 7] = 0.25f;
    figure_draw(&f.map, &svg);
    png_image image = png_read_from_svg(svg.data, 0);
    if (gaze_deflate_available()) assert_int_equal(image.width, 1050);
    size_t times = image.width / 50;
    assert_int_equal(image.height, image.width);
    assert_int_equal(image.pixels[3 * times * image.width + 7 * times], 127);
    assert_pixel(&image, 7 * times, 3 * times, gaze_color_ramp(128));
    png_free(&image);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Every pixel has the colour of its cell. */
static void test_every_cell(void **state) {
    (void)state;
    figure f = figure_new(60, 1, 1);
    gaze_buffer svg = {0};
    figure_draw(&f.map, &svg);
    png_image image = png_read_from_svg(svg.data, 0);
    size_t times = image.width / 60;
    for (size_t y = 0; y < image.height; y++)
        for (size_t x = 0; x < image.width; x++) {
            unsigned level = level_of(f.weights[y / times * 60 + x / times]);
            assert_pixel(&image, x, y, gaze_color_ramp(level == 127 ? 128 : level));
        }
    png_free(&image);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* A cell without a number has pixels of the warning colour, in a pool as well. */
static void test_not_numbers(void **state) {
    (void)state;
    figure f = figure_new(64, 6, 12);
    gaze_buffer svg = {0};
    f.weights[10 * 64 + 20] = (float)NAN;
    figure_draw(&f.map, &svg);
    png_image image = png_read_from_svg(svg.data, 0);
    size_t warnings = 0;
    for (size_t i = 0; i < image.width * image.height; i++) warnings += image.pixels[i] == 63;
    assert_true(warnings > 0 && warnings <= image.width * image.width / 64);
    assert_int_equal(image.palette[63][0], 0xc0);
    assert_non_null(strstr(svg.data, "Hatched cells hold no number: 1. Each other row sums to 1."));
    png_free(&image);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Where cells are too many for the page, a dot is the largest of its square, and the caption says so. */
static void test_pools(void **state) {
    (void)state;
    enum { T = 200 };
    figure f = figure_new(T, 3, 12);
    gaze_heatmap_layout layout;
    gaze_heatmap_facts facts;
    gaze_heatmap_facts_collect(&facts, &f.map);
    gaze_heatmap_layout_make(&layout, &f.map, &facts);
    size_t k = layout.pool, dots = (T + k - 1) / k;
    assert_int_equal(k, 3);
    gaze_buffer svg = {0};
    figure_draw(&f.map, &svg);
    assert_non_null(strstr(svg.data, "One dot is the largest of 3 x 3 weights."));
    png_image image = png_read_from_svg(svg.data, 35);
    size_t times = image.width / dots;
    const float *weights = f.weights + 35 * T * T;
    for (size_t y = 0; y < dots; y++)
        for (size_t x = 0; x < dots; x++) {
            float most = 0;
            for (size_t t = y * k; t < (y + 1) * k && t < T; t++)
                for (size_t s = x * k; s < (x + 1) * k && s < T; s++) most = fmaxf(most, weights[t * T + s]);
            unsigned level = level_of(most);
            unsigned step = (unsigned)floor(level * 62 / 255.0 + 0.5); /* 63 colours in many panels */
            assert_pixel(&image, x * times, y * times,
                         gaze_color_ramp((unsigned)floor(step * 255 / 62.0 + 0.5)));
        }
    png_free(&image);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Under the mouse each row says where its token attends most. */
static void test_rows_on_hover(void **state) {
    (void)state;
    figure f = figure_new(50, 1, 1);
    gaze_buffer svg = {0};
    float *row = f.weights + 3 * 50;
    memset(row, 0, 50 * sizeof *row);
    row[4] = 0.5f;
    row[5] = 0.3f;
    row[9] = 0.2f;
    figure_draw(&f.map, &svg);
    assert_non_null(strstr(svg.data, "<title>&#39;word3&#39; attends to: &#39;word4&#39; .50; "
                                     "&#39;word5&#39; .30; &#39;word9&#39; .20</title>"));
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

static void test_dark(void **state) {
    (void)state;
    figure f = figure_new(50, 1, 1);
    gaze_buffer svg = {0};
    f.map.figure.theme = GAZE_THEME_DARK;
    figure_draw(&f.map, &svg);
    png_image image = png_read_from_svg(svg.data, 0);
    assert_pixel(&image, 0, 0, gaze_color_darken(gaze_color_ramp(level_of(f.weights[0]))));
    png_free(&image);
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),       cmocka_unit_test(test_every_cell),
        cmocka_unit_test(test_not_numbers),   cmocka_unit_test(test_pools),
        cmocka_unit_test(test_rows_on_hover), cmocka_unit_test(test_dark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
