#include "tools/pipeline/fill_mask.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/model/heads.h"
#include "core/task/scores.h"

#define ROWS_AT_ONCE 32 /* of logits, which may have 250,000 columns */

static size_t vocabulary(const gaze_mask_filler *f) {
    return gaze_head_columns(gaze_model_config(gaze_pipeline_model(f->pipeline)));
}

/* Settings --------------------------------------------------------------------------------------------- */

gaze_status gaze_mask_filler_init(gaze_mask_filler *f, const gaze_pipeline *pipeline, size_t top_k,
                                  gaze_error *err) {
    *f = (gaze_mask_filler){.pipeline = pipeline};
    f->mask_id = gaze_tokenizer_special_id(gaze_pipeline_tokenizer(pipeline), GAZE_TOKEN_MASK);
    f->top_k = top_k < vocabulary(f) ? top_k : vocabulary(f);
    if (f->mask_id >= 0) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: the tokenizer has no mask token",
                     gaze_pipeline_name(pipeline));
}

void gaze_mask_filler_deinit(gaze_mask_filler *f) {
    gaze_free(f->targets);
    gaze_free(f->rows);
    gaze_free(f->ranked);
    *f = (gaze_mask_filler){0};
}

const char *gaze_mask_filler_spelling(const gaze_mask_filler *f) {
    return gaze_tokenizer_id_to_token(gaze_pipeline_tokenizer(f->pipeline), f->mask_id, NULL);
}

/* The word's own id, else that of its first token. */
static gaze_status find_target(int32_t *id, const gaze_mask_filler *f, const char *word, size_t length,
                               gaze_error *err) {
    static const gaze_encode_options bare = {.no_special_tokens = true};
    const gaze_tokenizer *tokenizer = gaze_pipeline_tokenizer(f->pipeline);
    gaze_tokens tokens = {0};
    *id = gaze_tokenizer_token_to_id(tokenizer, word, length);
    if (*id >= 0) return GAZE_OK;
    gaze_status status = gaze_tokenizer_encode(&tokens, tokenizer, word, length, NULL, 0, &bare, err);
    if (!status && tokens.count == 0)
        status = gaze_fail(err, GAZE_ERROR_NOT_FOUND, "'%.*s' has no token in the vocabulary",
                           gaze_quoted(length), word);
    if (!status) *id = tokens.ids[0];
    gaze_tokens_deinit(&tokens);
    return status;
}

static void add_target(gaze_mask_filler *f, int32_t id) {
    for (size_t i = 0; i < f->target_count; i++)
        if (f->targets[i] == id) return;
    f->targets[f->target_count++] = id;
}

gaze_status gaze_mask_filler_limit(gaze_mask_filler *f, const char *words, gaze_error *err) {
    size_t most = 1;
    for (const char *at = words; *at; at++) most += *at == ',';
    f->targets = gaze_alloc(most, sizeof *f->targets);
    if (!f->targets) return gaze_fail_memory(err);
    gaze_status status = GAZE_OK;
    for (const char *word = words, *end; word && !status; word = *end ? end + 1 : NULL) {
        int32_t id;
        end = word + strcspn(word, ",");
        status = find_target(&id, f, word, (size_t)(end - word), err);
        if (!status) add_target(f, id);
    }
    if (f->target_count < f->top_k) f->top_k = f->target_count;
    return status;
}

/* Ranking ---------------------------------------------------------------------------------------------- */

static size_t find_masks(size_t *rows, const gaze_mask_filler *f, const gaze_run *run) {
    size_t count = 0;
    for (size_t i = 0; i < run->batch.starts[run->count]; i++) {
        if (run->batch.ids[i] != f->mask_id) continue;
        if (rows) rows[count] = i;
        count++;
    }
    return count;
}

/* logits (V), which become probabilities -> the best top_k */
static void rank_row(gaze_ranked *ranked, const gaze_mask_filler *f, float *logits) {
    gaze_topk top = {.items = ranked, .capacity = f->top_k};
    const size_t V = vocabulary(f);
    gaze_scores(logits, logits, V, GAZE_SCORE_SOFTMAX);
    if (!f->targets)
        for (size_t v = 0; v < V; v++) gaze_topk_offer(&top, (double)logits[v], v);
    for (size_t i = 0; i < f->target_count; i++)
        gaze_topk_offer(&top, (double)logits[f->targets[i]], (size_t)f->targets[i]);
    gaze_topk_sort(&top);
}

static gaze_status rank_rows(gaze_mask_filler *f, const gaze_run *run, size_t first, size_t count,
                             int threads, gaze_error *err) {
    float *logits;
    const gaze_model *model = gaze_pipeline_model(f->pipeline);
    gaze_status status = gaze_run_logits_at(&logits, run, model, f->rows + first, count, threads, err);
    for (size_t i = 0; i < count && !status; i++)
        rank_row(f->ranked + (first + i) * f->top_k, f, logits + i * vocabulary(f));
    gaze_free(logits);
    return status;
}

gaze_status gaze_mask_filler_rank(gaze_mask_filler *f, const gaze_run *run, int threads, gaze_error *err) {
    size_t size = 0;
    gaze_free(f->rows);
    gaze_free(f->ranked);
    f->ranked = NULL;
    f->count = find_masks(NULL, f, run);
    f->rows = gaze_alloc(f->count, sizeof *f->rows);
    if (f->rows && gaze_size_mul(f->count, f->top_k, &size)) f->ranked = gaze_alloc(size, sizeof *f->ranked);
    if (!f->rows || !f->ranked) return gaze_fail_memory(err);
    find_masks(f->rows, f, run);
    gaze_status status = GAZE_OK;
    for (size_t first = 0; first < f->count && !status; first += ROWS_AT_ONCE) {
        const size_t left = f->count - first;
        status = rank_rows(f, run, first, left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE, threads, err);
    }
    return status;
}

/* Results ---------------------------------------------------------------------------------------------- */

gaze_masks gaze_mask_filler_of(const gaze_mask_filler *f, const gaze_run *run, size_t sequence) {
    const size_t start = run->batch.starts[sequence], end = run->batch.starts[sequence + 1];
    size_t first = 0, behind;
    while (first < f->count && f->rows[first] < start) first++;
    for (behind = first; behind < f->count && f->rows[behind] < end;) behind++;
    return (gaze_masks){.first = first, .count = behind - first, .rows = f->rows + first, .start = start};
}

const gaze_ranked *gaze_mask_fills(const gaze_mask_filler *f, const gaze_masks *masks, size_t i) {
    return f->ranked + (masks->first + i) * f->top_k;
}

gaze_status gaze_mask_sequence(gaze_buffer *out, const gaze_mask_filler *f, const gaze_tokens *tokens,
                               size_t at, int32_t id, bool single, gaze_error *err) {
    const gaze_tokenizer *tokenizer = gaze_pipeline_tokenizer(f->pipeline);
    const int32_t padding = gaze_tokenizer_special_id(tokenizer, GAZE_TOKEN_PAD);
    int32_t *ids = gaze_alloc(tokens->count, sizeof *ids);
    size_t count = 0;
    if (!ids) return gaze_fail_memory(err);
    for (size_t i = 0; i < tokens->count; i++) {
        ids[count] = i == at ? id : tokens->ids[i];
        count += padding < 0 || ids[count] != padding;
    }
    gaze_status status = gaze_tokenizer_text(out, tokenizer, ids, count, single, err);
    gaze_free(ids);
    return status;
}
