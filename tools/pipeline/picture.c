#include "tools/pipeline/picture.h"

#include <string.h>

#include "tools/pipeline/picture_panels.h"

gaze_status gaze_picture_select(gaze_picture *picture, const gaze_source *source,
                                const gaze_picture_options *options, gaze_error *err) {
    const char *layer = options->layer ? options->layer : "last", *head = options->head ? options->head : "mean";
    *picture = (gaze_picture){0};
    gaze_status status =
        gaze_select(&picture->layer, layer, options->include_layers, "layer", source->layers, err);
    if (!status) status = gaze_select(&picture->head, head, options->include_heads, "head", source->heads, err);
    if (status) gaze_picture_deinit(picture);
    return status;
}

void gaze_picture_want_layers(bool *flags, const gaze_picture *picture) {
    for (size_t i = 0; i < picture->layer.count; i++) flags[picture->layer.indices[i]] = true;
}

/* Special tokens ------------------------------------------------------------------------------------- */

static bool is_token(const gaze_tokens *tokens, size_t t, const gaze_share *share) {
    return tokens->string_lengths[t] == share->length && memcmp(tokens->strings[t], share->text, share->length) == 0;
}

/* One share for each kind of special token, in the order in which they stand; their masses come later. */
static gaze_status list_shares(gaze_picture *picture, const gaze_tokens *tokens, gaze_error *err) {
    picture->shares = gaze_arena_alloc(&picture->memory, tokens->count, sizeof *picture->shares);
    if (!picture->shares) return gaze_fail_memory(err);
    for (size_t t = 0; t < tokens->count; t++) {
        size_t i = 0;
        if (!tokens->special[t]) continue;
        while (i < picture->share_count && !is_token(tokens, t, &picture->shares[i])) i++;
        if (i == picture->share_count)
            picture->shares[picture->share_count++] =
                (gaze_share){.text = tokens->strings[t], .length = tokens->string_lengths[t]};
    }
    return GAZE_OK;
}

/* Everything together -------------------------------------------------------------------------------- */

/* "0, 2, 5" where a mean or maximum is not over all `count`; else *list is NULL. */
static gaze_status list_numbers(const char **list, gaze_picture *picture, const gaze_selection *selection,
                                size_t count, gaze_error *err) {
    gaze_buffer text = {0};
    *list = NULL;
    if (selection->reduction == GAZE_EACH || selection->count == count) return GAZE_OK;
    for (size_t i = 0; i < selection->count; i++)
        gaze_buffer_printf(&text, "%s%zu", i ? ", " : "", selection->indices[i]);
    if (!text.failed) *list = gaze_arena_copy_string(&picture->memory, text.data, text.length);
    gaze_buffer_deinit(&text);
    return *list ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status fill_figure(gaze_picture *picture, const gaze_source *source, const gaze_picture_options *options,
                               gaze_error *err) {
    picture->figure = (gaze_figure){.model = source->model,
                                    .note = source->note,
                                    .text = source->input.text,
                                    .text_length = source->input.text_length,
                                    .pair = source->input.pair,
                                    .pair_length = source->input.pair_length,
                                    .cut = source->tokens->overflow_count ? source->tokens->count : 0,
                                    .words = options->unit == GAZE_UNIT_WORD,
                                    .special = options->special,
                                    .shares = picture->shares,
                                    .share_count = picture->share_count,
                                    .renormalised = options->renormalise};
    gaze_status status = list_numbers(&picture->figure.layers, picture, &picture->layer, source->layers, err);
    if (status) return status;
    return list_numbers(&picture->figure.heads, picture, &picture->head, source->heads, err);
}

gaze_status gaze_picture_fill(gaze_picture *picture, const gaze_source *source,
                              const gaze_picture_options *options, gaze_error *err) {
    bool hide = options->special == GAZE_SPECIAL_HIDE;
    gaze_status status =
        gaze_units_make(&picture->units, source->tokens, &source->input, options->unit, hide, err);
    if (!status) status = list_shares(picture, source->tokens, err);
    if (!status) status = gaze_picture_make_panels(picture, source, options->renormalise, options->bits, err);
    if (!status) status = fill_figure(picture, source, options, err);
    if (status) gaze_picture_deinit(picture);
    return status;
}

static gaze_status read_source(gaze_source *source, const gaze_picture *picture, const gaze_picture_options *options,
                               gaze_error *err) {
    gaze_source_options read = options->read;
    bool *layers = gaze_alloc_zero(source->layers, sizeof *layers);
    if (!layers) return gaze_fail_memory(err);
    gaze_picture_want_layers(layers, picture);
    read.layers = layers;
    read.what |= GAZE_RECORD_ATTENTIONS;
    gaze_status status = gaze_source_read(source, &read, err);
    gaze_free(layers);
    return status;
}

gaze_status gaze_picture_make(gaze_picture *picture, gaze_source *source, const gaze_picture_options *options,
                              gaze_error *err) {
    gaze_status status = gaze_picture_select(picture, source, options, err);
    if (status) return status;
    status = read_source(source, picture, options, err);
    if (!status) return gaze_picture_fill(picture, source, options, err);
    gaze_picture_deinit(picture);
    return status;
}

void gaze_picture_deinit(gaze_picture *picture) {
    gaze_selection_deinit(&picture->layer);
    gaze_selection_deinit(&picture->head);
    gaze_units_deinit(&picture->units);
    gaze_arena_deinit(&picture->memory);
    *picture = (gaze_picture){0};
}
