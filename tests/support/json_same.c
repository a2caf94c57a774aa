#include "tests/support/json_same.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-5 /* of the pipelines' scores, which are float32 too. Measured: 1e-6 */
#define RELATIVE  1e-3 /* small scores must be right as well. Measured: 1e-5 */

static double assert_close(const char *what, const gaze_json_value *got, const gaze_json_value *expected) {
    double a = 0, b = 0;
    assert_true(gaze_json_double(got, &a) && gaze_json_double(expected, &b));
    const double error = fabs(a - b);
    if (!(error <= TOLERANCE * fmax(1, fabs(b)) && error <= RELATIVE * fabs(b)))
        fail_msg("%s: %.9g, expected %.9g", what, a, b);
    return error;
}

static void assert_same_text(const char *what, const gaze_json_value *got, const gaze_json_value *expected) {
    if (got->length != expected->length || memcmp(got->as.text, expected->as.text, got->length) != 0)
        fail_msg("%s: '%.*s', expected '%.*s'", what, (int)got->length, got->as.text, (int)expected->length,
                 expected->as.text);
}

double json_assert_same(const char *what, const gaze_json_value *got, const gaze_json_value *expected) {
    double error = 0;
    if (expected->type == GAZE_JSON_NULL) {
        if (!gaze_json_get(got, "error")) fail_msg("%s: a result where an error was expected", what);
        return 0;
    }
    if (got->type != expected->type || got->count != expected->count)
        fail_msg("%s: %s, expected %s", what, gaze_json_kind(got), gaze_json_kind(expected));
    if (got->type == GAZE_JSON_STRING) assert_same_text(what, got, expected);
    if (got->type == GAZE_JSON_NUMBER) error = assert_close(what, got, expected);
    if (got->type != GAZE_JSON_ARRAY && got->type != GAZE_JSON_OBJECT) return error;
    const gaze_json_value *a = gaze_json_first(got), *b = gaze_json_first(expected);
    for (; a && b; a = a->next, b = b->next) error = fmax(error, json_assert_same(what, a, b));
    assert_true(!a && !b);
    return error;
}
