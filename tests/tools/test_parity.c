/* Parity: the fixtures that Hugging Face made, on every instruction set of this machine.
 *
 * tests/data/models/NAME holds a random model and ref.npz, transformers' numbers for some texts;
 * tools/make_fixtures.py made them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "core/kernels/cpu.h"
#include "tools/pipeline/verify.h"
#include "weights/model.h"
#include "weights/npz.h"

#define MODELS "tests/data/models"

typedef struct fixture {
    gaze_model *model;
    gaze_npz reference;
} fixture;

static fixture open_fixture(const char *name) {
    fixture f = {0};
    gaze_error err = {0};
    char *directory = gaze_path_join(MODELS, name), *reference = gaze_path_join(directory, "ref.npz");
    if (gaze_model_open(&f.model, directory, NULL, &err)) fail_msg("%s", err.message);
    if (gaze_npz_open(&f.reference, reference, &err)) fail_msg("%s", err.message);
    gaze_free(directory);
    gaze_free(reference);
    return f;
}

static void close_fixture(fixture *f) {
    gaze_npz_deinit(&f->reference);
    gaze_model_close(f->model);
}

static gaze_status verify(gaze_verify_report *report, const fixture *f, gaze_error *err) {
    return gaze_verify(report, f->model, f->reference.arrays, f->reference.count, GAZE_VERIFY_AUTO, 2, err);
}

/* Every fixture at the level in use ------------------------------------------------------------------- */

typedef struct tally {
    int models;
    size_t tensors;
} tally;

static bool verify_one(void *context, const char *name) {
    tally *t = context;
    gaze_error err = {0};
    gaze_verify_report report;
    fixture f = open_fixture(name);
    if (verify(&report, &f, &err)) fail_msg("%s: %s", name, err.message);
    for (size_t i = 0; i < report.count; i++)
        if (!report.rows[i].ok)
            fail_msg("%s: %s differs by %g, tolerance %g", name, report.rows[i].name, report.rows[i].max_abs,
                     report.rows[i].tolerance);
    assert_true(report.ok);
    t->models++;
    t->tensors += report.count;
    gaze_verify_report_deinit(&report);
    close_fixture(&f);
    return true;
}

static void every_model_at_every_level(void **state) {
    (void)state;
    char ran[128] = "";
    tally t = {0};
    gaze_level best = gaze_level_now();
    for (int level = 0; level < GAZE_LEVEL_COUNT; level++) {
        if (!gaze_level_available((gaze_level)level)) continue;
        assert_int_equal(gaze_level_force((gaze_level)level, NULL), GAZE_OK);
        t = (tally){0};
        assert_int_equal(gaze_directory_list(MODELS, verify_one, &t, NULL), GAZE_OK);
        assert_true(t.models >= 35);
        strcat(strcat(ran, " "), gaze_level_name((gaze_level)level));
    }
    gaze_level_force(best, NULL);
    print_message("note: %d models, %zu tensors agree with Hugging Face at the levels%s\n", t.models,
                  t.tensors, ran);
}

/* The comparison can fail ----------------------------------------------------------------------------- */

static gaze_named_tensor *find_array(fixture *f, const char *name) {
    for (size_t i = 0; i < f->reference.count; i++)
        if (strcmp(f->reference.arrays[i].name, name) == 0) return &f->reference.arrays[i];
    fail_msg("no array %s", name);
    return NULL;
}

/* The report on one changed element of an array of tiny-bert's reference. */
static gaze_verify_row change_one(const char *name, size_t place, float value) {
    fixture f = open_fixture("tiny-bert");
    gaze_verify_report report;
    gaze_verify_row row = {0};
    float *data = (float *)(uintptr_t)find_array(&f, name)->tensor.data;
    data[place] = value;
    assert_int_equal(verify(&report, &f, NULL), GAZE_OK);
    assert_false(report.ok);
    for (size_t i = 0; i < report.count; i++)
        if (strcmp(report.rows[i].name, name) == 0)
            row = report.rows[i];
        else
            assert_true(report.rows[i].ok);
    gaze_verify_report_deinit(&report);
    close_fixture(&f);
    return row;
}

static void one_wrong_number_is_found(void **state) {
    (void)state;
    gaze_verify_row row = change_one("hidden_states.2", 64 * 3 + 5, 100.0f); /* token 3, dimension 5 */
    assert_false(row.ok);
    assert_true(row.max_abs > 90);
    assert_int_equal(row.at[0], 0);
    assert_int_equal(row.at[1], 3);
    assert_int_equal(row.at[2], 5);
    assert_false(change_one("attentions.0", 2, 0.999f).ok);
}

static void a_nan_never_passes(void **state) {
    (void)state;
    gaze_verify_row row = change_one("hidden_states.0", 7, NAN);
    assert_true(isnan(row.max_abs));
    assert_false(row.ok);
    row = change_one("hidden_states.0", 7, INFINITY);
    assert_false(row.ok);
}

static void an_array_that_we_do_not_compute_is_an_error(void **state) {
    (void)state;
    gaze_error err;
    gaze_verify_report report;
    fixture f = open_fixture("tiny-bert");
    find_array(&f, "hidden_states.1")->name = "hidden_states.9";
    assert_int_equal(verify(&report, &f, &err), GAZE_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "hidden_states.9"));
    find_array(&f, "hidden_states.9")->name = "hidden_states.1";
    find_array(&f, "attentions.1")->tensor.shape[1]++;
    assert_int_equal(verify(&report, &f, &err), GAZE_ERROR_SHAPE);
    find_array(&f, "input_ids")->name = "ids";
    assert_int_equal(verify(&report, &f, &err), GAZE_ERROR_NOT_FOUND);
    close_fixture(&f);
}

/* The inputs agree with themselves; that is no comparison. */
static void inputs_alone_are_nothing_to_compare(void **state) {
    (void)state;
    gaze_verify_report report;
    fixture f = open_fixture("tiny-bert");
    gaze_named_tensor inputs[] = {*find_array(&f, "input_ids"), *find_array(&f, "attention_mask")};
    assert_int_equal(gaze_verify(&report, f.model, inputs, 2, GAZE_VERIFY_AUTO, 1, NULL), GAZE_ERROR_NOT_FOUND);
    close_fixture(&f);
}

/* A file of no texts agrees with everything. */
static void no_text_is_nothing_to_compare(void **state) {
    (void)state;
    gaze_verify_report report;
    gaze_error err;
    fixture f = open_fixture("tiny-bert");
    gaze_named_tensor arrays[] = {*find_array(&f, "input_ids"), *find_array(&f, "hidden_states.0")};
    arrays[0].tensor.shape[0] = arrays[1].tensor.shape[0] = 0;
    assert_int_equal(gaze_verify(&report, f.model, arrays, 2, GAZE_VERIFY_AUTO, 1, &err), GAZE_ERROR_SHAPE);
    assert_non_null(strstr(err.message, "input_ids: shape [0, "));
    close_fixture(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_at_every_level),
        cmocka_unit_test(one_wrong_number_is_found),
        cmocka_unit_test(a_nan_never_passes),
        cmocka_unit_test(an_array_that_we_do_not_compute_is_an_error),
        cmocka_unit_test(inputs_alone_are_nothing_to_compare),
        cmocka_unit_test(no_text_is_nothing_to_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
