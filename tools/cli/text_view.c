/* gaze text-view: attention over the text itself. */
#include <stdio.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/gaze.h"
#include "tools/pipeline/text_page.h"
#include "tools/pipeline/text_picture.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ | CLI_HTML, PAGE_BUDGET = 7500 * 1000 }; /* bytes of weights; see --full */

static gaze_status draw_figure(gaze_buffer *file, gaze_source *source, const cli_settings *s, gaze_error *err) {
    gaze_text_picture picture = {0};
    gaze_picture_options options = cli_picture_options(s);
    gaze_status status =
        gaze_text_picture_make(&picture, source, &options, s->token, cli_is(s->direction, "to"), err);
    if (!status) {
        gaze_text_view view = gaze_text_picture_view(&picture);
        cli_set_look(&view.figure, s);
        status = gaze_text_view_svg(file, &view, err);
    }
    gaze_text_picture_deinit(&picture);
    return status;
}

/* What a page does not hold is said in it, and here. */
static gaze_status write_page(gaze_buffer *file, gaze_text_page *page, const cli_settings *s, gaze_error *err) {
    gaze_buffer dropped = {0};
    cli_set_look(&page->view.figure, s);
    page->budget = s->full ? 0 : PAGE_BUDGET;
    gaze_status status = gaze_text_view_html(file, &dropped, page, err);
    if (!status && dropped.length && !s->quiet) fprintf(stderr, "gaze: %s\n", dropped.data);
    gaze_buffer_deinit(&dropped);
    return status;
}

static gaze_status draw_page(gaze_buffer *file, gaze_source *source, const cli_settings *s, gaze_error *err) {
    gaze_text_scene scene = {0};
    gaze_picture_options options = cli_picture_options(s);
    unsigned bits = s->precision == 16 ? 16 : 8;
    gaze_status status =
        gaze_text_scene_make(&scene, source, &options, s->token, cli_is(s->direction, "to"), bits, err);
    if (!status) status = write_page(file, &scene.page, s, err);
    gaze_text_scene_deinit(&scene);
    return status;
}

static int run_text_view(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_buffer file = {0};
    cli_format format;
    int usage = cli_check_source(s);
    if (!usage && s->precision != CLI_UNSET && s->precision != 8 && s->precision != 16)
        usage = cli_usage(s->command, "--precision %ld: expected 8 or 16", s->precision);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (!usage) usage = cli_check_width(s, format == CLI_HTML);
    if (usage) return usage;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status)
        status = format == CLI_HTML ? draw_page(&file, &source, s, &err) : draw_figure(&file, &source, s, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
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
        "one end of the strongest link between two words. --width breaks the lines of a picture for that many pixels.\n"
        "An .html file is the same text to click, with all\n"
        "layers and heads to choose from; it opens without a network.\n\n"
        "  gaze text-view --model DIR --token it -o text.html \"The cat sat on the mat because it was tired.\"\n"
        "  gaze text-view --model DIR --layer 3 --head 1 --token it -o it.svg \"The cat sat on the mat "
        "because it was tired.\"\n"
        "  gaze text-view --model DIR --token Gaudi --direction to -o to.svg QUESTION CONTEXT\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, "--token", "--direction",
                                     CLI_FIGURE_OPTIONS, "--width", "--precision", "--full", NULL},
    .max_texts = 2,
    .run = run_text_view,
};
