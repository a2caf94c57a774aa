#include "tools/pipeline/dump.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/model/heads.h"

/* Groups --------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    unsigned groups;
    unsigned what; /* of the record */
} groups_table[] = {
    {"inputs", GAZE_DUMP_INPUTS, 0},
    {"hidden_states", GAZE_DUMP_HIDDEN_STATES, GAZE_RECORD_HIDDEN_STATES},
    {"attentions", GAZE_DUMP_ATTENTIONS, GAZE_RECORD_ATTENTIONS},
    {"scores", GAZE_DUMP_SCORES, GAZE_RECORD_SCORES},
    {"qkv", GAZE_DUMP_QKV, GAZE_RECORD_QKV},
    {"outputs", GAZE_DUMP_OUTPUTS, 0},
    {"all", GAZE_DUMP_ALL, 0},
};
enum { GROUPS = sizeof groups_table / sizeof *groups_table };

gaze_status gaze_dump_groups_parse(unsigned *groups, const char *list, gaze_error *err) {
    *groups = 0;
    for (const char *word = list; word;) {
        const char *comma = strchr(word, ',');
        size_t length = comma ? (size_t)(comma - word) : strlen(word);
        int i = 0;
        while (i < GROUPS && (strlen(groups_table[i].name) != length ||
                              memcmp(groups_table[i].name, word, length) != 0))
            i++;
        if (i == GROUPS)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                             "'%.*s' is no group of arrays; there are inputs, hidden_states, attentions, "
                             "scores, qkv, outputs and all",
                             (int)length, word);
        *groups |= groups_table[i].groups;
        word = comma ? comma + 1 : NULL;
    }
    return GAZE_OK;
}

unsigned gaze_dump_record_what(unsigned groups) {
    unsigned what = 0;
    for (int i = 0; i < GROUPS; i++)
        if ((groups & groups_table[i].groups) == groups_table[i].groups) what |= groups_table[i].what;
    return what;
}

/* Laying arrays out ---------------------------------------------------------------------------------- */

/* One array on its way to the visitor. */
typedef struct layouter {
    const gaze_run *run;
    const gaze_config *config;
    size_t length; /* T, padded */
    gaze_dump_visitor *visit;
    void *context;
    gaze_error *err;
} layouter;

static gaze_tensor tensor_of(gaze_dtype dtype, size_t rank, const size_t shape[4]) {
    gaze_tensor tensor = {.dtype = dtype, .rank = rank};
    memcpy(tensor.shape, shape, rank * sizeof *shape);
    return tensor;
}

/* Zeroed memory for a tensor whose dimensions may be too large; NULL when they are. */
static void *alloc_tensor(const gaze_tensor *tensor) {
    size_t count = 1;
    for (size_t i = 0; i < tensor->rank; i++)
        if (!gaze_size_mul(count, tensor->shape[i], &count)) return NULL;
    return gaze_alloc_zero(count, gaze_dtype_bits(tensor->dtype) / 8);
}

/* The column of a token in the padded layout. */
static size_t place(const layouter *l, size_t sequence, size_t t) {
    return (size_t)l->run->batch.columns[l->run->batch.starts[sequence] + t];
}

static gaze_status emit(const layouter *l, const char *name, gaze_dump_group group, gaze_dump_layout layout,
                        gaze_tensor tensor, void *data) {
    tensor.data = data;
    gaze_dump_array array = {.name = name, .group = group, .layout = layout, .tensor = tensor};
    gaze_status status = data ? l->visit(l->context, &array, l->err) : gaze_fail_memory(l->err);
    gaze_free(data);
    return status;
}

/* (N) int32 -> (B,T) int64; NULL gives the attention mask. */
static gaze_status emit_tokens(const layouter *l, const char *name, const int32_t *rows, int64_t padding) {
    const gaze_batch *batch = &l->run->batch;
    gaze_tensor tensor = tensor_of(GAZE_DTYPE_I64, 2, (size_t[4]){batch->count, l->length});
    int64_t *out = alloc_tensor(&tensor);
    for (size_t i = 0; out && i < batch->count * l->length; i++) out[i] = padding;
    for (size_t s = 0; out && s < batch->count; s++)
        for (size_t t = 0; t < gaze_batch_length(batch, s); t++)
            out[s * l->length + place(l, s, t)] = rows ? rows[batch->starts[s] + t] : 1;
    return emit(l, name, GAZE_DUMP_INPUTS, GAZE_DUMP_TOKENS, tensor, out);
}

/* Finds the array of one sequence in the record: gaze_record_attentions and its like. */
typedef const float *record_accessor(const gaze_record *record, size_t index, size_t sequence);

/* heads x (T', columns) of each sequence -> (B, heads, T, columns), or (B, T, columns) without heads. */
static gaze_status emit_rows(const layouter *l, const char *name, gaze_dump_group group,
                             record_accessor *get, size_t index, size_t heads, size_t columns) {
    const gaze_batch *batch = &l->run->batch;
    size_t T = l->length;
    gaze_tensor tensor = heads ? tensor_of(GAZE_DTYPE_F32, 4, (size_t[4]){batch->count, heads, T, columns})
                               : tensor_of(GAZE_DTYPE_F32, 3, (size_t[4]){batch->count, T, columns});
    if (!heads) heads = 1;
    float *out = alloc_tensor(&tensor);
    for (size_t s = 0; out && s < batch->count; s++) {
        const float *from = get(l->run->record, index, s);
        for (size_t h = 0; h < heads; h++)
            for (size_t t = 0; t < gaze_batch_length(batch, s); t++, from += columns)
                memcpy(out + ((s * heads + h) * T + place(l, s, t)) * columns, from,
                       columns * sizeof *out);
    }
    return emit(l, name, group, tensor.rank == 4 ? GAZE_DUMP_HEAD_ROWS : GAZE_DUMP_TOKEN_ROWS, tensor, out);
}

/* One row of a square, T' keys, spread over T columns of which those of padding get `padding`. */
static void spread_row(const layouter *l, float *out, const float *from, size_t sequence, float padding) {
    for (size_t j = 0; j < l->length; j++) out[j] = padding;
    for (size_t j = 0; j < gaze_batch_length(&l->run->batch, sequence); j++)
        out[place(l, sequence, j)] = from[j];
}

/* (H,T',T') of each sequence -> (B,H,T,T). */
static gaze_status emit_squares(const layouter *l, const char *name, gaze_dump_group group,
                                record_accessor *get, size_t index, float padding) {
    const gaze_batch *batch = &l->run->batch;
    size_t H = l->config->num_attention_heads, T = l->length;
    gaze_tensor tensor = tensor_of(GAZE_DTYPE_F32, 4, (size_t[4]){batch->count, H, T, T});
    float *out = alloc_tensor(&tensor);
    for (size_t s = 0; out && s < batch->count; s++) {
        size_t length = gaze_batch_length(batch, s);
        const float *from = get(l->run->record, index, s);
        for (size_t h = 0; h < H; h++)
            for (size_t t = 0; t < length; t++, from += length)
                spread_row(l, out + ((s * H + h) * T + place(l, s, t)) * T, from, s, padding);
    }
    return emit(l, name, group, GAZE_DUMP_HEAD_SQUARES, tensor, out);
}

/* (B, columns) as it stands. */
static gaze_status emit_sequence_rows(const layouter *l, const char *name, const float *rows, size_t columns) {
    gaze_tensor tensor = tensor_of(GAZE_DTYPE_F32, 2, (size_t[4]){l->run->batch.count, columns});
    float *out = alloc_tensor(&tensor);
    if (out) memcpy(out, rows, gaze_tensor_count(&tensor) * sizeof *out);
    return emit(l, name, GAZE_DUMP_OUTPUTS, GAZE_DUMP_SEQUENCE_ROWS, tensor, out);
}

/* (N, columns) -> (B,T,columns). */
static gaze_status emit_token_rows(const layouter *l, const char *name, const float *rows, size_t columns) {
    const gaze_batch *batch = &l->run->batch;
    gaze_tensor tensor = tensor_of(GAZE_DTYPE_F32, 3, (size_t[4]){batch->count, l->length, columns});
    float *out = alloc_tensor(&tensor);
    for (size_t s = 0; out && s < batch->count; s++)
        for (size_t t = 0; t < gaze_batch_length(batch, s); t++, rows += columns)
            memcpy(out + (s * l->length + place(l, s, t)) * columns, rows, columns * sizeof *out);
    return emit(l, name, GAZE_DUMP_OUTPUTS, GAZE_DUMP_TOKEN_ROWS, tensor, out);
}

/* One column of (N, columns) -> (B,T). */
static gaze_status emit_token_column(const layouter *l, const char *name, const float *rows, size_t column,
                                     size_t columns) {
    const gaze_batch *batch = &l->run->batch;
    gaze_tensor tensor = tensor_of(GAZE_DTYPE_F32, 2, (size_t[4]){batch->count, l->length});
    float *out = alloc_tensor(&tensor);
    for (size_t s = 0; out && s < batch->count; s++)
        for (size_t t = 0; t < gaze_batch_length(batch, s); t++, rows += columns)
            out[s * l->length + place(l, s, t)] = rows[column];
    return emit(l, name, GAZE_DUMP_OUTPUTS, GAZE_DUMP_TOKENS, tensor, out);
}

static gaze_status emit_logits(const layouter *l) {
    const float *logits = l->run->logits;
    size_t columns = gaze_head_columns(l->config);
    if (l->config->task == GAZE_TASK_SEQUENCE_CLASSIFICATION)
        return emit_sequence_rows(l, "logits", logits, columns);
    if (l->config->task != GAZE_TASK_QUESTION_ANSWERING)
        return emit_token_rows(l, "logits", logits, columns);
    gaze_status status = emit_token_column(l, "start_logits", logits, 0, columns);
    if (!status) status = emit_token_column(l, "end_logits", logits, 1, columns);
    return status;
}

static gaze_status emit_outputs(const layouter *l) {
    gaze_status status = GAZE_OK;
    if (l->run->pooled) status = emit_sequence_rows(l, "pooler_output", l->run->pooled, l->config->hidden_size);
    if (!status && l->run->logits) status = emit_logits(l);
    return status;
}

/* The groups that are kept a layer: name, accessor, and what a row holds. */
static gaze_status emit_layer_arrays(const layouter *l, unsigned groups) {
    static const struct {
        const char *name;
        gaze_dump_group group;
        record_accessor *get;
        bool square;
    } series[] = {
        {"attentions", GAZE_DUMP_ATTENTIONS, gaze_record_attentions, true},
        {"scores", GAZE_DUMP_SCORES, gaze_record_scores, true},
        {"queries", GAZE_DUMP_QKV, gaze_record_queries, false},
        {"keys", GAZE_DUMP_QKV, gaze_record_keys, false},
        {"values", GAZE_DUMP_QKV, gaze_record_values, false},
    };
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        for (size_t layer = 0; layer < l->config->num_hidden_layers && !status; layer++) {
            char name[64];
            snprintf(name, sizeof name, "%s.%zu", series[i].name, layer);
            if (!(groups & series[i].group) || !series[i].get(l->run->record, layer, 0)) continue;
            float padding = series[i].group == GAZE_DUMP_SCORES ? -INFINITY : 0.0f;
            status = series[i].square
                         ? emit_squares(l, name, series[i].group, series[i].get, layer, padding)
                         : emit_rows(l, name, series[i].group, series[i].get, layer,
                                     l->config->num_attention_heads, l->config->head_size);
        }
    }
    return status;
}

static gaze_status emit_inputs(const layouter *l) {
    const gaze_batch *batch = &l->run->batch;
    gaze_status status = emit_tokens(l, "input_ids", batch->ids, l->config->pad_token_id);
    if (!status && batch->typed) status = emit_tokens(l, "token_type_ids", batch->types, 0);
    if (!status) status = emit_tokens(l, "attention_mask", NULL, 0);
    return status;
}

static size_t longest_padded(const gaze_batch *batch) {
    size_t longest = 0;
    for (size_t n = 0; n < batch->starts[batch->count]; n++)
        if ((size_t)batch->columns[n] >= longest) longest = (size_t)batch->columns[n] + 1;
    return longest;
}

gaze_status gaze_dump_visit(const gaze_run *run, const gaze_model *model, unsigned groups, size_t length,
                            gaze_dump_visitor *visit, void *context, gaze_error *err) {
    layouter l = {.run = run,
                  .config = gaze_model_config(model),
                  .length = length ? length : longest_padded(&run->batch),
                  .visit = visit,
                  .context = context,
                  .err = err};
    gaze_status status = GAZE_OK;
    if (groups & GAZE_DUMP_INPUTS) status = emit_inputs(&l);
    for (size_t i = 0; i <= l.config->num_hidden_layers && !status; i++) {
        char name[64];
        snprintf(name, sizeof name, "hidden_states.%zu", i);
        if ((groups & GAZE_DUMP_HIDDEN_STATES) && gaze_record_hidden_state(run->record, i, 0))
            status = emit_rows(&l, name, GAZE_DUMP_HIDDEN_STATES, gaze_record_hidden_state, i, 0,
                               l.config->hidden_size);
    }
    if (!status) status = emit_layer_arrays(&l, groups);
    if (!status && (groups & GAZE_DUMP_OUTPUTS)) status = emit_outputs(&l);
    return status;
}
