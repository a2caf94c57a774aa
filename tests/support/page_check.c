#include "tests/support/page_check.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/xml_check.h"

static const char DATA[] = "application/json\">";

static char *find_data(const gaze_buffer *page) {
    char *data = strstr(page->data, DATA);
    assert_non_null(data);
    return data + strlen(DATA);
}

gaze_json *page_data(const gaze_buffer *page) {
    gaze_json *json;
    gaze_error err = {0};
    const char *data = find_data(page), *end = strstr(data, "</script>");
    assert_non_null(end);
    assert_null(memchr(data, '<', (size_t)(end - data)));
    const char *separator = strstr(data, "\u2028");
    assert_true(!separator || separator > end);
    if (gaze_json_parse(&json, data, (size_t)(end - data), NULL, &err)) fail_msg("%s", err.message);
    return json;
}

size_t page_elements(gaze_buffer *page) {
    char *data = find_data(page);
    assert_int_equal(strlen(page->data), page->length); /* no NUL */
    assert_true(strlen(data) > strlen("</script></body></html>"));
    strcpy(data, "</script></body></html>");
    const char *html = strstr(page->data, "<html");
    return assert_xml(html, strlen(html)).elements;
}
