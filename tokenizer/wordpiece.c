/* WordPiece (Hugging Face tokenizers, models/wordpiece): greedy, longest match first, from the left.
 *
 *     at = 0
 *     while at < length(word):
 *         piece = the longest entry equal to word[at..end]; with the prefix "##" when at > 0
 *         none: the whole word is [UNK]
 *         emit piece; at = end
 *
 *     vocabulary un want ##want ##ed:   unwanted -> un ##want ##ed
 *                                       unwantex -> [UNK], although un and ##want were found
 *
 * A word of more than max_input_chars_per_word chars is [UNK] without a look. What is looked up is never
 * longer than the longest entry, so the time is linear in the word.
 */
#include <stdbool.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tokenizer/component.h"
#include "tokenizer/token_model.h"

/* The longest entry at char `at` of the word: the char behind it, or `at` when there is none. */
static size_t longest_match(const gaze_token_model *self, const gaze_word *word, size_t at, int32_t *id) {
    const gaze_wordpiece *wp = &self->wordpiece;
    const gaze_strmap *map = at ? &wp->continuing : &self->vocabulary.ids;
    size_t longest = at ? wp->longest_continuing : wp->longest;
    size_t end = word->count - at < longest ? word->count : at + longest;
    const char *start = word->bytes + word->byte_at[at];
    for (; end > at; end--)
        if (gaze_strmap_get(map, start, word->byte_at[end] - word->byte_at[at], id)) break;
    return end;
}

static gaze_status tokenize(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                            size_t count, gaze_error *err) {
    const size_t first = out->count;
    if (count > self->wordpiece.max_input_chars_per_word)
        return gaze_token_model_unknown(self, out, chars, count, "WordPiece", err);
    if (!gaze_word_set(&out->word, chars, count)) return gaze_fail_memory(err);
    for (size_t at = 0, end; at < count; at = end) {
        int32_t id;
        end = longest_match(self, &out->word, at, &id);
        if (end == at) {
            out->count = first; /* what was found so far does not count */
            return gaze_token_model_unknown(self, out, chars, count, "WordPiece", err);
        }
        if (!gaze_sequence_push(out, id, chars + at, end - at)) return gaze_fail_memory(err);
    }
    return GAZE_OK;
}

static bool starts_with(const gaze_strmap_entry *token, const gaze_json_value *prefix) {
    return token->length >= prefix->length && memcmp(token->key, prefix->as.text, prefix->length) == 0;
}

/* Collects the entries that continue a word, and measures the longest ones. */
static gaze_status index_entries(gaze_token_model *model, const gaze_json_value *prefix, gaze_error *err) {
    gaze_wordpiece *wp = &model->wordpiece;
    const gaze_strmap *ids = &model->vocabulary.ids;
    for (size_t i = 0; i < ids->capacity; i++) {
        const gaze_strmap_entry *token = &ids->slots[i];
        if (!token->key) continue;
        size_t chars = gaze_utf8_count(token->key, token->length);
        if (chars > wp->longest) wp->longest = chars;
        if (!starts_with(token, prefix)) continue;
        const char *rest = token->key + prefix->length;
        size_t length = token->length - prefix->length;
        chars = gaze_utf8_count(rest, length);
        if (chars > wp->longest_continuing) wp->longest_continuing = chars;
        if (!gaze_strmap_set(&wp->continuing, rest, length, token->value, NULL)) return gaze_fail_memory(err);
    }
    return GAZE_OK;
}

gaze_status gaze_wordpiece_read(gaze_token_model *model, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    const gaze_json_value *unk = NULL, *prefix = NULL;
    (void)arena;
    gaze_status status = gaze_field_string(&unk, json, "unk_token", err);
    if (!status) status = gaze_field_string(&prefix, json, "continuing_subword_prefix", err);
    if (!status)
        status = gaze_field_size(&model->wordpiece.max_input_chars_per_word, json, "max_input_chars_per_word",
                                 err);
    if (status) return status;
    model->tokenize = tokenize;
    model->marks_subwords = prefix->length > 0;
    model->unk_id = gaze_vocabulary_id(&model->vocabulary, unk->as.text, unk->length);
    return index_entries(model, prefix, err);
}
