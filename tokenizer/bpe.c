/* BPE (Hugging Face tokenizers, models/bpe/model.rs): a word becomes symbols, symbols merge to tokens.
 *
 *     word "abcd", one symbol a char:       a b c d
 *     merges in order of rank (bpe_merge.h) ab c d  ->  abc d
 *
 * A char without an entry is lost, unless there is an unknown token or an entry for each of its bytes. The
 * offsets of a token are sums of the lengths of the symbols before it, so what follows a lost char is one
 * char too far to the left. The library does so.
 */
#include "tokenizer/bpe.h"

#include <string.h>

#include "core/base/utf8.h"
#include "tokenizer/bpe_merge.h"
#include "tokenizer/token_model.h"

/* A word on its way to tokens. */
typedef struct word {
    const gaze_token_model *model;
    const gaze_char *chars;
    size_t count;
    gaze_symbol *symbols; /* room for one a byte */
    size_t symbol_count;
    uint32_t unknown; /* bytes of unknown chars that have no symbol yet; 0: there are none */
} word;

/* Symbols --------------------------------------------------------------------------------------------- */

static void add_symbol(word *w, int32_t id, size_t length) {
    w->symbols[w->symbol_count++] = (gaze_symbol){.id = (uint32_t)id, .length = (uint32_t)length};
}

/* The id of the char with what belongs around it at this place of the word. */
static int32_t affixed_id(const word *w, size_t i, const char utf8[4], size_t length) {
    const gaze_bpe *bpe = &w->model->bpe;
    const gaze_string prefix = i > 0 ? bpe->prefix : (gaze_string){"", 0};
    const gaze_string suffix = i + 1 == w->count ? bpe->suffix : (gaze_string){"", 0};
    char key[GAZE_BPE_AFFIX + 4 + GAZE_BPE_AFFIX];
    memcpy(key, prefix.text, prefix.length);
    memcpy(key + prefix.length, utf8, length);
    memcpy(key + prefix.length + length, suffix.text, suffix.length);
    return gaze_vocabulary_id(&w->model->vocabulary, key, prefix.length + length + suffix.length);
}

/* An unknown token is written when the next char is known, or the next one shall not be fused with it. */
static gaze_status flush_unknown(word *w, gaze_error *err) {
    if (!w->unknown) return GAZE_OK;
    if (w->model->unk_id < 0)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "Unk token `%.80s` not found in the vocabulary",
                         w->model->bpe.unk.text);
    add_symbol(w, w->model->unk_id, w->unknown);
    w->unknown = 0;
    return GAZE_OK;
}

/* The bytes of a char as tokens, which overtake an unknown token that is not written yet. */
static bool add_bytes(word *w, const char utf8[4], size_t length) {
    const int32_t *ids = w->model->bpe.byte_ids;
    if (!w->model->bpe.byte_fallback) return false;
    for (size_t k = 0; k < length; k++)
        if (ids[(unsigned char)utf8[k]] < 0) return false;
    for (size_t k = 0; k < length; k++) add_symbol(w, ids[(unsigned char)utf8[k]], 1);
    return true;
}

static gaze_status add_unusual_char(word *w, size_t i, gaze_error *err) {
    char utf8[4];
    const size_t length = gaze_utf8_encode(w->chars[i].code_point, utf8);
    const int32_t id = affixed_id(w, i, utf8, length);
    gaze_status status = GAZE_OK;
    if (id >= 0) {
        status = flush_unknown(w, err);
        add_symbol(w, id, length);
    } else if (!add_bytes(w, utf8, length) && w->model->bpe.unk.text) {
        if (!w->model->bpe.fuse_unk) status = flush_unknown(w, err);
        w->unknown += (uint32_t)length;
    }
    return status;
}

static gaze_status make_symbols(word *w, gaze_error *err) {
    const gaze_bpe *bpe = &w->model->bpe;
    const bool plain = !bpe->prefix.length && !bpe->suffix.length;
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < w->count && !status; i++) {
        const uint32_t c = w->chars[i].code_point;
        if (plain && !w->unknown && c < GAZE_BPE_CHARS && bpe->char_ids[c] >= 0)
            add_symbol(w, bpe->char_ids[c], c < 0x80 ? 1 : 2);
        else
            status = add_unusual_char(w, i, err);
    }
    return status ? status : flush_unknown(w, err);
}

/* Tokens ---------------------------------------------------------------------------------------------- */

static size_t utf8_length(uint32_t c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* A symbol covers the chars in which its first and its last byte lie. */
static gaze_status push_tokens(const word *w, gaze_sequence *out, gaze_error *err) {
    size_t byte = 0, at = 0, i = 0; /* where the symbol begins, and char i */
    for (size_t k = 0; k < w->symbol_count; k++) {
        const gaze_symbol *symbol = &w->symbols[k];
        while (at + utf8_length(w->chars[i].code_point) <= byte) at += utf8_length(w->chars[i++].code_point);
        const size_t first = i;
        byte += symbol->length;
        while (at + utf8_length(w->chars[i].code_point) < byte) at += utf8_length(w->chars[i++].code_point);
        if (!gaze_sequence_push(out, (int32_t)symbol->id, w->chars + first, i - first + 1))
            return gaze_fail_memory(err);
    }
    return GAZE_OK;
}

/* Room for one symbol a byte, and for the heap of a long word. */
static gaze_status reserve(word *w, gaze_merge **heap, gaze_sequence *out, gaze_error *err) {
    size_t bytes = 0;
    for (size_t i = 0; i < w->count; i++) bytes += utf8_length(w->chars[i].code_point);
    w->symbols = gaze_scratch_get(&out->scratch[0], bytes, sizeof *w->symbols);
    *heap = NULL;
    if (bytes > GAZE_BPE_SHORT_WORD) *heap = gaze_scratch_get(&out->scratch[1], 2 * bytes, sizeof **heap);
    return w->symbols && (*heap || bytes <= GAZE_BPE_SHORT_WORD) ? GAZE_OK : gaze_fail_memory(err);
}

/* The word as one token, when it has an entry and those come before merges. */
static gaze_status tokenize_whole(bool *done, const gaze_token_model *self, gaze_sequence *out,
                                  const gaze_char *chars, size_t count, gaze_error *err) {
    *done = false;
    if (!self->bpe.ignore_merges) return GAZE_OK;
    if (!gaze_word_set(&out->word, chars, count)) return gaze_fail_memory(err);
    int32_t id = gaze_vocabulary_id(&self->vocabulary, out->word.bytes, out->word.byte_at[count]);
    *done = id >= 0;
    if (*done && !gaze_sequence_push(out, id, chars, count)) return gaze_fail_memory(err);
    return GAZE_OK;
}

gaze_status gaze_bpe_tokenize(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                              size_t count, gaze_error *err) {
    word w = {.model = self, .chars = chars, .count = count};
    gaze_merge *heap;
    bool done;
    gaze_status status = tokenize_whole(&done, self, out, chars, count, err);
    if (status || done) return status;
    status = reserve(&w, &heap, out, err);
    if (!status) status = make_symbols(&w, err);
    if (status) return status;
    if (w.symbol_count <= GAZE_BPE_SHORT_WORD)
        w.symbol_count = gaze_bpe_merge_short(&self->bpe.merges, w.symbols, w.symbol_count);
    else
        w.symbol_count = gaze_bpe_merge_long(&self->bpe.merges, w.symbols, w.symbol_count, heap);
    return push_tokens(&w, out, err);
}
