/* gaze heatmap: attention as a matrix. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/inputs.h"
#include "tools/cli/selection.h"
#include "tools/gaze.h"

/* What is drawn, on its way from the record to the figure. */
typedef struct drawing {
    cli_selection layer;
    cli_selection head;
    size_t L, H, T;
    gaze_heatmap_panel *panels;
    size_t panel_count;
    float **made; /* matrices computed here, one for each panel that is an aggregate */
} drawing;

static void free_drawing(drawing *d) {
    for (size_t i = 0; d->made && i < d->panel_count; i++) gaze_free(d->made[i]);
    gaze_free(d->made);
    gaze_free(d->panels);
}

static const float *head_matrix(const gaze_run *run, const drawing *d, size_t layer, size_t head) {
    return gaze_record_attentions(run->record, layer, 0) + head * d->T * d->T;
}

/* The first and last layer, or head, that one panel is made of; panel number i of those side by side. */
static void panel_range(const cli_selection *s, size_t count, size_t i, size_t *first, size_t *end) {
    *first = s->kind == CLI_ONE ? s->index : s->kind == CLI_ALL ? i : 0;
    *end = s->kind == CLI_MEAN || s->kind == CLI_MAX ? count : *first + 1;
}

static int32_t panel_number(const cli_selection *s, size_t first) {
    if (s->kind == CLI_MEAN) return GAZE_PANEL_MEAN;
    if (s->kind == CLI_MAX) return GAZE_PANEL_MAX;
    return (int32_t)first;
}

/* The mean or maximum over the heads and layers of one panel. */
static gaze_status aggregate(drawing *d, const gaze_run *run, size_t panel, const size_t layers[2],
                             const size_t heads[2], gaze_error *err) {
    size_t count = (layers[1] - layers[0]) * (heads[1] - heads[0]), n = 0;
    const float **matrices = gaze_alloc(count, sizeof *matrices);
    float *out = d->made[panel] = gaze_alloc(d->T * d->T, sizeof *out);
    if (!matrices || !out) {
        gaze_free(matrices);
        return gaze_fail_memory(err);
    }
    for (size_t l = layers[0]; l < layers[1]; l++)
        for (size_t h = heads[0]; h < heads[1]; h++) matrices[n++] = head_matrix(run, d, l, h);
    if (d->head.kind == CLI_MAX || d->layer.kind == CLI_MAX)
        gaze_aggregate_max(out, matrices, count, d->T * d->T);
    else
        gaze_aggregate_mean(out, matrices, count, d->T * d->T);
    gaze_free(matrices);
    d->panels[panel].weights = out;
    return GAZE_OK;
}

static gaze_status make_panels(drawing *d, const gaze_run *run, gaze_error *err) {
    size_t rows = d->layer.kind == CLI_ALL ? d->L : 1, columns = d->head.kind == CLI_ALL ? d->H : 1;
    gaze_status status = GAZE_OK;
    d->T = gaze_batch_length(&run->batch, 0);
    d->panel_count = rows * columns;
    d->panels = gaze_alloc_zero(d->panel_count, sizeof *d->panels);
    d->made = gaze_alloc_zero(d->panel_count, sizeof *d->made);
    if (!d->panels || !d->made) return gaze_fail_memory(err);
    for (size_t i = 0; i < d->panel_count && !status; i++) {
        size_t layers[2], heads[2];
        panel_range(&d->layer, d->L, i / columns, &layers[0], &layers[1]);
        panel_range(&d->head, d->H, i % columns, &heads[0], &heads[1]);
        d->panels[i].layer = panel_number(&d->layer, layers[0]);
        d->panels[i].head = panel_number(&d->head, heads[0]);
        if (layers[1] - layers[0] == 1 && heads[1] - heads[0] == 1)
            d->panels[i].weights = head_matrix(run, d, layers[0], heads[0]);
        else
            status = aggregate(d, run, i, layers, heads, err);
    }
    return status;
}

/* Runs the text, keeping the attentions of the layers that are drawn and nothing else. */
static gaze_status run_text(gaze_run *run, drawing *d, const cli_settings *s, const gaze_pipeline *pipeline,
                            const gaze_input *input, gaze_error *err) {
    const gaze_config *config = gaze_model_config(gaze_pipeline_model(pipeline));
    d->L = config->num_hidden_layers;
    d->H = config->num_attention_heads;
    gaze_status status = cli_select(&d->layer, s->layer, "last", "layer", d->L, err);
    if (!status) status = cli_select(&d->head, s->head, "mean", "head", d->H, err);
    bool *layers = gaze_alloc_zero(d->L, sizeof *layers);
    if (!status && !layers) status = gaze_fail_memory(err);
    if (!status) {
        for (size_t l = 0; l < d->L; l++) layers[l] = d->layer.kind != CLI_ONE || l == d->layer.index;
        gaze_run_options options = {.truncation = cli_truncation(s),
                                    .what = GAZE_RECORD_ATTENTIONS,
                                    .layers = layers,
                                    .threads = cli_threads(s)};
        status = gaze_pipeline_run(run, pipeline, input, 1, &options, err);
    }
    gaze_free(layers);
    return status;
}

static gaze_figure figure_of(const cli_settings *s, const gaze_pipeline *pipeline, const gaze_input *input) {
    gaze_figure figure = {.title = s->title,
                          .model = gaze_pipeline_name(pipeline),
                          .note = gaze_pipeline_note(pipeline),
                          .text = input->text,
                          .text_length = input->text_length,
                          .pair = input->pair,
                          .pair_length = input->pair_length};
    if (s->theme && strcmp(s->theme, "light") == 0) figure.theme = GAZE_THEME_LIGHT;
    if (s->theme && strcmp(s->theme, "dark") == 0) figure.theme = GAZE_THEME_DARK;
    if (s->language && strcmp(s->language, "zh") == 0) figure.language = GAZE_LANGUAGE_ZH;
    return figure;
}

static gaze_status draw(gaze_buffer *svg, const drawing *d, const gaze_run *run, const gaze_figure *figure,
                        gaze_error *err) {
    gaze_label *labels = gaze_alloc_zero(d->T, sizeof *labels);
    if (!labels) return gaze_fail_memory(err);
    gaze_labels_from_tokens(labels, &run->tokens[0]);
    gaze_heatmap map = {.figure = *figure,
                        .rows = labels,
                        .row_count = d->T,
                        .columns = labels,
                        .column_count = d->T,
                        .panels = d->panels,
                        .panel_count = d->panel_count};
    gaze_status status = gaze_heatmap_svg(svg, &map, err);
    gaze_free(labels);
    return status;
}

static int run_heatmap(const cli_settings *s) {
    gaze_error err = {0};
    gaze_pipeline *pipeline = NULL;
    gaze_run run = {0};
    gaze_buffer svg = {0};
    drawing d = {0};
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (!s->text_count) return cli_usage(s->command, "TEXT is missing");
    gaze_input input = cli_input(s);
    gaze_status status = gaze_pipeline_open(&pipeline, s->model, &err);
    if (!status) status = run_text(&run, &d, s, pipeline, &input, &err);
    if (!status) status = make_panels(&d, &run, &err);
    gaze_figure figure = pipeline ? figure_of(s, pipeline, &input) : (gaze_figure){0};
    if (!status) status = draw(&svg, &d, &run, &figure, &err);
    if (!status) status = gaze_file_write(s->output ? s->output : "-", svg.data, svg.length, &err);
    free_drawing(&d);
    gaze_buffer_deinit(&svg);
    gaze_run_deinit(&run);
    gaze_pipeline_close(pipeline);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_heatmap = {
    .name = "heatmap",
    .arguments = "--model DIR [options] TEXT [TEXT_B]",
    .summary = "draw attention as a matrix: one head, a mean, a layer's heads, all layers",
    .details = "Rows are the tokens that attend, columns those attended to; a row of one head sums to 1.\n"
               "Layers and heads count from 0. Without --layer and --head: the last layer, mean of its\n"
               "heads. --head all draws the heads of a layer as a grid, --layer all --head all the model.\n\n"
               "  gaze heatmap --model DIR --layer 4 --head 3 -o cat.svg \"The cat sat on the mat.\"\n"
               "  gaze heatmap --model DIR --layer all --head all -o all.svg QUESTION CONTEXT\n",
    .options = (const char *const[]){"--model", "-o", "--layer", "--head", "--title", "--theme", "--lang",
                                     "--max-length", "--truncation", "--threads", NULL},
    .max_texts = 2,
    .run = run_heatmap,
};
