/* Golden files: JSON lines below GAZE_TEST_DATA, compressed or not. */
#ifndef GAZE_TESTS_SUPPORT_GOLDEN_H
#define GAZE_TESTS_SUPPORT_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/json.h"

/* GAZE_TEST_DATA/relative in static memory; NULL, after saying what is left out, without GAZE_TEST_DATA. */
const char *golden_path(const char *relative);

/* Lines of JSON. A zeroed struct after golden_close. */
typedef struct golden_file {
    FILE *stream;
    bool piped; /* through gzip -dc, so that a build without zlib reads them too */
    char *line;
    size_t length, capacity;
    size_t number; /* of the line, from 1 */
    gaze_json *json;
} golden_file;

/* False when there is no GAZE_TEST_DATA; fails the test when the file cannot be opened. */
bool golden_open(golden_file *file, const char *relative);
/* The same for a file of any path. */
void golden_open_path(golden_file *file, const char *path);
/* The next line's value, which lives until the next call; NULL at the end. Fails the test on broken JSON. */
const gaze_json_value *golden_next(golden_file *file);
void golden_close(golden_file *file);

#endif
