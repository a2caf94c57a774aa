#include "tools/pipeline/neuron.h"

#include <math.h>
#include <string.h>

#include "core/explain/percentile.h"
#include "core/explain/steps.h"
#include "core/model/record.h"
#include "tools/pipeline/neuron_round.h"
#include "tools/pipeline/token_choice.h"

static const double LIMIT = 0.99; /* the percentile at which colours end */
enum { FEW_MORE = 4 };            /* keys: so few are not left out */

/* What may be drawn ---------------------------------------------------------------------------------- */

static gaze_status check_selection(const gaze_picture *picture, gaze_error *err) {
    bool one_layer = picture->layer.count == 1 && picture->layer.reduction == GAZE_EACH;
    bool one_head = picture->head.count == 1 && picture->head.reduction == GAZE_EACH;
    if (one_layer && one_head) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                     "the steps of attention are those of one head: one number for the %s, not several or their mean",
                     one_layer ? "head" : "layer");
}

/* A record may hold queries, keys and values of any width. */
static gaze_status check_widths(const gaze_source *source, size_t layer, gaze_error *err) {
    size_t q = 0, k = 0, v = 0;
    if (!source->stored) return GAZE_OK;
    gaze_stored_array(source->stored, GAZE_STORED_QUERIES, layer, &q);
    gaze_stored_array(source->stored, GAZE_STORED_KEYS, layer, &k);
    gaze_stored_array(source->stored, GAZE_STORED_VALUES, layer, &v);
    if (q == k && k == v && q > 0 && q == gaze_source_head_size(source)) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_SHAPE,
                     "layer %zu: queries of %zu dimensions, keys of %zu, values of %zu, expected the same of all",
                     layer, q, k, v);
}

/* Which keys are drawn ------------------------------------------------------------------------------- */


/* Marks the `count` kept tokens with the largest weights; of equal ones the first. Returns the very first. */
static size_t mark_strongest(bool *marks, const gaze_units *units, const float *weights, size_t count) {
    size_t first = units->kept[0];
    for (size_t i = 0; i < count && i < units->count; i++) {
        size_t best = SIZE_MAX;
        for (size_t u = 0; u < units->count; u++) {
            size_t s = units->kept[u];
            if (!marks[s] && (best == SIZE_MAX || weights[s] > weights[best])) best = s;
        }
        if (best == SIZE_MAX) return first; /* all are marked */
        marks[best] = true;
        if (i == 0) first = best;
    }
    return first;
}

/* How many of the strongest keys are drawn. */
static size_t count_strongest(const gaze_neuron *n, size_t count) {
    size_t kept = n->picture.units.count;
    if (n->view.page) return kept <= GAZE_NEURON_ALL ? kept : GAZE_NEURON_SOME - 1;
    return kept <= count + FEW_MORE ? kept : count;
}

static gaze_status choose_rows(gaze_neuron *n, size_t count, gaze_error *err) {
    gaze_neuron_view *view = &n->view;
    bool *marks = gaze_alloc_zero(view->token_count, sizeof *marks);
    size_t *rows = gaze_arena_alloc(&n->memory, view->token_count, sizeof *rows);
    if (!marks || !rows) {
        gaze_free(marks);
        return gaze_fail_memory(err);
    }
    count = count_strongest(n, count);
    view->strongest = mark_strongest(marks, &n->picture.units, view->weights, count);
    if (marks[view->query] && view->page) mark_strongest(marks, &n->picture.units, view->weights, 1);
    marks[view->query] = true;
    view->row_count = 0;
    for (size_t s = 0; s < view->token_count; s++)
        if (marks[s]) rows[view->row_count++] = s;
    view->rows = rows;
    gaze_free(marks);
    return GAZE_OK;
}

/* What each special token takes of this query. */
static void measure_shares(gaze_neuron *n, const gaze_tokens *tokens) {
    for (size_t i = 0; i < n->picture.share_count; i++) {
        gaze_share *share = &n->picture.shares[i];
        double sum = 0;
        for (size_t s = 0; s < tokens->count; s++)
            if (tokens->special[s] && tokens->string_lengths[s] == share->length &&
                memcmp(tokens->strings[s], share->text, share->length) == 0)
                sum += (double)n->view.weights[s];
        share->least = share->most = sum;
    }
}

/* The steps ------------------------------------------------------------------------------------------ */

/* Arrays of the head, (T,K) each. */
static void find_head(gaze_neuron_view *view, const gaze_source *source) {
    size_t T = view->token_count, K = view->head_size, layer = (size_t)view->layer, head = (size_t)view->head;
    view->queries = gaze_source_queries(source, layer) + head * T * K;
    view->keys = gaze_source_keys(source, layer) + head * T * K;
    view->values = gaze_source_values(source, layer) + head * T * K;
    view->weights = gaze_source_attentions(source, layer) + (head * T + view->query) * T;
}

/* The same rounded, and the weights that follow. */
static gaze_status find_rounded_head(gaze_neuron *n, gaze_error *err) {
    gaze_neuron_view *view = &n->view;
    const gaze_neuron_page *page = &n->page;
    const gaze_neuron_head *head =
        &page->heads[((size_t)view->layer - page->first_layer) * page->head_count + (size_t)view->head];
    float *weights = gaze_arena_alloc(&n->memory, view->token_count, sizeof *weights);
    double *scores = gaze_arena_alloc(&n->memory, view->token_count, sizeof *scores);
    if (!weights || !scores) return gaze_fail_memory(err);
    view->queries = head->queries;
    view->keys = head->keys;
    view->values = head->values;
    gaze_neuron_weigh(weights, scores, head, view->query, view->token_count, view->head_size);
    view->weights = weights;
    return GAZE_OK;
}

/* What one query needs. */
typedef struct steps {
    float *products, *output;
    double *dots, *scores, *norms, *sums;
    size_t *order;
} steps;

static gaze_status alloc_steps(steps *s, gaze_arena *memory, size_t T, size_t K, gaze_error *err) {
    *s = (steps){.products = gaze_arena_alloc(memory, T * K, sizeof *s->products),
                 .output = gaze_arena_alloc(memory, K, sizeof *s->output),
                 .dots = gaze_arena_alloc(memory, T, sizeof *s->dots),
                 .scores = gaze_arena_alloc(memory, T, sizeof *s->scores),
                 .norms = gaze_arena_alloc(memory, T, sizeof *s->norms),
                 .sums = gaze_arena_alloc(memory, K, sizeof *s->sums),
                 .order = gaze_arena_alloc(memory, K, sizeof *s->order)};
    bool ok = s->products && s->output && s->dots && s->scores && s->norms && s->sums && s->order;
    return ok ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status compute(gaze_neuron *n, gaze_error *err) {
    gaze_neuron_view *view = &n->view;
    size_t T = view->token_count, K = view->head_size;
    const float *q = view->queries + view->query * K;
    steps s;
    gaze_status status = alloc_steps(&s, &n->memory, T, K, err);
    if (status) return status;
    gaze_steps_products(s.products, q, view->keys, T, K);
    gaze_steps_dots(s.dots, q, view->keys, T, K);
    gaze_steps_scores(s.scores, s.dots, view->weights, T, K);
    gaze_steps_norms(s.norms, view->weights, view->values, T, K);
    gaze_steps_output(s.sums, view->weights, view->values, T, K);
    gaze_steps_order(s.order, s.products + view->strongest * K, K);
    for (size_t k = 0; k < K; k++) s.output[k] = (float)s.sums[k];
    view->products = s.products;
    view->dots = s.dots;
    view->scores = s.scores;
    view->norms = s.norms;
    view->output = s.output;
    view->order = s.order;
    view->softmax_error = gaze_steps_softmax_error(s.scores, view->weights, T);
    return GAZE_OK;
}

/* One limit for q and k, so that they compare; one for each other kind of number. */
static gaze_status find_limits(gaze_neuron_view *view, gaze_error *err) {
    size_t T = view->token_count, TK = T * view->head_size;
    float *both = gaze_alloc(2 * TK, sizeof *both), *scratch = gaze_alloc(2 * TK, sizeof *scratch);
    gaze_status status = both && scratch ? GAZE_OK : gaze_fail_memory(err);
    if (!status) {
        memcpy(both, view->queries, TK * sizeof *both);
        memcpy(both + TK, view->keys, TK * sizeof *both);
        view->limits.vectors = gaze_percentile_abs(scratch, both, 2 * TK, LIMIT);
        view->limits.products = gaze_percentile_abs(scratch, view->products, TK, LIMIT);
        view->limits.output = gaze_percentile_abs(scratch, view->output, view->head_size, LIMIT);
        view->limits.values = gaze_percentile_abs(scratch, view->values, TK, LIMIT);
        for (size_t s = 0; s < T; s++) both[s] = (float)(view->dots[s] / sqrt((double)view->head_size));
        view->limits.scores = gaze_percentile_abs(scratch, both, T, LIMIT);
    }
    gaze_free(both);
    gaze_free(scratch);
    return status;
}

gaze_status gaze_neuron_set_query(gaze_neuron *n, const gaze_source *source, size_t head, size_t query, size_t rows,
                                  gaze_error *err) {
    n->view.head = (int32_t)head;
    n->view.query = query;
    find_head(&n->view, source);
    gaze_status status = n->view.page ? find_rounded_head(n, err) : GAZE_OK;
    if (status) return status;
    measure_shares(n, source->tokens);
    status = choose_rows(n, rows ? rows : GAZE_NEURON_ROWS, err);
    if (!status) status = compute(n, err);
    if (!status) status = find_limits(&n->view, err);
    n->page.view = n->view;
    return status;
}

/* Everything together -------------------------------------------------------------------------------- */

static gaze_status choose_query(size_t *query, const gaze_neuron *n, const gaze_source *source, const char *token,
                                gaze_error *err) {
    const gaze_units *units = &n->picture.units;
    size_t unit, other;
    gaze_status status = GAZE_OK;
    if (token)
        status = gaze_token_choose(&unit, token, units, source, err);
    else
        gaze_token_choose_strongest(&unit, &other, units, n->picture.panels[0].weights);
    if (!status) *query = units->kept[unit];
    return status;
}

static gaze_status fill_view(gaze_neuron *n, const gaze_source *source, const gaze_neuron_options *options,
                             gaze_error *err) {
    size_t query, T = source->tokens->count;
    gaze_label *labels = gaze_arena_alloc(&n->memory, T, sizeof *labels);
    if (!labels) return gaze_fail_memory(err);
    gaze_labels_from_tokens(labels, source->tokens);
    n->view = (gaze_neuron_view){.figure = n->picture.figure,
                                 .layer = n->picture.panels[0].layer,
                                 .head = n->picture.panels[0].head,
                                 .labels = labels,
                                 .token_count = T,
                                 .head_size = gaze_source_head_size(source),
                                 .sorted = options->sorted,
                                 .page = options->bits != 0};
    size_t head = (size_t)n->view.head, first = options->full ? 0 : (size_t)n->view.layer;
    size_t end = options->full ? source->layers : first + 1;
    gaze_status status = GAZE_OK;
    for (size_t layer = first; layer < end && !status; layer++) status = check_widths(source, layer, err);
    if (!status && options->bits) status = gaze_neuron_round_heads(n, source, options->bits, options->full, err);
    if (!status) status = choose_query(&query, n, source, options->token, err);
    return status ? status : gaze_neuron_set_query(n, source, head, query, options->rows, err);
}

/* The layer that is shown, or all of them. */
static gaze_status read_layers(gaze_source *source, const gaze_picture *picture, const gaze_source_options *read,
                               bool full, gaze_error *err) {
    gaze_source_options options = *read;
    bool *layers = gaze_alloc_zero(source->layers, sizeof *layers);
    if (!layers) return gaze_fail_memory(err);
    gaze_picture_want_layers(layers, picture);
    options.layers = full ? NULL : layers;
    gaze_status status = gaze_source_read(source, &options, err);
    gaze_free(layers);
    return status;
}

gaze_status gaze_neuron_make(gaze_neuron *n, gaze_source *source, const gaze_neuron_options *options,
                             gaze_error *err) {
    gaze_picture_options picture = options->picture;
    picture.read.what |= GAZE_RECORD_QKV | GAZE_RECORD_ATTENTIONS;
    if (!picture.head) picture.head = "0";
    *n = (gaze_neuron){0};
    gaze_status status = gaze_picture_select(&n->picture, source, &picture, err);
    if (!status) status = check_selection(&n->picture, err);
    if (!status) status = read_layers(source, &n->picture, &picture.read, options->full, err);
    if (!status) status = gaze_picture_fill(&n->picture, source, &picture, err);
    if (!status) status = fill_view(n, source, options, err);
    if (status) gaze_neuron_deinit(n);
    return status;
}

void gaze_neuron_deinit(gaze_neuron *n) {
    gaze_picture_deinit(&n->picture);
    gaze_arena_deinit(&n->memory);
    *n = (gaze_neuron){0};
}
