#include "core/model/encoder.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "core/base/memory.h"
#include "core/nn/activation.h"
#include "core/nn/attention.h"
#include "core/nn/embedding.h"
#include "core/nn/layernorm.h"
#include "core/nn/linear.h"
#include "core/nn/residual.h"
#include "core/nn/softmax.h"

/* Everything a forward pass writes besides its result. N tokens, longest sequence T. */
struct gaze_workspace {
    float *attended; /* (N, max(D, E)): output of the attention block; before that, embeddings to project */
    float *queries;  /* (N, HK) */
    float *keys;     /* (N, HK) */
    float *values;   /* (N, HK) */
    float *context;  /* (N, HK) */
    float *inner;    /* (N, F) */
    float *scores;   /* (H, T, T) of one sequence */
    int threads;
};

/* What every step of a pass needs; made once, passed down. */
typedef struct pass {
    const gaze_config *config;
    const gaze_workspace *w;
    const gaze_batch *batch;
    const gaze_hook *hooks;
    size_t tokens; /* N */
    size_t width;  /* HK */
    size_t layer;
} pass;

/* Workspace ------------------------------------------------------------------------------------------ */

gaze_status gaze_workspace_new(gaze_workspace **out, const gaze_config *config, const gaze_batch *batch,
                               int threads, gaze_error *err) {
    size_t N = batch->starts[batch->count], T = gaze_batch_longest(batch), HT = 0;
    size_t D = config->hidden_size, HK = config->num_attention_heads * config->head_size;
    gaze_workspace *w = *out = gaze_alloc_zero(1, sizeof *w);
    if (!w) return gaze_fail_memory(err);
    w->threads = threads;
    w->attended = gaze_alloc_floats(N, D > config->embedding_size ? D : config->embedding_size);
    w->queries = gaze_alloc_floats(N, HK);
    w->keys = gaze_alloc_floats(N, HK);
    w->values = gaze_alloc_floats(N, HK);
    w->context = gaze_alloc_floats(N, HK);
    w->inner = gaze_alloc_floats(N, config->intermediate_size);
    if (gaze_size_mul(config->num_attention_heads, T, &HT)) w->scores = gaze_alloc_floats(HT, T);
    if (w->attended && w->queries && w->keys && w->values && w->context && w->inner && w->scores)
        return GAZE_OK;
    gaze_workspace_free(w);
    *out = NULL;
    return gaze_fail(err, GAZE_ERROR_MEMORY, "out of memory for %zu tokens, the longest text having %zu", N,
                     T);
}

void gaze_workspace_free(gaze_workspace *w) {
    if (!w) return;
    gaze_free(w->attended);
    gaze_free(w->queries);
    gaze_free(w->keys);
    gaze_free(w->values);
    gaze_free(w->context);
    gaze_free(w->inner);
    gaze_free(w->scores);
    gaze_free(w);
}

/* Hooks ---------------------------------------------------------------------------------------------- */

static void show(const pass *p, const gaze_site *site) {
    for (const gaze_hook *hook = p->hooks; hook; hook = hook->next) hook->call(hook->context, site);
}

/* Shows rows (N, columns) sequence by sequence; each row holds `heads` heads side by side. */
static void show_rows(const pass *p, gaze_point point, float *rows, size_t columns, size_t heads) {
    if (!p->hooks) return;
    for (size_t s = 0; s < p->batch->count; s++)
        show(p, &(gaze_site){.point = point,
                             .layer = p->layer,
                             .sequence = s,
                             .data = rows + p->batch->starts[s] * columns,
                             .heads = heads,
                             .rows = gaze_batch_length(p->batch, s),
                             .columns = columns / heads,
                             .head_stride = columns / heads,
                             .row_stride = columns});
}

/* Shows scores or attentions (H, T, T) of one sequence. */
static void show_square(const pass *p, gaze_point point, size_t sequence, float *data, size_t T) {
    show(p, &(gaze_site){.point = point,
                         .layer = p->layer,
                         .sequence = sequence,
                         .data = data,
                         .heads = p->config->num_attention_heads,
                         .rows = T,
                         .columns = T,
                         .head_stride = T * T,
                         .row_stride = T});
}

/* The forward pass ----------------------------------------------------------------------------------- */

/* e = LayerNorm(word[id] + type[s] + position[p])          BertEmbeddings, which adds in this order
 * x = e, or W e + b where the embeddings are narrower than the layers     ElectraModel.embeddings_project */
static void embed(const pass *p, float *x, const gaze_params *params) {
    int threads = p->w->threads;
    bool projected = params->embeddings_project.weight.data != NULL;
    float *e = projected ? p->w->attended : x;
    gaze_embedding_forward(e, p->batch->ids, &params->word_embeddings, p->tokens, threads);
    if (params->token_type_embeddings.data)
        gaze_embedding_add(e, p->batch->types, &params->token_type_embeddings, p->tokens, threads);
    gaze_embedding_add(e, p->batch->positions, &params->position_embeddings, p->tokens, threads);
    gaze_layernorm_forward(e, e, &params->embeddings_norm, p->tokens, p->config->layer_norm_eps, threads);
    if (projected) gaze_linear_forward(x, e, &params->embeddings_project, p->tokens, threads);
    show_rows(p, GAZE_POINT_EMBEDDINGS, x, p->config->hidden_size, 1);
}

/* context = softmax(Q K^T / sqrt K) V for one sequence: its tokens see one another and nobody else.
 *                                                                  BertSelfAttention */
static void attend(const pass *p, size_t sequence) {
    const gaze_workspace *w = p->w;
    size_t H = p->config->num_attention_heads, K = p->config->head_size;
    size_t first = p->batch->starts[sequence] * p->width; /* row of the sequence's first token */
    size_t T = gaze_batch_length(p->batch, sequence);
    gaze_attention_shape shape = {.queries = T,
                                  .keys = T,
                                  .heads = H,
                                  .key_heads = H,
                                  .head_size = K,
                                  .query_stride = p->width,
                                  .key_stride = p->width,
                                  .context_stride = p->width};
    float scale = 1.0f / sqrtf((float)K);
    gaze_attention_scores(w->scores, w->queries + first, w->keys + first, &shape, scale, w->threads);
    show_square(p, GAZE_POINT_SCORES, sequence, w->scores, T);
    gaze_softmax_forward(w->scores, H * T, T, w->threads);
    show_square(p, GAZE_POINT_ATTENTIONS, sequence, w->scores, T);
    gaze_attention_context(w->context + first, w->scores, w->values + first, &shape, w->threads);
}

/* attended = LayerNorm(x + W_o context)                            BertAttention */
static void attention_block(const pass *p, const float *x, const gaze_layer_params *layer) {
    const gaze_workspace *w = p->w;
    size_t H = p->config->num_attention_heads, D = p->config->hidden_size;
    gaze_linear_forward(w->queries, x, &layer->query, p->tokens, w->threads);
    gaze_linear_forward(w->keys, x, &layer->key, p->tokens, w->threads);
    gaze_linear_forward(w->values, x, &layer->value, p->tokens, w->threads);
    show_rows(p, GAZE_POINT_QUERIES, w->queries, p->width, H);
    show_rows(p, GAZE_POINT_KEYS, w->keys, p->width, H);
    show_rows(p, GAZE_POINT_VALUES, w->values, p->width, H);
    for (size_t s = 0; s < p->batch->count; s++) attend(p, s);
    show_rows(p, GAZE_POINT_HEAD_OUTPUTS, w->context, p->width, H);
    gaze_linear_forward(w->attended, w->context, &layer->attention_output, p->tokens, w->threads);
    gaze_residual_add(w->attended, x, p->tokens * D, w->threads);
    gaze_layernorm_forward(w->attended, w->attended, &layer->attention_norm, p->tokens,
                           p->config->layer_norm_eps, w->threads);
}

/* x = LayerNorm(attended + W_2 act(W_1 attended))                  BertIntermediate, BertOutput */
static void feed_forward_block(const pass *p, float *x, const gaze_layer_params *layer) {
    const gaze_workspace *w = p->w;
    size_t D = p->config->hidden_size, F = p->config->intermediate_size;
    gaze_linear_forward(w->inner, w->attended, &layer->intermediate, p->tokens, w->threads);
    gaze_activation_forward(w->inner, w->inner, p->tokens * F, p->config->hidden_act, w->threads);
    gaze_linear_forward(x, w->inner, &layer->output, p->tokens, w->threads);
    gaze_residual_add(x, w->attended, p->tokens * D, w->threads);
    gaze_layernorm_forward(x, x, &layer->output_norm, p->tokens, p->config->layer_norm_eps, w->threads);
    show_rows(p, GAZE_POINT_LAYER_OUTPUT, x, D, 1);
}

void gaze_encoder_forward(float *hidden, const gaze_config *config, const gaze_params *params,
                          gaze_workspace *workspace, const gaze_batch *batch, const gaze_hook *hooks) {
    assert(params->layer_count == config->num_hidden_layers);
    pass p = {.config = config,
              .w = workspace,
              .batch = batch,
              .hooks = hooks,
              .tokens = batch->starts[batch->count],
              .width = config->num_attention_heads * config->head_size};
    embed(&p, hidden, params);
    for (p.layer = 0; p.layer < params->layer_count; p.layer++) {
        attention_block(&p, hidden, &params->layers[p.layer]);
        feed_forward_block(&p, hidden, &params->layers[p.layer]);
    }
}
