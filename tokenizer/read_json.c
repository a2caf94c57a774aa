/* Reading tokenizer.json: each member of the file becomes a component of the tokenizer.
 *
 * The file is taken as it is, truncation and padding included, as Tokenizer.from_file of Hugging Face does.
 * Members that are not known are ignored.
 */
#include "tokenizer/internal.h"

static const char *const sides[] = {[GAZE_SIDE_RIGHT] = "Right", [GAZE_SIDE_LEFT] = "Left", NULL};

static gaze_status check_version(const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *version = gaze_json_get(root, "version");
    if (!version || gaze_json_equals(version, "1.0")) return GAZE_OK;
    if (version->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "'version' is %s, expected \"1.0\"",
                         gaze_json_kind(version));
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "'version' is \"%.*s\", expected \"1.0\"",
                     GAZE_QUOTED(version), version->as.text);
}

static gaze_status read_side(gaze_side *side, const gaze_json_value *json, gaze_error *err) {
    int choice = GAZE_SIDE_RIGHT;
    gaze_status status = GAZE_OK;
    if (gaze_json_get(json, "direction")) status = gaze_field_choice(&choice, json, "direction", sides, err);
    *side = (gaze_side)choice;
    return status;
}

/* {"max_length": 128, "strategy": "LongestFirst", "stride": 0, "direction": "Right"} */
static gaze_status read_truncation(gaze_truncation *out, const gaze_json_value *json, gaze_error *err) {
    static const char *const strategies[] = {[GAZE_TRUNCATE_LONGEST_FIRST] = "LongestFirst",
                                             [GAZE_TRUNCATE_ONLY_FIRST] = "OnlyFirst",
                                             [GAZE_TRUNCATE_ONLY_SECOND] = "OnlySecond",
                                             NULL};
    int strategy = 0;
    if (!json || json->type == GAZE_JSON_NULL) return GAZE_OK;
    gaze_status status = gaze_field_size(&out->max_length, json, "max_length", err);
    if (!status) status = gaze_field_size(&out->stride, json, "stride", err);
    if (!status) status = gaze_field_choice(&strategy, json, "strategy", strategies, err);
    if (!status) status = read_side(&out->side, json, err);
    out->strategy = (gaze_truncation_strategy)strategy;
    out->enabled = true;
    return status ? gaze_fail_prefix(err, status, "truncation") : GAZE_OK;
}

/* "BatchLongest" or {"Fixed": n}; fixed to 0 is no padding at all. */
static gaze_status read_padding_strategy(gaze_padding *out, const gaze_json_value *json, gaze_error *err) {
    const gaze_json_value *strategy = gaze_json_get(json, "strategy");
    out->enabled = true;
    if (gaze_json_equals(strategy, "BatchLongest")) return GAZE_OK;
    gaze_status status = gaze_field_size(&out->length, strategy, "Fixed", err);
    if (!status && out->length == 0) out->enabled = false;
    return status;
}

/* {"strategy": ..., "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0,
 *  "pad_token": "[PAD]"} */
static gaze_status read_padding(gaze_padding *out, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    const gaze_json_value *token = NULL;
    if (!json || json->type == GAZE_JSON_NULL) return GAZE_OK;
    gaze_status status = read_padding_strategy(out, json, err);
    if (!status) status = read_side(&out->side, json, err);
    if (!status && !gaze_field_is_absent(json, "pad_to_multiple_of"))
        status = gaze_field_size(&out->multiple_of, json, "pad_to_multiple_of", err);
    if (!status) status = gaze_field_id(&out->id, json, "pad_id", err);
    if (!status) status = gaze_field_id(&out->type_id, json, "pad_type_id", err);
    if (!status) status = gaze_field_string(&token, json, "pad_token", err);
    if (status) return gaze_fail_prefix(err, status, "padding");
    out->token = gaze_arena_copy_string(arena, token->as.text, token->length);
    return out->token ? GAZE_OK : gaze_fail_memory(err);
}

/* The special tokens of a template must be tokens of this tokenizer. */
static gaze_status check_template(const gaze_tokenizer *t, const gaze_template *template, gaze_error *err) {
    for (size_t i = 0; i < template->count; i++) {
        const gaze_template_item *item = &template->items[i];
        if (item->sequence >= 0 || gaze_tokenizer_id_to_token(t, item->id, NULL)) continue;
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                         "post_processor: '%.80s' has the id %d, which no token has", item->string,
                         (int)item->id);
    }
    return GAZE_OK;
}

/* The parts that tokenize, in an order in which each finds what it needs. */
static gaze_status read_components(gaze_tokenizer *t, const gaze_json_value *root, gaze_error *err) {
    gaze_arena *arena = &t->arena;
    gaze_status status = gaze_token_model_read(&t->model, arena, gaze_json_get(root, "model"), err);
    if (!status)
        status = gaze_normalizers_read(&t->normalizers, arena, gaze_json_get(root, "normalizer"), err);
    if (!status)
        status = gaze_added_tokens_read(&t->added, arena, gaze_json_get(root, "added_tokens"),
                                        &t->model.vocabulary, &t->normalizers, err);
    if (!status)
        status =
            gaze_pre_tokenizers_read(&t->pre_tokenizers, arena, gaze_json_get(root, "pre_tokenizer"), err);
    if (!status)
        status =
            gaze_post_processor_read(&t->post_processor, arena, gaze_json_get(root, "post_processor"), err);
    if (!status) status = check_template(t, &t->post_processor.single, err);
    if (!status) status = check_template(t, &t->post_processor.pair, err);
    if (!status) status = gaze_decoders_read(&t->decoders, arena, gaze_json_get(root, "decoder"), err);
    return status;
}

gaze_status gaze_tokenizer_read_json(gaze_tokenizer *tokenizer, const char *json, size_t size,
                                     gaze_error *err) {
    gaze_json *tree = NULL;
    gaze_status status = gaze_json_parse(&tree, json, size, NULL, err);
    if (status) return status;
    const gaze_json_value *root = gaze_json_root(tree);
    if (root->type != GAZE_JSON_OBJECT)
        status = gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected an object", gaze_json_kind(root));
    if (!status) status = check_version(root, err);
    if (!status) status = read_truncation(&tokenizer->truncation, gaze_json_get(root, "truncation"), err);
    if (!status)
        status = read_padding(&tokenizer->padding, &tokenizer->arena, gaze_json_get(root, "padding"), err);
    if (!status) status = read_components(tokenizer, root, err);
    gaze_json_free(tree);
    return status;
}
