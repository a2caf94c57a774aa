/* weights/safetensors on the 207 public cases: our verdict, its class, and how many tensors an accepted
 * file has. 199 cases are files of GAZE_TEST_DATA; the eight large ones are built here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "tests/support/exact_copy.h"
#include "tests/support/tmpdir.h"
#include "weights/safetensors.h"

/* The large cases ------------------------------------------------------------------------------------ */

static void put_times(gaze_buffer *out, size_t count, const char *piece) {
    for (size_t i = 0; i < count; i++) gaze_buffer_puts(out, piece);
}

static void deep_arrays(gaze_buffer *out) {
    gaze_buffer_puts(out, "{\"t\":");
    put_times(out, 100000, "[");
    put_times(out, 100000, "]");
    gaze_buffer_putc(out, '}');
}

static void deep_arrays_open(gaze_buffer *out) {
    gaze_buffer_puts(out, "{\"t\":");
    put_times(out, 100000, "[");
}

static void deep_objects_open(gaze_buffer *out) {
    put_times(out, 100000, "{\"a\":");
}

static void rank_100000(gaze_buffer *out) {
    gaze_buffer_puts(out, "{\"t\":{\"dtype\":\"F32\",\"shape\":[1");
    put_times(out, 99999, ",1");
    gaze_buffer_puts(out, "],\"data_offsets\":[0,4]}}");
}

static void name_of_1_megabyte(gaze_buffer *out) {
    gaze_buffer_puts(out, "{\"");
    put_times(out, 1000000, "a");
    gaze_buffer_puts(out, "\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}");
}

static void many_tensors_on_one_range(gaze_buffer *out) {
    for (int i = 0; i < 100000; i++)
        gaze_buffer_printf(out,
                           "%s\"w%d\": {\"dtype\": \"F32\", \"shape\": [2, 2], \"data_offsets\": [0, 16]}",
                           i ? ", " : "{", i);
    gaze_buffer_putc(out, '}');
}

static void padded_to_the_limit(gaze_buffer *out) {
    gaze_buffer_puts(out, "{}");
    put_times(out, 99999998, " ");
}

static void padded_beyond_the_limit(gaze_buffer *out) {
    padded_to_the_limit(out);
    gaze_buffer_putc(out, ' ');
}

static const struct {
    const char *name;
    void (*put_header)(gaze_buffer *out);
    size_t zeros; /* bytes of data */
} large_cases[] = {
    {"frame_19_pad_100MB_ok", padded_to_the_limit, 0},
    {"frame_20_pad_100MB_plus1", padded_beyond_the_limit, 0},
    {"json_19_deep_100k", deep_arrays, 0},
    {"json_20_deep_100k_open", deep_arrays_open, 0},
    {"json_21_deep_objects_100k_open", deep_objects_open, 0},
    {"lay_17_100k_tensors_on_one_range", many_tensors_on_one_range, 16},
    {"size_14_rank_100k_ones", rank_100000, 4},
    {"text_33_name_1MB", name_of_1_megabyte, 16},
};
enum { LARGE_COUNT = sizeof large_cases / sizeof *large_cases };

/* False when no large case has that name. */
static bool build_large(gaze_buffer *out, const char *name) {
    for (size_t i = 0; i < LARGE_COUNT; i++) {
        if (strcmp(name, large_cases[i].name) != 0) continue;
        gaze_buffer header = {0};
        unsigned char frame[8];
        large_cases[i].put_header(&header);
        gaze_store_u64(frame, header.length);
        gaze_buffer_append(out, frame, sizeof frame);
        gaze_buffer_append(out, header.data, header.length);
        for (size_t n = 0; n < large_cases[i].zeros; n++) gaze_buffer_putc(out, '\0');
        gaze_buffer_deinit(&header);
        return true;
    }
    return false;
}

/* The table ------------------------------------------------------------------------------------------ */

typedef struct verdict {
    char name[64];
    char crate[16];
    char ours[16];
    char class_name[32];
} verdict;

static gaze_status expected_status(const verdict *v) {
    static const struct {
        const char *name;
        gaze_status status;
    } classes[] = {
        {"HEADER_TOO_SMALL", GAZE_ERROR_HEADER_TOO_SMALL},
        {"HEADER_TOO_LARGE", GAZE_ERROR_HEADER_TOO_LARGE},
        {"HEADER_LENGTH", GAZE_ERROR_HEADER_LENGTH},
        {"UTF8", GAZE_ERROR_UTF8},
        {"JSON_EOF", GAZE_ERROR_JSON_EOF},
        {"JSON_SYNTAX", GAZE_ERROR_JSON_SYNTAX},
        {"JSON_DEPTH", GAZE_ERROR_JSON_DEPTH},
        {"SCHEMA", GAZE_ERROR_SCHEMA},
        {"DTYPE", GAZE_ERROR_DTYPE},
        {"DUPLICATE", GAZE_ERROR_DUPLICATE},
        {"NAME", GAZE_ERROR_NAME},
        {"LIMIT", GAZE_ERROR_LIMIT},
        {"OFFSETS", GAZE_ERROR_OFFSETS},
        {"OVERFLOW", GAZE_ERROR_OVERFLOW},
        {"MISALIGNED", GAZE_ERROR_MISALIGNED},
        {"SIZE_MISMATCH", GAZE_ERROR_SIZE_MISMATCH},
        {"COVERAGE", GAZE_ERROR_COVERAGE},
    };
    if (strcmp(v->ours, "refuse") != 0 && strcmp(v->crate, "refuse") != 0) return GAZE_OK;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(v->class_name, classes[i].name) == 0) return classes[i].status;
    fail_msg("%s: no class is called %s", v->name, v->class_name);
    return GAZE_OK;
}

/* How many tensors an accepted file has; the README of the cases lists those that have not one. */
static size_t expected_count(const char *name) {
    static const struct {
        const char *prefix;
        size_t count;
    } others[] = {{"frame_12", 0}, {"frame_19", 0}, {"meta_00", 0}, {"meta_01", 0},  {"meta_02", 0},
                  {"meta_10", 0},  {"text_00", 0},  {"text_01", 0}, {"lay_00", 2},   {"lay_01", 2},
                  {"lay_09", 2},   {"lay_16", 2},   {"lay_08", 3},  {"lay_12", 1000}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncmp(name, others[i].prefix, strlen(others[i].prefix)) == 0) return others[i].count;
    return 1;
}

static void check_verdict(const verdict *v, const void *bytes, size_t size) {
    gaze_safetensors file;
    gaze_error err = {0};
    gaze_status expected = expected_status(v);
    gaze_status status = gaze_safetensors_parse(&file, bytes, size, &err);
    if (status != expected)
        print_error("%s: %s (%s), expected %s\n", v->name, gaze_status_name(status), err.message,
                    gaze_status_name(expected));
    assert_int_equal(status, expected);
    if (!status)
        assert_int_equal(file.count, expected_count(v->name));
    else
        assert_true(strlen(err.message) > 0);
    gaze_safetensors_deinit(&file);
}

/* A case as bytes of a block of exactly its size, and then as a file, read and mapped. */
static void check_file(const verdict *v, const char *path) {
    for (int mode = GAZE_FILE_READ; mode <= GAZE_FILE_MAP; mode++) {
        gaze_file file;
        assert_int_equal(gaze_file_open(&file, path, (gaze_file_mode)mode, 0, NULL), GAZE_OK);
        void *exact = exact_copy(file.data, file.size);
        check_verdict(v, exact, file.size);
        free(exact);
        check_verdict(v, file.data, file.size);
        gaze_file_close(&file);
    }
}

static void check_case(const verdict *v, const char *data) {
    char path[1024];
    gaze_buffer large = {0};
    if (!build_large(&large, v->name)) {
        snprintf(path, sizeof path, "%s/safetensors-cases/cases/%s.safetensors", data, v->name);
        check_file(v, path);
        return;
    }
    char *directory = tmpdir_make();
    snprintf(path, sizeof path, "%s/large.safetensors", directory);
    assert_false(large.failed);
    check_verdict(v, large.data, large.length);
    assert_int_equal(gaze_file_write(path, large.data, large.length, NULL), GAZE_OK);
    gaze_buffer_deinit(&large);
    check_file(v, path);
    tmpdir_remove(directory);
}

static void all_207_cases(void **state) {
    (void)state;
    char path[1024], line[512];
    const char *data = getenv("GAZE_TEST_DATA");
    int cases = 0, accepted = 0;
    if (!data) {
        print_message("left out: the 207 safetensors cases (GAZE_TEST_DATA is not set)\n");
        skip();
        return;
    }
    snprintf(path, sizeof path, "%s/safetensors-cases/verdicts.tsv", data);
    FILE *table = fopen(path, "r");
    assert_non_null(table);
    assert_non_null(fgets(line, sizeof line, table)); /* the headings */
    while (fgets(line, sizeof line, table)) {
        verdict v;
        assert_int_equal(sscanf(line, "%63s %15s %*s %15s %31s", v.name, v.crate, v.ours, v.class_name), 4);
        check_case(&v, data);
        cases++;
        accepted += expected_status(&v) == GAZE_OK;
    }
    fclose(table);
    assert_int_equal(cases, 207);
    assert_int_equal(accepted, 48);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_207_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
