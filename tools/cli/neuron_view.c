/* gaze neuron-view: attention from one token in one head, step by step. */
#include <string.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/gaze.h"
#include "tools/pipeline/neuron.h"

static int run_neuron_view(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_neuron neuron = {0};
    gaze_buffer file = {0};
    cli_format format;
    gaze_neuron_options options = {.picture = cli_picture_options(s),
                                   .token = s->token,
                                   .sorted = cli_is(s->dimensions, "sorted")};
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, CLI_SVG | CLI_SVGZ, CLI_SVG, CLI_SVG);
    if (usage) return usage;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_neuron_make(&neuron, &source, &options, &err);
    if (!status) {
        cli_set_look(&neuron.view.figure, s);
        status = gaze_neuron_view_svg(&file, &neuron.view, &err);
    }
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
    .details = "Each row is a key: the 12 with the largest weights and the token itself, in the order of the\n"
               "sentence. The caption says how much of the weight they hold. Without --layer and --head: the last\n"
               "layer, head 0; without --token: the token with the strongest link to another.\n"
               "--dimensions sorted puts those first that make most of the strongest key's score.\n"
               "--record FILE.npz draws what gaze dump --what attentions,qkv,inputs or tools/export_hf.py stored.\n\n"
               "  gaze neuron-view --model DIR --layer 5 --head 0 --token it -o neuron.svg \"The cat sat on the mat.\"\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, "--layer", "--head", "--token", "--dimensions", "-o", "--format",
                                     "--special", "--title", "--theme", "--lang", "--quiet", NULL},
    .max_texts = 2,
    .run = run_neuron_view,
};
