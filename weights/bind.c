#include "weights/bind.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/strmap.h"
#include "core/model/family.h"
#include "weights/named_tensor.h"

enum { NAME_SIZE = 128 }; /* of a parameter's name, which comes from the table */

typedef struct binder {
    const gaze_config *config;
    gaze_weight_files *weights;
    gaze_strmap by_name; /* a tensor's name as the table spells it -> its index */
    gaze_arena names;    /* of those keys that had to be rewritten */
    gaze_arena *copies;
    size_t limit;
    size_t copied; /* bytes in copies */
    gaze_text_list *missing;
    size_t required_missing;
    char first_missing[NAME_SIZE];
    gaze_status status;
    gaze_error *err;
} binder;

/* Names ---------------------------------------------------------------------------------------------- */

/* What TensorFlow called LayerNorm's parameters, and so the files of 2018 and 2019. */
static const struct {
    const char *old, *new;
} old_names[] = {{"LayerNorm.gamma", "LayerNorm.weight"}, {"LayerNorm.beta", "LayerNorm.bias"}};

/* Where word embeddings are tied, two names stand for one parameter, and a file may hold either. */
static const struct {
    const char *name, *other;
} tied_names[] = {{"cls.predictions.decoder.bias", "cls.predictions.bias"},
                  {"lm_head.decoder.bias", "lm_head.bias"},
                  {"embeddings.word_embeddings.weight", "cls.predictions.decoder.weight"},
                  {"embeddings.word_embeddings.weight", "lm_head.decoder.weight"},
                  {"embeddings.word_embeddings.weight", "vocab_projector.weight"},
                  {"embeddings.word_embeddings.weight", "generator_lm_head.weight"}};

/* The name without the prefix that classes with a head put before it: "bert.". */
static const char *without_prefix(const char *name, const gaze_config *config) {
    const char *prefix = gaze_family_of(config->model_type)->prefix;
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : name;
}

/* The name with `tail` characters cut off and `new_tail` put in their place, in the arena. */
static const char *replace_tail(gaze_arena *names, const char *name, size_t tail, const char *new_tail) {
    size_t kept = strlen(name) - tail, added = strlen(new_tail);
    char *copy = gaze_arena_alloc(names, kept + added + 1, 1);
    if (!copy) return NULL;
    memcpy(copy, name, kept);
    memcpy(copy + kept, new_tail, added + 1);
    return copy;
}

/* The name as the table spells it. NULL: out of memory. */
static const char *table_name(binder *b, const char *name) {
    name = without_prefix(name, b->config);
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof old_names / sizeof *old_names; i++) {
        size_t tail = strlen(old_names[i].old);
        if (length >= tail && strcmp(name + length - tail, old_names[i].old) == 0)
            return replace_tail(&b->names, name, tail, old_names[i].new);
    }
    return name;
}

static gaze_status index_names(binder *b) {
    for (size_t i = 0; i < b->weights->tensor_count; i++) {
        const char *name = table_name(b, b->weights->tensors[i].name);
        bool twice = false;
        if (!name || !gaze_strmap_set(&b->by_name, name, strlen(name), (int32_t)i, &twice))
            return gaze_fail_memory(b->err);
        if (twice)
            return gaze_fail(
                b->err, GAZE_ERROR_DUPLICATE,
                "tensor '%s' is there under two names, with and without a prefix or in an old form", name);
    }
    return GAZE_OK;
}

/* One parameter -------------------------------------------------------------------------------------- */

static gaze_status check_dtype(const gaze_model_tensor *found, gaze_error *err) {
    gaze_dtype dtype = found->tensor.dtype;
    if (dtype == GAZE_DTYPE_F32 || dtype == GAZE_DTYPE_F16 || dtype == GAZE_DTYPE_BF16) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "tensor '%s': dtype %s, expected F32, F16 or BF16",
                     found->name, gaze_dtype_name(dtype));
}

/* The fields of config.json behind a dimension. */
static const char *dimension_source(gaze_dim dim, const gaze_config *config) {
    switch (dim) {
    case GAZE_DIM_VOCAB: return "vocab_size";
    case GAZE_DIM_POSITIONS: return "max_position_embeddings";
    case GAZE_DIM_TYPES: return "type_vocab_size";
    case GAZE_DIM_EMBEDDING:
        return config->embedding_size == config->hidden_size ? "hidden_size" : "embedding_size";
    case GAZE_DIM_HIDDEN: return "hidden_size";
    case GAZE_DIM_HEADS: return "heads x head size";
    case GAZE_DIM_FEED_FORWARD: return "intermediate_size";
    case GAZE_DIM_LABELS: return "id2label";
    }
    return "";
}

static gaze_status refuse_shape(const binder *b, const gaze_model_tensor *found, const gaze_tensor *expected,
                                const gaze_param_entry *entry) {
    char got[128], want[64];
    return gaze_fail(b->err, GAZE_ERROR_SHAPE, "tensor '%s': shape %s, expected %s (config.json's %s%s%s)",
                     found->name, gaze_tensor_shape_text(&found->tensor, got, sizeof got),
                     gaze_tensor_shape_text(expected, want, sizeof want),
                     dimension_source(entry->shape[0], b->config), entry->rank > 1 ? ", " : "",
                     entry->rank > 1 ? dimension_source(entry->shape[1], b->config) : "");
}

static gaze_status check_shape(const binder *b, const gaze_model_tensor *found,
                               const gaze_param_entry *entry) {
    gaze_tensor expected = {.rank = entry->rank};
    bool same = found->tensor.rank == entry->rank;
    for (size_t i = 0; i < entry->rank; i++) {
        expected.shape[i] = gaze_dim_size(entry->shape[i], b->config);
        same = same && found->tensor.shape[i] == expected.shape[i];
    }
    return same ? GAZE_OK : refuse_shape(b, found, &expected, entry);
}

/* Kernels read elements by their type: the data must be aligned to it, in the host's byte order. Files are
 * little-endian, and nothing in the format says that a tensor begins at an even address. */
static gaze_status place(binder *b, gaze_tensor *param, const gaze_model_tensor *found) {
    size_t width = gaze_dtype_bits(found->tensor.dtype) / 8, size = gaze_tensor_size(&found->tensor);
    *param = found->tensor;
    if ((uintptr_t)param->data % width == 0 && gaze_host_is_little_endian()) return GAZE_OK;
    if (size > b->limit - b->copied)
        return gaze_fail(b->err, GAZE_ERROR_LIMIT,
                         "tensor '%s': a copy has %zu bytes, %zu are left of the limit", found->name, size,
                         b->limit - b->copied);
    void *copy = gaze_arena_alloc(b->copies, size, 1);
    if (!copy) return gaze_fail_memory(b->err);
    memcpy(copy, param->data, size);
    if (!gaze_host_is_little_endian()) gaze_elements_swap(copy, gaze_tensor_count(param), width);
    b->copied += size;
    param->data = copy;
    return GAZE_OK;
}

static gaze_status note_missing(binder *b, const gaze_param_entry *entry, const char *name) {
    if (entry->tied && b->config->tie_word_embeddings) return GAZE_OK;
    if (entry->scope == GAZE_PARAM_POOLER || entry->scope == GAZE_PARAM_HEAD)
        return gaze_text_list_add(b->missing, name, strlen(name), b->err);
    if (b->required_missing++ == 0) snprintf(b->first_missing, NAME_SIZE, "%s", name);
    return GAZE_OK;
}

/* NULL: the file has no such tensor. */
static gaze_model_tensor *lookup(const binder *b, const char *name) {
    int32_t index;
    bool there = gaze_strmap_get(&b->by_name, name, strlen(name), &index);
    return there ? &b->weights->tensors[index] : NULL;
}

/* The tensor of that name, or else of a name tied to it. */
static gaze_model_tensor *find(const binder *b, const char *name) {
    gaze_model_tensor *found = lookup(b, name);
    for (size_t i = 0; i < sizeof tied_names / sizeof *tied_names; i++)
        if (!found && b->config->tie_word_embeddings && strcmp(name, tied_names[i].name) == 0)
            found = lookup(b, tied_names[i].other);
    return found;
}

static gaze_status bind_one(binder *b, const gaze_param_entry *entry, size_t layer, gaze_tensor *param) {
    char name[NAME_SIZE];
    gaze_param_name(entry, gaze_family_of(b->config->model_type)->naming, layer, name, sizeof name);
    gaze_model_tensor *found = find(b, name);
    if (!found) return note_missing(b, entry, name);
    if (entry->tied && found->used) return GAZE_OK; /* it is the word embeddings */
    gaze_status status = check_dtype(found, b->err);
    if (!status) status = check_shape(b, found, entry);
    if (!status) status = place(b, param, found);
    found->used = true;
    return status;
}

static bool visit(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *param) {
    binder *b = context;
    b->status = bind_one(b, entry, layer, param);
    return b->status == GAZE_OK;
}

static gaze_status refuse_missing(const binder *b) {
    if (b->required_missing == 1)
        return gaze_fail(b->err, GAZE_ERROR_NOT_FOUND, "tensor '%s' is missing", b->first_missing);
    return gaze_fail(b->err, GAZE_ERROR_NOT_FOUND, "%zu tensors are missing, the first of them '%s'",
                     b->required_missing, b->first_missing);
}

gaze_status gaze_bind(gaze_params *params, const gaze_config *config, gaze_weight_files *weights,
                      gaze_arena *copies, size_t limit, gaze_text_list *missing, gaze_error *err) {
    binder b = {.config = config,
                .weights = weights,
                .copies = copies,
                .limit = limit,
                .missing = missing,
                .err = err};
    b.status = index_names(&b);
    if (!b.status) gaze_params_visit(params, visit, &b);
    if (!b.status && b.required_missing) b.status = refuse_missing(&b);
    gaze_strmap_deinit(&b.by_name);
    gaze_arena_deinit(&b.names);
    return b.status;
}
