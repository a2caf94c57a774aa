#include "tests/support/assert_has.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

void assert_has(const gaze_buffer *text, const char *needle) {
    if (!strstr(text->data, needle)) fail_msg("not in the text: %s", needle);
}

void assert_has_not(const gaze_buffer *text, const char *needle) {
    if (strstr(text->data, needle)) fail_msg("in the text: %s", needle);
}
