#include "tests/support/config_parse.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/exact_copy.h"
#include "weights/config_json.h"

gaze_status config_parse_bytes(gaze_config *config, const char *text, size_t length, gaze_error *err) {
    gaze_json *json;
    char *exact = exact_copy(text, length);
    gaze_status status = gaze_config_parse(config, &json, exact, length, err);
    free(exact);
    if (status) assert_null(json);
    gaze_json_free(json);
    return status;
}

gaze_status config_parse(gaze_config *config, const char *text) {
    return config_parse_bytes(config, text, strlen(text), NULL);
}
