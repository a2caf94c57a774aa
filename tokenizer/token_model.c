/* Reading a model, and WordLevel, which is a look-up. */
#include "tokenizer/token_model.h"

#include <stdbool.h>

#include "tokenizer/component.h"

gaze_status gaze_token_model_unknown(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                                     size_t count, const char *name, gaze_error *err) {
    if (self->unk_id < 0)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s error: Missing [UNK] token from the vocabulary",
                         name);
    return gaze_sequence_push(out, self->unk_id, chars, count) ? GAZE_OK : gaze_fail_memory(err);
}

/* WordLevel (Hugging Face tokenizers, models/wordlevel): the whole word, or unknown. */
static gaze_status tokenize_word_level(const gaze_token_model *self, gaze_sequence *out,
                                       const gaze_char *chars, size_t count, gaze_error *err) {
    if (!gaze_word_set(&out->word, chars, count)) return gaze_fail_memory(err);
    int32_t id = gaze_vocabulary_id(&self->vocabulary, out->word.bytes, out->word.byte_at[count]);
    if (id < 0) return gaze_token_model_unknown(self, out, chars, count, "WordLevel", err);
    return gaze_sequence_push(out, id, chars, count) ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status read_word_level(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                   gaze_error *err) {
    const gaze_json_value *unk = NULL;
    (void)arena;
    gaze_status status = gaze_field_string(&unk, json, "unk_token", err);
    if (status) return status;
    model->tokenize = tokenize_word_level;
    model->unk_id = gaze_vocabulary_id(&model->vocabulary, unk->as.text, unk->length);
    return GAZE_OK;
}

typedef gaze_status vocabulary_reader(gaze_vocabulary *vocabulary, gaze_arena *arena,
                                      const gaze_json_value *json, gaze_error *err);

typedef struct kind {
    const char *type;
    const char *fields[5];
    vocabulary_reader *read_vocabulary;
    gaze_status (*read)(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                        gaze_error *err);
} kind;

/* The models, in the order in which a file without "type" is tried: the first whose fields are all there.
 * (So a WordPiece without type that lacks a field is read as WordLevel, as in the library.) */
static const kind kinds[] = {
    {"BPE", {"vocab", "merges"}, gaze_vocabulary_read, gaze_bpe_read},
    {"WordPiece",
     {"vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word"},
     gaze_vocabulary_read,
     gaze_wordpiece_read},
    {"WordLevel", {"vocab", "unk_token"}, gaze_vocabulary_read, read_word_level},
    {"Unigram", {"vocab"}, gaze_vocabulary_read_list, gaze_unigram_read},
};

static gaze_status find_kind(const kind **out, const gaze_json_value *json, gaze_error *err) {
    const gaze_json_value *type = gaze_json_get(json, "type");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *out = &kinds[i];
        bool fits = type ? gaze_json_equals(type, kinds[i].type) : gaze_field_all(json, kinds[i].fields);
        if (fits) return GAZE_OK;
    }
    if (type) return gaze_component_unknown(json, err);
    return gaze_fail(err, GAZE_ERROR_SCHEMA, "no 'type', and not the fields of a known one");
}

static gaze_status read_model(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err) {
    const kind *found = NULL;
    if (!json || json->type != GAZE_JSON_OBJECT)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected an object", gaze_json_kind(json));
    gaze_status status = find_kind(&found, json, err);
    if (!status)
        status = found->read_vocabulary(&model->vocabulary, arena, gaze_json_get(json, "vocab"), err);
    return status ? status : found->read(model, arena, json, err);
}

gaze_status gaze_token_model_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                  gaze_error *err) {
    *model = (gaze_token_model){.unk_id = -1};
    gaze_status status = read_model(model, arena, json, err);
    if (!status) return GAZE_OK;
    gaze_token_model_deinit(model);
    return gaze_fail_prefix(err, status, "model");
}

void gaze_token_model_deinit(gaze_token_model *model) {
    gaze_vocabulary_deinit(&model->vocabulary);
    gaze_strmap_deinit(&model->wordpiece.continuing);
    gaze_pair_map_deinit(&model->bpe.merges);
    gaze_prefix_tree_deinit(&model->unigram.pieces);
    gaze_free(model->unigram.scores);
    *model = (gaze_token_model){0};
}
