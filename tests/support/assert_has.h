/* What a figure says, and what it does not. */
#ifndef GAZE_TESTS_SUPPORT_ASSERT_HAS_H
#define GAZE_TESTS_SUPPORT_ASSERT_HAS_H

#include "core/base/buffer.h"

/* Fails the test, and prints what was looked for, unless `needle` stands in the text; if it does. */
void assert_has(const gaze_buffer *text, const char *needle);
void assert_has_not(const gaze_buffer *text, const char *needle);

#endif
