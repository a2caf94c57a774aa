/* The page around an interactive figure. By hand: w = .25 is q = round(255 x .5) = 128 in 8 bits, which reads back as
 * (128 / 255)^2 = .25196; in 16 bits 32768, which reads back as .250008. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/deflate.h"
#include "tests/support/random.h"
#include "tests/support/xml_check.h"
#include "viz/html/controls.h"
#include "viz/html/html.h"
#include "viz/html/quantise.h"
#include "viz/html/scripts.h"
#include "viz/html/terms.h"

static void test_by_hand(void **state) {
    (void)state;
    assert_int_equal(gaze_quantise(0.25f, 8), 128);
    assert_int_equal(gaze_quantise(0.25f, 16), 32768);
    assert_true(fabs((double)gaze_dequantise(128, 8) - 0.251965) < 1e-6);
    assert_true(fabs((double)gaze_dequantise(32768, 16) - 0.2500076) < 1e-7);
}

/* The bounds of quantise.h, at every size of weight, and those that a page prints; and what is written reads back as
 * itself. */
static void test_bound(void **state) {
    (void)state;
    random_state random = {3};
    for (unsigned bits = 8; bits <= 16; bits += 8) {
        double top = bits == 8 ? 255 : 65535, printed = bits == 8 ? 0.004 : 0.00002;
        for (int i = 0; i < 20000; i++) {
            float w = powf(fabsf(random_uniform(&random)), 1 + (float)(i % 12));
            double error = fabs((double)gaze_dequantise(gaze_quantise(w, bits), bits) - (double)w);
            assert_true(error <= sqrt((double)w) / top + 1 / (4 * top * top) + 1e-7 * (double)w);
            assert_true(error <= printed);
        }
        for (uint32_t q = 0; q <= (uint32_t)top; q++) assert_int_equal(gaze_quantise(gaze_dequantise(q, bits), bits), q);
    }
}

static void test_no_weights(void **state) {
    (void)state;
    assert_int_equal(gaze_quantise((float)NAN, 8), 0);
    assert_int_equal(gaze_quantise(-1, 8), 0);
    assert_int_equal(gaze_quantise((float)INFINITY, 8), 255);
    assert_int_equal(gaze_quantise(1.00001f, 16), 65535);
}

static uint32_t base85_digit(char c) {
    return (uint32_t)(c - '(' - (c > '<') - (c > '\\'));
}

/* Five digits are four bytes; n + 1 digits at the end are n bytes. */
static void put_bytes(gaze_buffer *out, const char *text, size_t length) {
    for (size_t i = 0; i < length; i += 5) {
        size_t n = length - i < 5 ? length - i : 5;
        uint32_t group = 0;
        for (size_t k = 0; k < 5; k++) group = 85 * group + (k < n ? base85_digit(text[i + k]) : 84);
        for (size_t k = 0; k + 1 < n; k++) gaze_buffer_putc(out, (char)(group >> (24 - 8 * k) & 255));
    }
}

/* What lies between the head and the checksum of a zlib stream; built without zlib, one block that is not compressed
 * behind five bytes of its own. */
static void unpack(uint8_t *bytes, size_t count, const char *stream, size_t size) {
    if (gaze_deflate_available()) {
        assert_int_equal(gaze_inflate_raw(bytes, count, stream + 2, size - 6, NULL), GAZE_OK);
        return;
    }
    assert_int_equal(size, 2 + 5 + count + 4);
    memcpy(bytes, stream + 2 + 5, count);
}

/* base85 -> zlib -> bytes -> weights, as a page reads them. */
static void test_round_trip(void **state) {
    (void)state;
    enum { COUNT = 300 };
    float weights[COUNT], rounded[COUNT];
    random_state random = {4};
    for (size_t i = 0; i < COUNT; i++) weights[i] = fabsf(random_uniform(&random));
    for (unsigned bits = 8; bits <= 16; bits += 8) {
        gaze_buffer text = {0}, packed = {0};
        uint8_t bytes[2 * COUNT];
        assert_int_equal(gaze_put_weights_85(&text, weights, COUNT, bits, NULL), GAZE_OK);
        put_bytes(&packed, text.data, text.length);
        gaze_round_weights(rounded, weights, COUNT, bits);
        unpack(bytes, COUNT * bits / 8, packed.data, packed.length);
        for (size_t i = 0; i < COUNT; i++) {
            uint32_t q = bits == 8 ? bytes[i] : (uint32_t)bytes[2 * i] | (uint32_t)bytes[2 * i + 1] << 8;
            assert_true(gaze_dequantise(q, bits) == rounded[i]);
        }
        gaze_buffer_deinit(&text);
        gaze_buffer_deinit(&packed);
    }
}

/* By hand: 1 0 0 0 is 16777216 = 27 * 85^3 + ..., and digit 27 is D; 255 four times is 82 23 54 12 0. */
static void test_base85(void **state) {
    (void)state;
    const uint8_t one[] = {1}, most[] = {255, 255, 255, 255, 1};
    gaze_buffer text = {0};
    gaze_base85_append(&text, one, 1);
    assert_string_equal(text.data, "(D");
    gaze_buffer_clear(&text);
    gaze_base85_append(&text, most, 5);
    assert_string_equal(text.data, "|@`4((D");
    gaze_buffer_clear(&text);
    for (unsigned i = 0; i < 65536; i++) gaze_base85_append(&text, (uint8_t[]){(uint8_t)i, (uint8_t)(i >> 8)}, 2);
    assert_int_equal(text.length, 3 * 65536);
    assert_int_equal(strcspn(text.data, "<\\\"&'"), text.length);
    gaze_buffer_deinit(&text);
}

static const char *const KEYS[] = {"Enter", "pins", NULL};

/* A page of the least that it can be. */
static void write_page(gaze_buffer *out, gaze_figure *figure, const char *text) {
    static const unsigned char *const scripts[] = {gaze_script_common, NULL};
    gaze_svg svg = gaze_svg_writer(out);
    gaze_palette palette;
    gaze_buffer caption = {0}, json = {0};
    gaze_buffer_puts(&caption, text);
    gaze_buffer_put_json_string(&json, text, strlen(text));
    gaze_palette_fill(&palette, figure);
    gaze_html_begin(&svg, figure, &palette, text);
    gaze_html_begin_controls(&svg, figure->language);
    gaze_html_select(&svg, "unit", text, (const char *const[]){text, NULL}, (const char *const[]){text, NULL}, text);
    gaze_html_checkbox(&svg, "box", text, true);
    gaze_html_end_controls(&svg, figure->language, KEYS);
    gaze_html_readout(&svg, &caption);
    gaze_html_begin_drawing(&svg, figure, &palette, 10, 10, text);
    gaze_html_end_drawing(&svg);
    gaze_html_caption(&svg, figure, &caption, 8, text);
    gaze_html_end(&svg, &json, scripts);
    assert_int_equal(svg.depth, 0);
    assert_int_equal(gaze_buffer_status(out, NULL), GAZE_OK);
    gaze_buffer_deinit(&caption);
    gaze_buffer_deinit(&json);
}

/* One policy before anything else, one block of data, one script, no address but the names of the namespaces. */
static void test_page(void **state) {
    (void)state;
    gaze_figure figure = {.model = "m", .text = "t", .text_length = 1, .pair = "p", .pair_length = 1, .note = "n"};
    gaze_buffer page = {0};
    write_page(&page, &figure, "words");
    assert_ptr_equal(strstr(page.data, "<!DOCTYPE html>\n<html lang=\"en\">"), page.data);
    const char *policy = strstr(page.data, "default-src &#39;none&#39;");
    assert_non_null(policy);
    assert_true(policy < strstr(page.data, "<title>"));
    assert_int_equal(count_of(page.data, "<script"), 2);
    assert_int_equal(count_of(page.data, "</script>"), 2);
    assert_int_equal(count_of(page.data, "http://"), 3); /* two namespaces, and the one that the script makes elements in */
    assert_int_equal(count_of(page.data, "https:"), 0);
    assert_int_equal(count_of(page.data, "innerHTML"), 0);
    assert_int_equal(count_of(page.data, "url("), 0);
    assert_int_equal(count_of(page.data, "holds weights in 8 bits: they differ from the model&#39;s by 0.004 at most."), 1);
    gaze_buffer_deinit(&page);
}

/* What stands between the tags is well-formed, whatever the texts are: the page without doctype and script. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const hostile[] = {"a", "</script><script>alert(1)</script>", "<!--<script>", "\" onclick=\"x", "]]>",
                                          "' x='", "&amp;&#0;", "\xff\xfe\x01", "\u202E\u2028\u2029", "", "</title></style>"};
    size_t elements = 0;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        gaze_figure figure = {.model = hostile[i], .text = hostile[i], .text_length = strlen(hostile[i]), .note = hostile[i]};
        gaze_buffer page = {0};
        write_page(&page, &figure, hostile[i]);
        char *data = strstr(page.data, "application/json\">");
        assert_non_null(data);
        data += strlen("application/json\">");
        const char *end = strstr(data, "</script>");
        assert_null(memchr(data, '<', (size_t)(end - data)));
        strcpy(data, "</script></body></html>");
        const char *html = strstr(page.data, "<html");
        xml_report report = assert_xml(html, strlen(html));
        size_t now = report.elements + (hostile[i][0] == '\0'); /* no paragraph for no sentence */
        if (i == 0) elements = now;
        assert_int_equal(now, elements);
        gaze_buffer_deinit(&page);
    }
}

/* What a page makes a reader download, all in all at most 25 kB of script a view. */
static void test_scripts(void **state) {
    (void)state;
    const unsigned char *const shared[] = {gaze_script_inflate, gaze_script_common, gaze_script_edges};
    size_t size = 0;
    for (size_t i = 0; i < 3; i++) {
        const char *text = (const char *)shared[i];
        size += strlen(text);
        assert_null(strstr(text, "</"));
        for (const char *at = text; *at; at++) assert_true(*at == '\n' || (*at >= ' ' && *at <= '~'));
    }
    assert_true(size > 5000 && size < 11000);
}

static void test_terms(void **state) {
    (void)state;
    const size_t last = offsetof(gaze_terms, scales) / sizeof(char *) + 4; /* the list of scales ends there, with NULL */
    for (int language = 0; language < 2; language++) {
        const char *const *terms = (const char *const *)(const void *)gaze_terms_of((gaze_language)language);
        for (size_t i = 0; i < sizeof(gaze_terms) / sizeof *terms; i++) assert_int_equal(terms[i] != NULL, i != last);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),    cmocka_unit_test(test_bound), cmocka_unit_test(test_no_weights),
        cmocka_unit_test(test_base85), cmocka_unit_test(test_round_trip), cmocka_unit_test(test_page),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_scripts),    cmocka_unit_test(test_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
