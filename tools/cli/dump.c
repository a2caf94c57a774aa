/* gaze dump: everything the encoder computed, under Hugging Face's names. */
#include <string.h>

#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/inputs.h"
#include "tools/pipeline/selection.h"
#include "tools/pipeline/dump.h"

/* The flags of --layers for this model, in new memory. */
static gaze_status chosen_layers(bool **layers, const cli_settings *s, const gaze_pipeline *pipeline,
                                 gaze_error *err) {
    size_t L = gaze_model_config(gaze_pipeline_model(pipeline))->num_hidden_layers;
    *layers = gaze_alloc_zero(L, sizeof **layers);
    if (!*layers) return gaze_fail_memory(err);
    return gaze_select_list(*layers, s->layers, "layer", L, err);
}

static int run_dump(const cli_settings *s) {
    gaze_error err = {0};
    gaze_pipeline *pipeline = NULL;
    gaze_input_list inputs = {0};
    gaze_run run = {0};
    bool *layers = NULL;
    unsigned groups = GAZE_DUMP_DEFAULT;
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (!s->output) return cli_usage(s->command, "-o FILE.npz is missing");
    if (!s->text_count && !s->file) return cli_usage(s->command, "TEXT is missing");
    if (s->what && gaze_dump_groups_parse(&groups, s->what, &err))
        return cli_usage(s->command, "--what: %s", err.message);
    gaze_status status = cli_inputs(&inputs, s, &err);
    if (!status) status = gaze_pipeline_open(&pipeline, s->model, &err);
    if (!status) status = chosen_layers(&layers, s, pipeline, &err);
    if (!status) {
        gaze_run_options options = {.truncation = cli_truncation(s),
                                    .what = gaze_dump_record_what(groups),
                                    .layers = layers,
                                    .pooler = (groups & GAZE_DUMP_OUTPUTS) != 0,
                                    .logits = (groups & GAZE_DUMP_OUTPUTS) != 0,
                                    .threads = cli_threads(s)};
        status = gaze_pipeline_run(&run, pipeline, inputs.items, inputs.count, &options, &err);
    }
    if (!status) status = gaze_dump_write(s->output, &run, pipeline, inputs.items, groups, &err);
    gaze_free(layers);
    gaze_run_deinit(&run);
    gaze_pipeline_close(pipeline);
    gaze_input_list_deinit(&inputs);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_dump = {
    .name = "dump",
    .arguments = "--model DIR -o OUT.npz [--what LIST] [--layers LIST] TEXT [TEXT_B]",
    .summary = "ids, hidden states, attentions, scores, q, k, v as .npz, .safetensors or .json",
    .details = "Names and shapes are those of transformers; --what inputs,hidden_states,attentions,outputs is\n"
               "the default. With --file the inputs form one batch, padded to the longest.\n\n"
               "  gaze dump --model DIR --what all -o out.npz \"The cat sat on the mat.\"\n"
               "  python3 -c 'import numpy; print(numpy.load(\"out.npz\")[\"attentions.0\"].shape)'\n",
    .options = (const char *const[]){"--model", "-o", "--what", "--layers", "--file", "--plain",
                                     "--max-length", "--truncation", "--truncation-side", "--threads", NULL},
    .max_texts = 2,
    .run = run_dump,
};
