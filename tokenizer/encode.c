/* Encoding: the pipeline itself (Hugging Face tokenizers, tokenizer/mod.rs: encode).
 *
 *     text -> chars                          ill-formed UTF-8 becomes U+FFFD
 *          -> cut at added tokens            those that are searched for in the raw text
 *          -> normalize each other piece
 *          -> cut at added tokens            those that are searched for in the normalized text
 *          -> pre-tokenize                   words
 *          -> model                          tokens, each with the range of original chars that it covers
 *     text and pair -> truncate -> template -> gaze_tokens
 *
 * Normalization never looks across an added token, since each piece is normalized on its own.
 */
#include "tokenizer/internal.h"

/* Appends the piece, normalized when it is still to be tokenized, to the pieces of `out`. */
static gaze_status normalize_piece(const gaze_tokenizer *t, gaze_pieces *out, const gaze_pieces *from,
                                   const gaze_piece *piece, gaze_error *err) {
    gaze_normalized work = {0};
    const size_t start = out->text.count;
    gaze_normalized_append(&work, from->text.chars + piece->start, piece->end - piece->start);
    gaze_status status = gaze_normalized_status(&work, err); /* which a normalizer would forget */
    if (!status && piece->token == GAZE_NO_TOKEN) status = gaze_normalizers_apply(&t->normalizers, &work, err);
    if (!status) {
        gaze_normalized_append(&out->text, work.chars, work.count);
        status = gaze_normalized_status(&out->text, err);
    }
    if (!status && !gaze_pieces_push(out, start, out->text.count, piece->token))
        status = gaze_fail_memory(err);
    gaze_normalized_deinit(&work);
    return status;
}

/* The same in place, when the text is one piece: no copies. */
static gaze_status normalize_whole(const gaze_tokenizer *t, gaze_pieces *pieces, gaze_error *err) {
    gaze_status status = gaze_normalizers_apply(&t->normalizers, &pieces->text, err);
    pieces->count = 0;
    if (!status && !gaze_pieces_push(pieces, 0, pieces->text.count, GAZE_NO_TOKEN))
        status = gaze_fail_memory(err);
    return status;
}

static gaze_status normalize(const gaze_tokenizer *t, gaze_pieces *pieces, gaze_error *err) {
    gaze_pieces out = {0};
    gaze_status status = GAZE_OK;
    if (!t->normalizers.count || !pieces->count) return GAZE_OK;
    if (pieces->count == 1 && pieces->items[0].token == GAZE_NO_TOKEN) return normalize_whole(t, pieces, err);
    for (size_t i = 0; i < pieces->count && !status; i++)
        status = normalize_piece(t, &out, pieces, &pieces->items[i], err);
    gaze_pieces_deinit(status ? &out : pieces);
    if (!status) *pieces = out;
    return status;
}

/* The token of a piece that is an added token; its string is the slice of the text. */
static gaze_status push_added(gaze_sequence *sequence, const gaze_pieces *pieces, const gaze_piece *piece,
                              gaze_error *err) {
    const gaze_char *chars = pieces->text.chars + piece->start;
    const size_t count = piece->end - piece->start;
    if (!gaze_word_set(&sequence->word, chars, count) ||
        !gaze_sequence_push(sequence, piece->token, chars, count))
        return gaze_fail_memory(err);
    gaze_found *token = &sequence->tokens[sequence->count - 1];
    token->string_length = sequence->word.byte_at[count];
    token->string = gaze_arena_copy_string(&sequence->strings, sequence->word.bytes, token->string_length);
    return token->string ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status tokenize_pieces(const gaze_tokenizer *t, gaze_sequence *sequence,
                                   const gaze_pieces *pieces, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < pieces->count && !status; i++) {
        const gaze_piece *piece = &pieces->items[i];
        size_t first = sequence->count;
        if (piece->token == GAZE_NO_TOKEN)
            status = t->model.tokenize(&t->model, sequence, pieces->text.chars + piece->start,
                                       piece->end - piece->start, err);
        else
            status = push_added(sequence, pieces, piece, err);
        for (size_t k = first; k < sequence->count; k++) sequence->tokens[k].word = (uint32_t)i;
    }
    return status;
}

static gaze_status encode_sequence(gaze_sequence *sequence, const gaze_tokenizer *t, const char *text,
                                   size_t length, bool skip_special, gaze_error *err) {
    gaze_pieces pieces = {0};
    gaze_status status = gaze_normalized_decode(&pieces.text, &sequence->byte_at, text, length, err);
    if (!status && !gaze_pieces_push(&pieces, 0, pieces.text.count, GAZE_NO_TOKEN))
        status = gaze_fail_memory(err);
    if (!status) status = gaze_added_tokens_cut(&t->added, &pieces, GAZE_SEARCH_RAW, skip_special, err);
    if (!status) status = normalize(t, &pieces, err);
    if (!status)
        status = gaze_added_tokens_cut(&t->added, &pieces, GAZE_SEARCH_NORMALIZED, skip_special, err);
    if (!status) status = gaze_pre_tokenizers_apply(&t->pre_tokenizers, &pieces, err);
    if (!status) status = tokenize_pieces(t, sequence, &pieces, err);
    gaze_pieces_deinit(&pieces);
    return status;
}

gaze_status gaze_tokenizer_encode(gaze_tokens *tokens, const gaze_tokenizer *tokenizer, const char *text,
                                  size_t length, const char *pair, size_t pair_length,
                                  const gaze_encode_options *options, gaze_error *err) {
    const gaze_encode_options defaults = {0};
    const gaze_encode_options *o = options ? options : &defaults;
    gaze_sequence sequences[2] = {{0}, {0}};
    gaze_assembly assembly = {
        .processor = &tokenizer->post_processor,
        .template = pair ? &tokenizer->post_processor.pair : &tokenizer->post_processor.single,
        .sequences = {&sequences[0], &sequences[1]},
        .vocabulary = &tokenizer->model.vocabulary,
        .no_special_tokens = o->no_special_tokens,
    };
    const size_t added = o->no_special_tokens ? 0 : assembly.template->added;
    gaze_status status =
        encode_sequence(&sequences[0], tokenizer, text, length, o->encode_special_tokens, err);
    if (!status && pair)
        status = encode_sequence(&sequences[1], tokenizer, pair, pair_length, o->encode_special_tokens, err);
    const size_t counts[2] = {sequences[0].count, sequences[1].count};
    if (!status) status = gaze_truncate(assembly.windows, counts, pair != NULL, added, &o->truncation, err);
    if (!status) status = gaze_apply_template(tokens, &assembly, err);
    gaze_sequence_deinit(&sequences[0]);
    gaze_sequence_deinit(&sequences[1]);
    return status;
}
