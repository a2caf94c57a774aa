#include "tests/support/json_close.h"

#include <math.h>
#include <string.h>

static bool same_text(const gaze_json_value *a, const gaze_json_value *b) {
    return a->length == b->length && memcmp(a->as.text, b->as.text, a->length) == 0;
}

static const gaze_json_value *member(const gaze_json_value *object, const gaze_json_value *name) {
    const gaze_json_value *key = gaze_json_first(object);
    while (key && !same_text(key, name)) key = gaze_json_next_key(key);
    return key ? key->next : NULL;
}

static bool close_members(const gaze_json_value *got, const gaze_json_value *want, double tolerance) {
    if (got->count != want->count) return false;
    for (const gaze_json_value *key = gaze_json_first(want); key; key = gaze_json_next_key(key))
        if (!json_close(member(got, key), key->next, tolerance)) return false;
    return true;
}

static bool close_elements(const gaze_json_value *got, const gaze_json_value *want, double tolerance) {
    const gaze_json_value *a = gaze_json_first(got), *b = gaze_json_first(want);
    for (; a && b; a = a->next, b = b->next)
        if (!json_close(a, b, tolerance)) return false;
    return !a && !b;
}

bool json_close(const gaze_json_value *got, const gaze_json_value *want, double tolerance) {
    double a, b;
    if (!got || got->type != want->type) return false;
    switch (want->type) {
    case GAZE_JSON_NUMBER:
        return gaze_json_double(got, &a) && gaze_json_double(want, &b) && fabs(a - b) <= tolerance;
    case GAZE_JSON_STRING: return same_text(got, want);
    case GAZE_JSON_ARRAY: return close_elements(got, want, tolerance);
    case GAZE_JSON_OBJECT: return close_members(got, want, tolerance);
    default: return true;
    }
}
