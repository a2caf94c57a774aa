/* Replays inputs through a fuzz target without a fuzzer: the main of fuzz_NAME where there is no libFuzzer.
 * The inputs are the files of tests/fuzz/corpus/NAME, and what is left of them when they end too early. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/exact_copy.h"

enum { MAX_PREFIXES = 20000 }; /* in all: a test of a second, not of a night */

static const char *target; /* NAME */

typedef struct replay {
    const char *directory;
    size_t files, prefixes;
    bool with_prefixes;
} replay;

static void run_copy(const unsigned char *data, size_t size) {
    uint8_t *copy = exact_copy(data, size);
    assert_non_null(copy);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static bool replay_file(void *context, const char *name) {
    replay *r = context;
    gaze_file file;
    char *path = gaze_path_join(r->directory, name);
    assert_int_equal(gaze_file_open(&file, path, GAZE_FILE_READ, 0, NULL), GAZE_OK);
    run_copy(file.data, file.size);
    r->files++;
    for (size_t size = 0; r->with_prefixes && size < file.size && r->prefixes < MAX_PREFIXES; size++) {
        run_copy(file.data, size);
        r->prefixes++;
    }
    gaze_file_close(&file);
    gaze_free(path);
    return true;
}

static void the_corpus(void **state) {
    char directory[256];
    replay r = {.directory = directory, .with_prefixes = true};
    (void)state;
    snprintf(directory, sizeof directory, "tests/fuzz/corpus/%s", target);
    assert_int_equal(gaze_directory_list(directory, replay_file, &r, NULL), GAZE_OK);
    assert_true(r.files > 0);
    print_message("note: %zu inputs, %zu prefixes\n", r.files, r.prefixes);
}

/* Malformed files that others made, where there are any for this target. */
static void public_files(void **state) {
    char directory[512];
    replay r = {.directory = directory};
    const char *data = getenv("GAZE_TEST_DATA");
    (void)state;
    if (strcmp(target, "safetensors") != 0) return;
    if (!data) {
        print_message("left out: the public safetensors cases (GAZE_TEST_DATA is not set)\n");
        skip();
    }
    snprintf(directory, sizeof directory, "%s/safetensors-cases/cases", data);
    assert_int_equal(gaze_directory_list(directory, replay_file, &r, NULL), GAZE_OK);
    assert_true(r.files > 100);
}

int main(int argc, char **argv) {
    (void)argc;
    const char *name = strstr(argv[0], "fuzz_");
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_corpus), cmocka_unit_test(public_files)};
    while (name && strstr(name + 1, "fuzz_")) name = strstr(name + 1, "fuzz_");
    if (!name) return 2;
    target = name + strlen("fuzz_");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
