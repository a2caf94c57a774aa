#include "tools/pipeline/neuron_round.h"

#include <math.h>

#include "core/explain/steps.h"
#include "viz/neuron_view/pack.h"

static const double LARGEST_ERROR = 0.05; /* of a weight, that rounding may make */

void gaze_neuron_weigh(float *weights, double *scores, const gaze_neuron_head *head, size_t query, size_t T, size_t K) {
    gaze_steps_dots(scores, head->queries + query * K, head->keys, T, K);
    for (size_t s = 0; s < T; s++) scores[s] /= sqrt((double)K);
    gaze_steps_softmax(weights, scores, T);
}

static gaze_status round_one(const float **out, double *scale, gaze_neuron *n, const float *x, unsigned bits,
                             gaze_error *err) {
    size_t count = n->view.token_count * n->view.head_size;
    float *rounded = gaze_arena_alloc(&n->memory, count, sizeof *rounded);
    if (!rounded) return gaze_fail_memory(err);
    *scale = gaze_neuron_round(rounded, x, count, bits);
    *out = rounded;
    return GAZE_OK;
}

static gaze_status round_head(gaze_neuron_head *head, gaze_neuron *n, const gaze_source *source, size_t h,
                              unsigned bits, gaze_error *err) {
    size_t layer = (size_t)n->view.layer, at = h * n->view.token_count * n->view.head_size;
    const float *q = gaze_source_queries(source, layer) + at, *k = gaze_source_keys(source, layer) + at;
    gaze_status status = round_one(&head->queries, &head->query_scale, n, q, bits, err);
    if (!status) status = round_one(&head->keys, &head->key_scale, n, k, bits, err);
    if (status) return status;
    return round_one(&head->values, &head->value_scale, n, gaze_source_values(source, layer) + at, bits, err);
}

/* The largest difference of a weight to what the model computed. */
static gaze_status measure_error(gaze_neuron *n, const gaze_source *source, gaze_error *err) {
    size_t T = n->view.token_count, K = n->view.head_size, layer = (size_t)n->view.layer;
    const float *recorded = gaze_source_attentions(source, layer);
    float *weights = gaze_alloc(T, sizeof *weights);
    double *scores = gaze_alloc(T, sizeof *scores), largest = 0;
    gaze_status status = weights && scores ? GAZE_OK : gaze_fail_memory(err);
    for (size_t row = 0; row < n->page.head_count * T && !status; row++) {
        gaze_neuron_weigh(weights, scores, &n->page.heads[row / T], row % T, T, K);
        for (size_t s = 0; s < T; s++) {
            double error = fabs((double)weights[s] - (double)recorded[row * T + s]);
            largest = isnan(error) ? 1 : fmax(largest, error);
        }
    }
    n->page.largest_error = largest;
    if (!status && largest > LARGEST_ERROR)
        status = gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                           "layer %zu: an .html page would compute weights that differ by %d %% from those given "
                           "(a mask, or other scores than q.k / sqrt(d)); ask for .svg",
                           layer, (int)(100 * largest));
    gaze_free(weights);
    gaze_free(scores);
    return status;
}

gaze_status gaze_neuron_round_heads(gaze_neuron *n, const gaze_source *source, unsigned bits, gaze_error *err) {
    gaze_neuron_head *heads = gaze_arena_alloc(&n->memory, source->heads, sizeof *heads);
    gaze_status status = heads ? GAZE_OK : gaze_fail_memory(err);
    for (size_t h = 0; h < source->heads && !status; h++) status = round_head(&heads[h], n, source, h, bits, err);
    n->page = (gaze_neuron_page){.heads = heads, .head_count = source->heads, .bits = bits};
    return status ? status : measure_error(n, source, err);
}
