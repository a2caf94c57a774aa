/* Colour, viz/color.h.
 *
 * By hand: the middle of the ramp, level 128, is #008ec6; pure red gives .2126 of white's light.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "viz/color.h"

static const double PI = 3.14159265358979323846;

static void assert_color(gaze_rgb got, unsigned want) {
    assert_int_equal((unsigned)got.r << 16 | (unsigned)got.g << 8 | got.b, want);
}

static void test_by_hand(void **state) {
    (void)state;
    assert_color(gaze_color_ramp(128), 0x008ec6);
    assert_true(fabs(gaze_color_luminance((gaze_rgb){255, 0, 0}) - 0.2126) < 1e-12);
}

static void test_golden_samples(void **state) {
    (void)state;
    static const struct {
        unsigned level, color;
    } samples[] = {{0, 0xf1fdfe},   {32, 0xade7f3},  {64, 0x6bccea},  {96, 0x30aedc}, {128, 0x008ec6},
                   {160, 0x116ea6}, {192, 0x21517e}, {224, 0x223652}, {255, 0x1b1f28}};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_color(gaze_color_ramp(samples[i].level), samples[i].color);
}

/* The ramp once more, unclipped: linear light of entry i. */
static void linear_of(unsigned i, double rgb[3]) {
    double t = i / 255.0, C = 0.012 + 0.135 * sin(0.98 * PI * t) * (1 - 0.25 * t);
    double hue = (205 + 60 * t) * PI / 180, a = C * cos(hue), b = C * sin(hue), L = 0.985 - 0.745 * t;
    double l = pow(L + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = pow(L - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = pow(L - 0.0894841775 * a - 1.2914855480 * b, 3);
    rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

static double stored(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

/* All entries can be shown on a screen (within .002), and none lies so near to the border between two bytes that the
 * last bit of a sine could move it: any C library gives the same colours. */
static void test_in_gamut_and_far_from_rounding(void **state) {
    (void)state;
    for (unsigned i = 0; i < 256; i++) {
        double rgb[3];
        linear_of(i, rgb);
        for (int k = 0; k < 3; k++) {
            double value = stored(rgb[k]) * 255, to_border = fabs(value - floor(value) - 0.5);
            assert_true(rgb[k] > -0.002 && rgb[k] < 1.002);
            if (value > 0 && value < 255) assert_true(to_border > 1e-6);
        }
    }
}

/* CIELAB lightness of linear light. */
static double lightness(const double rgb[3]) {
    double Y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    return Y > 216.0 / 24389 ? 116 * cbrt(Y) - 16 : Y * 24389 / 27;
}

static double linear_of_byte(uint8_t byte) {
    double c = byte / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* Lightness as seen through a matrix on linear light; NULL for normal sight. */
static double seen_lightness(gaze_rgb color, const double (*matrix)[3]) {
    double in[3] = {linear_of_byte(color.r), linear_of_byte(color.g), linear_of_byte(color.b)}, out[3];
    if (!matrix) return lightness(in);
    for (int i = 0; i < 3; i++) out[i] = matrix[i][0] * in[0] + matrix[i][1] * in[1] + matrix[i][2] * in[2];
    return lightness(out);
}

static void assert_falls(const double (*matrix)[3], double from, double to) {
    double last = 101;
    for (unsigned i = 0; i < 256; i++) {
        double now = seen_lightness(gaze_color_ramp(i), matrix);
        assert_true(now < last + 0.05); /* a step of one byte may be rounded up */
        if (i % 8 == 0) assert_true(i == 0 || now < seen_lightness(gaze_color_ramp(i - 8), matrix) - 1);
        last = now;
    }
    assert_true(fabs(seen_lightness(gaze_color_ramp(0), matrix) - from) < 0.1);
    assert_true(fabs(seen_lightness(gaze_color_ramp(255), matrix) - to) < 0.1);
}

static void test_lightness_falls(void **state) {
    (void)state;
    assert_falls(NULL, 98.5, 11.7);
}

/* Machado, Oliveira and Fernandes 2009, severity 1. */
static void test_lightness_falls_for_the_colour_blind(void **state) {
    (void)state;
    static const double deuteranopia[3][3] = {
        {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}};
    static const double protanopia[3][3] = {
        {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}};
    static const double tritanopia[3][3] = {
        {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}};
    assert_falls(deuteranopia, 98.2, 11.5);
    assert_falls(protanopia, 98.9, 12.1);
    assert_falls(tritanopia, 98.5, 11.8);
}

static void test_dark_rises(void **state) {
    (void)state;
    double last = -1;
    for (unsigned i = 0; i < 256; i += 8) {
        double now = seen_lightness(gaze_color_darken(gaze_color_ramp(i)), NULL);
        assert_true(now > last);
        last = now;
    }
    assert_true(last > 80);
}

/* What a browser makes of #30aedc under invert(1) hue-rotate(180deg), worked out with the matrix of the
 * CSS Filter Effects specification; and grey stays grey. */
static void test_darken(void **state) {
    (void)state;
    assert_color(gaze_color_darken((gaze_rgb){0x30, 0xae, 0xdc}), 0x0280ae);
    assert_color(gaze_color_darken((gaze_rgb){255, 255, 255}), 0x000000);
    assert_color(gaze_color_darken((gaze_rgb){0x40, 0x40, 0x40}), 0xbfbfbf);
}

static void test_signed(void **state) {
    (void)state;
    assert_color(gaze_color_signed(0), 0xffffff);
    assert_color(gaze_color_signed(-0.0), 0xffffff);
    gaze_rgb orange = gaze_color_signed(-1), blue = gaze_color_signed(1);
    assert_true(orange.r > orange.g && orange.g > orange.b);
    assert_true(blue.b > blue.g && blue.g > blue.r);
    for (double t = 0.05; t <= 1; t += 0.05)
        for (int sign = -1; sign <= 1; sign += 2)
            assert_true(gaze_color_luminance(gaze_color_signed(sign * t)) <
                        gaze_color_luminance(gaze_color_signed(sign * (t - 0.05))));
    assert_color(gaze_color_signed(-7), (unsigned)orange.r << 16 | (unsigned)orange.g << 8 | orange.b);
}

static void test_contrast(void **state) {
    (void)state;
    const gaze_rgb black = {0, 0, 0}, white = {255, 255, 255};
    assert_true(fabs(gaze_color_contrast(black, white) - 21) < 1e-9);
    assert_true(fabs(gaze_color_contrast(white, white) - 1) < 1e-9);
    assert_true(gaze_color_wants_black(white));
    assert_false(gaze_color_wants_black(black));
}

/* The number in a cell can be read on every colour of the ramp, light and dark: at least 4.5. */
static void test_numbers_are_legible(void **state) {
    (void)state;
    const gaze_rgb black = {0, 0, 0}, white = {255, 255, 255};
    for (unsigned i = 0; i < 512; i++) {
        gaze_rgb ground = gaze_color_ramp(i % 256);
        if (i >= 256) ground = gaze_color_darken(ground);
        gaze_rgb text = gaze_color_wants_black(ground) ? black : white;
        assert_true(gaze_color_contrast(ground, text) >= 4.5);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_golden_samples),
        cmocka_unit_test(test_in_gamut_and_far_from_rounding),
        cmocka_unit_test(test_lightness_falls),
        cmocka_unit_test(test_lightness_falls_for_the_colour_blind),
        cmocka_unit_test(test_dark_rises),
        cmocka_unit_test(test_darken),
        cmocka_unit_test(test_signed),
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_numbers_are_legible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
