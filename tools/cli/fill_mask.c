/* gaze fill-mask: what may stand where a text has a mask, as transformers' fill-mask pipeline gives it. */
#include <stdint.h>

#include "tools/cli/cli.h"
#include "tools/cli/columns.h"
#include "tools/cli/inputs.h"
#include "tools/cli/task.h"
#include "tools/pipeline/fill_mask.h"

enum { USUAL_TOP_K = 5, TOKEN_COLUMNS = 16 };

/* One input's results on their way out. */
typedef struct filling {
    const cli_task *task;
    const gaze_mask_filler *filler;
    const gaze_line_item *item;
    gaze_masks masks;
    gaze_buffer *out;
} filling;

/* What a fill reads as, and the text with it; both end up in `texts`, the first `*length` bytes are the word. */
static gaze_status read_fill(gaze_buffer *texts, size_t *length, const filling *r, size_t mask, int32_t id,
                             gaze_error *err) {
    const gaze_tokenizer *tokenizer = gaze_pipeline_tokenizer(r->filler->pipeline);
    gaze_buffer_clear(texts);
    gaze_status status = gaze_tokenizer_text(texts, tokenizer, &id, 1, false, err);
    *length = texts->length;
    if (status) return status;
    return gaze_mask_sequence(texts, r->filler, &r->item->tokens, r->masks.rows[mask] - r->masks.start, id,
                              r->masks.count == 1, err);
}

static const char *text_of(const gaze_buffer *texts) {
    return texts->data ? texts->data : "";
}

/* {"score": ..., "token": ..., "token_str": ..., "sequence": ...} */
static void put_json(gaze_buffer *out, const gaze_ranked *fill, const gaze_buffer *texts, size_t length) {
    gaze_buffer_puts(out, "{\"score\":");
    gaze_buffer_put_float(out, (float)fill->score);
    gaze_buffer_printf(out, ",\"token\":%zu,\"token_str\":", fill->index);
    gaze_buffer_put_json_string(out, text_of(texts), length);
    gaze_buffer_puts(out, ",\"sequence\":");
    gaze_buffer_put_json_string(out, text_of(texts) + length, texts->length - length);
    gaze_buffer_putc(out, '}');
}

/* A row of the table for people. */
static void put_row(gaze_buffer *out, const gaze_ranked *fill, const gaze_buffer *texts, size_t length) {
    cli_put_score(out, fill->score);
    gaze_buffer_puts(out, "  ");
    cli_put_padded(out, text_of(texts), length, TOKEN_COLUMNS);
    gaze_buffer_puts(out, "  ");
    cli_put_text(out, text_of(texts) + length, texts->length - length, SIZE_MAX);
    gaze_buffer_putc(out, '\n');
}

static gaze_status put_fills(const filling *r, size_t mask, gaze_error *err) {
    const gaze_ranked *fills = gaze_mask_fills(r->filler, &r->masks, mask);
    const bool json = r->task->settings->json;
    gaze_buffer texts = {0};
    size_t length;
    gaze_status status = GAZE_OK;
    for (size_t k = 0; k < r->filler->top_k && !status; k++) {
        status = read_fill(&texts, &length, r, mask, (int32_t)fills[k].index, err);
        if (status) break;
        if (json && k) gaze_buffer_putc(r->out, ',');
        if (json)
            put_json(r->out, &fills[k], &texts, length);
        else
            put_row(r->out, &fills[k], &texts, length);
    }
    if (!status) status = gaze_buffer_status(&texts, err);
    gaze_buffer_deinit(&texts);
    return status;
}

/* A list of fills; with several masks, a list of such lists. */
static gaze_status put_json_lists(const filling *r, gaze_error *err) {
    const bool several = r->masks.count > 1;
    gaze_status status = GAZE_OK;
    gaze_buffer_puts(r->out, several ? "[" : "");
    for (size_t i = 0; i < r->masks.count && !status; i++) {
        gaze_buffer_puts(r->out, i ? ",[" : "[");
        status = put_fills(r, i, err);
        gaze_buffer_putc(r->out, ']');
    }
    gaze_buffer_puts(r->out, several ? "]\n" : "\n");
    return status;
}

/* The text, and under it the fills of each mask. */
static gaze_status put_tables(const filling *r, gaze_error *err) {
    gaze_status status = GAZE_OK;
    if (r->item->number) gaze_buffer_putc(r->out, '\n');
    cli_put_text(r->out, r->item->input.text, r->item->input.text_length, SIZE_MAX);
    gaze_buffer_putc(r->out, '\n');
    for (size_t i = 0; i < r->masks.count && !status; i++) {
        if (r->masks.count > 1) gaze_buffer_printf(r->out, "mask %zu of %zu\n", i + 1, r->masks.count);
        status = put_fills(r, i, err);
    }
    return status;
}

/* The task (tools/pipeline/lines.h) -------------------------------------------------------------------- */

static gaze_status begin(void *context, const gaze_run *run, const gaze_line_item *items, size_t count,
                         gaze_error *err) {
    cli_task *task = context;
    (void)items, (void)count;
    return gaze_mask_filler_rank(task->own, run, cli_threads(task->settings), err);
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    const cli_task *task = context;
    const gaze_mask_filler *filler = task->own;
    const filling r = {.task = task,
                      .filler = filler,
                      .item = item,
                      .masks = gaze_mask_filler_of(filler, run, item->sequence),
                      .out = out};
    if (!r.masks.count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "no mask in the text; this model spells it %s%s",
                         gaze_mask_filler_spelling(filler),
                         task->lines.options.truncation.enabled ? " (truncation may have cut it off)" : "");
    return task->settings->json ? put_json_lists(&r, err) : put_tables(&r, err);
}

/* The command ------------------------------------------------------------------------------------------ */

static int prepare(cli_task *task, gaze_mask_filler *filler) {
    const cli_settings *s = task->settings;
    gaze_error err = {0};
    gaze_status status = gaze_mask_filler_init(filler, task->pipeline, cli_top_k(s, USUAL_TOP_K), &err);
    if (!status && s->targets) status = gaze_mask_filler_limit(filler, s->targets, &err);
    task->lines.options.logits = false; /* those of the masks alone are needed */
    task->lines.begin = begin;
    task->lines.put = put;
    return status ? cli_fail(&err) : CLI_OK;
}

static int run_fill_mask(const cli_settings *s) {
    gaze_mask_filler filler = {0};
    cli_task task = {.settings = s, .head = GAZE_TASK_MASKED_LM, .own = &filler};
    int result = cli_check_inputs(s);
    if (!result) result = cli_task_open(&task);
    if (!result) result = prepare(&task, &filler);
    if (!result) result = cli_task_run(&task);
    gaze_mask_filler_deinit(&filler);
    cli_task_close(&task);
    return result;
}

const cli_command cli_fill_mask = {
    .name = "fill-mask",
    .arguments = "--model DIR [options] TEXT",
    .summary = "what may stand in the place of a mask",
    .details =
        "The best --top-k (5) tokens for each mask with their probabilities, as transformers' pipeline\n"
        "\"fill-mask\" gives them. BERT spells a mask [MASK], RoBERTa <mask>. With --targets only the words\n"
        "named there are compared. --json: a list for each input, and a list of lists where a text has\n"
        "several masks.\n\n"
        "  gaze fill-mask --model DIR \"The capital of France is [MASK].\"\n"
        "  gaze fill-mask --model DIR --targets he,she \"The nurse said that [MASK] was tired.\"\n"
        "  gaze fill-mask --model DIR --json --file texts.jsonl\n",
    .options = (const char *const[]){CLI_TASK_OPTIONS, "--top-k", "--targets", NULL},
    .max_texts = 2,
    .run = run_fill_mask,
};
