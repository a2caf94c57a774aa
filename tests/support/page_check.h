/* Interactive pages under test: what stands around the script's data, and the data itself. */
#ifndef GAZE_TESTS_SUPPORT_PAGE_CHECK_H
#define GAZE_TESTS_SUPPORT_PAGE_CHECK_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/json.h"

/* The data of the page, parsed; fails where a '<' or a line separator of scripts stands in it. gaze_json_free frees it. */
gaze_json *page_data(const gaze_buffer *page);

/* Elements of the page without its scripts, which must be well-formed XML. Cuts the page off before its data. */
size_t page_elements(gaze_buffer *page);

#endif
