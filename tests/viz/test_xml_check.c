/* The checker that the other tests of this room trust must itself be able to fail. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/xml_check.h"

static void test_accepts(void **state) {
    (void)state;
    static const char *const good[] = {
        "<a/>",
        "<a></a>\n",
        "<a b=\"1\" c=\"&lt;'\"/>",
        "<a>x &amp; &#65; &#x1F355; y<b/>z</a>",
        "<svg xmlns:xlink=\"u\"><g><text>]] ></text></g></svg>",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        xml_report report;
        if (!xml_check(good[i], strlen(good[i]), &report)) fail_msg("%s: %s", good[i], report.fault);
    }
}

static void test_counts(void **state) {
    (void)state;
    const char *xml = "<a><b><c/></b><b/>text</a>";
    xml_report report = assert_xml(xml, strlen(xml));
    assert_int_equal(report.elements, 4);
    assert_int_equal(report.depth, 3);
}

static void test_refuses(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "x",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a>&</a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>&#1;</a>",
        "<a>]]></a>",
        "<a>\x01</a>",
        "<a>\xff</a>",
        "<a>\xed\xa0\x80</a>",
        "<a>\xef\xbf\xbe</a>",
        "<a b=1/>",
        "<a b='1'/>",
        "<a b=\"<\"/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a b=\"1\"c=\"2\"/>",
        "<a><!-- --></a>",
        "<a/>x",
        "<a b=\"1/>",
        "<?xml version=\"1.0\"?><a/>",
        "</a>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        xml_report report;
        if (xml_check(bad[i], strlen(bad[i]), &report)) fail_msg("accepted: %s", bad[i]);
        assert_non_null(report.fault);
    }
}

static void test_refuses_a_zero_byte(void **state) {
    (void)state;
    xml_report report;
    assert_false(xml_check("<a>\0</a>", 8, &report));
    assert_int_equal(report.offset, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepts),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_refuses_a_zero_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
