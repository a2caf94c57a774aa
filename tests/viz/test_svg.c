/* The SVG writer, viz/svg.h.
 *
 * By hand: the text a<b & "c" in an element is a&lt;b &amp; &quot;c&quot;, and nothing else changes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/support/xml_check.h"
#include "viz/svg.h"

static void assert_escaped(const char *text, size_t length, const char *want) {
    gaze_buffer out = {0};
    gaze_xml_escape(&out, text, length);
    assert_int_equal(gaze_buffer_status(&out, NULL), GAZE_OK);
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
}

#define ESCAPED(text, want) assert_escaped(text, sizeof text - 1, want)

static void test_by_hand(void **state) {
    (void)state;
    ESCAPED("a<b & \"c\"", "a&lt;b &amp; &quot;c&quot;");
}

static void test_markup(void **state) {
    (void)state;
    ESCAPED("</script>", "&lt;/script&gt;");
    ESCAPED("]]>", "]]&gt;");
    ESCAPED("'", "&#39;");
    ESCAPED("&amp;", "&amp;amp;");
    ESCAPED("", "");
}

static void test_lines_are_shown(void **state) {
    (void)state;
    ESCAPED("a\nb\rc\td", "a\u23CEb\u23CEc\u21E5d");
    ESCAPED("\u2028\u2029", "\u23CE\u23CE");
}

static void test_forbidden_characters(void **state) {
    (void)state;
    ESCAPED("\x00\x01\x1f", "\uFFFD\uFFFD\uFFFD");
    ESCAPED("\x7f\xc2\x80", "\uFFFD\uFFFD");
    ESCAPED("\xef\xbf\xbe\xef\xbf\xbf", "\uFFFD\uFFFD");     /* U+FFFE, U+FFFF */
    ESCAPED("\xf0\x9f\xbf\xbe\xef\xb7\x90", "\uFFFD\uFFFD"); /* U+1FFFE, U+FDD0 */
    ESCAPED("\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD");           /* a surrogate */
    ESCAPED("\xff"
            "a\xe2\x82",
            "\uFFFD"
            "a\uFFFD"); /* cut off */
}

/* Signs that turn the direction of what follows them; plain Arabic and the joiner of emoji stay. */
static void test_direction(void **state) {
    (void)state;
    ESCAPED("a\u202Eb\u2066c\u2069d", "a\uFFFDb\uFFFDc\uFFFDd");
    ESCAPED("\u0628\u200D\u0629", "\u0628\u200D\u0629");
    ESCAPED("\U0001F469\u200D\U0001F467", "\U0001F469\u200D\U0001F467");
}

static void test_elements(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_svg_begin(&svg, "g");
    gaze_svg_translate(&svg, 1.5, -2);
    gaze_svg_begin(&svg, "rect");
    gaze_svg_number(&svg, "x", 1.0 / 3);
    gaze_svg_color(&svg, "fill", (gaze_rgb){1, 171, 255});
    gaze_svg_end(&svg);
    gaze_svg_begin(&svg, "text");
    gaze_svg_rotate(&svg, -60, 3, 4.25);
    gaze_svg_string(&svg, "a", "\"<'>&");
    gaze_svg_puts(&svg, "x & ");
    gaze_svg_count(&svg, 7);
    gaze_svg_fixed(&svg, 0.5, 2);
    gaze_svg_end(&svg);
    gaze_svg_end(&svg);
    assert_string_equal(out.data, "<g transform=\"translate(1.5 -2)\">\n"
                                  "<rect x=\"0.33\" fill=\"#01abff\"/>\n"
                                  "<text transform=\"rotate(-60 3 4.25)\" a=\"&quot;&lt;&#39;&gt;&amp;\">"
                                  "x &amp; 70.50</text></g>");
    assert_int_equal(svg.nodes, 3);
    assert_int_equal(assert_xml(out.data, out.length).elements, 3);
    gaze_buffer_deinit(&out);
}

/* Lines begin where white space means nothing: inside svg, g and defs, and nowhere else. */
static void test_lines_begin_in_containers(void **state) {
    (void)state;
    static const char *const names[] = {"svg", "defs", "g", "text", "tspan"};
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    for (size_t i = 0; i < 5; i++) gaze_svg_begin(&svg, names[i]);
    for (size_t i = 0; i < 5; i++) gaze_svg_end(&svg);
    assert_string_equal(out.data, "<svg>\n<defs>\n<g>\n<text><tspan/></text></g></defs></svg>");
    gaze_buffer_deinit(&out);
}

/* Numbers have points where the locale writes commas. */
static void test_locale(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8", "pt_BR.UTF-8"};
    bool comma = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !comma; i++)
        comma = setlocale(LC_ALL, names[i]) && strcmp(localeconv()->decimal_point, ",") == 0;
    if (!comma) printf("note: no locale with a decimal comma here; numbers were tried in \"C\" only\n");
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_svg_begin(&svg, "rect");
    gaze_svg_number(&svg, "x", 1234567.25);
    gaze_svg_end(&svg);
    assert_string_equal(out.data, "<rect x=\"1234567.25\"/>");
    gaze_buffer_deinit(&out);
    setlocale(LC_ALL, "C");
}

static bool never(void *context) {
    (void)context;
    return false;
}

/* A failed allocation is kept until the end and changes nothing before it. */
static void test_out_of_memory(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_svg svg = gaze_svg_writer(&out);
    gaze_memory_set_hook(never, NULL);
    gaze_svg_begin(&svg, "g");
    gaze_svg_puts(&svg, "text");
    gaze_svg_end(&svg);
    gaze_memory_set_hook(NULL, NULL);
    assert_int_equal(gaze_buffer_status(&out, NULL), GAZE_ERROR_MEMORY);
    gaze_buffer_deinit(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),         cmocka_unit_test(test_markup),
        cmocka_unit_test(test_lines_are_shown), cmocka_unit_test(test_forbidden_characters),
        cmocka_unit_test(test_direction),       cmocka_unit_test(test_elements), cmocka_unit_test(test_lines_begin_in_containers),
        cmocka_unit_test(test_locale),          cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
