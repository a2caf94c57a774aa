/* The public entry points of the library, one function each, for tests in which something fails half-way.
 *
 * Each does its work once, cleans up after itself and returns how the work ended. It asserts that a
 * failure leaves nothing in the caller's hands (*out NULL, structs empty) and that a success gives what
 * it gave the first time. Those that work on an open handle work on the same one every time, so that a
 * handle damaged by a failure is noticed by the next run.
 */
#ifndef GAZE_TESTS_SUPPORT_ENTRY_POINTS_H
#define GAZE_TESTS_SUPPORT_ENTRY_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tools/pipeline/pipeline.h"

typedef struct entry_point {
    const char *name;
    work_function *work; /* its context is NULL */
    bool calls_system;   /* reads or writes files */
} entry_point;

extern const entry_point entry_points_read[], entry_points_run[];
extern const size_t entry_points_read_count, entry_points_run_count;

/* cmocka's group setup and teardown: makes a folder, opens the handles. */
int entry_points_setup(void **state);
int entry_points_teardown(void **state);

/* "FOLDER/name" in static memory, overwritten by the next call but one. */
const char *entry_points_path(const char *name);
/* Every allocation of every entry point failing in turn; every call of the system. Each says how many there were. */
void entry_points_fail_allocations(const entry_point *points, size_t count);
void entry_points_fail_calls(const entry_point *points, size_t count);
/* Called behind a run with a fault: fails the test when a temporary file lies about in the folder. */
void entry_points_after(void *context, gaze_status status);

#define ENTRY_POINTS_TEXT "the cat sat on the mat"
#define ENTRY_POINTS_PAIR "it was tired"

/* What the setup opens and makes: a model and its tokenizer, two inputs and their run, figures that are
 * drawn as cells, as a raster and as a grid. */
extern gaze_pipeline *entry_points_pipeline;
extern const gaze_input entry_points_inputs[2];
extern const gaze_run_options entry_points_keep_all;
extern gaze_run entry_points_finished;
extern figure entry_points_figures[3];

/* Remembers the first checksum in *first (0: none yet); fails the test when a later one differs. */
void same_result(uint32_t *first, const void *bytes, size_t size);
uint32_t tokens_checksum(const gaze_tokens *tokens);

#endif
