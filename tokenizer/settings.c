/* What the files beside tokenizer.json say of a tokenizer. */
#include <string.h>

#include "tokenizer/internal.h"

/* Parts, the fields that name their tokens, and the names of old: BERT's and RoBERTa's. */
static const struct {
    const char *key;
    const char *usual[2];
} parts[GAZE_TOKEN_PARTS] = {
    [GAZE_TOKEN_PAD] = {"pad_token", {"[PAD]", "<pad>"}},
    [GAZE_TOKEN_UNK] = {"unk_token", {"[UNK]", "<unk>"}},
    [GAZE_TOKEN_CLS] = {"cls_token", {"[CLS]", "<s>"}},
    [GAZE_TOKEN_MASK] = {"mask_token", {"[MASK]", "<mask>"}},
};

static gaze_status read_special(gaze_tokenizer *t, const gaze_json_value *config, const gaze_json_value *map,
                                gaze_error *err) {
    for (int i = 0; i < GAZE_TOKEN_PARTS; i++) {
        const gaze_json_value *token = gaze_named_token(config, parts[i].key);
        if (!token) token = gaze_named_token(map, parts[i].key);
        if (!token) continue;
        t->special[i] = gaze_arena_copy_string(&t->arena, token->as.text, token->length);
        if (!t->special[i]) return gaze_fail_memory(err);
    }
    return GAZE_OK;
}

/* Files write a number with 31 digits where there is no limit; no text has 2^32 tokens. */
static size_t read_max_length(const gaze_json_value *config) {
    const gaze_json_value *value = gaze_json_get(config, "model_max_length");
    double length;
    const bool limited = gaze_json_double(value, &length) && length >= 1 && length < (double)UINT32_MAX;
    return limited ? (size_t)length : SIZE_MAX;
}

static gaze_side read_side(const gaze_json_value *config, const char *key, bool set, gaze_side otherwise) {
    const gaze_json_value *side = gaze_json_get(config, key);
    if (gaze_json_equals(side, "left")) return GAZE_SIDE_LEFT;
    if (gaze_json_equals(side, "right")) return GAZE_SIDE_RIGHT;
    return set ? otherwise : GAZE_SIDE_RIGHT;
}

/* tokenizer_class and model_input_names */
static gaze_status read_class(gaze_tokenizer *t, const gaze_json_value *config, gaze_error *err) {
    const gaze_json_value *class = gaze_json_get(config, "tokenizer_class");
    const gaze_json_value *names = gaze_json_get(config, "model_input_names");
    t->inputs_named = names && names->type == GAZE_JSON_ARRAY;
    if (t->inputs_named)
        for (const gaze_json_value *name = gaze_json_first(names); name; name = name->next)
            t->type_ids_named |= gaze_json_equals(name, "token_type_ids");
    if (!class || class->type != GAZE_JSON_STRING) return GAZE_OK;
    t->class_length = class->length;
    t->class = gaze_arena_copy_string(&t->arena, class->as.text, class->length);
    return t->class ? GAZE_OK : gaze_fail_memory(err);
}

gaze_status gaze_settings_read(gaze_tokenizer *t, const gaze_json_value *config, const gaze_json_value *map,
                               gaze_error *err) {
    const gaze_json_value *clean = gaze_json_get(config, "clean_up_tokenization_spaces");
    t->cleans_up = clean && clean->type == GAZE_JSON_TRUE;
    t->max_length = read_max_length(config);
    t->padding_side = read_side(config, "padding_side", t->padding.enabled, t->padding.side);
    t->truncation_side = read_side(config, "truncation_side", t->truncation.enabled, t->truncation.side);
    gaze_status status = read_class(t, config, err);
    return status ? status : read_special(t, config, map, err);
}

int32_t gaze_tokenizer_special_id(const gaze_tokenizer *t, gaze_special_token part) {
    const char *const names[] = {t->special[part], parts[part].usual[0], parts[part].usual[1]};
    int32_t id = -1;
    for (size_t i = 0; i < 3 && id < 0; i++)
        if (names[i]) id = gaze_tokenizer_token_to_id(t, names[i], strlen(names[i]));
    return id;
}

size_t gaze_tokenizer_max_length(const gaze_tokenizer *t) {
    return t->max_length;
}

gaze_side gaze_tokenizer_padding_side(const gaze_tokenizer *t) {
    return t->padding_side;
}

gaze_side gaze_tokenizer_truncation_side(const gaze_tokenizer *t) {
    return t->truncation_side;
}

/* Classes whose model_input_names have token_type_ids in transformers 5.23, as they are and with "Fast" behind. A class
 * that is not known there is the plain one, which has none. */
static const char *const typed_classes[] = {
    "BertTokenizer",       "ConvBertTokenizer",    "DPRContextEncoderTokenizer", "DPRQuestionEncoderTokenizer",
    "DebertaTokenizer",    "DebertaV2Tokenizer",   "ElectraTokenizer",           "LayoutLMTokenizer",
    "LxmertTokenizer",     "MobileBertTokenizer",  "SqueezeBertTokenizer",
};

bool gaze_tokenizer_gives_type_ids(const gaze_tokenizer *t, const char *usual_class, size_t length) {
    if (t->inputs_named) return t->type_ids_named;
    const char *class = t->class ? t->class : usual_class;
    if (t->class) length = t->class_length;
    if (length > 4 && memcmp(class + length - 4, "Fast", 4) == 0) length -= 4;
    for (size_t i = 0; i < sizeof typed_classes / sizeof *typed_classes; i++)
        if (strlen(typed_classes[i]) == length && memcmp(typed_classes[i], class, length) == 0) return true;
    return false;
}

bool gaze_tokenizer_cleans_up(const gaze_tokenizer *t) {
    return t->cleans_up && t->model.tokenize != gaze_bpe_tokenize;
}

gaze_status gaze_tokenizer_text(gaze_buffer *out, const gaze_tokenizer *t, const int32_t *ids, size_t count,
                                bool skip_special_tokens, gaze_error *err) {
    gaze_buffer text = {0};
    if (!gaze_tokenizer_cleans_up(t))
        return gaze_tokenizer_decode(out, t, ids, count, skip_special_tokens, err);
    gaze_status status = gaze_tokenizer_decode(&text, t, ids, count, skip_special_tokens, err);
    if (!status && text.length) gaze_decoder_clean_up(out, (gaze_string){text.data, text.length}, false);
    gaze_buffer_deinit(&text);
    return status ? status : gaze_buffer_status(out, err);
}

bool gaze_tokenizer_marks_subwords(const gaze_tokenizer *t) {
    return t->model.marks_subwords || t->model.bpe.prefix.length > 0;
}
