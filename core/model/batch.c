#include "core/model/batch.h"

#include "core/base/memory.h"
#include "core/model/family.h"

gaze_status gaze_batch_init(gaze_batch *batch, size_t count, size_t tokens, gaze_error *err) {
    *batch = (gaze_batch){.count = count};
    size_t starts;
    if (!gaze_size_add(count, 1, &starts)) return gaze_fail_memory(err);
    batch->starts = gaze_alloc_zero(starts, sizeof *batch->starts);
    batch->ids = gaze_alloc_zero(tokens, sizeof *batch->ids);
    batch->positions = gaze_alloc_zero(tokens, sizeof *batch->positions);
    batch->types = gaze_alloc_zero(tokens, sizeof *batch->types);
    batch->columns = gaze_alloc_zero(tokens, sizeof *batch->columns);
    if (batch->starts && batch->ids && batch->positions && batch->types && batch->columns) return GAZE_OK;
    gaze_batch_deinit(batch);
    return gaze_fail_memory(err);
}

void gaze_batch_deinit(gaze_batch *batch) {
    gaze_free(batch->starts);
    gaze_free(batch->ids);
    gaze_free(batch->positions);
    gaze_free(batch->types);
    gaze_free(batch->columns);
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

/* The row of the position table for the token in this column; `counted` are the tokens so far that are not
 * the padding token, this one included. */
static size_t position_of(const gaze_config *config, int32_t id, size_t column, size_t counted) {
    if (!gaze_family_of(config->model_type)->positions_behind_padding) return column;
    if (id == config->pad_token_id) return config->first_position - 1;
    return config->first_position - 1 + counted;
}

static gaze_status refuse_length(const gaze_config *config, size_t length, gaze_error *err) {
    size_t usable = gaze_config_positions(config);
    if (config->first_position)
        return gaze_fail(err, GAZE_ERROR_TOO_LONG,
                         "text of %zu tokens, the model has %zu usable positions of %zu (--max-length %zu cuts it)",
                         length, usable, config->max_position_embeddings, usable);
    return gaze_fail(err, GAZE_ERROR_TOO_LONG,
                     "text of %zu tokens, the model has %zu positions (--max-length %zu cuts it)", length, usable,
                     usable);
}

gaze_status gaze_batch_add(gaze_batch *batch, const gaze_config *config, size_t sequence,
                           const gaze_batch_row *row, gaze_error *err) {
    bool choice = row->types && config->type_vocab_size > 1;
    batch->typed = row->types && config->type_vocab_size > 0;
    size_t n = batch->starts[sequence], counted = 0;
    for (size_t t = 0; t < row->length; t++) {
        counted += row->ids[t] != config->pad_token_id;
        if (row->attention && !row->attention[t]) continue;
        size_t position = position_of(config, row->ids[t], t, counted);
        if (position >= config->max_position_embeddings) return refuse_length(config, row->length, err);
        batch->ids[n] = row->ids[t];
        batch->positions[n] = (int32_t)position;
        batch->types[n] = choice ? row->types[t] : 0;
        batch->columns[n] = (int32_t)t;
        n++;
    }
    batch->starts[sequence + 1] = n;
    return GAZE_OK;
}

gaze_status gaze_batch_from_tokens(gaze_batch *batch, const gaze_config *config, const gaze_tokens *sequences,
                                   size_t count, bool typed, gaze_error *err) {
    size_t total = 0;
    *batch = (gaze_batch){0};
    for (size_t s = 0; s < count; s++)
        if (!gaze_size_add(total, sequences[s].count, &total)) return gaze_fail_memory(err);
    gaze_status status = gaze_batch_init(batch, count, total, err);
    for (size_t s = 0; s < count && !status; s++) {
        const gaze_tokens *tokens = &sequences[s];
        gaze_batch_row row = {tokens->ids, typed ? tokens->type_ids : NULL, tokens->attention, tokens->count};
        status = gaze_batch_add(batch, config, s, &row, err);
    }
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
        if (!status && config->type_vocab_size)
            status = check_row("type id", batch->types[n], config->type_vocab_size, n, err);
    }
    return status;
}
