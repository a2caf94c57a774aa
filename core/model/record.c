#include "core/model/record.h"

#include <string.h>

#include "core/base/memory.h"

/* The arrays of one kind: for each layer (or hidden state) one block for the whole batch, NULL when it is
 * not kept. Sequence s begins at its offset in every block. */
typedef struct series {
    float **blocks;
    size_t count;
} series;

struct gaze_record {
    size_t sequences;
    size_t *token_starts;  /* (B+1) tokens before sequence s */
    size_t *square_starts; /* (B+1) sum of T^2 before sequence s */
    size_t hidden_size;    /* D */
    size_t heads;          /* H */
    size_t width;          /* HK */
    series hidden_states, attentions, scores, queries, keys, values;
};

static bool allocate_series(series *s, size_t count, size_t size, size_t per_unit, const bool *keep) {
    size_t floats;
    if (!gaze_size_mul(size, per_unit, &floats)) return false;
    s->blocks = gaze_alloc_zero(count, sizeof *s->blocks);
    if (!s->blocks) return false;
    s->count = count;
    for (size_t i = 0; i < count; i++)
        if (keep[i] && !(s->blocks[i] = gaze_alloc(floats, sizeof(float)))) return false;
    return true;
}

static void free_series(series *s) {
    for (size_t i = 0; i < s->count; i++) gaze_free(s->blocks[i]);
    gaze_free(s->blocks);
}

/* Where each sequence begins, counted in tokens and in squares. */
static bool measure(gaze_record *r, const gaze_batch *batch) {
    r->sequences = batch->count;
    r->token_starts = gaze_alloc_zero(batch->count + 1, sizeof *r->token_starts);
    r->square_starts = gaze_alloc_zero(batch->count + 1, sizeof *r->square_starts);
    if (!r->token_starts || !r->square_starts) return false;
    for (size_t s = 0; s < batch->count; s++) {
        size_t T = gaze_batch_length(batch, s), square;
        r->token_starts[s + 1] = batch->starts[s + 1];
        if (!gaze_size_mul(T, T, &square) ||
            !gaze_size_add(r->square_starts[s], square, &r->square_starts[s + 1]))
            return false;
    }
    return true;
}

/* `layers` (L) says which layers are kept, `states` (L+1) which hidden states. */
static bool allocate(gaze_record *r, size_t L, unsigned what, const bool *layers, const bool *states) {
    size_t N = r->token_starts[r->sequences], squares = r->square_starts[r->sequences];
    bool ok = true;
    if (what & GAZE_RECORD_HIDDEN_STATES)
        ok = allocate_series(&r->hidden_states, L + 1, N, r->hidden_size, states);
    if (what & GAZE_RECORD_ATTENTIONS)
        ok = ok && allocate_series(&r->attentions, L, squares, r->heads, layers);
    if (what & GAZE_RECORD_SCORES) ok = ok && allocate_series(&r->scores, L, squares, r->heads, layers);
    if (what & GAZE_RECORD_QKV)
        ok = ok && allocate_series(&r->queries, L, N, r->width, layers) &&
             allocate_series(&r->keys, L, N, r->width, layers) &&
             allocate_series(&r->values, L, N, r->width, layers);
    return ok;
}

gaze_status gaze_record_new(gaze_record **out, const gaze_config *config, const gaze_batch *batch,
                            unsigned what, const bool *layers, gaze_error *err) {
    size_t L = config->num_hidden_layers;
    gaze_record *r = *out = gaze_alloc_zero(1, sizeof *r);
    bool *keep = gaze_alloc_zero(L, sizeof *keep);
    bool *states = gaze_alloc_zero(L + 1, sizeof *states);
    bool ok = r && keep && states;
    for (size_t l = 0; l < L && ok; l++)
        if (!layers || layers[l]) keep[l] = states[l] = states[l + 1] = true;
    if (ok) {
        r->hidden_size = config->hidden_size;
        r->heads = config->num_attention_heads;
        r->width = config->num_attention_heads * config->head_size;
        ok = measure(r, batch) && allocate(r, L, what, keep, states);
    }
    gaze_free(keep);
    gaze_free(states);
    if (ok) return GAZE_OK;
    gaze_record_free(r);
    *out = NULL;
    return gaze_fail(err, GAZE_ERROR_MEMORY, "out of memory for the record of %zu tokens",
                     batch->starts[batch->count]);
}

void gaze_record_free(gaze_record *r) {
    if (!r) return;
    free_series(&r->hidden_states);
    free_series(&r->attentions);
    free_series(&r->scores);
    free_series(&r->queries);
    free_series(&r->keys);
    free_series(&r->values);
    gaze_free(r->token_starts);
    gaze_free(r->square_starts);
    gaze_free(r);
}

/* Where the array of one sequence begins; NULL when it is not kept. */
static float *at(const series *s, size_t index, size_t offset) {
    if (index >= s->count || !s->blocks[index]) return NULL;
    return s->blocks[index] + offset;
}

const float *gaze_record_hidden_state(const gaze_record *r, size_t index, size_t sequence) {
    return at(&r->hidden_states, index, r->token_starts[sequence] * r->hidden_size);
}
const float *gaze_record_attentions(const gaze_record *r, size_t layer, size_t sequence) {
    return at(&r->attentions, layer, r->square_starts[sequence] * r->heads);
}
const float *gaze_record_scores(const gaze_record *r, size_t layer, size_t sequence) {
    return at(&r->scores, layer, r->square_starts[sequence] * r->heads);
}
const float *gaze_record_queries(const gaze_record *r, size_t layer, size_t sequence) {
    return at(&r->queries, layer, r->token_starts[sequence] * r->width);
}
const float *gaze_record_keys(const gaze_record *r, size_t layer, size_t sequence) {
    return at(&r->keys, layer, r->token_starts[sequence] * r->width);
}
const float *gaze_record_values(const gaze_record *r, size_t layer, size_t sequence) {
    return at(&r->values, layer, r->token_starts[sequence] * r->width);
}

/* The array that a site is kept in; NULL when it is not. */
static float *destination(const gaze_record *r, const gaze_site *site) {
    size_t rows = r->token_starts[site->sequence], squares = r->square_starts[site->sequence] * r->heads;
    switch (site->point) {
    case GAZE_POINT_EMBEDDINGS: return at(&r->hidden_states, 0, rows * r->hidden_size);
    case GAZE_POINT_LAYER_OUTPUT: return at(&r->hidden_states, site->layer + 1, rows * r->hidden_size);
    case GAZE_POINT_QUERIES: return at(&r->queries, site->layer, rows * r->width);
    case GAZE_POINT_KEYS: return at(&r->keys, site->layer, rows * r->width);
    case GAZE_POINT_VALUES: return at(&r->values, site->layer, rows * r->width);
    case GAZE_POINT_SCORES: return at(&r->scores, site->layer, squares);
    case GAZE_POINT_ATTENTIONS: return at(&r->attentions, site->layer, squares);
    case GAZE_POINT_HEAD_OUTPUTS:
    case GAZE_POINT_COUNT: break;
    }
    return NULL;
}

static void keep_site(void *context, const gaze_site *site) {
    float *out = destination(context, site);
    if (!out) return;
    for (size_t h = 0; h < site->heads; h++)
        for (size_t t = 0; t < site->rows; t++, out += site->columns)
            memcpy(out, site->data + h * site->head_stride + t * site->row_stride,
                   site->columns * sizeof *out);
}

gaze_hook gaze_record_hook(gaze_record *record) {
    return (gaze_hook){.call = keep_site, .context = record, .next = NULL};
}
