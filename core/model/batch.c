#include "core/model/batch.h"

#include "core/base/memory.h"

gaze_status gaze_batch_init(gaze_batch *batch, size_t count, size_t tokens, gaze_error *err) {
    *batch = (gaze_batch){.count = count};
    size_t starts;
    if (!gaze_size_add(count, 1, &starts)) return gaze_fail_memory(err);
    batch->starts = gaze_alloc_zero(starts, sizeof *batch->starts);
    batch->ids = gaze_alloc_zero(tokens, sizeof *batch->ids);
    batch->positions = gaze_alloc_zero(tokens, sizeof *batch->positions);
    batch->types = gaze_alloc_zero(tokens, sizeof *batch->types);
    if (batch->starts && batch->ids && batch->positions && batch->types) return GAZE_OK;
    gaze_batch_deinit(batch);
    return gaze_fail_memory(err);
}

void gaze_batch_deinit(gaze_batch *batch) {
    gaze_free(batch->starts);
    gaze_free(batch->ids);
    gaze_free(batch->positions);
    gaze_free(batch->types);
    *batch = (gaze_batch){0};
}

size_t gaze_batch_length(const gaze_batch *batch, size_t sequence) {
    return batch->starts[sequence + 1] - batch->starts[sequence];
}

size_t gaze_batch_longest(const gaze_batch *batch) {
    size_t longest = 0;
    for (size_t s = 0; s < batch->count; s++)
        if (gaze_batch_length(batch, s) > longest) longest = gaze_batch_length(batch, s);
    return longest;
}

/* Lays one sequence behind those already there. */
static gaze_status add_sequence(gaze_batch *batch, const gaze_config *config, const gaze_tokens *tokens,
                                size_t sequence, gaze_error *err) {
    if (tokens->count > config->max_position_embeddings)
        return gaze_fail(err, GAZE_ERROR_TOO_LONG,
                         "text of %zu tokens, the model has %zu positions (--max-length %zu cuts it)",
                         tokens->count, config->max_position_embeddings, config->max_position_embeddings);
    size_t n = batch->starts[sequence];
    for (size_t t = 0; t < tokens->count; t++) {
        if (!tokens->attention[t]) continue;
        batch->ids[n] = tokens->ids[t];
        batch->positions[n] = (int32_t)t;
        batch->types[n] = tokens->type_ids[t];
        n++;
    }
    batch->starts[sequence + 1] = n;
    return GAZE_OK;
}

gaze_status gaze_batch_from_tokens(gaze_batch *batch, const gaze_config *config,
                                   const gaze_tokens *sequences, size_t count, gaze_error *err) {
    size_t total = 0;
    *batch = (gaze_batch){0};
    for (size_t s = 0; s < count; s++)
        if (!gaze_size_add(total, sequences[s].count, &total)) return gaze_fail_memory(err);
    gaze_status status = gaze_batch_init(batch, count, total, err);
    for (size_t s = 0; s < count && !status; s++)
        status = add_sequence(batch, config, &sequences[s], s, err);
    if (!status) status = gaze_batch_check(batch, config, err);
    if (status) gaze_batch_deinit(batch);
    return status;
}

/* A token's row in one of the three tables. */
static gaze_status check_row(const char *what, int32_t row, size_t rows, size_t token, gaze_error *err) {
    if (row >= 0 && (size_t)row < rows) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "token %zu: %s %ld, the model has %zu", token, what,
                     (long)row, rows);
}

gaze_status gaze_batch_check(const gaze_batch *batch, const gaze_config *config, gaze_error *err) {
    for (size_t s = 0; s < batch->count; s++)
        if (gaze_batch_length(batch, s) == 0)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "sequence %zu of the batch has no tokens", s);
    gaze_status status = GAZE_OK;
    for (size_t n = 0; n < batch->starts[batch->count] && !status; n++) {
        status = check_row("id", batch->ids[n], config->vocab_size, n, err);
        if (!status)
            status = check_row("position", batch->positions[n], config->max_position_embeddings, n, err);
        if (!status) status = check_row("type id", batch->types[n], config->type_vocab_size, n, err);
    }
    return status;
}
