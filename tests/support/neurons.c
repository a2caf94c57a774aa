#include "tests/support/neurons.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/explain/percentile.h"
#include "core/explain/steps.h"
#include "tests/support/random.h"
#include "tests/support/xml_check.h"

static void *new_array(neurons *n, size_t count, size_t size) {
    void *array = gaze_arena_alloc(&n->memory, count, size);
    assert_non_null(array);
    memset(array, 0, count * size);
    return array;
}

static void fill_labels(neurons *n, size_t count) {
    n->labels = new_array(n, count, sizeof *n->labels);
    for (size_t i = 0; i < count; i++) {
        char text[32];
        bool special = i == 0 || i + 1 == count, piece = !special && i % 4 == 2;
        snprintf(text, sizeof text, "%s%zu", piece ? "##" : "word", i);
        if (special) strcpy(text, i == 0 ? "[CLS]" : "[SEP]");
        n->labels[i] = (gaze_label){.text = gaze_arena_copy_string(&n->memory, text, strlen(text)),
                                    .length = strlen(text),
                                    .marker = piece ? 2 : 0,
                                    .id = (int32_t)i + 1000,
                                    .special = special};
        assert_non_null(n->labels[i].text);
    }
}

static float *random_array(neurons *n, random_state *random, size_t count) {
    float *x = new_array(n, count, sizeof *x);
    random_fill(random, x, count);
    for (size_t i = 0; i < count; i++) x[i] *= 2 * fabsf(x[i]); /* few are large */
    return x;
}

static void fill_weights(neurons *n, const double *dots, size_t T, size_t K) {
    double sum = 0;
    n->weights = new_array(n, T, sizeof *n->weights);
    for (size_t s = 0; s < T; s++) sum += exp(dots[s] / sqrt((double)K));
    for (size_t s = 0; s < T; s++) n->weights[s] = (float)(exp(dots[s] / sqrt((double)K)) / sum);
}

static gaze_neuron_limits limits_of(neurons *n, size_t T, size_t K) {
    float *scratch = new_array(n, T * K, sizeof *scratch);
    return (gaze_neuron_limits){.vectors = gaze_percentile_abs(scratch, n->keys, T * K, .99),
                                .products = gaze_percentile_abs(scratch, n->products, T * K, .99),
                                .scores = 2,
                                .values = gaze_percentile_abs(scratch, n->values, T * K, .99),
                                .output = 1};
}

neurons neurons_new(size_t T, size_t K, size_t rows) {
    neurons n = {.labels = NULL};
    random_state random = {T * 1000 + K};
    fill_labels(&n, T);
    n.queries = random_array(&n, &random, T * K);
    n.keys = random_array(&n, &random, T * K);
    n.values = random_array(&n, &random, T * K);
    n.products = new_array(&n, T * K, sizeof *n.products);
    n.rows = new_array(&n, rows, sizeof *n.rows);
    double *dots = new_array(&n, T, sizeof *dots), *scores = new_array(&n, T, sizeof *scores);
    double *norms = new_array(&n, T, sizeof *norms), *sums = new_array(&n, K, sizeof *sums);
    float *output = new_array(&n, K, sizeof *output);
    size_t *order = new_array(&n, K, sizeof *order), query = T > 1, strongest = 0;
    gaze_steps_products(n.products, n.queries + query * K, n.keys, T, K);
    gaze_steps_dots(dots, n.queries + query * K, n.keys, T, K);
    fill_weights(&n, dots, T, K);
    gaze_steps_scores(scores, dots, n.weights, T, K);
    gaze_steps_norms(norms, n.weights, n.values, T, K);
    gaze_steps_output(sums, n.weights, n.values, T, K);
    for (size_t k = 0; k < K; k++) output[k] = (float)sums[k];
    for (size_t r = 0; r < rows; r++) n.rows[r] = r;
    for (size_t s = 0; s < T; s++)
        if (n.weights[s] > n.weights[strongest]) strongest = s;
    gaze_steps_order(order, n.products + strongest * K, K);
    n.view = (gaze_neuron_view){.figure = {.model = "tiny", .text = "The cat sat.", .text_length = 12},
                                .layer = 4, .head = 3, .labels = n.labels, .token_count = T, .head_size = K,
                                .query = query, .rows = n.rows, .row_count = rows, .strongest = strongest,
                                .queries = n.queries, .keys = n.keys, .values = n.values, .products = n.products,
                                .dots = dots, .scores = scores, .weights = n.weights, .norms = norms,
                                .output = output, .limits = limits_of(&n, T, K), .order = order};
    return n;
}

void neurons_free(neurons *n) {
    gaze_arena_deinit(&n->memory);
}

size_t neurons_draw(const gaze_neuron_view *view, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_neuron_view_svg(out, view, &err) != GAZE_OK) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}
