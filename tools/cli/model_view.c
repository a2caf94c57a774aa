/* gaze model-view: all heads at once. */
#include <string.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/cli/link_map.h"
#include "tools/gaze.h"
#include "tools/pipeline/model_picture.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ | CLI_HTML };

static gaze_status draw(gaze_buffer *out, const gaze_model_picture *picture, const cli_settings *s,
                        gaze_error *err) {
    gaze_model_view view = gaze_model_picture_view(picture);
    cli_set_look(&view.figure, s);
    view.lines = s->thumb && strcmp(s->thumb, "lines") == 0;
    if (s->statistics) return gaze_statistics_svg(out, &view, err);
    gaze_model_view_sort(&view, s->sort);
    return gaze_model_view_svg(out, &view, err);
}

/* Every token is in the page, whose script hides the special ones. */
static gaze_status draw_page(gaze_buffer *out, const gaze_model_picture *picture, const cli_settings *s,
                             gaze_special special, gaze_error *err) {
    gaze_model_page page = {.view = gaze_model_picture_view(picture),
                            .special = special,
                            .sort = s->sort ? s->sort : "layer",
                            .bits = s->precision == 16 ? 16 : 8,
                            .budget = s->full ? 0 : GAZE_MODEL_PAGE_BUDGET};
    cli_set_look(&page.view.figure, s);
    return gaze_model_view_html(out, &page, err);
}

static int check(cli_format *format, const cli_settings *s) {
    int usage = cli_check_source(s);
    if (!usage && s->precision != CLI_UNSET && s->precision != 8 && s->precision != 16)
        usage = cli_usage(s->command, "--precision %ld: expected 8 or 16", s->precision);
    if (!usage) usage = cli_choose_format(format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (!usage && *format == CLI_HTML && s->statistics)
        usage = cli_usage(s->command, "--statistics is drawn as .svg or .svgz");
    if (!usage && *format == CLI_HTML && s->thumb && strcmp(s->thumb, "lines") == 0)
        usage = cli_usage(s->command, "--thumb lines is drawn as .svg or .svgz");
    return usage;
}

static int run_model_view(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_model_picture picture = {0};
    gaze_buffer file = {0};
    cli_format format;
    gaze_picture_options options = cli_picture_options(s);
    if (s->link) return cli_run_link_map(s);
    int usage = check(&format, s);
    if (usage) return usage;
    gaze_special special = options.special;
    if (format == CLI_HTML) options.special = GAZE_SPECIAL_SHOW;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_model_picture_make(&picture, &source, &options, &err);
    if (!status)
        status = format == CLI_HTML ? draw_page(&file, &picture, s, special, &err)
                                    : draw(&file, &picture, s, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    gaze_model_picture_deinit(&picture);
    gaze_source_close(&source);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_model_view = {
    .name = "model-view",
    .arguments = "--model DIR [options] TEXT [TEXT_B]",
    .summary = "draw all layers and heads as thumbnails, with what each head does",
    .details =
        "A row of the grid is a layer, a column a head, both from 0; the last column is the mean of the\n"
        "layer. Under each head stand bars: entropy, then what it gives to the previous, the next and the\n"
        "same token, to [CLS], to [SEP] and to punctuation; a label in bold where a threshold of Clark et\n"
        "al. holds.\n"
        "--sort lays all heads out by one of these, or by label. --include-layers and --include-heads take\n"
        "some of them, and draw them larger, with all their numbers. --link FROM,TO draws instead, for each\n"
        "head, what one token gives to another, and that minus what the others give to it. --statistics "
        "draws\n"
        "charts instead: entropy, and what goes to each kind of token, against the layer.\n"
        "An .html file is the grid to click: a head opens beside it; it opens without a network.\n\n"
        "  gaze model-view --model DIR -o model.svg \"The cat sat on the mat because it was tired.\"\n"
        "  gaze model-view --model DIR -o model.html \"The cat sat on the mat because it was tired.\"\n"
        "  gaze model-view --model DIR --sort previous -o previous.svg \"The cat sat on the mat.\"\n"
        "  gaze model-view --model DIR --link it,cat -o link.svg \"The cat sat on the mat because it was "
        "tired.\"\n"
        "  gaze model-view --model DIR --include-layers 2,3 --special hide -o two.svg \"The cat sat.\"\n",
    .options =
        (const char *const[]){CLI_SOURCE_OPTIONS, "--include-layers", "--include-heads", "--sort", "--thumb",
                              "--statistics", "--link", CLI_FIGURE_OPTIONS, "--precision", "--full", NULL},
    .max_texts = 2,
    .run = run_model_view,
};
