#include "tools/pipeline/text_picture.h"

#include "tools/pipeline/token_choice.h"

/* What the passage has between the end of one unit and the start of the next; true also where a text begins. */
static bool is_after_blank(const gaze_source *source, const gaze_units *units, size_t unit) {
    const gaze_tokens *tokens = source->tokens;
    size_t t = units->starts[units->kept[unit]];
    if (t == 0 || tokens->special[t] || tokens->special[t - 1]) return true;
    if (tokens->sequence_ids[t] != tokens->sequence_ids[t - 1]) return true;
    if (!source->input.text)
        return tokens->word_ids[t] == GAZE_NO_WORD || tokens->word_ids[t] != tokens->word_ids[t - 1];
    return tokens->bytes[t].start > tokens->bytes[t - 1].end;
}

/* Byte-level BPE may count the blank before a token to it. */
static void trim(gaze_text_piece *piece) {
    while (piece->length > 1 && piece->text[0] == ' ') {
        piece->text++;
        piece->length--;
        piece->after_blank = true;
    }
}

/* As it stands in the passage, else its label without the tokenizer's mark. */
gaze_text_piece gaze_text_piece_of(const gaze_source *source, const gaze_units *units, size_t unit) {
    const gaze_tokens *tokens = source->tokens;
    const gaze_label *label = &units->labels[unit];
    size_t start = units->starts[units->kept[unit]], end = units->starts[units->kept[unit] + 1];
    const char *text = tokens->sequence_ids[start] == 1 ? source->input.pair : source->input.text;
    gaze_text_piece piece = {.label = *label,
                             .text = label->text + label->marker,
                             .length = label->length - label->marker,
                             .after_blank = is_after_blank(source, units, unit)};
    size_t first = tokens->bytes[start].start, last = tokens->bytes[end - 1].end;
    if (tokens->sequence_ids[start] == GAZE_NO_SEQUENCE || !text || last <= first) return piece;
    piece.text = text + first;
    piece.length = last - first;
    trim(&piece);
    return piece;
}

/* The mean over the chosen rows (or columns) of (N,N), into the pieces. */
static void put_weights(gaze_text_picture *picture, const size_t *chosen, size_t count) {
    const float *a = picture->head.panels[0].weights;
    size_t N = picture->head.units.count;
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t c = 0; c < count; c++)
            sum += (double)(picture->received ? a[i * N + chosen[c]] : a[chosen[c] * N + i]);
        picture->pieces[i].weight = (float)(sum / (double)count);
    }
    for (size_t c = 0; c < count; c++) picture->pieces[chosen[c]].chosen = true;
}

static gaze_status choose(gaze_text_picture *picture, const gaze_source *source, const char *tokens,
                          size_t *chosen, gaze_error *err) {
    const gaze_units *units = &picture->head.units;
    size_t count = 1, from, to;
    if (tokens) {
        gaze_status status = gaze_token_choose_list(chosen, &count, tokens, units, source, err);
        if (status) return status;
    } else {
        gaze_token_choose_strongest(&from, &to, units, picture->head.panels[0].weights);
        chosen[0] = picture->received ? to : from;
    }
    put_weights(picture, chosen, count);
    return GAZE_OK;
}

static gaze_status fill(gaze_text_picture *picture, const gaze_source *source, const char *tokens,
                        gaze_error *err) {
    size_t N = picture->head.units.count, *chosen = gaze_alloc(N, sizeof *chosen);
    picture->pieces = gaze_alloc(N, sizeof *picture->pieces);
    gaze_status status = chosen && picture->pieces ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < N && !status; i++) picture->pieces[i] = gaze_text_piece_of(source, &picture->head.units, i);
    if (!status) gaze_text_pieces_number(picture->pieces, N);
    if (!status) status = choose(picture, source, tokens, chosen, err);
    gaze_free(chosen);
    return status;
}

gaze_status gaze_text_picture_make(gaze_text_picture *picture, gaze_source *source,
                                   const gaze_picture_options *options, const char *tokens, bool received,
                                   gaze_error *err) {
    *picture = (gaze_text_picture){.received = received};
    gaze_status status = gaze_picture_make(&picture->head, source, options, err);
    if (!status && picture->head.panel_count != 1)
        status =
            gaze_fail(err, GAZE_ERROR_ARGUMENT,
                      "%zu matrices are chosen; expected one: a layer and a head, or mean or max of them",
                      picture->head.panel_count);
    if (!status) status = fill(picture, source, tokens, err);
    if (status) gaze_text_picture_deinit(picture);
    return status;
}

void gaze_text_picture_deinit(gaze_text_picture *picture) {
    gaze_picture_deinit(&picture->head);
    gaze_free(picture->pieces);
    *picture = (gaze_text_picture){0};
}

gaze_text_view gaze_text_picture_view(const gaze_text_picture *picture) {
    return (gaze_text_view){.figure = picture->head.figure,
                            .pieces = picture->pieces,
                            .count = picture->head.units.count,
                            .received = picture->received,
                            .panel = picture->head.panels[0]};
}
