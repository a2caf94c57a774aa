/* Text that wants out of its place: in labels, title, model, note and input.
 *
 * By hand: a label </text><script> must come out as &lt;/text&gt;&lt;script&gt;, and the figure must have
 * exactly the elements that it has with the label "a".
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/figures.h"
#include "tests/support/guarded.h"
#include "tests/support/hostile.h"
#include "tests/support/random.h"
#include "tests/support/xml_check.h"

/* Puts `text` everywhere that a caller can put text. C strings end at their first zero byte. */
static void put_everywhere(figure *f, hostile_text text) {
    for (size_t i = 0; i < f->map.row_count; i++) {
        f->labels[i].text = text.at;
        f->labels[i].length = text.length;
        f->labels[i].marker = text.length > 2 ? i % 3 : 0;
    }
    f->map.figure.title = f->map.figure.model = f->map.figure.note = text.at;
    f->map.figure.text = f->map.figure.pair = text.at;
    f->map.figure.text_length = f->map.figure.pair_length = text.length;
    f->map.figure.shares = &f->share;
    f->map.figure.share_count = 1;
    f->map.figure.special = GAZE_SPECIAL_HIDE;
    f->share = (gaze_share){.text = text.at, .length = text.length, .least = 0.25, .most = 0.5};
}

static void draw_everywhere(size_t tokens, size_t layers, size_t heads) {
    figure f = figure_new(tokens, layers, heads);
    const char *own = f.labels[0].text;
    size_t elements = 0;
    for (size_t i = 0; i < hostile_count; i++) {
        gaze_buffer svg = {0};
        put_everywhere(&f, hostile_texts[i]);
        for (size_t k = 0; k < tokens; k++) f.labels[k].marker = 0;
        size_t now = figure_draw(&f.map, &svg);
        now -= lines_of_text(svg.data); /* the caption names a token: more for a long one, as of the header */
        if (i == 0) elements = now;
        assert_int_equal(now, elements);
        assert_int_equal(strlen(svg.data), svg.length); /* no zero byte */
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "onload=\""), 0);
        put_everywhere(&f, hostile_texts[i]); /* and with markers */
        gaze_buffer_clear(&svg);
        figure_draw(&f.map, &svg);
        gaze_buffer_deinit(&svg);
    }
    f.labels[0].text = own;
    figure_free(&f);
}

static void test_by_hand(void **state) {
    (void)state;
    figure f = figure_new(2, 1, 1);
    const char *own = f.labels[0].text;
    gaze_buffer svg = {0};
    f.labels[0].text = "</text><script>";
    f.labels[0].length = 15;
    figure_draw(&f.map, &svg);
    assert_non_null(strstr(svg.data, ">&lt;/text&gt;&lt;script&gt;</text>"));
    gaze_buffer_deinit(&svg);
    f.labels[0].text = own;
    figure_free(&f);
}

static void test_everywhere(void **state) {
    (void)state;
    draw_everywhere(4, 1, 1);
    draw_everywhere(20, 1, 1);
    draw_everywhere(3, 2, 3);
    draw_everywhere(50, 1, 1);
}

/* The only addresses in a figure are the names of the two namespaces. */
static void test_no_addresses(void **state) {
    (void)state;
    static const size_t sizes[][3] = {{5, 1, 1}, {60, 1, 1}, {5, 2, 3}};
    for (size_t i = 0; i < 3; i++) {
        figure f = figure_new(sizes[i][0], sizes[i][1], sizes[i][2]);
        gaze_buffer svg = {0};
        figure_draw(&f.map, &svg);
        assert_int_equal(count_of(svg.data, "http"), 2);
        assert_int_equal(count_of(svg.data, "=\"http://www.w3.org/"), 2);
        assert_int_equal(count_of(svg.data, "url("), 1); /* the colour bar's own gradient */
        assert_int_equal(count_of(svg.data, "url(#gaze-scale)"), 1);
        assert_int_equal(count_of(svg.data, "@import"), 0);
        gaze_buffer_deinit(&svg);
        figure_free(&f);
    }
}

/* Tokens and input of a megabyte, whose middle cannot be read: the figure stays small. */
static void test_a_megabyte(void **state) {
    (void)state;
    figure f = figure_new(6, 1, 1);
    const char *own = f.labels[0].text;
    guarded_text text = guarded_text_new(1 << 20, "<\u0301\"");
    gaze_buffer svg = {0};
    for (size_t i = 0; i < 6; i++) {
        f.labels[i].text = text.bytes;
        f.labels[i].length = text.length;
    }
    f.map.figure.text = text.bytes;
    f.map.figure.text_length = text.length;
    f.map.figure.shares = &(gaze_share){.text = text.bytes, .length = text.length};
    f.map.figure.share_count = 1;
    figure_draw(&f.map, &svg);
    assert_true(svg.length < 60000);
    gaze_buffer_clear(&svg);
    assert_int_equal(gaze_heatmap_text(&svg, &f.map, &(gaze_terminal){0, GAZE_TERMINAL_TRUE}, NULL), GAZE_OK);
    assert_true(svg.length < 8000);
    gaze_buffer_deinit(&svg);
    f.labels[0].text = own;
    figure_free(&f);
    guarded_text_free(&text);
}

/* Random bytes, with the characters of markup more often than others. */
static void test_random_bytes(void **state) {
    (void)state;
    static const char markup[] = "<>&\"';/=![]-#x0 ";
    random_state random = {77};
    figure f = figure_new(3, 1, 1);
    const char *own = f.labels[0].text;
    for (int round = 0; round < 2000; round++) {
        char text[700];
        size_t length = random_below(&random, round % 10 ? 24 : sizeof text - 1);
        for (size_t i = 0; i < length; i++)
            text[i] = random_below(&random, 2) ? markup[random_below(&random, sizeof markup - 1)]
                                               : (char)random_bits(&random);
        text[length] = '\0';
        gaze_buffer svg = {0};
        put_everywhere(&f, (hostile_text){text, length});
        figure_draw(&f.map, &svg);
        gaze_buffer_deinit(&svg);
    }
    f.labels[0].text = own;
    figure_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),      cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_no_addresses), cmocka_unit_test(test_a_megabyte),
        cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
