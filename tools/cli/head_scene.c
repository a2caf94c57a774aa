#include "tools/cli/head_scene.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "tools/cli/figure.h"
#include "tools/pipeline/token_choice.h"

/* What a page may hold unless --full says otherwise: with all else in it, less than 8 MB. */
enum { PAGE_BUDGET = 7500 * 1000 };

static bool is(const char *word, const char *expected) {
    return word && strcmp(word, expected) == 0;
}

void head_scene_close(head_scene *c) {
    gaze_picture_deinit(&c->lines);
    gaze_picture_deinit(&c->heads);
    gaze_selection_deinit(&c->layers);
    gaze_units_deinit(&c->tokens);
    gaze_units_deinit(&c->words);
    gaze_source_close(&c->source);
    gaze_free(c->attentions);
    gaze_free(c->pinned);
    gaze_free(c->pinned_tokens);
}

/* More heads than there are colours are drawn as their mean. */
static gaze_status select_lines(head_scene *c, const gaze_picture_options *options, gaze_error *err) {
    gaze_status status = gaze_picture_select(&c->lines, &c->source, options, err);
    if (status) return status;
    if (c->lines.layer.reduction == GAZE_EACH && c->lines.layer.count > 1)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "head-view draws one layer, %zu are given; gaze model-view draws all", c->lines.layer.count);
    if (c->bits && c->lines.layer.reduction == GAZE_MAX)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "--layer %s: a page has each layer, from 0 to %zu, and their mean",
                         options->layer, c->source.layers - 1);
    if (c->lines.head.count > GAZE_HEAD_COLORS && c->lines.head.reduction == GAZE_EACH)
        c->lines.head.reduction = GAZE_MEAN;
    return GAZE_OK;
}

/* The layer that a page shows first is among those that it holds. */
static gaze_status check_first_layer(const head_scene *c, gaze_error *err) {
    for (size_t i = 0; i < c->layers.count; i++)
        if (c->layers.indices[i] == c->lines.layer.indices[0]) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "--include-layers: layer %zu, which is shown first, is not among them",
                     c->lines.layer.indices[0]);
}

static gaze_status read_layers(head_scene *c, const gaze_picture_options *options, gaze_error *err) {
    gaze_source_options read = options->read;
    bool *layers = gaze_alloc_zero(c->source.layers, sizeof *layers);
    if (!layers) return gaze_fail_memory(err);
    gaze_picture_want_layers(layers, &c->lines);
    for (size_t i = 0; i < c->layers.count; i++) layers[c->layers.indices[i]] = true;
    read.layers = layers;
    read.what |= GAZE_RECORD_ATTENTIONS;
    gaze_status status = gaze_source_read(&c->source, &read, err);
    gaze_free(layers);
    return status;
}

static gaze_status make_pictures(head_scene *c, const cli_settings *s, gaze_error *err) {
    gaze_picture_options options = cli_picture_options(s), each = options;
    each.head = "all";
    options.bits = each.bits = c->bits;
    options.renormalise = each.renormalise = false; /* after the filter */
    gaze_status status = select_lines(c, &options, err);
    if (!status && c->bits) status = gaze_select(&c->layers, "all", s->include_layers, "layer", c->source.layers, err);
    if (!status && c->bits) status = check_first_layer(c, err);
    if (!status) status = gaze_picture_select(&c->heads, &c->source, &each, err);
    if (!status) status = read_layers(c, &options, err);
    if (!status) status = gaze_picture_fill(&c->lines, &c->source, &options, err);
    if (!status) status = gaze_picture_fill(&c->heads, &c->source, &each, err);
    if (!status) status = gaze_part_make(&c->lines_part, &c->lines, s->filter, s->renormalise, err);
    if (!status) status = gaze_part_make(&c->heads_part, &c->heads, s->filter, s->renormalise, err);
    c->lines.figure.renormalised = s->renormalise;
    return status;
}

/* Pins ----------------------------------------------------------------------------------------------- */

/* --token; without it a page pins the row of the strongest link, so that a reader sees that there is something to
 * touch. */
static gaze_status choose_pins(head_scene *c, const cli_settings *s, gaze_error *err) {
    size_t to;
    if (s->token)
        return gaze_token_choose_list(c->pinned, &c->pinned_count, s->token, &c->lines.units, &c->source, err);
    if (!c->bits) return GAZE_OK;
    gaze_token_choose_strongest(&c->pinned[0], &to, &c->lines.units, c->lines.panels[0].weights);
    c->pinned_count = 1;
    return GAZE_OK;
}

/* As rows of the part, or with --direction to as columns of it. */
static gaze_status pin_tokens(head_scene *c, const cli_settings *s, gaze_error *err) {
    bool keys = is(s->direction, "to");
    size_t start = keys ? c->lines_part.column_start : c->lines_part.row_start;
    size_t count = keys ? c->lines_part.column_count : c->lines_part.row_count, kept = 0;
    c->pinned = gaze_alloc(c->lines.units.count, sizeof *c->pinned);
    c->pinned_tokens = gaze_alloc(c->lines.units.count, sizeof *c->pinned_tokens);
    if (!c->pinned || !c->pinned_tokens) return gaze_fail_memory(err);
    gaze_status status = choose_pins(c, s, err);
    for (size_t i = 0; i < c->pinned_count && !status; i++) {
        size_t unit = c->pinned[i];
        bool there = unit >= start && unit - start < count;
        if (!there && s->token)
            status =
                gaze_fail(err, GAZE_ERROR_ARGUMENT, "--token %s: not among the tokens that --filter leaves", s->token);
        if (!there) continue;
        c->pinned_tokens[kept] = c->lines.units.starts[c->lines.units.kept[unit]];
        c->pinned[kept++] = unit - start;
    }
    c->pinned_count = kept;
    return status;
}

/* Everything ----------------------------------------------------------------------------------------- */

/* Whether every row of every layer sums to 1, as a softmax does; a record may hold anything. */
static bool all_rows_sum_to_one(const head_scene *c) {
    size_t T = c->source.tokens->count;
    for (size_t l = 0; l < c->layers.count; l++)
        for (size_t row = 0; row < c->source.heads * T; row++) {
            double sum = 0;
            for (size_t s = 0; s < T; s++) sum += (double)c->attentions[l][row * T + s];
            if (!(fabs(sum - 1) < 0.005)) return false;
        }
    return true;
}

static gaze_status make_page_parts(head_scene *c, gaze_error *err) {
    const gaze_tokens *tokens = c->source.tokens;
    c->attentions = gaze_alloc(c->layers.count, sizeof *c->attentions);
    if (!c->attentions) return gaze_fail_memory(err);
    for (size_t i = 0; i < c->layers.count; i++)
        c->attentions[i] = gaze_source_attentions(&c->source, c->layers.indices[i]);
    c->sums_to_one = all_rows_sum_to_one(c);
    gaze_status status = gaze_units_make(&c->tokens, tokens, &c->source.input, GAZE_UNIT_TOKEN, false, err);
    return status ? status : gaze_units_make(&c->words, tokens, &c->source.input, GAZE_UNIT_WORD, false, err);
}

gaze_status head_scene_make(head_scene *c, const cli_settings *s, gaze_error *err) {
    gaze_status status = cli_open_source(&c->source, s, err);
    if (!status) status = make_pictures(c, s, err);
    if (!status) status = pin_tokens(c, s, err);
    if (!status && c->bits) status = make_page_parts(c, err);
    return status;
}

static gaze_filter filter_of(const char *word) {
    static const char *const words[] = {"all", "aa", "ab", "ba", "bb"};
    for (int i = 0; i < 5; i++)
        if (is(word, words[i])) return (gaze_filter)i;
    return GAZE_FILTER_ALL;
}

gaze_head_view head_scene_view(const head_scene *c, const cli_settings *s) {
    const gaze_label *labels = c->lines.units.labels;
    gaze_head_view view = {.figure = c->lines.figure,
                           .rows = labels + c->lines_part.row_start,
                           .row_count = c->lines_part.row_count,
                           .columns = labels + c->lines_part.column_start,
                           .column_count = c->lines_part.column_count,
                           .panels = c->lines_part.panels,
                           .panel_count = c->lines.panel_count,
                           .filter = filter_of(s->filter),
                           .pinned = c->pinned,
                           .pinned_count = c->pinned_count,
                           .pinned_keys = is(s->direction, "to"),
                           .chosen = c->lines.head.indices,
                           .chosen_count = c->lines.head.count,
                           .strip = c->heads_part.panels,
                           .strip_count = c->heads.panel_count,
                           .rounded = c->sums_to_one};
    view.horizontal = gaze_head_view_prefers_horizontal(labels, c->lines.units.count);
    if (s->layout) gaze_head_view_set_layout(&view, s->layout);
    cli_set_look(&view.figure, s);
    return view;
}

/* A mean that nobody asked for falls apart into heads when the reader leaves six of them. */
static const char *mode_of(const head_scene *c, const cli_settings *s) {
    const gaze_selection *head = &c->lines.head;
    if (head->reduction == GAZE_EACH) return "each";
    if (head->reduction == GAZE_MAX) return "max";
    return is(s->head, "mean") || head->count <= GAZE_HEAD_COLORS ? "mean" : "each";
}

gaze_head_page head_scene_page(const head_scene *c, const cli_settings *s) {
    const gaze_selection *layer = &c->lines.layer;
    return (gaze_head_page){.view = head_scene_view(c, s),
                            .bits = c->bits,
                            .budget = s->full || layer->reduction == GAZE_MEAN ? 0 : PAGE_BUDGET,
                            .tokens = c->tokens.labels,
                            .token_count = c->tokens.count,
                            .words = c->words.labels,
                            .word_starts = c->words.starts,
                            .word_count = c->words.count,
                            .attentions = c->attentions,
                            .layers = c->layers.indices,
                            .layer_count = c->layers.count,
                            .heads = c->heads.head.indices,
                            .head_count = c->heads.head.count,
                            .model_layers = c->source.layers,
                            .model_heads = c->source.heads,
                            .layer = layer->indices[0],
                            .layer_mean = layer->reduction == GAZE_MEAN,
                            .mode = mode_of(c, s),
                            .pinned = c->pinned_tokens,
                            .pinned_count = c->pinned_count};
}
