/* gaze heatmap: attention as a matrix. */
#include <string.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/cli/link_map.h"
#include "tools/cli/terminal.h"
#include "tools/gaze.h"
#include "tools/pipeline/picture_write.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ | CLI_CSV | CLI_TSV | CLI_JSON | CLI_NPZ | CLI_TEXT };

static gaze_status draw_text(gaze_buffer *out, gaze_heatmap *map, const cli_settings *s, gaze_error *err) {
    gaze_terminal terminal = cli_terminal();
    if (s->output && strcmp(s->output, "-") != 0) terminal.colors = GAZE_TERMINAL_PLAIN;
    if (map->figure.theme == GAZE_THEME_AUTO) map->figure.theme = cli_terminal_theme();
    return gaze_heatmap_text(out, map, &terminal, err);
}

static gaze_status draw(gaze_buffer *out, const gaze_picture *picture, cli_format format, const cli_settings *s,
                        gaze_error *err) {
    gaze_heatmap map = {.figure = picture->figure,
                        .rows = picture->units.labels,
                        .row_count = picture->units.count,
                        .columns = picture->units.labels,
                        .column_count = picture->units.count,
                        .panels = picture->panels,
                        .entropies = picture->entropies,
                        .panel_count = picture->panel_count};
    cli_set_look(&map.figure, s);
    switch (format) {
    case CLI_CSV: return gaze_picture_put_csv(out, picture, err);
    case CLI_TSV: return gaze_picture_put_tsv(out, picture, err);
    case CLI_JSON: return gaze_picture_put_json(out, picture, err);
    case CLI_NPZ: return gaze_picture_put_npz(out, picture, err);
    case CLI_TEXT: return draw_text(out, &map, s, err);
    case CLI_SVG:
    case CLI_SVGZ:
    case CLI_HTML: break;
    }
    return gaze_heatmap_svg(out, &map, err);
}

static int run_heatmap(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_picture picture = {0};
    gaze_buffer file = {0};
    cli_format format;
    gaze_picture_options options = cli_picture_options(s);
    if (s->link) return cli_run_link_map(s);
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_TEXT, CLI_SVG);
    if (usage) return usage;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_picture_make(&picture, &source, &options, &err);
    if (!status) status = draw(&file, &picture, format, s, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
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
               "--record FILE.npz draws what gaze dump or tools/export_hf.py has stored, without a model.\n"
               "--link FROM,TO draws the weight of one link in every layer and head instead.\n"
               "-o takes .svg, .svgz, .txt, and .csv, .tsv, .json, .npz for the numbers; without it the\n"
               "picture appears in the terminal, or goes into a pipe as SVG.\n\n"
               "  gaze heatmap --model DIR --layer 4 --head 3 -o cat.svg \"The cat sat on the mat.\"\n"
               "  gaze heatmap --model DIR --layer all --head all -o all.svg QUESTION CONTEXT\n"
               "  gaze heatmap --model DIR --unit word --special hide -o words.svg \"The cat sat on the mat.\"\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, "--link", CLI_FIGURE_OPTIONS, NULL},
    .max_texts = 2,
    .run = run_heatmap,
};
