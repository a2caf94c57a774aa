/* The header of a figure, viz/header.h.
 *
 * By hand: 560 pixels, less two margins of 24, are 512, of which 0.95 are taken: 34.7 em of 14 pixels, less 1 for the
 * quotation marks. "word " is .78 + .60 + .41 + .61 + .28 = 2.68 em, so that a line holds 12 of them, and 100 words take
 * more than two lines: they are shortened behind a word, and stand whole in a <title>.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/xml_check.h"
#include "viz/header.h"

static const double WIDTH = 560;

static void draw(gaze_buffer *out, const gaze_figure *figure, const char *title) {
    gaze_palette palette;
    gaze_svg svg = gaze_svg_writer(out);
    gaze_palette_fill(&palette, figure);
    gaze_page_begin(&svg, figure, &palette, WIDTH, 300, title, "");
    gaze_svg_end(&svg);
    assert_int_equal(gaze_buffer_status(out, NULL), GAZE_OK);
    assert_xml(out->data, out->length);
}

/* `count` words with a blank between them. */
static void put_words(gaze_buffer *out, size_t count) {
    for (size_t i = 0; i < count; i++) gaze_buffer_puts(out, i ? " word" : "word");
}

static void by_hand(void **state) {
    (void)state;
    gaze_buffer text = {0}, svg = {0};
    put_words(&text, 100);
    gaze_figure figure = {.model = "tiny", .text = text.data, .text_length = text.length};
    assert_true(gaze_header_rise(&figure, "Layer 0", WIDTH) == 20);
    draw(&svg, &figure, "Layer 0");
    assert_has(&svg, "viewBox=\"0 -20 560 320\"");
    assert_has(&svg, "<rect class=\"gaze-paper\" y=\"-20\" width=\"560\" height=\"320\"");
    assert_has(&svg, "<text x=\"24\" y=\"20\""); /* the title; the last line of the text is where it always is */
    assert_has(&svg, "<tspan x=\"24\" y=\"64\">word");
    assert_has(&svg, " word…</tspan>”</text>");
    assert_int_equal(count_of(strstr(svg.data, "<title>word"), "word"), 100 + 2 * 12);
    gaze_buffer_deinit(&svg);
    gaze_buffer_deinit(&text);
}

/* What fits its line is drawn without any of this. */
static void short_ones(void **state) {
    (void)state;
    gaze_buffer svg = {0};
    const gaze_figure figure = {.model = "tiny", .text = "one", .text_length = 3, .pair = "two", .pair_length = 3};
    assert_true(gaze_header_rise(&figure, "Layer 0", WIDTH) == 0);
    draw(&svg, &figure, "Layer 0");
    assert_has(&svg, "viewBox=\"0 0 560 300\"");
    assert_has(&svg, ">Layer 0</tspan><tspan dx=\"14\"");
    assert_has(&svg, "y=\"84\" font-size=\"14\" class=\"gaze-ink\" fill=\"#1b1f28\">“two”</text>");
    gaze_buffer_deinit(&svg);
}

/* Title and model on lines of their own, each word whole. */
static void long_ones(void **state) {
    (void)state;
    gaze_buffer title = {0}, svg = {0};
    put_words(&title, 12);
    const gaze_figure figure = {.model = "sentence-transformers/all-MiniLM-L6-v2"};
    assert_true(gaze_header_rise(&figure, title.data, WIDTH) == 46);
    draw(&svg, &figure, title.data);
    assert_has(&svg, "word</tspan></tspan></text>");
    assert_has(&svg, "y=\"40\" font-size=\"14\" class=\"gaze-muted\" fill=\"#596470\">sentence-transformers/all-MiniLM-L6-v2<");
    assert_int_equal(count_of(svg.data, "…"), 0);
    gaze_buffer_deinit(&svg);
    gaze_buffer_deinit(&title);
}

static void readout(void **state) {
    (void)state;
    gaze_palette palette;
    gaze_buffer text = {0}, out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    const gaze_figure figure = {0};
    gaze_palette_fill(&palette, &figure);
    gaze_readout_draw(&svg, &palette, &text, 90, WIDTH);
    assert_int_equal(out.length, 0);
    put_words(&text, 16);
    assert_true(gaze_readout_rise(&text, WIDTH) == 20);
    gaze_readout_draw(&svg, &palette, &text, 90, WIDTH);
    assert_has(&out, "<text x=\"24\" y=\"70\" font-size=\"14\" font-weight=\"600\"");
    assert_has(&out, "<tspan x=\"24\" y=\"90\">word");
    gaze_buffer_deinit(&out);
    gaze_buffer_deinit(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(short_ones),
                                       cmocka_unit_test(long_ones), cmocka_unit_test(readout)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
