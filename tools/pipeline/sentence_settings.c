#include "tools/pipeline/sentence_settings.h"

#include <stdint.h>
#include <string.h>

#include "core/base/memory.h"

#define MAX_LENGTH ((uint64_t)1 << 31)

void gaze_sentence_settings_deinit(gaze_sentence_settings *settings) {
    gaze_free(settings->activation);
    gaze_free(settings->transformer);
    gaze_free(settings->prompt);
    *settings = (gaze_sentence_settings){0};
}

gaze_truncation gaze_sentence_truncation(const gaze_sentence_settings *settings, const gaze_config *config) {
    const size_t positions = gaze_config_positions(config);
    size_t length = settings->max_length;
    if (!length || length > positions) length = positions;
    return (gaze_truncation){.enabled = true, .max_length = length, .side = settings->truncation_side};
}

/* Values ---------------------------------------------------------------------------------------------- */

gaze_status gaze_sentence_refuse(gaze_error *err, gaze_status code, const char *name,
                                 const gaze_json_value *value, const char *expected) {
    const int shown = gaze_quoted(value->length);
    if (value->type == GAZE_JSON_STRING)
        return gaze_fail(err, code, "%s: \"%.*s\", expected %s", name, shown, value->as.text, expected);
    if (value->type == GAZE_JSON_NUMBER)
        return gaze_fail(err, code, "%s: %.*s, expected %s", name, shown, value->as.text, expected);
    return gaze_fail(err, code, "%s: %s, expected %s", name, gaze_json_kind(value), expected);
}

/* A member of the right kind; NULL when it is absent, or null, which is the same. */
static gaze_status get(const gaze_json_value **out, const gaze_json_value *object, const char *name,
                       gaze_json_type type, const char *expected, gaze_error *err) {
    const gaze_json_value *value = gaze_json_get(object, name);
    *out = value && value->type != GAZE_JSON_NULL ? value : NULL;
    if (!*out || value->type == type) return GAZE_OK;
    *out = NULL;
    return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, name, value, expected);
}

/* A whole number above 0; *out stays as it is when there is none. */
static gaze_status get_size(size_t *out, const gaze_json_value *object, const char *name, gaze_error *err) {
    const gaze_json_value *value;
    uint64_t number;
    gaze_status status = get(&value, object, name, GAZE_JSON_NUMBER, "a whole number", err);
    if (status || !value) return status;
    if (!gaze_json_uint64(value, &number) || number == 0 || number > MAX_LENGTH)
        return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, name, value, "a whole number above 0");
    *out = (size_t)number;
    return GAZE_OK;
}

/* True or false; *out stays as it is when there is none. */
static gaze_status get_bool(bool *out, const gaze_json_value *object, const char *name, gaze_error *err) {
    const gaze_json_value *value = gaze_json_get(object, name);
    if (!value || value->type == GAZE_JSON_NULL || gaze_json_bool(value, out)) return GAZE_OK;
    return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, name, value, "true or false");
}

/* A setting that would change the result in a way that gaze does not know: only `usual` goes. */
static gaze_status check_usual(const gaze_json_value *object, const char *name, const char *usual,
                               gaze_error *err) {
    const gaze_json_value *value = gaze_json_get(object, name);
    if (!value || value->type == GAZE_JSON_NULL || gaze_json_equals(value, usual)) return GAZE_OK;
    return gaze_sentence_refuse(err, GAZE_ERROR_UNSUPPORTED, name, value, usual);
}

/* Pooling --------------------------------------------------------------------------------------------- */

static gaze_status add_pooling(gaze_sentence_settings *settings, const gaze_json_value *name,
                               gaze_error *err) {
    gaze_pooling pooling;
    if (name->type != GAZE_JSON_STRING)
        return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, "pooling_mode", name,
                                    "a name, or an array of names");
    if (!gaze_pooling_from_name(name->as.text, name->length, &pooling))
        return gaze_sentence_refuse(err, GAZE_ERROR_UNSUPPORTED, "pooling_mode", name,
                                    "cls, max, mean, mean_sqrt_len_tokens, weightedmean or lasttoken");
    if (settings->pooling_count == GAZE_POOLING_COUNT)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "pooling_mode: more than %d of them", GAZE_POOLING_COUNT);
    settings->poolings[settings->pooling_count++] = pooling;
    return GAZE_OK;
}

/* Older files have a flag for each: "pooling_mode_mean_tokens": true. The keys, in the order of gaze_pooling. */
static const char *const flags[GAZE_POOLING_COUNT] = {
    "pooling_mode_cls_token",           "pooling_mode_max_tokens",
    "pooling_mode_mean_tokens",         "pooling_mode_mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"};

static gaze_status read_flag(bool set[GAZE_POOLING_COUNT], const gaze_json_value *key, gaze_error *err) {
    bool value;
    if (!gaze_json_bool(key->next, &value))
        return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, "pooling_mode_...", key->next, "true or false");
    for (int i = 0; i < GAZE_POOLING_COUNT; i++) {
        if (!gaze_json_equals(key, flags[i])) continue;
        set[i] = value;
        return GAZE_OK;
    }
    if (!value) return GAZE_OK;
    return gaze_sentence_refuse(err, GAZE_ERROR_UNSUPPORTED, "the pooling", key, "one that gaze knows");
}

static gaze_status read_flags(gaze_sentence_settings *settings, const gaze_json_value *root,
                              gaze_error *err) {
    static const char prefix[] = "pooling_mode_";
    bool set[GAZE_POOLING_COUNT] = {false};
    gaze_status status = GAZE_OK;
    for (const gaze_json_value *key = gaze_json_first(root); key && !status; key = gaze_json_next_key(key))
        if (key->length >= strlen(prefix) && memcmp(key->as.text, prefix, strlen(prefix)) == 0)
            status = read_flag(set, key, err);
    for (int i = 0; i < GAZE_POOLING_COUNT; i++)
        if (set[i]) settings->poolings[settings->pooling_count++] = (gaze_pooling)i;
    return status;
}

/* "pooling_mode" is a name or an array of them, and makes the flags void. */
static gaze_status read_modes(gaze_sentence_settings *settings, const gaze_json_value *root,
                              gaze_error *err) {
    const gaze_json_value *modes = gaze_json_get(root, "pooling_mode");
    gaze_status status = GAZE_OK;
    if (!modes) return read_flags(settings, root, err);
    if (modes->type != GAZE_JSON_ARRAY) return add_pooling(settings, modes, err);
    for (const gaze_json_value *mode = gaze_json_first(modes); mode && !status; mode = mode->next)
        status = add_pooling(settings, mode, err);
    return status;
}

/* 1_Pooling/config.json */
gaze_status gaze_sentence_read_pooling(gaze_sentence_settings *settings, const gaze_json_value *root,
                                       gaze_error *err) {
    bool include_prompt = true;
    gaze_status status = get_size(&settings->hidden_size, root, "word_embedding_dimension", err);
    if (!status) status = get_size(&settings->hidden_size, root, "embedding_dimension", err);
    if (!status) status = get_bool(&include_prompt, root, "include_prompt", err);
    if (!status) status = read_modes(settings, root, err);
    if (!settings->pooling_count) settings->poolings[settings->pooling_count++] = GAZE_POOLING_MEAN;
    settings->skip_prompt = !include_prompt;
    return status;
}

/* 2_Normalize/config.json, where there is one */
gaze_status gaze_sentence_read_normalize(gaze_sentence_settings *settings, const gaze_json_value *root,
                                         gaze_error *err) {
    (void)settings;
    gaze_status status = check_usual(root, "module_input_name", "sentence_embedding", err);
    return status ? status : check_usual(root, "module_output_name", "sentence_embedding", err);
}

/* The other files ------------------------------------------------------------------------------------- */

/* Arguments for classes of Python, which gaze cannot follow. */
static gaze_status check_arguments(const gaze_json_value *root, gaze_error *err) {
    static const char *const names[] = {"processing_kwargs", "processor_kwargs", "tokenizer_args"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const gaze_json_value *value = gaze_json_get(root, names[i]);
        if (value && value->type != GAZE_JSON_NULL && value->count > 0)
            return gaze_sentence_refuse(err, GAZE_ERROR_UNSUPPORTED, names[i], value, "none");
    }
    return GAZE_OK;
}

/* sentence_bert_config.json */
gaze_status gaze_sentence_read_transformer(gaze_sentence_settings *settings, const gaze_json_value *root,
                                           gaze_error *err) {
    gaze_status status = get_size(&settings->max_length, root, "max_seq_length", err);
    if (!status) status = get_bool(&settings->lower_case, root, "do_lower_case", err);
    const bool cross = settings->cross_encoder;
    if (!status)
        status = check_usual(root, "transformer_task",
                             cross ? "sequence-classification" : "feature-extraction", err);
    if (!status) status = check_usual(root, "module_output_name", cross ? "scores" : "token_embeddings", err);
    return status ? status : check_arguments(root, err);
}

/* tokenizer_config.json. "No limit" is written there as 10^30. */
gaze_status gaze_sentence_read_tokenizer(gaze_sentence_settings *settings, const gaze_json_value *root,
                                         gaze_error *err) {
    const gaze_json_value *side;
    double length = 0;
    gaze_status status = get(&side, root, "truncation_side", GAZE_JSON_STRING, "right or left", err);
    if (side && gaze_json_equals(side, "left"))
        settings->truncation_side = GAZE_SIDE_LEFT;
    else if (side && !gaze_json_equals(side, "right"))
        status = gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, "truncation_side", side, "right or left");
    if (status || settings->max_length) return status;
    if (gaze_json_double(gaze_json_get(root, "model_max_length"), &length) && length > (double)MAX_LENGTH)
        return GAZE_OK;
    return get_size(&settings->max_length, root, "model_max_length", err);
}

/* The text of "prompts" that "default_prompt_name" names. */
static gaze_status read_prompt(gaze_sentence_settings *settings, const gaze_json_value *root,
                               gaze_error *err) {
    const gaze_json_value *name, *prompts;
    const gaze_json_value *prompt = NULL;
    gaze_status status = get(&name, root, "default_prompt_name", GAZE_JSON_STRING, "a string", err);
    if (!status) status = get(&prompts, root, "prompts", GAZE_JSON_OBJECT, "an object", err);
    if (status || !name) return status;
    const gaze_json_value *key = prompts ? gaze_json_first(prompts) : NULL;
    for (; key; key = gaze_json_next_key(key))
        if (key->length == name->length && memcmp(key->as.text, name->as.text, key->length) == 0)
            prompt = key->next;
    if (!prompt)
        return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, "default_prompt_name", name,
                                    "one of \"prompts\"");
    if (prompt->type != GAZE_JSON_STRING || memchr(prompt->as.text, '\0', prompt->length))
        return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, "prompts", prompt, "texts");
    if (!prompt->length) return GAZE_OK;
    settings->prompt = gaze_copy_string(prompt->as.text, prompt->length);
    return settings->prompt ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status read_activation(gaze_sentence_settings *settings, const gaze_json_value *root,
                                   gaze_error *err) {
    const gaze_json_value *name;
    gaze_status status = get(&name, root, "activation_fn", GAZE_JSON_STRING, "the name of a class", err);
    if (status || !name) return status;
    settings->activation = gaze_copy_string(name->as.text, name->length);
    return settings->activation ? GAZE_OK : gaze_fail_memory(err);
}

/* config_sentence_transformers.json */
gaze_status gaze_sentence_read_prompts(gaze_sentence_settings *settings, const gaze_json_value *root,
                                       gaze_error *err) {
    const char *type = settings->cross_encoder ? "CrossEncoder" : "SentenceTransformer";
    gaze_status status = check_usual(root, "model_type", type, err);
    if (!status) status = get_size(&settings->dimensions, root, "truncate_dim", err);
    if (!status && settings->cross_encoder) status = read_activation(settings, root, err);
    return status ? status : read_prompt(settings, root, err);
}
