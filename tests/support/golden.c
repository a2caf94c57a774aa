#include "tests/support/golden.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

const char *golden_path(const char *relative) {
    static char path[4096];
    const char *root = getenv("GAZE_TEST_DATA");
    if (!root || !*root) {
        printf("left out: %s (GAZE_TEST_DATA is not set)\n", relative);
        return NULL;
    }
    snprintf(path, sizeof path, "%s/%s", root, relative);
    return path;
}

void golden_open_path(golden_file *file, const char *path) {
    *file = (golden_file){0};
    size_t length = strlen(path);
    file->piped = length > 3 && strcmp(path + length - 3, ".gz") == 0;
    if (file->piped) {
        char command[4200];
        snprintf(command, sizeof command, "gzip -dc '%s'", path);
        file->stream = popen(command, "r");
    } else {
        file->stream = fopen(path, "rb");
    }
    if (!file->stream) fail_msg("%s cannot be opened", path);
}

bool golden_open(golden_file *file, const char *relative) {
    const char *path = golden_path(relative);
    if (path) golden_open_path(file, path);
    return path != NULL;
}

static bool read_line(golden_file *file) {
    int c;
    file->length = 0;
    while ((c = getc(file->stream)) != EOF && c != '\n') {
        if (file->length == file->capacity) {
            file->capacity = file->capacity ? 2 * file->capacity : 4096;
            file->line = realloc(file->line, file->capacity);
            assert_non_null(file->line);
        }
        file->line[file->length++] = (char)c;
    }
    return c != EOF || file->length > 0;
}

const gaze_json_value *golden_next(golden_file *file) {
    const gaze_json_options lenient = {.lenient_text = true};
    gaze_error err;
    gaze_json_free(file->json);
    file->json = NULL;
    if (!read_line(file)) return NULL;
    file->number++;
    if (gaze_json_parse(&file->json, file->line, file->length, &lenient, &err))
        fail_msg("line %zu: %s", file->number, err.message);
    return gaze_json_root(file->json);
}

void golden_close(golden_file *file) {
    gaze_json_free(file->json);
    free(file->line);
    if (file->piped)
        pclose(file->stream);
    else
        fclose(file->stream);
    *file = (golden_file){0};
}
