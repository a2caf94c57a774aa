#include "tools/pipeline/verify.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tools/pipeline/dump.h"
#include "tools/pipeline/pipeline.h"

/* The reference file --------------------------------------------------------------------------------- */

static const gaze_tensor *find(const gaze_named_tensor *tensors, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(tensors[i].name, name) == 0) return &tensors[i].tensor;
    return NULL;
}

static bool same_shape(const gaze_tensor *a, const gaze_tensor *b) {
    return a->rank == b->rank && memcmp(a->shape, b->shape, a->rank * sizeof *a->shape) == 0;
}

static int32_t narrow(int64_t value) {
    return value < 0 || value > INT32_MAX ? -1 : (int32_t)value; /* gaze_batch_check refuses -1 */
}

/* The integers of an array of the file, of the same shape as input_ids, in new memory; `fallback` everywhere
 * when it has none. */
static gaze_status read_integers(int32_t **out, const gaze_named_tensor *reference, size_t count,
                                 const char *name, const gaze_tensor *ids, int32_t fallback,
                                 gaze_error *err) {
    const gaze_tensor *tensor = find(reference, count, name);
    size_t places = gaze_tensor_count(ids);
    int32_t *values = *out = gaze_alloc(places, sizeof *values);
    int64_t *wide = tensor ? gaze_alloc(places, sizeof *wide) : NULL;
    gaze_status status = !values || (tensor && !wide) ? gaze_fail_memory(err) : GAZE_OK;
    if (!status && tensor && !same_shape(tensor, ids)) {
        char shape[128], expected[128];
        status = gaze_fail(err, GAZE_ERROR_SHAPE, "%s: shape %s, expected %s as input_ids", name,
                           gaze_tensor_shape_text(tensor, shape, sizeof shape),
                           gaze_tensor_shape_text(ids, expected, sizeof expected));
    }
    if (!status && tensor && !gaze_tensor_to_i64(wide, tensor))
        status = gaze_fail(err, GAZE_ERROR_DTYPE, "%s: dtype %s, expected integers", name,
                           gaze_dtype_name(tensor->dtype));
    for (size_t i = 0; i < places && !status; i++) values[i] = tensor ? narrow(wide[i]) : fallback;
    gaze_free(wide);
    return status;
}

/* The sequences of the file, (B,T) each, into the batch: tokens whose mask is 1, at their columns. */
static gaze_status lay_out(gaze_batch *batch, const gaze_config *config, size_t B, size_t T,
                           const int32_t *ids, const int32_t *types, const int32_t *mask, gaze_error *err) {
    uint8_t *attention = gaze_alloc(B * T, sizeof *attention);
    if (!attention) return gaze_fail_memory(err);
    for (size_t i = 0; i < B * T; i++) attention[i] = mask[i] != 0;
    gaze_status status = gaze_batch_init(batch, B, B * T, err);
    for (size_t s = 0; s < B && !status; s++) {
        gaze_batch_row row = {ids + s * T, types ? types + s * T : NULL, attention + s * T, T};
        status = gaze_batch_add(batch, config, s, &row, err);
    }
    gaze_free(attention);
    return status;
}

static gaze_status read_batch(gaze_batch *batch, const gaze_config *config, const gaze_named_tensor *reference,
                              size_t count, gaze_error *err) {
    const gaze_tensor *shape = find(reference, count, "input_ids");
    int32_t *ids = NULL, *types = NULL, *mask = NULL;
    *batch = (gaze_batch){0};
    if (!shape || shape->rank != 2)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "no array input_ids of shape (batch, tokens)");
    if (!gaze_tensor_count(shape)) {
        char found[64];
        return gaze_fail(err, GAZE_ERROR_SHAPE, "input_ids: shape %s, expected at least one token",
                         gaze_tensor_shape_text(shape, found, sizeof found));
    }
    gaze_status status = read_integers(&ids, reference, count, "input_ids", shape, 0, err);
    if (!status && find(reference, count, "token_type_ids"))
        status = read_integers(&types, reference, count, "token_type_ids", shape, 0, err);
    if (!status) status = read_integers(&mask, reference, count, "attention_mask", shape, 1, err);
    if (!status) status = lay_out(batch, config, shape->shape[0], shape->shape[1], ids, types, mask, err);
    gaze_free(ids);
    gaze_free(types);
    gaze_free(mask);
    return status;
}

/* Comparing ------------------------------------------------------------------------------------------ */

typedef struct comparison {
    const gaze_named_tensor *reference;
    size_t count;
    bool *seen; /* (count) which arrays of the reference were compared */
    const gaze_batch *batch;
    bool *padding; /* (B,T) */
    size_t length; /* T */
    size_t layers;
    double tolerance;
    gaze_verify_report *report;
} comparison;

static void unravel(size_t place, const gaze_tensor *tensor, size_t at[GAZE_MAX_RANK]) {
    for (size_t i = tensor->rank; i-- > 0; place /= tensor->shape[i]) at[i] = place % tensor->shape[i];
}

/* Whether a place belongs to a token of padding. */
static bool is_padding(const comparison *c, const gaze_dump_array *array, const size_t at[GAZE_MAX_RANK]) {
    const bool *row = c->padding + at[0] * c->length;
    switch (array->layout) {
    case GAZE_DUMP_TOKENS:
    case GAZE_DUMP_TOKEN_ROWS: return row[at[1]];
    case GAZE_DUMP_HEAD_ROWS: return row[at[2]];
    case GAZE_DUMP_HEAD_SQUARES: return row[at[2]] || row[at[3]];
    case GAZE_DUMP_SEQUENCE_ROWS: break;
    }
    return false;
}

static double tolerance_of(const comparison *c, const gaze_dump_array *array, double scale) {
    if (c->tolerance >= 0) return c->tolerance;
    if (array->group == GAZE_DUMP_INPUTS) return 0;
    if (array->group == GAZE_DUMP_ATTENTIONS) return 1e-5;
    if (array->group == GAZE_DUMP_OUTPUTS) return 1e-5 * scale;
    return 4e-6 * (double)((c->layers + 11) / 12) * scale;
}

/* One place into the row. */
static void compare_place(gaze_verify_row *row, const gaze_tensor *tensor, size_t place, double ours,
                          double theirs, double *scale) {
    row->compared++;
    if (isfinite(theirs) && fabs(theirs) > *scale) *scale = fabs(theirs);
    if (isinf(ours) && ours == theirs) return;
    double difference = fabs(ours - theirs);
    if (theirs != 0 && difference / fabs(theirs) > row->max_rel) row->max_rel = difference / fabs(theirs);
    if (isnan(row->max_abs) || difference <= row->max_abs) return; /* a NaN passes on to max_abs and stays */
    row->max_abs = difference;
    unravel(place, tensor, row->at);
}

static void compare_values(gaze_verify_row *row, const comparison *c, const gaze_dump_array *array,
                           const float *ours, const float *theirs) {
    double scale = 1;
    for (size_t i = 0; i < gaze_tensor_count(&array->tensor); i++) {
        size_t at[GAZE_MAX_RANK];
        unravel(i, &array->tensor, at);
        if (!is_padding(c, array, at))
            compare_place(row, &array->tensor, i, (double)ours[i], (double)theirs[i], &scale);
    }
    row->tolerance = tolerance_of(c, array, scale);
    row->ok = row->max_abs <= row->tolerance; /* false for NaN */
}

static gaze_status compare_tensor(comparison *c, const gaze_dump_array *array, const gaze_tensor *theirs,
                                  gaze_error *err) {
    const gaze_tensor *ours = &array->tensor;
    gaze_verify_row *row = &c->report->rows[c->report->count];
    if (!same_shape(ours, theirs)) {
        char found[128], expected[128];
        return gaze_fail(err, GAZE_ERROR_SHAPE, "%s: shape %s, this model gives %s", array->name,
                         gaze_tensor_shape_text(theirs, found, sizeof found),
                         gaze_tensor_shape_text(ours, expected, sizeof expected));
    }
    gaze_status status = GAZE_OK;
    float *a = gaze_alloc(gaze_tensor_count(ours), sizeof *a);
    float *b = gaze_alloc(gaze_tensor_count(ours), sizeof *b);
    if (!a || !b)
        status = gaze_fail_memory(err);
    else if (!gaze_tensor_to_f32(a, ours) || !gaze_tensor_to_f32(b, theirs))
        status = gaze_fail(err, GAZE_ERROR_DTYPE, "%s: dtype %s, expected numbers", array->name,
                           gaze_dtype_name(theirs->dtype));
    if (!status) {
        *row = (gaze_verify_row){.rank = ours->rank};
        snprintf(row->name, sizeof row->name, "%s", array->name);
        memcpy(row->shape, ours->shape, sizeof row->shape);
        compare_values(row, c, array, a, b);
        c->report->count++;
        c->report->ok = c->report->ok && row->ok;
    }
    gaze_free(a);
    gaze_free(b);
    return status;
}

/* The visitor of our own arrays. */
static gaze_status compare_array(void *context, const gaze_dump_array *array, gaze_error *err) {
    comparison *c = context;
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->reference[i].name, array->name) != 0) continue;
        c->seen[i] = true;
        return compare_tensor(c, array, &c->reference[i].tensor, err);
    }
    return GAZE_OK;
}

static bool is_input(const char *name) {
    return strcmp(name, "input_ids") == 0 || strcmp(name, "token_type_ids") == 0 ||
           strcmp(name, "attention_mask") == 0;
}

/* Every array of the file was compared, and more than the inputs that the run itself began from. */
static gaze_status all_seen(const comparison *c, gaze_error *err) {
    size_t compared = 0;
    for (size_t i = 0; i < c->count; i++) {
        bool meta = strcmp(c->reference[i].name, "meta") == 0;
        if (!c->seen[i] && !meta)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "array '%s' is none that this model computes",
                             c->reference[i].name);
        compared += c->seen[i] && !is_input(c->reference[i].name);
    }
    if (compared == 0) return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "no array to compare but the inputs");
    return GAZE_OK;
}

/* The whole ------------------------------------------------------------------------------------------ */

/* What must be computed, so that every array of the file can be compared: its groups, and no others. */
static unsigned groups_of(const gaze_named_tensor *reference, size_t count) {
    static const struct {
        const char *prefix;
        unsigned group;
    } prefixes[] = {{"hidden_states.", GAZE_DUMP_HIDDEN_STATES}, {"attentions.", GAZE_DUMP_ATTENTIONS},
                    {"scores.", GAZE_DUMP_SCORES},               {"queries.", GAZE_DUMP_QKV},
                    {"keys.", GAZE_DUMP_QKV},                    {"values.", GAZE_DUMP_QKV}};
    unsigned groups = GAZE_DUMP_INPUTS | GAZE_DUMP_OUTPUTS;
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++)
            if (strncmp(reference[i].name, prefixes[p].prefix, strlen(prefixes[p].prefix)) == 0)
                groups |= prefixes[p].group;
    return groups;
}

static gaze_status prepare(comparison *c, const gaze_batch *batch, gaze_error *err) {
    c->batch = batch;
    c->seen = gaze_alloc_zero(c->count, sizeof *c->seen);
    c->padding = gaze_alloc(batch->count * c->length, sizeof *c->padding);
    c->report->rows = gaze_alloc_zero(c->count, sizeof *c->report->rows);
    c->report->ok = true;
    if (!c->seen || !c->padding || !c->report->rows) return gaze_fail_memory(err);
    memset(c->padding, true, batch->count * c->length);
    for (size_t s = 0; s < batch->count; s++)
        for (size_t n = batch->starts[s]; n < batch->starts[s + 1]; n++)
            c->padding[s * c->length + (size_t)batch->columns[n]] = false;
    return GAZE_OK;
}

gaze_status gaze_verify(gaze_verify_report *report, const gaze_model *model,
                        const gaze_named_tensor *reference, size_t count, double tolerance, int threads,
                        gaze_error *err) {
    gaze_batch batch = {0};
    gaze_run run = {0};
    comparison c = {.reference = reference, .count = count, .tolerance = tolerance, .report = report};
    unsigned groups = groups_of(reference, count);
    gaze_run_options options = {
        .what = gaze_dump_record_what(groups), .pooler = true, .logits = true, .threads = threads};
    *report = (gaze_verify_report){0};
    gaze_status status = read_batch(&batch, gaze_model_config(model), reference, count, err);
    if (!status) {
        c.length = find(reference, count, "input_ids")->shape[1];
        c.layers = gaze_model_config(model)->num_hidden_layers;
        status = gaze_pipeline_run_batch(&run, model, &batch, &options, err);
    }
    if (!status) status = prepare(&c, &run.batch, err);
    if (!status) status = gaze_dump_visit(&run, model, groups, c.length, compare_array, &c, err);
    if (!status) status = all_seen(&c, err);
    if (status) gaze_verify_report_deinit(report);
    gaze_free(c.seen);
    gaze_free(c.padding);
    gaze_batch_deinit(&batch);
    gaze_run_deinit(&run);
    return status;
}

void gaze_verify_report_deinit(gaze_verify_report *report) {
    gaze_free(report->rows);
    *report = (gaze_verify_report){0};
}
