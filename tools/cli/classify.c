/* gaze classify: the labels of a text or a pair, as transformers' text-classification pipeline gives them. */
#include <stdint.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/model/heads.h"
#include "core/task/scores.h"
#include "core/task/topk.h"
#include "tools/cli/cli.h"
#include "tools/cli/columns.h"
#include "tools/cli/inputs.h"
#include "tools/cli/task.h"
#include "tools/pipeline/inputs.h"

/* C labels, and room for one input's results. */
typedef struct labels {
    gaze_score_function function;
    size_t count;
    float *scores; /* (C) */
    gaze_topk top; /* of the scores */
} labels;

/* logits (C) -> the best top_k */
static void rank(labels *l, const float *logits) {
    gaze_scores(l->scores, logits, l->count, l->function);
    l->top.count = 0;
    for (size_t c = 0; c < l->count; c++) gaze_topk_offer(&l->top, (double)l->scores[c], c);
    gaze_topk_sort(&l->top);
}

/* Results ---------------------------------------------------------------------------------------------- */

/* [{"label": "POSITIVE", "score": 0.9}, ...] and a line feed */
static void put_json(gaze_buffer *out, const gaze_topk *top, const gaze_model *model) {
    gaze_buffer_putc(out, '[');
    for (size_t k = 0; k < top->count; k++) {
        const char *label = gaze_model_label(model, top->items[k].index);
        gaze_buffer_puts(out, k ? ",{\"label\":" : "{\"label\":");
        gaze_buffer_put_json_string(out, label, strlen(label));
        gaze_buffer_puts(out, ",\"score\":");
        gaze_buffer_put_float(out, (float)top->items[k].score);
        gaze_buffer_putc(out, '}');
    }
    gaze_buffer_puts(out, "]\n");
}

/* The text, and under it a row for each label. */
static void put_table(gaze_buffer *out, const gaze_topk *top, const gaze_model *model,
                      const gaze_line_item *item) {
    if (item->number) gaze_buffer_putc(out, '\n');
    cli_put_text(out, item->input.text, item->input.text_length, SIZE_MAX);
    if (item->input.pair) gaze_buffer_puts(out, " | ");
    cli_put_text(out, item->input.pair, item->input.pair_length, SIZE_MAX);
    gaze_buffer_putc(out, '\n');
    for (size_t k = 0; k < top->count; k++) {
        const char *label = gaze_model_label(model, top->items[k].index);
        cli_put_score(out, top->items[k].score);
        gaze_buffer_puts(out, "  ");
        cli_put_text(out, label, strlen(label), SIZE_MAX);
        gaze_buffer_putc(out, '\n');
    }
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    const cli_task *task = context;
    labels *l = task->own;
    (void)err;
    rank(l, run->logits + item->sequence * l->count);
    if (task->settings->json)
        put_json(out, &l->top, task->model);
    else
        put_table(out, &l->top, task->model, item);
    return GAZE_OK;
}

static gaze_status parse(void *context, gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                         gaze_error *err) {
    (void)context;
    return gaze_input_parse_members(input, arena, line, length, err);
}

/* The command ------------------------------------------------------------------------------------------ */

static int prepare(cli_task *task, labels *l) {
    const gaze_config *config = gaze_model_config(task->model);
    const size_t top_k = cli_top_k(task->settings, config->num_labels);
    gaze_error err = {0};
    l->function = gaze_score_function_of(config);
    l->count = config->num_labels;
    l->scores = gaze_alloc(l->count, sizeof *l->scores);
    l->top.capacity = top_k < l->count ? top_k : l->count;
    l->top.items = gaze_alloc(l->top.capacity, sizeof *l->top.items);
    task->lines.parse = parse;
    task->lines.put = put;
    if (l->scores && l->top.items) return CLI_OK;
    gaze_fail_memory(&err);
    return cli_fail(&err);
}

static int run_classify(const cli_settings *s) {
    labels l = {0};
    cli_task task = {.settings = s, .head = GAZE_TASK_SEQUENCE_CLASSIFICATION, .own = &l};
    int result = cli_check_inputs(s);
    if (!result) result = cli_task_open(&task);
    if (!result) result = prepare(&task, &l);
    if (!result) result = cli_task_run(&task);
    gaze_free(l.scores);
    gaze_free(l.top.items);
    cli_task_close(&task);
    return result;
}

const cli_command cli_classify = {
    .name = "classify",
    .arguments = "--model DIR [options] TEXT [TEXT_B]",
    .summary = "the labels of a text, or of a pair",
    .details =
        "Every label with its score, best first (--top-k: the best ones), as transformers' pipeline\n"
        "\"text-classification\" gives them with top_k=None: softmax over several labels, the sigmoid for a\n"
        "single one and where config.json's problem_type is multi_label_classification, the number itself\n"
        "in a regression. A line of --file may also be {\"text\": ..., \"text_pair\": ...}.\n\n"
        "  gaze classify --model DIR \"I love this.\"\n"
        "  gaze classify --model DIR --json --file texts.jsonl\n",
    .options = (const char *const[]){CLI_TASK_OPTIONS, "--top-k", NULL},
    .max_texts = 2,
    .run = run_classify,
};
