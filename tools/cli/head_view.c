/* gaze head-view: attention as lines between two columns of tokens. */
#include <stdio.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/cli/head_scene.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ | CLI_HTML };

/* What a page does not hold is said in it, and here. */
static gaze_status draw_page(gaze_buffer *file, const gaze_head_page *page, const cli_settings *s, gaze_error *err) {
    gaze_buffer dropped = {0};
    gaze_status status = gaze_head_view_html(file, &dropped, page, err);
    if (!status && dropped.length && !s->quiet) fprintf(stderr, "gaze: %s\n", dropped.data);
    gaze_buffer_deinit(&dropped);
    return status;
}

static gaze_status draw(gaze_buffer *file, const head_scene *scene, const cli_settings *s, gaze_error *err) {
    if (scene->bits) {
        gaze_head_page page = head_scene_page(scene, s);
        return draw_page(file, &page, s, err);
    }
    gaze_head_view view = head_scene_view(scene, s);
    return gaze_head_view_svg(file, &view, err);
}

static int run_head_view(const cli_settings *s) {
    gaze_error err = {0};
    head_scene scene = {0};
    gaze_buffer file = {0};
    cli_format format;
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (!usage && s->precision != CLI_UNSET && s->precision != 8 && s->precision != 16)
        usage = cli_usage(s->command, "--precision %ld: expected 8 or 16", s->precision);
    if (usage) return usage;
    if (format == CLI_HTML) scene.bits = s->precision == 16 ? 16 : 8;
    gaze_status status = head_scene_make(&scene, s, &err);
    if (!status) status = draw(&file, &scene, s, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    head_scene_close(&scene);
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
               "--token pins tokens: their lines stand out, a strip shows what each head gives. An .html file is the\n"
               "same figure with all layers and heads to choose from; it opens without a network. With\n"
               "--layer mean it begins with the mean over layers, and holds all of them.\n\n"
               "  gaze head-view --model DIR --layer 4 -o heads.html \"The cat sat on the mat.\"\n"
               "  gaze head-view --model DIR --layer 3 --head 1 --token it -o it.svg TEXT\n"
               "  gaze head-view --model DIR --filter ab --renormalise -o pair.svg QUESTION CONTEXT\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, CLI_FIGURE_OPTIONS, "--token",
                                     "--direction", "--filter", "--layout", "--precision", "--full", NULL},
    .max_texts = 2,
    .run = run_head_view,
};
