/* Unigram (Kudo 2018; Hugging Face tokenizers, models/unigram): the most probable way to cut a word.
 *
 * Every piece has a score, the logarithm of its probability; a cut's score is the sum of its pieces'. The
 * best cut is found by Viterbi's algorithm, from left to right:
 *
 *     best[0] = 0
 *     for every char i, for every piece that the rest begins with, of length n:
 *         best[i + n] = max(best[i + n], best[i] + score(piece))
 *
 *     pieces  a -2, b -2, ab -3, c -1     "abc":  a b c = -5,  ab c = -4  ->  ab | c
 *
 * A char that is no piece costs 10 more than the worst piece. Neighbouring ones become one unknown token.
 */
#include "tokenizer/unigram.h"

#include "core/base/memory.h"
#include "tokenizer/token_model.h"

#define NOT_REACHED UINT32_MAX

/* The best way to cut the chars before a place. */
typedef struct best {
    double score;
    uint32_t start; /* of its last piece; NOT_REACHED: there is no way yet */
    int32_t id;     /* of its last piece */
    uint32_t end;   /* of the token that begins at this place (mark_tokens) */
} best;

typedef struct lattice {
    const gaze_token_model *model;
    const gaze_word *word;
    best *places; /* [word->count + 1] */
} lattice;

/* Viterbi --------------------------------------------------------------------------------------------- */

/* One more way to get to `end`. Of equal ones, the first counts. */
static bool offer(lattice *l, size_t start, size_t end, int32_t id, double score) {
    const double total = l->places[start].score + score;
    best *place = &l->places[end];
    if (place->start != NOT_REACHED && total <= place->score) return false;
    *place = (best){.score = total, .start = (uint32_t)start, .id = id};
    return true;
}

/* The node behind all bytes of a char. */
static uint32_t follow(const lattice *l, uint32_t node, size_t at) {
    const gaze_word *word = l->word;
    for (size_t k = word->byte_at[at]; k < word->byte_at[at + 1] && node != GAZE_NO_NODE; k++)
        node = gaze_prefix_tree_child(&l->model->unigram.pieces, node, (unsigned char)word->bytes[k]);
    return node;
}

static gaze_status extend(lattice *l, size_t start, gaze_error *err) {
    const gaze_unigram *unigram = &l->model->unigram;
    bool is_piece = false; /* the char by itself */
    uint32_t node = follow(l, 0, start);
    for (size_t end = start + 1; node != GAZE_NO_NODE; node = follow(l, node, end++)) {
        const int32_t id = unigram->pieces.values[node];
        if (id != GAZE_NO_VALUE) offer(l, start, end, id, unigram->scores[id]);
        if (id != GAZE_NO_VALUE && end == start + 1) is_piece = true;
        if (end == l->word->count) break;
    }
    if (is_piece || !offer(l, start, start + 1, l->model->unk_id, unigram->unknown_score)) return GAZE_OK;
    if (l->model->unk_id >= 0) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "Encountered an unknown token but `unk_id` is missing");
}

static gaze_status find_best(lattice *l, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i <= l->word->count; i++) l->places[i] = (best){.start = NOT_REACHED};
    for (size_t i = 0; i < l->word->count && !status; i++) status = extend(l, i, err);
    return status;
}

/* Follows the best cut back from the end, and notes where its tokens end. Neighbouring unknown pieces are one
 * token. */
static void mark_tokens(lattice *l) {
    const int32_t unk_id = l->model->unk_id;
    size_t token_end = 0;
    bool right_is_unknown = false;
    for (size_t end = l->word->count; end > 0; end = l->places[end].start) {
        const bool is_unknown = unk_id >= 0 && l->places[end].id == unk_id;
        if (!is_unknown || !right_is_unknown) token_end = end;
        l->places[l->places[end].start].end = (uint32_t)token_end;
        right_is_unknown = is_unknown;
    }
}

/* Tokens ---------------------------------------------------------------------------------------------- */

/* The bytes of unknown text, each with the offsets of all of it. */
static bool push_bytes(bool *done, const gaze_unigram *unigram, gaze_sequence *out, gaze_string text,
                       const gaze_char *chars, size_t count) {
    *done = false;
    if (!unigram->byte_fallback) return true;
    for (size_t k = 0; k < text.length; k++)
        if (unigram->byte_ids[(unsigned char)text.text[k]] < 0) return true;
    for (size_t k = 0; k < text.length; k++)
        if (!gaze_sequence_push(out, unigram->byte_ids[(unsigned char)text.text[k]], chars, count))
            return false;
    *done = true;
    return true;
}

/* An unknown token's string is the text itself. */
static bool push_unknown(int32_t unk_id, gaze_sequence *out, gaze_string text, const gaze_char *chars,
                         size_t count) {
    const char *copy = gaze_arena_copy_string(&out->strings, text.text, text.length);
    if (!copy || !gaze_sequence_push(out, unk_id, chars, count)) return false;
    out->tokens[out->count - 1].string = copy;
    out->tokens[out->count - 1].string_length = text.length;
    return true;
}

static bool push_token(const gaze_token_model *self, gaze_sequence *out, gaze_string text,
                       const gaze_char *chars, size_t count) {
    const int32_t id = gaze_vocabulary_id(&self->vocabulary, text.text, text.length);
    bool done;
    if (id >= 0) return gaze_sequence_push(out, id, chars, count);
    if (!push_bytes(&done, &self->unigram, out, text, chars, count)) return false;
    return done || push_unknown(self->unk_id, out, text, chars, count);
}

gaze_status gaze_unigram_tokenize(const gaze_token_model *self, gaze_sequence *out, const gaze_char *chars,
                                  size_t count, gaze_error *err) {
    const gaze_word *word = &out->word;
    lattice l = {.model = self, .word = word};
    if (!gaze_word_set(&out->word, chars, count)) return gaze_fail_memory(err);
    l.places = gaze_scratch_get(&out->scratch[0], count + 1, sizeof *l.places);
    if (!l.places) return gaze_fail_memory(err);
    gaze_status status = find_best(&l, err);
    if (status) return status;
    mark_tokens(&l);
    for (size_t start = 0, end; start < count; start = end) {
        end = l.places[start].end;
        const size_t from = word->byte_at[start], to = word->byte_at[end];
        if (!push_token(self, out, (gaze_string){word->bytes + from, to - from}, chars + start, end - start))
            return gaze_fail_memory(err);
    }
    return GAZE_OK;
}
