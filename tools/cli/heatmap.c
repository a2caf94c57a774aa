/* gaze heatmap: attention as a matrix. */
#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/gaze.h"

static gaze_status draw(gaze_buffer *out, const gaze_picture *picture, const cli_settings *s, gaze_error *err) {
    gaze_heatmap map = {.figure = picture->figure,
                        .rows = picture->units.labels,
                        .row_count = picture->units.count,
                        .columns = picture->units.labels,
                        .column_count = picture->units.count,
                        .panels = picture->panels,
                        .entropies = picture->entropies,
                        .panel_count = picture->panel_count};
    cli_set_look(&map.figure, s);
    return gaze_heatmap_svg(out, &map, err);
}

static int run_heatmap(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_picture picture = {0};
    gaze_buffer file = {0};
    gaze_picture_options options = cli_picture_options(s);
    int usage = cli_check_source(s);
    if (usage) return usage;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_picture_make(&picture, &source, &options, &err);
    if (!status) status = draw(&file, &picture, s, &err);
    if (!status) status = gaze_file_write(s->output ? s->output : "-", file.data, file.length, &err);
    gaze_buffer_deinit(&file);
    gaze_picture_deinit(&picture);
    gaze_source_close(&source);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_heatmap = {
    .name = "heatmap",
    .arguments = "--model DIR [options] TEXT [TEXT_B]",
    .summary = "draw attention as a matrix: one head, a mean, a layer's heads, all layers",
    .details = "Rows are the tokens that attend, columns those attended to; a row of one head sums to 1.\n"
               "Layers and heads count from 0. Without --layer and --head: the last layer, mean of its\n"
               "heads. --head all draws the heads of a layer as a grid, --layer all --head all the model.\n"
               "--record FILE.npz draws what gaze dump or tools/export_hf.py has stored, without a model.\n\n"
               "  gaze heatmap --model DIR --layer 4 --head 3 -o cat.svg \"The cat sat on the mat.\"\n"
               "  gaze heatmap --model DIR --layer all --head all -o all.svg QUESTION CONTEXT\n"
               "  gaze heatmap --model DIR --unit word --special hide -o words.svg \"The cat sat on the mat.\"\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, CLI_FIGURE_OPTIONS, NULL},
    .max_texts = 2,
    .run = run_heatmap,
};
