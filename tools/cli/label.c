/* gaze label: what the tokens of a text are, as transformers' pipeline("token-classification") says. */
#include <stdint.h>

#include "core/base/memory.h"
#include "tools/cli/columns.h"
#include "tools/cli/inputs.h"
#include "tools/cli/marked.h"
#include "tools/cli/task.h"
#include "tools/cli/terminal.h"
#include "tools/pipeline/labeller.h"
#include "tools/pipeline/task.h"

enum { WORD_COLUMNS = 40 };

/* For people ------------------------------------------------------------------------------------------------ */

static void put_entity(gaze_buffer *out, const gaze_entity *entity) {
    cli_put_number(out, entity->score, 4, 8);
    gaze_buffer_printf(out, " %6zu %6zu  %-14s ", entity->chars.start, entity->chars.end, entity->label);
    cli_put_text(out, entity->word, entity->word_length, WORD_COLUMNS);
    gaze_buffer_putc(out, '\n');
}

/* The text with its entities marked. */
static gaze_status put_marked(gaze_buffer *out, const gaze_labeller *labeller, const gaze_input *input,
                              gaze_error *err) {
    cli_mark *marks = gaze_alloc(labeller->count, sizeof *marks);
    if (!marks) return gaze_fail_memory(err);
    for (size_t i = 0; i < labeller->count; i++)
        marks[i] = (cli_mark){.bytes = labeller->entities[i].bytes, .tag = labeller->entities[i].label};
    cli_put_marked(out, input->text, (gaze_span){0, input->text_length}, marks, labeller->count,
                   cli_terminal().colors != GAZE_TERMINAL_PLAIN);
    gaze_buffer_puts(out, "\n\n");
    gaze_free(marks);
    return GAZE_OK;
}

static gaze_status put_table(gaze_buffer *out, const gaze_labeller *labeller, const gaze_line_item *item,
                             gaze_error *err) {
    if (item->number > 0) gaze_buffer_putc(out, '\n');
    if (labeller->count == 0) {
        gaze_buffer_puts(out, "(no labels but O)\n");
        return GAZE_OK;
    }
    gaze_status status = put_marked(out, labeller, &item->input, err);
    gaze_buffer_puts(out, "   score  start    end  label          word\n");
    for (size_t i = 0; i < labeller->count; i++) put_entity(out, &labeller->entities[i]);
    return status;
}

/* The task (tools/pipeline/lines.h) ------------------------------------------------------------------------- */

static gaze_status take_window(void *context, const gaze_run *run, const gaze_line_item *item,
                               const gaze_tokens *window, gaze_error *err) {
    const cli_task *task = context;
    const size_t C = gaze_model_config(task->model)->num_labels;
    const float *logits = run->logits + C * run->batch.starts[item->sequence];
    if (item->input.pair) return gaze_fail(err, GAZE_ERROR_ARGUMENT, "a pair of texts, expected one text");
    return gaze_labeller_window(task->own, &item->input, window, logits, window == &item->tokens, err);
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    const cli_task *task = context;
    gaze_labeller *labeller = task->own;
    gaze_status status = GAZE_OK;
    if (!task->lines.window) status = take_window(context, run, item, &item->tokens, err);
    if (!status) status = gaze_labeller_finish(labeller, err);
    if (status) return status;
    if (!task->settings->json) return put_table(out, labeller, item, err);
    gaze_labeller_put_json(out, labeller);
    return GAZE_OK;
}

/* The command ----------------------------------------------------------------------------------------------- */

static int check(const cli_settings *s, gaze_aggregation aggregation) {
    int usage = cli_check_inputs(s);
    if (usage) return usage;
    if (s->stride != CLI_UNSET && aggregation == GAZE_AGGREGATE_NONE)
        return cli_usage(s->command, "--stride needs an --aggregation other than none");
    return CLI_OK;
}

/* With --stride a long text is cut into windows as long as the model takes. */
static void cut_into_windows(cli_task *task) {
    const cli_settings *s = task->settings;
    gaze_truncation *truncation = &task->lines.options.truncation;
    if (s->stride == CLI_UNSET || truncation->enabled) return;
    *truncation =
        (gaze_truncation){.enabled = true,
                          .max_length = gaze_pipeline_max_length(task->pipeline),
                          .stride = (size_t)s->stride,
                          .side = gaze_tokenizer_truncation_side(gaze_pipeline_tokenizer(task->pipeline))};
}

static int run_label(const cli_settings *s) {
    gaze_error err = {0};
    gaze_labeller labeller = {0};
    gaze_aggregation aggregation = GAZE_AGGREGATE_NONE;
    cli_task task = {.settings = s, .head = GAZE_TASK_TOKEN_CLASSIFICATION, .own = &labeller};
    if (s->aggregation) gaze_aggregation_from_name(s->aggregation, &aggregation);
    int result = check(s, aggregation);
    if (result) return result;
    result = cli_task_open(&task);
    if (!result && gaze_labeller_init(&labeller, task.pipeline, aggregation, &err)) result = cli_fail(&err);
    if (!result) {
        cut_into_windows(&task);
        if (s->stride != CLI_UNSET) task.lines.window = take_window;
        task.lines.put = put;
        result = cli_task_run(&task);
    }
    gaze_labeller_deinit(&labeller);
    cli_task_close(&task);
    return result;
}

const cli_command cli_label = {
    .name = "label",
    .arguments = "--model DIR [options] [TEXT...]",
    .summary = "a label for each token, or entities: persons, places, ...",
    .details =
        "For models with a head for token classification; equal to pipeline(\"token-classification\"). What\n"
        "is labelled O is left out. --aggregation puts tokens together: simple joins neighbours of one "
        "kind;\n"
        "first, average and max give a word the label of its first token, the best on average, or that of\n"
        "the surest token. With --stride a long text is read in windows that overlap.\n\n"
        "  gaze label --model DIR --aggregation simple \"Wolfgang lives in Berlin.\"\n"
        "  gaze label --model DIR --file texts.txt --plain --json\n",
    .options = (const char *const[]){"--model", "--aggregation", "--file", "--plain", "--json", "-o",
                                     "--stride", "--max-length", "--truncation", "--truncation-side",
                                     "--threads", "--quiet", "--no-progress", NULL},
    .max_texts = SIZE_MAX,
    .run = run_label,
};
