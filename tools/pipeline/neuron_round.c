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

static gaze_status round_head(gaze_neuron_head *head, gaze_neuron *n, const gaze_source *source, size_t layer, size_t h,
                              unsigned bits, gaze_error *err) {
    size_t at = h * n->view.token_count * n->view.head_size;
    const float *q = gaze_source_queries(source, layer) + at, *k = gaze_source_keys(source, layer) + at;
    gaze_status status = round_one(&head->queries, &head->query_scale, n, q, bits, err);
    if (!status) status = round_one(&head->keys, &head->key_scale, n, k, bits, err);
    if (status) return status;
    return round_one(&head->values, &head->value_scale, n, gaze_source_values(source, layer) + at, bits, err);
}

static gaze_status check_error(double error, size_t layer, gaze_error *err) {
    if (error <= LARGEST_ERROR) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "layer %zu: an .html page would compute weights that differ by %d %% from those given "
                     "(a mask, or other scores than q.k / sqrt(d)); ask for .svg",
                     layer, (int)(100 * error));
}

/* The largest difference of a weight to what the model computed, over the heads of a layer. */
static gaze_status measure_error(gaze_neuron_page *page, const gaze_source *source, size_t layer, size_t T, size_t K,
                                 gaze_error *err) {
    const float *recorded = gaze_source_attentions(source, layer);
    const gaze_neuron_head *heads = page->heads + (layer - page->first_layer) * page->head_count;
    float *weights = gaze_alloc(T, sizeof *weights);
    double *scores = gaze_alloc(T, sizeof *scores), largest = 0;
    gaze_status status = weights && scores ? GAZE_OK : gaze_fail_memory(err);
    for (size_t row = 0; row < page->head_count * T && !status; row++) {
        gaze_neuron_weigh(weights, scores, &heads[row / T], row % T, T, K);
        for (size_t s = 0; s < T; s++) {
            double error = fabs((double)weights[s] - (double)recorded[row * T + s]);
            largest = isnan(error) ? 1 : fmax(largest, error);
        }
    }
    page->largest_error = fmax(page->largest_error, largest);
    gaze_free(weights);
    gaze_free(scores);
    return status ? status : check_error(largest, layer, err);
}

gaze_status gaze_neuron_round_heads(gaze_neuron *n, const gaze_source *source, unsigned bits, bool full,
                                    gaze_error *err) {
    size_t count = full ? source->layers : 1, first = full ? 0 : (size_t)n->view.layer;
    gaze_neuron_head *heads = gaze_arena_alloc(&n->memory, count * source->heads, sizeof *heads);
    gaze_status status = heads ? GAZE_OK : gaze_fail_memory(err);
    n->page = (gaze_neuron_page){
        .heads = heads, .first_layer = first, .layer_count = count, .head_count = source->heads, .bits = bits};
    for (size_t i = 0; i < count * source->heads && !status; i++)
        status = round_head(&heads[i], n, source, first + i / source->heads, i % source->heads, bits, err);
    for (size_t layer = first; layer < first + count && !status; layer++)
        status = measure_error(&n->page, source, layer, n->view.token_count, n->view.head_size, err);
    return status;
}
