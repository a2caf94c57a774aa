/* Reading a Unigram model: the scores, and the tree of its pieces. */
#include <math.h>
#include <stdio.h>

#include "core/base/memory.h"
#include "tokenizer/component.h"
#include "tokenizer/token_model.h"

#define UNKNOWN_PENALTY 10 /* Hugging Face: K_UNK_PENALTY */

/* "vocab" is [["piece", score], ...]; the strings are in the vocabulary already. */
static gaze_status read_scores(gaze_token_model *model, const gaze_json_value *vocab, gaze_error *err) {
    gaze_unigram *unigram = &model->unigram;
    double lowest = INFINITY;
    size_t id = 0;
    unigram->scores = gaze_alloc(model->vocabulary.size, sizeof *unigram->scores);
    if (!unigram->scores) return gaze_fail_memory(err);
    for (const gaze_json_value *entry = gaze_json_first(vocab); entry; entry = entry->next, id++) {
        double *score = &unigram->scores[id];
        if (!gaze_json_double(gaze_json_first(entry)->next, score))
            return gaze_fail(err, GAZE_ERROR_SCHEMA, "vocab: the score of piece %zu is no number", id);
        if (*score < lowest) lowest = *score;
    }
    unigram->unknown_score = lowest - UNKNOWN_PENALTY;
    return GAZE_OK;
}

static gaze_status build_tree(gaze_token_model *model, gaze_error *err) {
    const gaze_vocabulary *v = &model->vocabulary;
    gaze_prefix_key *keys = gaze_alloc(v->size, sizeof *keys);
    if (!keys) return gaze_fail_memory(err);
    for (size_t id = 0; id < v->size; id++)
        keys[id] = (gaze_prefix_key){{v->entries[id].string, v->entries[id].length}, (int32_t)id};
    const bool ok = gaze_prefix_tree_init(&model->unigram.pieces, keys, v->size);
    gaze_free(keys);
    return ok ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status read_unknown(gaze_token_model *model, const gaze_json_value *json, gaze_error *err) {
    if (gaze_field_is_absent(json, "unk_id")) return GAZE_OK;
    gaze_status status = gaze_field_id(&model->unk_id, json, "unk_id", err);
    if (status || (size_t)model->unk_id < model->vocabulary.size) return status;
    return gaze_fail(err, GAZE_ERROR_SCHEMA, "'unk_id' is %d, and there are %zu pieces", (int)model->unk_id,
                     model->vocabulary.size);
}

static gaze_status read_bytes(gaze_token_model *model, const gaze_json_value *json, gaze_error *err) {
    char key[8];
    for (unsigned byte = 0; byte < 256; byte++) {
        snprintf(key, sizeof key, "<0x%02X>", byte);
        model->unigram.byte_ids[byte] = gaze_vocabulary_id(&model->vocabulary, key, 6);
    }
    if (gaze_field_is_absent(json, "byte_fallback")) return GAZE_OK;
    return gaze_field_bool(&model->unigram.byte_fallback, json, "byte_fallback", err);
}

gaze_status gaze_unigram_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err) {
    (void)arena;
    gaze_status status = read_scores(model, gaze_json_get(json, "vocab"), err);
    if (!status) status = read_unknown(model, json, err);
    if (!status) status = read_bytes(model, json, err);
    if (!status) status = build_tree(model, err);
    model->tokenize = gaze_unigram_tokenize;
    return status;
}
