#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/deflate.h"
#include "core/base/file.h"
#include "tests/support/entry_points.h"
#include "tests/support/failing_io.h"
#include "tests/support/tmpdir.h"

#define MODEL "tests/data/models/hidden-20"

gaze_pipeline *entry_points_pipeline;
gaze_run entry_points_finished;
figure entry_points_figures[3];

const gaze_input entry_points_inputs[2] = {
    {.text = ENTRY_POINTS_TEXT,
     .text_length = sizeof ENTRY_POINTS_TEXT - 1,
     .pair = ENTRY_POINTS_PAIR,
     .pair_length = sizeof ENTRY_POINTS_PAIR - 1},
    {.text = ENTRY_POINTS_PAIR, .text_length = sizeof ENTRY_POINTS_PAIR - 1},
};
const gaze_run_options entry_points_keep_all = {.what = GAZE_RECORD_ALL, .pooler = true, .threads = 1};

static char *folder;

/* A hub cache in which org/tiny is a link to the model. */
static void make_cache(void) {
    char here[2048], target[4096];
    assert_non_null(getcwd(here, sizeof here));
    snprintf(target, sizeof target, "%s/" MODEL, here);
    tmpdir_mkdir(folder, "cache/models--org--tiny/snapshots");
    tmpdir_mkdir(folder, "cache/models--org--tiny/refs");
    tmpdir_puts(folder, "cache/models--org--tiny/refs/main", "0123abc\n");
    assert_int_equal(symlink(target, entry_points_path("cache/models--org--tiny/snapshots/0123abc")), 0);
    tmpdir_mkdir(folder, "cache/models--org--lost/snapshots");
    assert_int_equal(symlink(target, entry_points_path("cache/models--org--lost/snapshots/0123abc")), 0);
    setenv("HF_HUB_CACHE", entry_points_path("cache"), 1);
}

int entry_points_setup(void **state) {
    gaze_error err = {0};
    (void)state;
    folder = tmpdir_make();
    tmpdir_mkdir(folder, "out");
    tmpdir_puts(folder, "lines", "\"The cat\"\n[\"sat\", \"on the mat\"]\n\"caf\\u00e9\"\n");
    make_cache();
    if (gaze_pipeline_open(&entry_points_pipeline, MODEL, &err) ||
        gaze_pipeline_run(&entry_points_finished, entry_points_pipeline, entry_points_inputs, 2,
                          &entry_points_keep_all, &err))
        fail_msg("%s", err.message);
    entry_points_figures[0] = figure_new(5, 1, 1);
    entry_points_figures[1] = figure_new(60, 1, 1);
    entry_points_figures[2] = figure_new(8, 2, 2);
    return 0;
}

int entry_points_teardown(void **state) {
    (void)state;
    for (size_t i = 0; i < 3; i++) figure_free(&entry_points_figures[i]);
    gaze_run_deinit(&entry_points_finished);
    gaze_pipeline_close(entry_points_pipeline);
    tmpdir_remove(folder);
    return 0;
}

const char *entry_points_path(const char *name) {
    static char paths[2][4096];
    static int turn;
    turn = !turn;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
    return paths[turn];
}

static bool is_temporary(void *context, const char *name) {
    bool *found = context;
    *found = *found || strstr(name, ".tmp");
    return true;
}

void entry_points_after(void *context, gaze_status status) {
    bool found = false;
    (void)context;
    (void)status;
    assert_int_equal(gaze_directory_list(entry_points_path("out"), is_temporary, &found, NULL), GAZE_OK);
    assert_false(found);
}

void same_result(uint32_t *first, const void *bytes, size_t size) {
    uint32_t now = gaze_crc32(0, bytes, size);
    if (*first == 0) *first = now;
    assert_int_equal(now, *first);
}

uint32_t tokens_checksum(const gaze_tokens *t) {
    uint32_t crc = gaze_crc32(0, t->ids, t->count * sizeof *t->ids);
    crc = gaze_crc32(crc, t->chars, t->count * sizeof *t->chars);
    crc = gaze_crc32(crc, t->bytes, t->count * sizeof *t->bytes);
    crc = gaze_crc32(crc, t->type_ids, t->count * sizeof *t->type_ids);
    crc = gaze_crc32(crc, t->attention, t->count);
    for (size_t i = 0; i < t->count; i++) crc = gaze_crc32(crc, t->strings[i], t->string_lengths[i]);
    for (size_t i = 0; i < t->overflow_count; i++) crc ^= tokens_checksum(&t->overflow[i]) * (uint32_t)(i + 2);
    return crc;
}

void entry_points_fail_allocations(const entry_point *points, size_t count) {
    size_t allocations = 0;
    for (size_t i = 0; i < count; i++) allocations += (size_t)fail_each_allocation(points[i].work, NULL);
    print_message("note: %zu entry points, %zu allocations, %zu runs with one failing\n", count, allocations,
                  failing_alloc_runs());
}

void entry_points_fail_calls(const entry_point *points, size_t count) {
    size_t runs = 0;
    for (size_t i = 0; i < count; i++) {
        if (!points[i].calls_system) continue;
        print_message("%s\n", points[i].name);
        runs += fail_each_call(points[i].work, entry_points_after, NULL);
    }
    print_message("note: %zu runs with a call of the system failing\n", runs);
}
