/* tools/pipeline/neuron.h: that the steps which a neuron view prints are those of the model.
 *
 * From what is stored of Hugging Face's run alone: sum_k q[k] k_s[k] / sqrt(K) is the recorded score, its softmax the
 * recorded attention. From our own run: sum_s w_s v_s is what the head hands to the output projection. And once more
 * from the three decimals that stand in the figure.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/explain/steps.h"
#include "tests/support/failing_alloc.h"
#include "tools/pipeline/neuron.h"
#include "weights/npz.h"

#define MODELS "tests/data/models/"
#define TINY   MODELS "tiny-bert"

static const char TEXT[] = "The cat sat on the mat because it was tired.";

static gaze_source open_tiny(void) {
    gaze_source source;
    gaze_error err = {0};
    if (gaze_source_open(&source, TINY, &err)) fail_msg("%s", err.message);
    return source;
}

static gaze_neuron_options options_for(const char *layer, const char *head, const char *token) {
    return (gaze_neuron_options){.picture = {.layer = layer, .head = head,
                                             .read.input = {.text = TEXT, .text_length = sizeof TEXT - 1}},
                                 .token = token};
}

static gaze_neuron make(gaze_source *source, const gaze_neuron_options *options) {
    gaze_neuron neuron;
    gaze_error err = {0};
    if (gaze_neuron_make(&neuron, source, options, &err)) fail_msg("%s", err.message);
    return neuron;
}

static void is_near(const char *what, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance)) fail_msg("%s: %.9g, expected %.9g", what, got, want);
}

/* Hugging Face's run ------------------------------------------------------------------------------------ */

/* Arrays of one layer: (B,H,T,K) and (B,H,T,T). */
typedef struct layer_arrays {
    float *queries, *keys, *scores, *attentions;
    size_t B, H, T, K;
} layer_arrays;

static float *take(const gaze_npz *npz, const char *name, const gaze_tensor **tensor) {
    float *data = NULL;
    gaze_error err = {0};
    *tensor = gaze_npz_find(npz, name);
    assert_non_null(*tensor);
    if (gaze_npz_get_f32(&data, npz, name, &err)) fail_msg("%s", err.message);
    return data;
}

static layer_arrays take_layer(const gaze_npz *npz) {
    const gaze_tensor *t;
    layer_arrays a = {.keys = take(npz, "keys.0", &t), .scores = take(npz, "scores.0", &t)};
    a.attentions = take(npz, "attentions.0", &t);
    a.queries = take(npz, "queries.0", &t);
    a.B = t->shape[0], a.H = t->shape[1], a.T = t->shape[2], a.K = t->shape[3];
    return a;
}

static void check_query(const layer_arrays *a, size_t row, const int64_t *mask) {
    size_t T = a->T, block = row / T;
    const float *recorded = a->scores + row * T, *weights = a->attentions + row * T;
    double dots[64], scores[64];
    assert_true(T <= 64);
    gaze_steps_dots(dots, a->queries + row * a->K, a->keys + block * T * a->K, T, a->K);
    gaze_steps_scores(scores, dots, weights, T, a->K);
    for (size_t s = 0; s < T; s++) {
        assert_true((isinf(scores[s]) != 0) == (mask && !mask[s]));
        if (!isinf(scores[s])) is_near("score", scores[s], (double)recorded[s], 4e-6 * fmax(1, fabs(scores[s])));
    }
    is_near("softmax", gaze_steps_softmax_error(scores, weights, T), 0, 1e-5);
}

/* Every query of every head of the first layer; padding among the keys is masked. */
static void check_record(const char *model) {
    gaze_npz npz = {0};
    gaze_error err = {0};
    char path[128];
    int64_t *mask = NULL;
    snprintf(path, sizeof path, MODELS "%s/ref.npz", model);
    if (gaze_npz_open(&npz, path, &err)) fail_msg("%s", err.message);
    if (gaze_npz_find(&npz, "attention_mask"))
        assert_int_equal(gaze_npz_get_i64(&mask, &npz, "attention_mask", &err), GAZE_OK);
    layer_arrays a = take_layer(&npz);
    for (size_t row = 0; row < a.B * a.H * a.T; row++) {
        const int64_t *mask_b = mask ? mask + row / (a.H * a.T) * a.T : NULL;
        if (!mask_b || mask_b[row % a.T]) check_query(&a, row, mask_b);
    }
    gaze_free(a.queries);
    gaze_free(a.keys);
    gaze_free(a.scores);
    gaze_free(a.attentions);
    gaze_free(mask);
    gaze_npz_deinit(&npz);
}

static void steps_are_those_of_hugging_face(void **state) {
    (void)state;
    static const char *const models[] = {"tiny-bert", "head-size-3", "roberta", "distilbert", "electra",
                                         "xlm-roberta", "hidden-20"};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) check_record(models[i]);
}

/* A record and the model that made it give the same view. */
static void a_record_shows_the_same(void **state) {
    (void)state;
    gaze_source record, model = open_tiny();
    gaze_error err = {0};
    if (gaze_source_open_record(&record, TINY "/ref.npz", 0, &err)) fail_msg("%s", err.message);
    gaze_neuron_options options = options_for("1", "2", "3");
    gaze_neuron a = make(&record, &options);
    options.picture.read.input = record.input;
    gaze_neuron b = make(&model, &options);
    assert_int_equal(a.view.token_count, b.view.token_count);
    assert_int_equal(a.view.row_count, b.view.row_count);
    for (size_t s = 0; s < a.view.token_count; s++) {
        is_near("score", a.view.scores[s], b.view.scores[s], 1e-5);
        is_near("weight", (double)a.view.weights[s], (double)b.view.weights[s], 1e-5);
        is_near("norm", a.view.norms[s], b.view.norms[s], 1e-5);
    }
    gaze_neuron_deinit(&a);
    gaze_neuron_deinit(&b);
    gaze_source_close(&record);
    gaze_source_close(&model);
}

/* Our own run ------------------------------------------------------------------------------------------ */

/* A copy of what heads of one layer hand to the output projection: (H,T,K). */
typedef struct outputs {
    size_t layer;
    float *data;
} outputs;

static void keep_outputs(void *context, const gaze_site *site) {
    outputs *o = context;
    if (site->point != GAZE_POINT_HEAD_OUTPUTS || site->layer != o->layer) return;
    o->data = malloc(site->heads * site->rows * site->columns * sizeof *o->data);
    assert_non_null(o->data);
    float *to = o->data;
    for (size_t h = 0; h < site->heads; h++)
        for (size_t r = 0; r < site->rows; r++)
            for (size_t c = 0; c < site->columns; c++)
                *to++ = site->data[h * site->head_stride + r * site->row_stride + c];
}

static void the_weighted_sum_is_the_heads_output(void **state) {
    (void)state;
    gaze_source source = open_tiny();
    outputs kept = {.layer = 1};
    gaze_hook hook = {.call = keep_outputs, .context = &kept};
    gaze_neuron_options options = options_for("1", "2", "it");
    gaze_run run = {0};
    gaze_error err = {0};
    gaze_run_options with_hook = {.what = GAZE_RECORD_ATTENTIONS, .hooks = &hook, .threads = 1};
    assert_int_equal(gaze_pipeline_run(&run, source.pipeline, &options.picture.read.input, 1, &with_hook, &err), GAZE_OK);
    gaze_neuron n = make(&source, &options);
    size_t T = n.view.token_count, K = n.view.head_size;
    for (size_t t = 0; t < T; t++) {
        assert_int_equal(gaze_neuron_set_query(&n, &source, 2, t, 12, &err), GAZE_OK);
        for (size_t k = 0; k < K; k++)
            is_near("output", (double)n.view.output[k], (double)kept.data[(2 * T + t) * K + k], 2e-6);
    }
    free(kept.data);
    gaze_run_deinit(&run);
    gaze_neuron_deinit(&n);
    gaze_source_close(&source);
}

/* What stands in the figure ---------------------------------------------------------------------------- */

/* The numbers of one tooltip, "k of 'cat', by dimension: 0.123 ...", in the order of the file. */
static const char *read_numbers(double *out, size_t count, const char *svg, const char *text) {
    static const char behind[] = "by dimension: ";
    const char *at = strstr(svg, text);
    at = at ? strstr(at, behind) : NULL;
    if (!at) fail_msg("there is no '%s'", text);
    at += sizeof behind - 1;
    for (size_t i = 0; i < count; i++) {
        char *end;
        out[i] = strtod(at, &end);
        assert_true(end > at);
        at = end;
    }
    assert_int_equal(*at, '<');
    return at;
}

enum { MOST = 64 };
static const double HALF = .00051; /* three decimals err by half of the last, and the product of two by a little more */

/* From the printed q and k_s: the printed products, and what stands behind them as their sum. */
static void check_printed_key(const double *q, const double *k, const double *products, size_t K, double dot) {
    double sum = 0, error = 0;
    for (size_t i = 0; i < K; i++) {
        double here = HALF * (fabs(q[i]) + fabs(k[i])) + HALF * HALF;
        is_near("printed product", products[i], q[i] * k[i], here + HALF);
        sum += q[i] * k[i];
        error += here;
    }
    is_near("printed sum", sum, dot, error + HALF);
}

/* Whether the number, with three decimals, is the content of some element. */
static void is_printed(const char *svg, double value) {
    gaze_buffer text = {0};
    gaze_buffer_putc(&text, '>');
    gaze_buffer_put_fixed(&text, value, 3);
    gaze_buffer_putc(&text, '<');
    if (!strstr(svg, text.data)) fail_msg("%s is not in the figure", text.data);
    gaze_buffer_deinit(&text);
}

static void what_is_printed_is_true(void **state) {
    (void)state;
    gaze_source source = open_tiny();
    gaze_neuron_options options = options_for("1", "2", "it");
    gaze_neuron n = make(&source, &options);
    const gaze_neuron_view *v = &n.view;
    gaze_buffer svg = {0};
    gaze_error err = {0};
    double q[MOST], k[MOST], products[MOST], values[MOST], output[MOST], sum[MOST] = {0};
    size_t K = v->head_size;
    assert_int_equal(gaze_neuron_view_svg(&svg, v, &err), GAZE_OK);
    assert_int_equal(v->row_count, v->token_count); /* so that the printed rows are all of the sum */
    assert_true(K <= MOST);
    read_numbers(q, K, svg.data, "<title>q of");
    const char *at_k = strstr(svg.data, "<title>k of"), *at_p = strstr(svg.data, "<title>q × k"),
               *at_v = strstr(svg.data, "<title>v of");
    for (size_t r = 0; r < v->row_count; r++) {
        size_t s = v->rows[r];
        at_k = read_numbers(k, K, at_k, "<title>k of");
        at_p = read_numbers(products, K, at_p, "<title>q × k");
        at_v = read_numbers(values, K, at_v, "<title>v of");
        check_printed_key(q, k, products, K, v->dots[s]);
        is_printed(svg.data, v->dots[s]);
        is_printed(svg.data, v->dots[s] / sqrt((double)K));
        is_printed(svg.data, (double)v->weights[s]);
        is_printed(svg.data, v->norms[s]);
        for (size_t i = 0; i < K; i++) sum[i] += (double)v->weights[s] * values[i];
    }
    read_numbers(output, K, svg.data, "<title>output for");
    for (size_t i = 0; i < K; i++) is_near("printed output", output[i], sum[i], 2 * HALF);
    gaze_buffer_deinit(&svg);
    gaze_neuron_deinit(&n);
    gaze_source_close(&source);
}

/* Choices ---------------------------------------------------------------------------------------------- */

static void fails_with(const char *layer, const char *head, const char *token, const char *words) {
    gaze_source source = open_tiny();
    gaze_neuron n;
    gaze_error err = {0};
    gaze_neuron_options options = options_for(layer, head, token);
    assert_int_equal(gaze_neuron_make(&n, &source, &options, &err), GAZE_ERROR_ARGUMENT);
    if (!strstr(err.message, words)) fail_msg("%s", err.message);
    assert_null(n.view.labels);
    assert_null(n.picture.panels);
    gaze_source_close(&source);
}

static void only_one_head_has_steps(void **state) {
    (void)state;
    fails_with("all", "0", NULL, "one number for the layer");
    fails_with("1", "mean", NULL, "one number for the head");
    fails_with("1", "max", NULL, "one number for the head");
    fails_with("1", "0,2", NULL, "one number for the head");
    fails_with("9", "0", NULL, "no layer 9");
    fails_with("1", "0", "zebra", "no token 'zebra'");
}

static void rows_are_the_strongest_keys(void **state) {
    (void)state;
    gaze_source source = open_tiny();
    gaze_error err = {0};
    gaze_neuron_options options = options_for("1", "2", "it");
    gaze_neuron n = make(&source, &options);
    gaze_neuron_view *v = &n.view;
    size_t missing = 0;
    assert_int_equal(gaze_neuron_set_query(&n, &source, 2, v->query, 5, &err), GAZE_OK);
    assert_in_range(v->row_count, 5, 6);
    for (size_t s = 0, r = 0; s < v->token_count; s++) {
        if (r < v->row_count && v->rows[r] == s) {
            r++;
            continue;
        }
        missing++;
        for (size_t i = 0; i < v->row_count; i++)
            assert_true(v->weights[v->rows[i]] >= v->weights[s] || v->rows[i] == v->query);
    }
    assert_int_equal(missing + v->row_count, v->token_count);
    for (size_t s = 0; s < v->token_count; s++) assert_true(v->weights[s] <= v->weights[v->strongest]);
    gaze_neuron_deinit(&n);
    gaze_source_close(&source);
}

/* Special tokens are left out of the rows, not of the sums; what each takes is of this query. */
static void hidden_tokens(void **state) {
    (void)state;
    gaze_source source = open_tiny();
    gaze_neuron_options options = options_for("1", "2", "it");
    options.picture.special = GAZE_SPECIAL_HIDE;
    gaze_neuron n = make(&source, &options);
    const gaze_neuron_view *v = &n.view;
    assert_int_equal(v->figure.share_count, 2);
    is_near("share", v->figure.shares[0].most, (double)v->weights[0], 1e-9);
    is_near("share", v->figure.shares[1].most, (double)v->weights[v->token_count - 1], 1e-9);
    for (size_t r = 0; r < v->row_count; r++) assert_false(v->labels[v->rows[r]].special);
    assert_string_equal(v->labels[v->query].text, "it");
    gaze_neuron_deinit(&n);
    gaze_source_close(&source);
}

/* Each head of each layer within half a step of the model's; what is shown first is one of them. */
static void a_full_page_holds_every_layer(void **state) {
    (void)state;
    gaze_source source = open_tiny();
    gaze_neuron_options options = options_for("1", "2", "it");
    options.bits = 16;
    options.full = true;
    gaze_neuron n = make(&source, &options);
    const gaze_neuron_page *page = &n.page;
    size_t TK = n.view.token_count * n.view.head_size, H = page->head_count;
    assert_int_equal(page->first_layer, 0);
    assert_int_equal(page->layer_count, source.layers);
    for (size_t i = 0; i < page->layer_count * H; i++) {
        const float *keys = gaze_source_keys(&source, i / H) + i % H * TK;
        const float *values = gaze_source_values(&source, i / H) + i % H * TK;
        for (size_t k = 0; k < TK; k++) {
            is_near("key", (double)page->heads[i].keys[k], (double)keys[k], page->heads[i].key_scale * .501);
            is_near("value", (double)page->heads[i].values[k], (double)values[k], page->heads[i].value_scale * .501);
        }
    }
    assert_ptr_equal(page->view.queries, page->heads[H + 2].queries);
    assert_true(page->largest_error < .001);
    gaze_neuron_deinit(&n);
    gaze_source_close(&source);
}

static gaze_status make_once(void *context) {
    gaze_neuron n;
    gaze_error err = {0};
    gaze_neuron_options options = options_for("1", "2", "it");
    options.bits = 12;
    options.full = true;
    gaze_status status = gaze_neuron_make(&n, context, &options, &err);
    if (status) assert_null(n.view.labels);
    gaze_neuron_deinit(&n);
    return status;
}

static void memory_fails(void **state) {
    (void)state;
    gaze_source source = open_tiny();
    assert_true(fail_each_allocation(make_once, &source) > 10);
    gaze_source_close(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_those_of_hugging_face),
        cmocka_unit_test(a_record_shows_the_same),
        cmocka_unit_test(the_weighted_sum_is_the_heads_output),
        cmocka_unit_test(what_is_printed_is_true),
        cmocka_unit_test(only_one_head_has_steps),
        cmocka_unit_test(rows_are_the_strongest_keys),
        cmocka_unit_test(hidden_tokens),
        cmocka_unit_test(a_full_page_holds_every_layer),
        cmocka_unit_test(memory_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
