/* core/base/json: what is accepted can be written, and what was written is accepted and says the same. */
#include <string.h>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/json_patch.h"

static void check_number(const gaze_json_value *value) {
    uint64_t whole;
    int64_t number;
    double real;
    MUST(gaze_json_double(value, &real));
    if (gaze_json_uint64(value, &whole)) MUST((double)whole == real);
    if (gaze_json_int64(value, &number)) MUST((double)number == real);
}

static void check_tree(const gaze_json_value *value, size_t length) {
    MUST(value->offset < length);
    if (value->type == GAZE_JSON_NUMBER) check_number(value);
    if (value->type == GAZE_JSON_STRING) MUST(gaze_utf8_valid(value->as.text, value->length, NULL));
    size_t children = 0;
    for (const gaze_json_value *v = gaze_json_first(value); v; v = v->next, children++) check_tree(v, length);
    if (value->type == GAZE_JSON_OBJECT) MUST(children == 2 * (size_t)value->count);
    if (value->type == GAZE_JSON_ARRAY) MUST(children == value->count);
}

/* The compact form of a text; empty when it is refused. */
static gaze_buffer rewritten(const char *text, size_t length, bool lenient) {
    const gaze_json_options options = {.lenient_text = lenient};
    gaze_json *json = NULL;
    gaze_buffer out = {0};
    gaze_error err = {0};
    if (gaze_json_parse(&json, text, length, &options, &err) == GAZE_OK) {
        if (!lenient) check_tree(gaze_json_root(json), length);
        json_write(&out, gaze_json_root(json));
    } else {
        MUST(!json && err.message[0] && (!err.has_offset || err.offset <= length));
    }
    gaze_json_free(json);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_buffer strict = rewritten((const char *)data, size, false);
    gaze_buffer lenient = rewritten((const char *)data, size, true);
    if (strict.length) MUST(strict.length == lenient.length && !memcmp(strict.data, lenient.data, strict.length));
    if (lenient.length) { /* written text is strict, and a fixed point */
        gaze_buffer again = rewritten(lenient.data, lenient.length, false);
        MUST(again.length == lenient.length && !memcmp(again.data, lenient.data, again.length));
        gaze_buffer_deinit(&again);
    }
    gaze_buffer_deinit(&strict);
    gaze_buffer_deinit(&lenient);
    return 0;
}
