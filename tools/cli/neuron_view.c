/* gaze neuron-view: attention from one token in one head, step by step. */
#include <string.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/gaze.h"
#include "tools/pipeline/neuron.h"

/* Weights are right to .001 with 12 bits, and pages of 32 tokens, 12 heads of 64, stay below 300 kB. */
enum { USUAL_BITS = 12 };

static gaze_status draw(gaze_buffer *out, gaze_neuron *neuron, cli_format format, const cli_settings *s,
                        gaze_error *err) {
    cli_set_look(&neuron->view.figure, s);
    neuron->page.view.figure = neuron->view.figure;
    return format == CLI_HTML ? gaze_neuron_view_html(out, &neuron->page, err)
                              : gaze_neuron_view_svg(out, &neuron->view, err);
}

static int run_neuron_view(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_neuron neuron = {0};
    gaze_buffer file = {0};
    cli_format format;
    gaze_neuron_options options = {.picture = cli_picture_options(s),
                                   .token = s->token,
                                   .sorted = cli_is(s->dimensions, "sorted"),
                                   .full = s->full};
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, CLI_SVG | CLI_SVGZ | CLI_HTML, CLI_SVG, CLI_SVG);
    if (!usage && s->precision != CLI_UNSET && s->precision != 8 && s->precision != 16)
        usage = cli_usage(s->command, "--precision %ld: expected 8 or 16", s->precision);
    if (usage) return usage;
    options.full = options.full && format == CLI_HTML;
    if (format == CLI_HTML) options.bits = s->precision == CLI_UNSET ? USUAL_BITS : (unsigned)s->precision;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_neuron_make(&neuron, &source, &options, &err);
    if (!status) status = draw(&file, &neuron, format, s, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    gaze_neuron_deinit(&neuron);
    gaze_source_close(&source);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_neuron_view = {
    .name = "neuron-view",
    .arguments = "--model DIR --layer N --head N --token WORD [options] TEXT [TEXT_B]",
    .summary = "show how the attention of one token comes about: q, k, q x k, score, softmax, v",
    .details =
        "Each row is a key: the 12 with the largest weights and the token itself, in the order of the\n"
        "sentence. The caption says how much of the weight they hold. Without --layer and --head: the last\n"
        "layer, head 0; without --token: the token with the strongest link to another.\n"
        "--dimensions sorted puts those first that make most of the strongest key's score.\n"
        "-o X.html gives a page on which any token and head of the layer can be chosen, with --full of all\n"
        "layers; its vectors have 12 bits, or --precision 8 or 16.\n"
        "--record FILE.npz draws what gaze dump --what attentions,qkv,inputs or tools/export_hf.py stored.\n\n"
        "  gaze neuron-view --model DIR --layer 5 --head 0 --token it -o neuron.svg \"The cat sat on the mat.\"\n",
    .options =
        (const char *const[]){CLI_SOURCE_OPTIONS, "--layer", "--head", "--token", "--dimensions", "--precision",
                              "--full", "-o", "--format", "--special", "--title", "--theme", "--lang", "--quiet", NULL},
    .max_texts = 2,
    .run = run_neuron_view,
};
