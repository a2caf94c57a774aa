/* gaze text-view: attention over the text itself. */
#include <string.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/gaze.h"
#include "tools/pipeline/text_picture.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ };

static gaze_status draw(gaze_buffer *out, const gaze_text_picture *picture, const cli_settings *s,
                        gaze_error *err) {
    gaze_text_view view = gaze_text_picture_view(picture);
    cli_set_look(&view.figure, s);
    return gaze_text_view_svg(out, &view, err);
}

static int run_text_view(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_text_picture picture = {0};
    gaze_buffer file = {0};
    cli_format format;
    gaze_picture_options options = cli_picture_options(s);
    bool received = cli_is(s->direction, "to");
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (usage) return usage;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_text_picture_make(&picture, &source, &options, s->token, received, &err);
    if (!status) status = draw(&file, &picture, s, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    gaze_text_picture_deinit(&picture);
    gaze_source_close(&source);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_text_view = {
    .name = "text-view",
    .arguments = "--model DIR [options] TEXT [TEXT_B]",
    .summary = "draw the attention from or to a token as shading over the text",
    .details =
        "The text is wrapped as it would be printed, up to 512 tokens and more. --token takes a word, WORD#2 "
        "for\n"
        "its second occurrence, a number from 0, or several with commas, of which the mean is drawn.\n"
        "--direction from shows what it attends to, --direction to what attends to it. Without --token,\n"
        "one end of the strongest link between two words.\n\n"
        "  gaze text-view --model DIR --layer 3 --head 1 --token it -o it.svg \"The cat sat on the mat "
        "because it was tired.\"\n"
        "  gaze text-view --model DIR --token Gaudi --direction to -o to.svg QUESTION CONTEXT\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, "--token", "--direction",
                                     CLI_FIGURE_OPTIONS, NULL},
    .max_texts = 2,
    .run = run_text_view,
};
