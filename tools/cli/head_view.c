/* gaze head-view: attention as lines between two columns of tokens. */
#include <string.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/gaze.h"
#include "tools/pipeline/token_choice.h"
#include "tools/pipeline/pair_filter.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ };

/* Two pictures of one source: what the lines are drawn of, and every head by itself for the strip. */
typedef struct scene {
    gaze_source source;
    gaze_picture lines, heads;
    gaze_part lines_part, heads_part;
    size_t *pinned;
} scene;

static void close_scene(scene *c) {
    gaze_picture_deinit(&c->lines);
    gaze_picture_deinit(&c->heads);
    gaze_source_close(&c->source);
    gaze_free(c->pinned);
}

/* More heads than there are colours are drawn as their mean. */
static gaze_status select_lines(scene *c, const gaze_picture_options *options, gaze_error *err) {
    gaze_status status = gaze_picture_select(&c->lines, &c->source, options, err);
    if (status) return status;
    if (c->lines.layer.reduction == GAZE_EACH && c->lines.layer.count > 1)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "head-view draws one layer, %zu are given; gaze model-view draws all",
                         c->lines.layer.count);
    if (c->lines.head.count > GAZE_HEAD_COLORS && c->lines.head.reduction == GAZE_EACH)
        c->lines.head.reduction = GAZE_MEAN;
    return GAZE_OK;
}

static gaze_status read_layers(scene *c, const gaze_picture_options *options, gaze_error *err) {
    gaze_source_options read = options->read;
    bool *layers = gaze_alloc_zero(c->source.layers, sizeof *layers);
    if (!layers) return gaze_fail_memory(err);
    gaze_picture_want_layers(layers, &c->lines);
    gaze_picture_want_layers(layers, &c->heads);
    read.layers = layers;
    read.what |= GAZE_RECORD_ATTENTIONS;
    gaze_status status = gaze_source_read(&c->source, &read, err);
    gaze_free(layers);
    return status;
}

static gaze_status make_pictures(scene *c, const cli_settings *s, gaze_error *err) {
    gaze_picture_options options = cli_picture_options(s), each = options;
    each.head = "all";
    options.renormalise = each.renormalise = false; /* after the filter */
    gaze_status status = select_lines(c, &options, err);
    if (!status) status = gaze_picture_select(&c->heads, &c->source, &each, err);
    if (!status) status = read_layers(c, &options, err);
    if (!status) status = gaze_picture_fill(&c->lines, &c->source, &options, err);
    if (!status) status = gaze_picture_fill(&c->heads, &c->source, &each, err);
    if (!status) status = gaze_part_make(&c->lines_part, &c->lines, s->filter, s->renormalise, err);
    if (!status) status = gaze_part_make(&c->heads_part, &c->heads, s->filter, s->renormalise, err);
    c->lines.figure.renormalised = s->renormalise;
    return status;
}

/* --token as rows of the part, or with --direction to as columns of it. */
static gaze_status pin_tokens(scene *c, gaze_head_view *view, const cli_settings *s, gaze_error *err) {
    view->pinned_keys = s->direction && strcmp(s->direction, "to") == 0;
    size_t start = view->pinned_keys ? c->lines_part.column_start : c->lines_part.row_start;
    size_t count = view->pinned_keys ? c->lines_part.column_count : c->lines_part.row_count;
    if (!s->token) return GAZE_OK;
    view->pinned = c->pinned = gaze_alloc(c->lines.units.count, sizeof *c->pinned);
    if (!c->pinned) return gaze_fail_memory(err);
    gaze_status status =
        gaze_token_choose_list(c->pinned, &view->pinned_count, s->token, &c->lines.units, &c->source, err);
    for (size_t i = 0; i < view->pinned_count && !status; i++) {
        if (c->pinned[i] < start || c->pinned[i] - start >= count)
            status = gaze_fail(err, GAZE_ERROR_ARGUMENT, "--token %s: not among the tokens that --filter leaves", s->token);
        c->pinned[i] -= start;
    }
    return status;
}

static gaze_filter filter_of(const char *word) {
    static const char *const words[] = {"all", "aa", "ab", "ba", "bb"};
    for (int i = 0; i < 5; i++)
        if (word && strcmp(word, words[i]) == 0) return (gaze_filter)i;
    return GAZE_FILTER_ALL;
}

static gaze_status make_view(gaze_head_view *view, scene *c, const cli_settings *s, gaze_error *err) {
    const gaze_label *labels = c->lines.units.labels;
    *view = (gaze_head_view){.figure = c->lines.figure,
                             .rows = labels + c->lines_part.row_start,
                             .row_count = c->lines_part.row_count,
                             .columns = labels + c->lines_part.column_start,
                             .column_count = c->lines_part.column_count,
                             .panels = c->lines_part.panels,
                             .panel_count = c->lines.panel_count,
                             .filter = filter_of(s->filter),
                             .strip = c->heads_part.panels,
                             .strip_count = c->heads.panel_count};
    view->horizontal = s->layout ? strcmp(s->layout, "horizontal") == 0
                                 : gaze_head_view_prefers_horizontal(labels, c->lines.units.count);
    cli_set_look(&view->figure, s);
    return pin_tokens(c, view, s, err);
}

static int run_head_view(const cli_settings *s) {
    gaze_error err = {0};
    scene c = {0};
    gaze_head_view view;
    gaze_buffer file = {0};
    cli_format format;
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (usage) return usage;
    gaze_status status = cli_open_source(&c.source, s, &err);
    if (!status) status = make_pictures(&c, s, &err);
    if (!status) status = make_view(&view, &c, s, &err);
    if (!status) status = gaze_head_view_svg(&file, &view, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    close_scene(&c);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_head_view = {
    .name = "head-view",
    .arguments = "--model DIR [options] TEXT [TEXT_B]",
    .summary = "draw attention as lines between two columns of tokens, one layer, one to six heads",
    .details = "A line runs from the token that attends to the token that is attended to; the heavier the\n"
               "weight, the wider and darker. Lines that carry 90 % of each row are drawn, and the caption says\n"
               "how many and what they carry. Layers and heads count from 0. Without --layer and --head: the\n"
               "last layer, mean of its heads; up to six heads (--head 1,3,5) have a colour and dash each.\n"
               "--token pins tokens: their lines stand out, a strip shows what each head gives.\n\n"
               "  gaze head-view --model DIR --layer 4 -o heads.svg \"The cat sat on the mat.\"\n"
               "  gaze head-view --model DIR --layer 3 --head 1 --token it -o it.svg TEXT\n"
               "  gaze head-view --model DIR --filter ab --renormalise -o pair.svg QUESTION CONTEXT\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, CLI_FIGURE_OPTIONS, "--token",
                                     "--direction", "--filter", "--layout", NULL},
    .max_texts = 2,
    .run = run_head_view,
};
