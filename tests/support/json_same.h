/* Two JSON trees that are the same but for their scores, which are close. */
#ifndef GAZE_TESTS_SUPPORT_JSON_SAME_H
#define GAZE_TESTS_SUPPORT_JSON_SAME_H

#include "core/base/json.h"

/* Fails the test when the trees differ: in kind, in a string, in the number of elements, in the order of keys, in a
 * number by more than 1e-5 (or 1e-5 of it, where it is larger than 1), or by a thousandth of it. `expected` null stands
 * for {"error": ...}. Returns the largest error. `what` is for the message. */
double json_assert_same(const char *what, const gaze_json_value *got, const gaze_json_value *expected);

#endif
