/* One table a model type says which fields there are, where they go, in which range they must lie and what
 * they are when the file has none; everything else here reads that table. Labels and tasks are read by
 * config_labels.c.
 */
#include "weights/config_json.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "core/model/family.h"
#include "weights/config_parts.h"

typedef enum field_kind {
    SIZE,       /* size_t: a whole number in the range */
    TOKEN_ID,   /* int32_t: the same; null stands for the default */
    EPSILON,    /* float: above 0, at most 1 */
    ACTIVATION, /* gaze_activation: a name */
} field_kind;

typedef struct field {
    const char *name; /* in config.json; NULL: the class has no such field, the default always holds */
    field_kind kind;
    size_t offset;     /* in gaze_config */
    uint32_t min, max; /* of SIZE and TOKEN_ID; both allowed */
    double fallback;   /* the configuration class's default */
} field;

typedef struct family {
    gaze_model_type type;
    const field *fields;
    size_t field_count;
} family;

/* Bounds that no published model comes near, so that nothing absurd is multiplied later. */
#define MAX_VOCAB     (1u << 24)
#define MAX_HIDDEN    65536u
#define MAX_LAYERS    1000u
#define MAX_FORWARD   1000000u
#define MAX_POSITIONS (1u << 20)
#define MAX_TYPES     65536u

#define AT(member) offsetof(gaze_config, member)

/* clang-format off */
/* What all but DistilBERT call by the same names, with the defaults in which their classes differ. */
#define ENCODER_FIELDS(vocab, hidden, heads, forward, pad)                                     \
    {"vocab_size",              SIZE,       AT(vocab_size),              1, MAX_VOCAB,     vocab},   \
    {"hidden_size",             SIZE,       AT(hidden_size),             1, MAX_HIDDEN,    hidden},  \
    {"num_hidden_layers",       SIZE,       AT(num_hidden_layers),       1, MAX_LAYERS,    12},      \
    {"num_attention_heads",     SIZE,       AT(num_attention_heads),     1, MAX_HIDDEN,    heads},   \
    {"intermediate_size",       SIZE,       AT(intermediate_size),       1, MAX_FORWARD,   forward}, \
    {"max_position_embeddings", SIZE,       AT(max_position_embeddings), 1, MAX_POSITIONS, 512},     \
    {"type_vocab_size",         SIZE,       AT(type_vocab_size),         1, MAX_TYPES,     2},       \
    {"pad_token_id",            TOKEN_ID,   AT(pad_token_id),            0, MAX_VOCAB,     pad},     \
    {"layer_norm_eps",          EPSILON,    AT(layer_norm_eps),          0, 0,             1e-12},   \
    {"hidden_act",              ACTIVATION, AT(hidden_act),              0, 0,             GAZE_GELU}

/* transformers: BertConfig */
static const field bert_fields[] = {ENCODER_FIELDS(30522, 768, 12, 3072, 0)};

/* transformers: RobertaConfig */
static const field roberta_fields[] = {ENCODER_FIELDS(50265, 768, 12, 3072, 1)};

/* transformers: XLMRobertaConfig, CamembertConfig */
static const field xlm_roberta_fields[] = {ENCODER_FIELDS(30522, 768, 12, 3072, 1)};

/* transformers: ElectraConfig */
static const field electra_fields[] = {
    ENCODER_FIELDS(30522, 256, 4, 1024, 0),
    {"embedding_size",          SIZE,       AT(embedding_size),          1, MAX_HIDDEN,    128},
};

/* transformers: DistilBertConfig */
static const field distilbert_fields[] = {
    {"vocab_size",              SIZE,       AT(vocab_size),              1, MAX_VOCAB,     30522},
    {"dim",                     SIZE,       AT(hidden_size),             1, MAX_HIDDEN,    768},
    {"n_layers",                SIZE,       AT(num_hidden_layers),       1, MAX_LAYERS,    6},
    {"n_heads",                 SIZE,       AT(num_attention_heads),     1, MAX_HIDDEN,    12},
    {"hidden_dim",              SIZE,       AT(intermediate_size),       1, MAX_FORWARD,   3072},
    {"max_position_embeddings", SIZE,       AT(max_position_embeddings), 1, MAX_POSITIONS, 512},
    {"pad_token_id",            TOKEN_ID,   AT(pad_token_id),            0, MAX_VOCAB,     0},
    {NULL,                      EPSILON,    AT(layer_norm_eps),          0, 0,             1e-12},
    {"activation",              ACTIVATION, AT(hidden_act),              0, 0,             GAZE_GELU},
};

#define FAMILY(type, fields) {GAZE_MODEL_##type, fields, sizeof fields / sizeof *fields}
static const family families[] = {
    FAMILY(BERT, bert_fields),
    FAMILY(ROBERTA, roberta_fields),
    FAMILY(XLM_ROBERTA, xlm_roberta_fields),
    FAMILY(CAMEMBERT, xlm_roberta_fields),
    FAMILY(DISTILBERT, distilbert_fields),
    FAMILY(ELECTRA, electra_fields),
};
/* clang-format on */
enum { FAMILY_COUNT = sizeof families / sizeof *families };

/* Messages ------------------------------------------------------------------------------------------- */

enum { FOUND_SIZE = 48 };

/* A value as a message shows it: 12, "gelu_10", true, an array. */
static const char *found(const gaze_json_value *value, char out[FOUND_SIZE]) {
    int shown = value->length < FOUND_SIZE - 8 ? (int)value->length : FOUND_SIZE - 8;
    if (value->type == GAZE_JSON_NUMBER)
        snprintf(out, FOUND_SIZE, "%.*s", shown, value->as.text);
    else if (value->type == GAZE_JSON_STRING)
        snprintf(out, FOUND_SIZE, "\"%.*s\"", shown, value->as.text);
    else
        snprintf(out, FOUND_SIZE, "%s", gaze_json_kind(value));
    return out;
}

gaze_status gaze_config_refuse(gaze_error *err, gaze_status code, const char *name,
                               const gaze_json_value *value, const char *expected) {
    char text[FOUND_SIZE];
    return gaze_fail_at(err, code, value->offset, "%s: %s, expected %s", name, found(value, text), expected);
}

gaze_status gaze_config_refuse_duplicates(const gaze_json_value *object, gaze_error *err) {
    const gaze_json_value *key;
    char text[FOUND_SIZE];
    gaze_status status = gaze_json_find_duplicate(object, &key, err);
    if (status || !key) return status;
    return gaze_fail_at(err, GAZE_ERROR_DUPLICATE, key->offset, "the field %s twice", found(key, text));
}

const gaze_json_value *gaze_config_get(const gaze_json_value *root, const char *name) {
    const gaze_json_value *value = gaze_json_get(root, name);
    return value && value->type != GAZE_JSON_NULL ? value : NULL;
}

/* The fields of the table ---------------------------------------------------------------------------- */

static gaze_status read_whole(uint64_t *out, const field *f, const gaze_json_value *value, gaze_error *err) {
    char range[64];
    if (gaze_json_uint64(value, out) && *out >= f->min && *out <= f->max) return GAZE_OK;
    snprintf(range, sizeof range, "a whole number from %u to %u", (unsigned)f->min, (unsigned)f->max);
    return gaze_config_refuse(err, GAZE_ERROR_CONFIG, f->name, value, range);
}

static gaze_status read_epsilon(float *out, const field *f, const gaze_json_value *value, gaze_error *err) {
    double number;
    if (!gaze_json_double(value, &number) || number < FLT_MIN || number > 1)
        return gaze_config_refuse(err, GAZE_ERROR_CONFIG, f->name, value, "a number above 0, at most 1");
    *out = (float)number;
    return GAZE_OK;
}

/* Appends ", NAME" to a list for a message, which is cut off where there is no more room. */
static void append_name(char *list, size_t size, const char *name) {
    if (list[0]) strncat(list, ", ", size - 1 - strlen(list));
    strncat(list, name, size - 1 - strlen(list));
}

static gaze_status read_activation(gaze_activation *out, const field *f, const gaze_json_value *value,
                                   gaze_error *err) {
    char known[160] = "";
    if (value->type != GAZE_JSON_STRING) return gaze_config_refuse(err, GAZE_ERROR_CONFIG, f->name, value, "a string");
    if (gaze_activation_from_name(value->as.text, value->length, out)) return GAZE_OK;
    for (int i = 0; i < GAZE_ACTIVATION_COUNT; i++)
        append_name(known, sizeof known, gaze_activation_name((gaze_activation)i));
    return gaze_config_refuse(err, GAZE_ERROR_UNSUPPORTED, f->name, value, known);
}

static void set_default(gaze_config *config, const field *f) {
    void *member = (char *)config + f->offset;
    switch (f->kind) {
    case SIZE: *(size_t *)member = (size_t)f->fallback; break;
    case TOKEN_ID: *(int32_t *)member = (int32_t)f->fallback; break;
    case EPSILON: *(float *)member = (float)f->fallback; break;
    case ACTIVATION: *(gaze_activation *)member = (gaze_activation)f->fallback; break;
    }
}

static gaze_status read_field(gaze_config *config, const field *f, const gaze_json_value *value,
                              gaze_error *err) {
    void *member = (char *)config + f->offset;
    uint64_t whole = 0;
    gaze_status status;
    switch (f->kind) {
    case SIZE:
        status = read_whole(&whole, f, value, err);
        if (!status) *(size_t *)member = (size_t)whole;
        return status;
    case TOKEN_ID:
        if (value->type == GAZE_JSON_NULL) return GAZE_OK;
        status = read_whole(&whole, f, value, err);
        if (!status) *(int32_t *)member = (int32_t)whole;
        return status;
    case EPSILON: return read_epsilon(member, f, value, err);
    case ACTIVATION: break;
    }
    return read_activation(member, f, value, err);
}

static gaze_status read_fields(gaze_config *config, const family *fam, const gaze_json_value *root,
                               gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < fam->field_count && !status; i++) {
        const char *name = fam->fields[i].name;
        const gaze_json_value *value = name ? gaze_json_get(root, name) : NULL;
        set_default(config, &fam->fields[i]);
        if (value) status = read_field(config, &fam->fields[i], value, err);
    }
    return status;
}

/* What kind of model --------------------------------------------------------------------------------- */

/* Files older than "model_type" (2019) are BERTs. */
static gaze_status find_family(const family **fam, const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *value = gaze_config_get(root, "model_type");
    char known[128] = "";
    *fam = &families[0];
    if (!value) return GAZE_OK;
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        const char *name = gaze_model_type_name(families[i].type);
        *fam = &families[i];
        if (gaze_json_equals(value, name)) return GAZE_OK;
        append_name(known, sizeof known, name);
    }
    return gaze_config_refuse(err, GAZE_ERROR_UNSUPPORTED, "model_type", value, known);
}

/* Fields that would change the computation. Each must be absent, null, or as it stands here. */
static gaze_status check_flag(const gaze_json_value *root, const char *name, gaze_error *err) {
    const gaze_json_value *value = gaze_config_get(root, name);
    if (!value || value->type == GAZE_JSON_FALSE) return GAZE_OK;
    gaze_status code = value->type == GAZE_JSON_TRUE ? GAZE_ERROR_UNSUPPORTED : GAZE_ERROR_CONFIG;
    return gaze_config_refuse(err, code, name, value, "false");
}

static gaze_status check_positions(const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *value = gaze_config_get(root, "position_embedding_type");
    if (!value || gaze_json_equals(value, "absolute")) return GAZE_OK;
    return gaze_config_refuse(err, GAZE_ERROR_UNSUPPORTED, "position_embedding_type", value, "\"absolute\"");
}

static gaze_status check_pruning(const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *value = gaze_config_get(root, "pruned_heads");
    if (!value || (value->type == GAZE_JSON_OBJECT && value->count == 0)) return GAZE_OK;
    return gaze_config_refuse(err, GAZE_ERROR_UNSUPPORTED, "pruned_heads", value, "{}");
}

static gaze_status check_variant(const gaze_json_value *root, gaze_error *err) {
    gaze_status status = check_flag(root, "is_decoder", err);
    if (!status) status = check_flag(root, "add_cross_attention", err);
    if (!status) status = check_positions(root, err);
    if (!status) status = check_pruning(root, err);
    return status;
}

/* Fields that must agree ----------------------------------------------------------------------------- */

static gaze_status check_pad_token(gaze_config *config, gaze_error *err) {
    size_t pad = (size_t)config->pad_token_id;
    if (pad >= config->vocab_size)
        return gaze_fail(err, GAZE_ERROR_CONFIG,
                         "pad_token_id: %zu, expected less than vocab_size, which is %zu", pad,
                         config->vocab_size);
    if (!gaze_family_of(config->model_type)->positions_behind_padding) return GAZE_OK;
    config->first_position = pad + 1;
    if (config->first_position >= config->max_position_embeddings)
        return gaze_fail(err, GAZE_ERROR_CONFIG,
                         "pad_token_id: %zu, expected less than max_position_embeddings - 1, which is %zu",
                         pad, config->max_position_embeddings - 1);
    return GAZE_OK;
}

static gaze_status check_sizes(gaze_config *config, gaze_error *err) {
    if (config->hidden_size % config->num_attention_heads)
        return gaze_fail(err, GAZE_ERROR_CONFIG,
                         "hidden_size: %zu, expected a multiple of num_attention_heads, which is %zu",
                         config->hidden_size, config->num_attention_heads);
    config->head_size = config->hidden_size / config->num_attention_heads;
    if (!config->embedding_size) config->embedding_size = config->hidden_size;
    return check_pad_token(config, err);
}

static gaze_status read_config(gaze_config *config, const gaze_json_value *root, gaze_error *err) {
    const family *fam;
    *config = (gaze_config){0};
    if (root->type != GAZE_JSON_OBJECT)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected an object", gaze_json_kind(root));
    gaze_status status = gaze_config_refuse_duplicates(root, err);
    if (!status) status = find_family(&fam, root, err);
    if (!status) config->model_type = fam->type;
    if (!status) status = check_variant(root, err);
    if (!status) status = read_fields(config, fam, root, err);
    if (!status) status = check_sizes(config, err);
    if (!status) status = gaze_config_read_task(config, root, err);
    return status;
}

gaze_status gaze_config_parse(gaze_config *config, gaze_json **json, const char *text, size_t length,
                              gaze_error *err) {
    *json = NULL;
    if (length > GAZE_CONFIG_MAX_SIZE)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%zu bytes, expected at most %zu", length,
                         GAZE_CONFIG_MAX_SIZE);
    gaze_status status = gaze_json_parse(json, text, length, NULL, err);
    if (!status) status = read_config(config, gaze_json_root(*json), err);
    if (status) {
        gaze_json_free(*json);
        *json = NULL;
    }
    return status;
}
