/* Padding (Hugging Face tokenizers, utils/padding.rs: pad_encodings). */
#include "tokenizer/internal.h"

#include <string.h>

static gaze_status append_pads(gaze_tokens *tokens, const gaze_token *pad, size_t count, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < count && !status; i++) status = gaze_tokens_append(tokens, pad, err);
    return status;
}

/* Pads in front: a new list, pads first. The overflow moves over. */
static gaze_status pad_left(gaze_tokens *tokens, const gaze_token *pad, size_t count, gaze_error *err) {
    gaze_tokens padded = {0};
    gaze_status status = append_pads(&padded, pad, count, err);
    if (!status) status = gaze_tokens_append_range(&padded, tokens, 0, tokens->count, err);
    if (status) {
        gaze_tokens_deinit(&padded);
        return status;
    }
    padded.overflow = tokens->overflow;
    padded.overflow_count = tokens->overflow_count;
    tokens->overflow = NULL;
    tokens->overflow_count = 0;
    gaze_tokens_deinit(tokens);
    *tokens = padded;
    return GAZE_OK;
}

/* One list and its overflow windows, to `length` tokens each; longer ones are left alone. */
static gaze_status pad_to(gaze_tokens *tokens, const gaze_token *pad, size_t length, gaze_side side,
                          gaze_error *err) {
    gaze_status status = GAZE_OK;
    size_t missing = tokens->count < length ? length - tokens->count : 0;
    if (missing && side == GAZE_SIDE_LEFT)
        status = pad_left(tokens, pad, missing, err);
    else if (missing)
        status = append_pads(tokens, pad, missing, err);
    for (size_t i = 0; i < tokens->overflow_count && !status; i++)
        status = pad_to(&tokens->overflow[i], pad, length, side, err);
    return status;
}

/* The length to pad to: given, or the longest of the sequences (their overflow does not count), rounded up. */
static gaze_status target_length(size_t *out, const gaze_tokens *sequences, size_t count,
                                 const gaze_padding *padding, gaze_error *err) {
    size_t length = padding->length;
    for (size_t i = 0; i < count && !padding->length; i++)
        if (sequences[i].count > length) length = sequences[i].count;
    size_t rest = padding->multiple_of ? length % padding->multiple_of : 0;
    if (rest && !gaze_size_add(length, padding->multiple_of - rest, &length)) length = SIZE_MAX;
    if ((rest || padding->length) && length > GAZE_MAX_PADDING)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "padding to %zu tokens, at most %d are allowed", length,
                         GAZE_MAX_PADDING);
    *out = length;
    return GAZE_OK;
}

/* The token that tokenizer.json pads with, else the one that has this part to play. */
static gaze_status find_pad_token(gaze_token *pad, const gaze_tokenizer *t, gaze_error *err) {
    pad->id = t->padding.token ? t->padding.id : gaze_tokenizer_special_id(t, GAZE_TOKEN_PAD);
    pad->string = t->padding.token ? t->padding.token : gaze_tokenizer_id_to_token(t, pad->id, NULL);
    if (pad->string) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                     "padding: the tokenizer has no pad token, neither [PAD] nor <pad>");
}

gaze_status gaze_tokenizer_pad(const gaze_tokenizer *tokenizer, gaze_tokens *sequences, size_t count,
                               const gaze_padding *padding, gaze_error *err) {
    gaze_token pad = {.id = padding->id, .string = padding->token};
    size_t length = 0;
    gaze_status status = GAZE_OK;
    if (!padding->enabled) return GAZE_OK;
    if (!pad.string) status = find_pad_token(&pad, tokenizer, err);
    if (!status) status = target_length(&length, sequences, count, padding, err);
    if (status) return status;
    pad.string_length = strlen(pad.string);
    pad.type_id = padding->type_id;
    pad.word_id = GAZE_NO_WORD;
    pad.sequence_id = GAZE_NO_SEQUENCE;
    pad.special = 1;
    for (size_t i = 0; i < count && !status; i++)
        status = pad_to(&sequences[i], &pad, length, padding->side, err);
    return status;
}
