#include "tools/pipeline/stored.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "tools/pipeline/stored_meta.h"
#include "weights/npz.h"

static const struct {
    const char *name;
    unsigned what;
    size_t rank;
    bool square; /* (T,T) at the end */
    bool extra;  /* one more than there are layers */
} series_table[GAZE_STORED_SERIES] = {
    [GAZE_STORED_HIDDEN_STATES] = {"hidden_states", GAZE_RECORD_HIDDEN_STATES, 3, false, true},
    [GAZE_STORED_ATTENTIONS] = {"attentions", GAZE_RECORD_ATTENTIONS, 4, true, false},
    [GAZE_STORED_SCORES] = {"scores", GAZE_RECORD_SCORES, 4, true, false},
    [GAZE_STORED_QUERIES] = {"queries", GAZE_RECORD_QKV, 4, false, false},
    [GAZE_STORED_KEYS] = {"keys", GAZE_RECORD_QKV, 4, false, false},
    [GAZE_STORED_VALUES] = {"values", GAZE_RECORD_QKV, 4, false, false},
};

/* One array of the input, its padding left behind. */
typedef struct taken {
    float *data; /* NULL: not read */
    size_t columns;
} taken;

struct gaze_stored {
    gaze_npz npz;
    gaze_stored_meta meta;
    size_t input;
    size_t layers, heads;
    size_t length;  /* T of the arrays, padding included */
    size_t *places; /* (tokens): where each token stands among them */
    taken *arrays;  /* (GAZE_STORED_SERIES, layers + 1) */
    char *note;
    char *path;
};

/* Opening -------------------------------------------------------------------------------------------- */

/* 3 for "attentions.3", else -1. */
static long layer_of(const char *name) {
    static const char prefix[] = "attentions.";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) return -1;
    const char *digits = name + sizeof prefix - 1;
    size_t length = strlen(digits);
    if (length == 0 || length > 4 || strspn(digits, "0123456789") != length) return -1;
    return strtol(digits, NULL, 10);
}

/* The number of layers, heads and places, from the attentions that there are. */
static gaze_status count_layers(gaze_stored *s, gaze_error *err) {
    for (size_t i = 0; i < s->npz.count; i++) {
        const gaze_tensor *tensor = &s->npz.arrays[i].tensor;
        long layer = layer_of(s->npz.arrays[i].name);
        if (layer < 0) continue;
        if ((size_t)layer >= s->layers) s->layers = (size_t)layer + 1;
        if (tensor->rank != 4 || tensor->shape[2] != tensor->shape[3] || tensor->shape[0] != s->meta.inputs) {
            char shape[64];
            return gaze_fail(err, GAZE_ERROR_SHAPE, "%s: shape %s, expected (%zu, heads, tokens, tokens)",
                             s->npz.arrays[i].name, gaze_tensor_shape_text(tensor, shape, sizeof shape),
                             s->meta.inputs);
        }
        s->heads = tensor->shape[1];
        s->length = tensor->shape[2];
    }
    if (s->layers && s->heads) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "no attentions.0, attentions.1, ...: nothing to draw");
}

/* An array (B,T) of whole numbers: the row of this input; NULL, with GAZE_OK, when the file has none. The caller frees
 * *all. */
static gaze_status find_row(const int64_t **row, int64_t **all, const gaze_stored *s, const char *name,
                            gaze_error *err) {
    const gaze_tensor *tensor = gaze_npz_find(&s->npz, name);
    *row = *all = NULL;
    if (!tensor) return GAZE_OK;
    if (tensor->rank != 2 || tensor->shape[0] != s->meta.inputs || tensor->shape[1] != s->length) {
        char shape[64];
        return gaze_fail(err, GAZE_ERROR_SHAPE, "%s: shape %s, expected (%zu, %zu)", name,
                         gaze_tensor_shape_text(tensor, shape, sizeof shape), s->meta.inputs, s->length);
    }
    gaze_status status = gaze_npz_get_i64(all, &s->npz, name, err);
    if (!status) *row = *all + s->input * s->length;
    return status;
}

/* Where the tokens stand: at the ones of the mask. */
static gaze_status find_places(gaze_stored *s, gaze_error *err) {
    const int64_t *mask;
    int64_t *all;
    size_t T = s->meta.tokens.count, found = 0;
    gaze_status status = find_row(&mask, &all, s, "attention_mask", err);
    s->places = status ? NULL : gaze_alloc(s->length > T ? s->length : T, sizeof *s->places);
    if (!status && !s->places) status = gaze_fail_memory(err);
    for (size_t i = 0; i < s->length && !status; i++)
        if (!mask || mask[i]) s->places[found++] = i;
    if (!status && found != T)
        status = gaze_fail(err, GAZE_ERROR_SHAPE, "%s: %zu places hold tokens, meta names %zu",
                           mask ? "attention_mask" : "attentions", found, T);
    gaze_free(all);
    return status;
}

/* Ids for what appears on hover, segments for pairs. */
static gaze_status fill_tokens(gaze_stored *s, const char *name, int32_t *out, gaze_error *err) {
    const int64_t *row;
    int64_t *all;
    gaze_status status = find_row(&row, &all, s, name, err);
    for (size_t t = 0; row && t < s->meta.tokens.count; t++) {
        int64_t id = row[s->places[t]];
        if (id >= 0 && id <= INT32_MAX) out[t] = (int32_t)id;
    }
    gaze_free(all);
    return status;
}

/* "random weights; input 1 of 3", from 0 */
static gaze_status make_note(gaze_stored *s, gaze_error *err) {
    gaze_buffer note = {0};
    if (s->meta.note) gaze_buffer_puts(&note, s->meta.note);
    if (s->meta.inputs > 1)
        gaze_buffer_printf(&note, "%sinput %zu of %zu, counted from 0", s->meta.note ? "; " : "", s->input,
                           s->meta.inputs);
    s->note = note.data;
    return gaze_buffer_status(&note, err);
}

static gaze_status read_meta(gaze_stored *s, gaze_error *err) {
    const gaze_tensor *meta = gaze_npz_find(&s->npz, "meta");
    if (!meta || meta->dtype != GAZE_DTYPE_U8 || meta->rank != 1)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                         "no array 'meta' of bytes, which names the tokens (gaze dump and tools/export_hf.py "
                         "write it)");
    return gaze_stored_meta_read(&s->meta, meta->data, meta->shape[0], s->input, err);
}

gaze_status gaze_stored_open(gaze_stored **out, const char *path, size_t input, gaze_error *err) {
    gaze_stored *s = *out = gaze_alloc_zero(1, sizeof *s);
    if (!s) return gaze_fail_memory(err);
    s->input = input;
    s->path = gaze_copy_string(path, strlen(path));
    gaze_status status = s->path ? GAZE_OK : gaze_fail_memory(err);
    if (!status) status = gaze_npz_open(&s->npz, path, err);
    if (status) goto cleanup; /* the message names the path already */
    status = read_meta(s, err);
    if (!status) status = count_layers(s, err);
    if (!status) status = find_places(s, err);
    if (!status) status = fill_tokens(s, "input_ids", s->meta.tokens.ids, err);
    if (!status) status = fill_tokens(s, "token_type_ids", s->meta.tokens.type_ids, err);
    if (!status) status = make_note(s, err);
    if (!status) s->arrays = gaze_alloc_zero(GAZE_STORED_SERIES * (s->layers + 1), sizeof *s->arrays);
    if (!status && !s->arrays) status = gaze_fail_memory(err);
    if (status) gaze_fail_prefix(err, status, "%s", path);
cleanup:
    if (status) {
        gaze_stored_close(s);
        *out = NULL;
    }
    return status;
}

void gaze_stored_close(gaze_stored *s) {
    if (!s) return;
    for (size_t i = 0; s->arrays && i < GAZE_STORED_SERIES * (s->layers + 1); i++) gaze_free(s->arrays[i].data);
    gaze_free(s->arrays);
    gaze_free(s->places);
    gaze_free(s->note);
    gaze_free(s->path);
    gaze_stored_meta_deinit(&s->meta);
    gaze_npz_deinit(&s->npz);
    gaze_free(s);
}

size_t gaze_stored_layers(const gaze_stored *s) {
    return s->layers;
}

size_t gaze_stored_heads(const gaze_stored *s) {
    return s->heads;
}

const gaze_tokens *gaze_stored_tokens(const gaze_stored *s) {
    return &s->meta.tokens;
}

const gaze_input *gaze_stored_input(const gaze_stored *s) {
    return &s->meta.input;
}

const char *gaze_stored_model(const gaze_stored *s) {
    return s->meta.model;
}

const char *gaze_stored_note(const gaze_stored *s) {
    return s->note;
}

/* Reading -------------------------------------------------------------------------------------------- */

static taken *slot(const gaze_stored *s, gaze_stored_series series, size_t layer) {
    return &s->arrays[(size_t)series * (s->layers + 1) + layer];
}

/* "there are 0, 3": the layers of a series that the file has. */
static gaze_status fail_absent(const gaze_stored *s, const char *series, size_t layer, gaze_error *err) {
    char there[128] = "", name[64];
    size_t length = 0;
    for (size_t l = 0; l <= s->layers && length < sizeof there - 16; l++) {
        snprintf(name, sizeof name, "%s.%zu", series, l);
        if (!gaze_npz_find(&s->npz, name)) continue;
        length += (size_t)snprintf(there + length, sizeof there - length, "%s%zu", length ? ", " : "", l);
    }
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s.%zu is not in the file; it has %s of layers: %s", series, layer,
                     series, length ? there : "none");
}

static gaze_status check_shape(const gaze_stored *s, gaze_stored_series series, const char *name,
                               const gaze_tensor *tensor, gaze_error *err) {
    size_t rank = series_table[series].rank;
    bool ok = tensor->rank == rank && tensor->shape[0] == s->meta.inputs && tensor->shape[rank - 2] == s->length;
    if (ok && rank == 4) ok = tensor->shape[1] == s->heads;
    if (ok && series_table[series].square) ok = tensor->shape[3] == s->length;
    if (ok) return GAZE_OK;
    char shape[64], heads[32] = "";
    if (rank == 4) snprintf(heads, sizeof heads, "%zu, ", s->heads);
    return gaze_fail(err, GAZE_ERROR_SHAPE, "%s: shape %s, expected (%zu, %s%zu, %s)", name,
                     gaze_tensor_shape_text(tensor, shape, sizeof shape), s->meta.inputs, heads, s->length,
                     series_table[series].square ? "the same" : "any");
}

/* The rows, and of a square the columns, of the tokens: `blocks` times (length, columns) -> (T, columns or T). */
static gaze_status take(taken *out, const gaze_stored *s, const float *from, size_t blocks, size_t columns,
                        bool square, gaze_error *err) {
    size_t T = s->meta.tokens.count, kept = square ? T : columns, count;
    if (!gaze_size_mul(blocks * T, kept, &count)) return gaze_fail_memory(err);
    float *to = out->data = gaze_alloc(count, sizeof *to);
    if (!to) return gaze_fail_memory(err);
    out->columns = kept;
    for (size_t b = 0; b < blocks; b++)
        for (size_t t = 0; t < T; t++, to += kept) {
            const float *row = from + (b * s->length + s->places[t]) * columns;
            for (size_t c = 0; c < kept; c++) to[c] = row[square ? s->places[c] : c];
        }
    return GAZE_OK;
}

static gaze_status read_array(gaze_stored *s, gaze_stored_series series, size_t layer, gaze_error *err) {
    char name[64];
    float *all = NULL;
    if (slot(s, series, layer)->data) return GAZE_OK;
    snprintf(name, sizeof name, "%s.%zu", series_table[series].name, layer);
    const gaze_tensor *tensor = gaze_npz_find(&s->npz, name);
    if (!tensor) return fail_absent(s, series_table[series].name, layer, err);
    gaze_status status = check_shape(s, series, name, tensor, err);
    if (!status) status = gaze_npz_get_f32(&all, &s->npz, name, err);
    if (status) return status;
    size_t blocks = tensor->rank == 4 ? tensor->shape[1] : 1, columns = tensor->shape[tensor->rank - 1];
    status = take(slot(s, series, layer), s, all + s->input * blocks * s->length * columns, blocks, columns,
                  series_table[series].square, err);
    gaze_free(all);
    return status;
}

/* Whether the array of a layer belongs to the layers asked for: hidden states l and l + 1 do to layer l. */
static bool is_wanted(const gaze_stored *s, gaze_stored_series series, size_t layer, const bool *layers) {
    if (!series_table[series].extra) return layer < s->layers && (!layers || layers[layer]);
    return !layers || (layer < s->layers && layers[layer]) || (layer > 0 && layers[layer - 1]);
}

gaze_status gaze_stored_read(gaze_stored *s, unsigned what, const bool *layers, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (gaze_stored_series series = 0; series < GAZE_STORED_SERIES; series++)
        for (size_t l = 0; l <= s->layers && !status; l++)
            if ((what & series_table[series].what) && is_wanted(s, series, l, layers))
                status = read_array(s, series, l, err);
    return status ? gaze_fail_prefix(err, status, "%s", s->path) : GAZE_OK;
}

const float *gaze_stored_array(const gaze_stored *s, gaze_stored_series series, size_t layer, size_t *columns) {
    if (layer > s->layers) return NULL;
    const taken *array = slot(s, series, layer);
    if (array->data && columns) *columns = array->columns;
    return array->data;
}
