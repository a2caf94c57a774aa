/* Reading the tree that json_parse.c makes: members, elements, and numbers as C has them. */
#include "core/base/json.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/json_tree.h"
#include "core/base/memory.h"

void gaze_json_free(gaze_json *json) {
    if (!json) return;
    for (gaze_json_pool *next, *pools = json->pools; pools; pools = next) {
        next = pools->next;
        gaze_free(pools);
    }
    gaze_free(json->text);
    gaze_free(json);
}

const gaze_json_value *gaze_json_root(const gaze_json *json) {
    return json->root;
}

const gaze_json_value *gaze_json_first(const gaze_json_value *container) {
    bool holds = container && (container->type == GAZE_JSON_ARRAY || container->type == GAZE_JSON_OBJECT);
    return holds ? container->as.child : NULL;
}

const gaze_json_value *gaze_json_next_key(const gaze_json_value *key) {
    return key->next->next;
}

bool gaze_json_equals(const gaze_json_value *value, const char *string) {
    size_t length = strlen(string);
    return value && value->type == GAZE_JSON_STRING && value->length == length &&
           memcmp(value->as.text, string, length) == 0;
}

const gaze_json_value *gaze_json_get(const gaze_json_value *object, const char *key) {
    const gaze_json_value *found = NULL;
    if (!object || object->type != GAZE_JSON_OBJECT) return NULL;
    for (const gaze_json_value *k = gaze_json_first(object); k; k = gaze_json_next_key(k))
        if (gaze_json_equals(k, key)) found = k->next;
    return found;
}

bool gaze_json_uint64(const gaze_json_value *value, uint64_t *out) {
    if (!value || value->type != GAZE_JSON_NUMBER) return false;
    uint64_t number = 0;
    for (size_t i = 0; i < value->length; i++) {
        char c = value->as.text[i];
        if (c < '0' || c > '9') return false;
        uint64_t digit = (uint64_t)(c - '0');
        if (number > (UINT64_MAX - digit) / 10) return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

bool gaze_json_int64(const gaze_json_value *value, int64_t *out) {
    if (!value || value->type != GAZE_JSON_NUMBER) return false;
    gaze_json_value magnitude = *value;
    bool negative = value->as.text[0] == '-';
    uint64_t number;
    if (negative) {
        magnitude.as.text++;
        magnitude.length--;
    }
    if (!gaze_json_uint64(&magnitude, &number) || number > (uint64_t)INT64_MAX + negative) return false;
    *out = negative && number ? -(int64_t)(number - 1) - 1 : (int64_t)number;
    return true;
}

/* Clinger's fast path: up to 15 digits times a power of ten that a double holds exactly is one correctly
 * rounded operation. False when the number is not of that kind. */
static bool simple_double(const gaze_json_value *value, double *out) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t digits = 0;
    size_t count = 0, after_point = 0;
    bool point = false, negative = value->as.text[0] == '-';
    for (size_t i = negative; i < value->length; i++) {
        char c = value->as.text[i];
        if (c == '.') {
            point = true;
            continue;
        }
        if (c > '9' || ++count > 15) return false; /* an exponent, or too many digits */
        digits = digits * 10 + (uint64_t)(c - '0');
        after_point += point;
    }
    double number = (double)digits / powers[after_point];
    *out = negative ? -number : number;
    return true;
}

/* Everything else goes to strtod, which wants the locale's decimal point and a terminator. */
bool gaze_json_double(const gaze_json_value *value, double *out) {
    char text[GAZE_JSON_MAX_NUMBER + 16];
    if (!value || value->type != GAZE_JSON_NUMBER) return false;
    if (simple_double(value, out)) return true;
    const char *point = memchr(value->as.text, '.', value->length);
    size_t before = point ? (size_t)(point - value->as.text) : value->length;
    size_t after = point ? value->length - before - 1 : 0;
    snprintf(text, sizeof text, "%.*s%.8s%.*s", (int)before, value->as.text,
             point ? localeconv()->decimal_point : "", (int)after, point ? point + 1 : "");
    *out = strtod(text, NULL);
    return true;
}

bool gaze_json_bool(const gaze_json_value *value, bool *out) {
    if (!value || (value->type != GAZE_JSON_TRUE && value->type != GAZE_JSON_FALSE)) return false;
    *out = value->type == GAZE_JSON_TRUE;
    return true;
}

const char *gaze_json_kind(const gaze_json_value *value) {
    static const char *const kinds[] = {"null", "false", "true", "a number", "a string", "an array",
                                        "an object"};
    return value ? kinds[value->type] : "nothing";
}
