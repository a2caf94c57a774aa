/* The choice of lines. By hand, one row .50 .25 .125 .0625 .03125 .015625 .015625: four carry .9375 >= .90 of the
 * mass, and .0625 is the last that was needed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/random.h"
#include "viz/edges.h"

static gaze_edges choose(const float *weights, size_t panels, size_t rows, size_t columns) {
    gaze_edges edges;
    gaze_error err = {0};
    gaze_panel each[8];
    for (size_t p = 0; p < panels; p++) each[p] = (gaze_panel){weights + p * rows * columns, 0, (int32_t)p};
    if (gaze_edges_choose(&edges, each, panels, rows, columns, &err)) fail_msg("%s", err.message);
    return edges;
}

static void test_by_hand(void **state) {
    (void)state;
    const float row[7] = {0.25f, 0.5f, 0.0625f, 0.125f, 0.03125f, 0.015625f, 0.015625f};
    gaze_edges edges = choose(row, 1, 1, 7);
    const uint32_t columns[4] = {2, 3, 0, 1}; /* weakest first */
    assert_int_equal(edges.count, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(edges.at[i].column, columns[i]);
    assert_true(edges.drawn == 0.9375 && edges.mass == 1);
    assert_true(edges.rests[0].mass == 0.0625 && edges.rests[0].share == 0.0625);
    assert_int_equal(edges.rests[0].links, 3);
    gaze_edges_deinit(&edges);
}

/* The first three stay where one would do, and where all are below .02; but what is 0 is no line. */
static void test_first_three(void **state) {
    (void)state;
    float weak[100];
    for (size_t s = 0; s < 100; s++) weak[s] = 0.01f;
    const float strong[5] = {0.97f, 0.01f, 0.01f, 0.005f, 0.005f}, alone[4] = {0, 1, 0, 0};
    gaze_edges edges = choose(strong, 1, 1, 5);
    assert_int_equal(edges.count, 3);
    gaze_edges_deinit(&edges);
    edges = choose(alone, 1, 1, 4);
    assert_int_equal(edges.count, 1);
    gaze_edges_deinit(&edges);
    edges = choose(weak, 1, 1, 100);
    assert_int_equal(edges.count, 3);
    assert_int_equal(edges.at[0].column, 0); /* of equal ones the first */
    assert_true(fabs(edges.rests[0].share - 0.97) < 1e-6);
    gaze_edges_deinit(&edges);
}

static void test_at_most_twelve(void **state) {
    (void)state;
    float row[20];
    for (size_t s = 0; s < 20; s++) row[s] = 0.05f;
    gaze_edges edges = choose(row, 1, 1, 20);
    assert_int_equal(edges.count, 12);
    gaze_edges_deinit(&edges);
}

/* Every row of uniform attention has three lines, and what is drawn and the rests make up the whole. */
static void uniform(size_t n) {
    float *weights = malloc(n * n * sizeof *weights);
    assert_non_null(weights);
    for (size_t i = 0; i < n * n; i++) weights[i] = 1.0f / (float)n;
    gaze_edges edges = choose(weights, 1, n, n);
    size_t *per_row = calloc(n, sizeof *per_row);
    assert_non_null(per_row);
    assert_int_equal(edges.count, 3 * n);
    for (size_t i = 0; i < edges.count; i++) per_row[edges.at[i].row]++;
    double rests = 0;
    for (size_t t = 0; t < n; t++) {
        assert_int_equal(per_row[t], 3);
        assert_int_equal(edges.rests[t].links, n - 3);
        rests += edges.rests[t].mass;
    }
    assert_true(fabs((edges.drawn + rests) / (double)n - 1) < 1e-6);
    free(per_row);
    free(weights);
    gaze_edges_deinit(&edges);
}

static void test_uniform(void **state) {
    (void)state;
    uniform(128);
    uniform(512);
}

/* 500 rows of 12 even weights are 6,000 lines: 4,000 are left, 8 of each row. */
static void test_limit(void **state) {
    (void)state;
    enum { ROWS = 500, COLUMNS = 12 };
    float *weights = malloc(ROWS * COLUMNS * sizeof *weights);
    size_t per_row[ROWS] = {0};
    assert_non_null(weights);
    for (size_t i = 0; i < ROWS * COLUMNS; i++) weights[i] = 1.0f / COLUMNS;
    gaze_edges edges = choose(weights, 1, ROWS, COLUMNS);
    assert_int_equal(edges.count, GAZE_EDGES_IN_ALL);
    for (size_t i = 0; i < edges.count; i++) per_row[edges.at[i].row]++;
    for (size_t t = 0; t < ROWS; t++) assert_int_equal(per_row[t], 8);
    gaze_edges_deinit(&edges);
    free(weights);
}

/* Six heads of 512 rows: even the first three of each would be 9,216. One of each stays. */
static void test_many_heads(void **state) {
    (void)state;
    enum { ROWS = 512, COLUMNS = 8, HEADS = 6 };
    size_t count = (size_t)ROWS * COLUMNS * HEADS;
    float *weights = malloc(count * sizeof *weights);
    random_state random = {5};
    assert_non_null(weights);
    for (size_t i = 0; i < count; i++) weights[i] = (random_uniform(&random) + 1) / 2;
    gaze_edges edges = choose(weights, HEADS, ROWS, COLUMNS);
    bool seen[HEADS][ROWS] = {{false}};
    assert_int_equal(edges.count, GAZE_EDGES_IN_ALL);
    for (size_t i = 0; i < edges.count; i++) seen[edges.at[i].panel][edges.at[i].row] = true;
    for (size_t i = 0; i < HEADS * (size_t)ROWS; i++) assert_true(seen[i / ROWS][i % ROWS]);
    gaze_edges_deinit(&edges);
    free(weights);
}

static void test_order(void **state) {
    (void)state;
    float weights[2 * 20 * 20];
    random_state random = {9};
    for (size_t i = 0; i < 800; i++) weights[i] = (float)random_below(&random, 5) / 40; /* many are equal */
    gaze_edges edges = choose(weights, 2, 20, 20);
    for (size_t i = 1; i < edges.count; i++) {
        const gaze_edge *a = &edges.at[i - 1], *b = &edges.at[i];
        assert_true(a->weight <= b->weight);
        if (a->weight < b->weight) continue;
        assert_true((a->panel * 20 + a->row) * 20 + a->column < (b->panel * 20 + b->row) * 20 + b->column);
    }
    gaze_edges_deinit(&edges);
}

static void test_no_numbers(void **state) {
    (void)state;
    const float weights[8] = {(float)NAN, 0.5f, (float)INFINITY, -1, (float)NAN, (float)NAN, 0, -0.0f};
    gaze_edges edges = choose(weights, 1, 2, 4);
    assert_int_equal(edges.count, 1);
    assert_true(edges.mass == 0.5 && edges.rests[1].share == 0 && edges.rests[1].mass == 0);
    gaze_edges_deinit(&edges);
}

static void test_refusals(void **state) {
    (void)state;
    gaze_edges edges;
    gaze_panel panel = {(const float[]){1}, 0, 0};
    assert_int_equal(gaze_edges_choose(&edges, &panel, 1, 4001, 1, NULL), GAZE_ERROR_LIMIT);
    assert_int_equal(gaze_edges_choose(&edges, &panel, 0, 1, 1, NULL), GAZE_ERROR_LIMIT);
    assert_int_equal(gaze_edges_choose(&edges, &panel, 1, 0, 1, NULL), GAZE_ERROR_LIMIT);
}

static gaze_status choose_once(void *panel) {
    gaze_edges edges;
    gaze_status status = gaze_edges_choose(&edges, panel, 1, 1, 1, NULL);
    if (status) assert_null(edges.at);
    gaze_edges_deinit(&edges);
    return status;
}

static void test_memory(void **state) {
    (void)state;
    gaze_panel panel = {(const float[]){1}, 0, 0};
    assert_int_equal(fail_each_allocation(choose_once, &panel), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),    cmocka_unit_test(test_first_three), cmocka_unit_test(test_at_most_twelve),
        cmocka_unit_test(test_uniform),    cmocka_unit_test(test_limit),       cmocka_unit_test(test_many_heads),
        cmocka_unit_test(test_order),      cmocka_unit_test(test_no_numbers),  cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
