/* PNG and base64, viz/png.h.
 *
 * By hand: "Man" is the 24 bits 010011 010110 000101 101110, the digits 19, 22, 5, 46: TWFu.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "tests/support/png_read.h"
#include "tests/support/random.h"
#include "viz/png.h"

static void assert_base64(const char *bytes, size_t length, const char *want) {
    gaze_buffer out = {0};
    gaze_base64_append(&out, bytes, length);
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
}

static void test_by_hand(void **state) {
    (void)state;
    assert_base64("Man", 3, "TWFu");
}

/* The examples of RFC 4648, section 10, and bytes that are no text. */
static void test_base64(void **state) {
    (void)state;
    static const char *const want[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t i = 0; i < 7; i++) assert_base64("foobar", i, want[i]);
    assert_base64("\xff\xef\xbe", 3, "/+++");
    assert_base64("\0\0", 2, "AAA=");
}

/* One red pixel: every byte but the deflated ones is known from the specification. */
static void test_smallest(void **state) {
    (void)state;
    gaze_buffer out = {0};
    const uint8_t pixel = 0;
    const gaze_rgb red = {255, 0, 0};
    assert_int_equal(gaze_png_write(&out, &(gaze_png){1, 1, &pixel, &red, 1}, NULL), GAZE_OK);
    const char start[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x03\0\0\0";
    assert_memory_equal(out.data, start, sizeof start - 1);
    const char end[] = "\0\0\0\0IEND\xae\x42\x60\x82";
    assert_memory_equal(out.data + out.length - 12, end, 12);
    gaze_buffer_deinit(&out);
}

static void assert_comes_back(size_t width, size_t height, size_t colors, random_state *random) {
    uint8_t *pixels = malloc(width * height);
    gaze_rgb palette[256];
    assert_non_null(pixels);
    for (size_t i = 0; i < width * height; i++) pixels[i] = (uint8_t)random_below(random, colors);
    for (size_t i = 0; i < colors; i++)
        palette[i] = (gaze_rgb){(uint8_t)random_bits(random), (uint8_t)random_bits(random), (uint8_t)i};
    gaze_buffer out = {0};
    assert_int_equal(gaze_png_write(&out, &(gaze_png){width, height, pixels, palette, colors}, NULL),
                     GAZE_OK);
    png_image image = png_read(out.data, out.length);
    assert_int_equal(image.width, width);
    assert_int_equal(image.height, height);
    assert_int_equal(image.color_count, colors);
    assert_memory_equal(image.pixels, pixels, width * height);
    for (size_t i = 0; i < colors; i++) assert_memory_equal(image.palette[i], &palette[i], 3);
    png_free(&image);
    gaze_buffer_deinit(&out);
    free(pixels);
}

static void test_comes_back(void **state) {
    (void)state;
    random_state random = {5};
    assert_comes_back(1, 1, 256, &random);
    assert_comes_back(3, 2, 2, &random);
    assert_comes_back(1, 300, 255, &random);
    assert_comes_back(300, 1, 256, &random);
    assert_comes_back(300, 301, 256, &random); /* more than one stored block */
}

/* Rows that repeat cost nearly nothing, which is why pictures may be enlarged. */
static void test_repeated_rows(void **state) {
    (void)state;
    enum { SIDE = 512 };
    static uint8_t pixels[SIDE * SIDE];
    random_state random = {9};
    for (size_t i = 0; i < SIDE; i++) pixels[i] = (uint8_t)random_bits(&random);
    for (size_t y = 1; y < SIDE; y++) memcpy(pixels + y * SIDE, pixels, SIDE);
    gaze_rgb palette[256] = {{0}};
    gaze_buffer out = {0};
    assert_int_equal(gaze_png_write(&out, &(gaze_png){SIDE, SIDE, pixels, palette, 256}, NULL), GAZE_OK);
    if (gaze_deflate_available()) assert_true(out.length < 3000);
    gaze_buffer_deinit(&out);
}

static void test_refused(void **state) {
    (void)state;
    const uint8_t pixel = 0;
    const gaze_rgb red = {255, 0, 0};
    const gaze_png bad[] = {{0, 1, &pixel, &red, 1},
                            {1, 0, &pixel, &red, 1},
                            {1, 1, &pixel, &red, 0},
                            {1, 1, &pixel, &red, 257},
                            {(size_t)INT32_MAX + 1, 1, &pixel, &red, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gaze_buffer out = {0};
        assert_int_equal(gaze_png_write(&out, &bad[i], NULL), GAZE_ERROR_ARGUMENT);
        gaze_buffer_deinit(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),       cmocka_unit_test(test_base64),
        cmocka_unit_test(test_smallest),      cmocka_unit_test(test_comes_back),
        cmocka_unit_test(test_repeated_rows), cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
