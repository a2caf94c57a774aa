/* Whether JSON is what it should be, where numbers may differ a little. */
#ifndef GAZE_TESTS_SUPPORT_JSON_CLOSE_H
#define GAZE_TESTS_SUPPORT_JSON_CLOSE_H

#include <stdbool.h>

#include "core/base/json.h"

/* The same kinds, strings, members and order of elements; numbers within `tolerance` (NaN within none). */
bool json_close(const gaze_json_value *got, const gaze_json_value *want, double tolerance);

#endif
