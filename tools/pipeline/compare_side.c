#include "tools/pipeline/compare_side.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/base/memory.h"

static const struct {
    const char *key;
    size_t offset;
} keys[] = {
    {"layer=", offsetof(gaze_side_options, layer)},
    {"head=", offsetof(gaze_side_options, head)},
    {"model=", offsetof(gaze_side_options, model)},
    {"text=", offsetof(gaze_side_options, text)},
};
enum { KEYS = sizeof keys / sizeof *keys };

/* Index of the key that `at` begins with, or KEYS. */
static size_t find_key(const char *at) {
    size_t i = 0;
    while (i < KEYS && strncmp(at, keys[i].key, strlen(keys[i].key)) != 0) i++;
    return i;
}

/* The end of a value: the closing quote's successor, or the comma before the next key, or the end. */
static const char *end_of_value(const char *at) {
    const char *quote = *at == '"' ? strchr(at + 1, '"') : NULL;
    if (quote && (quote[1] == ',' || quote[1] == '\0')) return quote + 1;
    const char *comma = strchr(at, ',');
    while (comma && find_key(comma + 1) == KEYS) comma = strchr(comma + 1, ',');
    return comma ? comma : at + strlen(at);
}

static char *copy_value(const char *at, const char *end) {
    size_t length = (size_t)(end - at);
    bool quoted = length >= 2 && at[0] == '"' && end[-1] == '"';
    return gaze_copy_string(quoted ? at + 1 : at, quoted ? length - 2 : length);
}

gaze_status gaze_side_read(gaze_side_options *side, const char *words, gaze_error *err) {
    gaze_status status = GAZE_OK;
    *side = (gaze_side_options){0};
    for (const char *at = words; !status;) {
        size_t i = find_key(at);
        if (i == KEYS) {
            status =
                gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%.80s': expected layer=, head=, model= or text=", at);
            break;
        }
        char **field = (char **)(void *)((char *)side + keys[i].offset);
        const char *value = at + strlen(keys[i].key), *end = end_of_value(value);
        if (*field)
            status = gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%.80s': %s is there twice", words, keys[i].key);
        if (!status) *field = copy_value(value, end);
        if (!status && !*field) status = gaze_fail_memory(err);
        if (*end == '\0') break;
        at = end + 1;
    }
    if (status) gaze_side_deinit(side);
    return status;
}

void gaze_side_deinit(gaze_side_options *side) {
    gaze_free(side->layer);
    gaze_free(side->head);
    gaze_free(side->model);
    gaze_free(side->text);
    *side = (gaze_side_options){0};
}
