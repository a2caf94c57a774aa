#include "tools/cli/task.h"

#include <string.h>

#include "tools/cli/inputs.h"
#include "tools/cli/stream.h"
#include "tools/pipeline/task.h"

int cli_check_model(const cli_settings *s) {
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (s->top_k == 0) return cli_usage(s->command, "--top-k 0: expected a whole number above 0");
    return CLI_OK;
}

int cli_check_inputs(const cli_settings *s) {
    int usage = cli_check_model(s);
    if (usage) return usage;
    if (s->file && s->text_count) return cli_usage(s->command, "a text and --file: expected one of them");
    if (!s->file && !s->text_count) return cli_usage(s->command, "TEXT or --file is missing");
    return CLI_OK;
}

/* Off, unless --truncation says how to cut: then to what the model takes, where --max-length does not say more. */
static gaze_truncation choose_truncation(const cli_task *task) {
    const cli_settings *s = task->settings;
    gaze_truncation usual = {.enabled = s->truncation != NULL,
                             .max_length = gaze_pipeline_max_length(task->pipeline)};
    return cli_truncation_or(s, usual);
}

static void put_error(void *context, const gaze_line_item *item, gaze_buffer *out) {
    cli_task *task = context;
    if (task->settings->json)
        gaze_put_error_line(out, item->error);
    else
        cli_note(&task->notes, item);
}

int cli_task_open(cli_task *task) {
    gaze_error err = {0};
    gaze_status status = gaze_pipeline_open(&task->pipeline, task->settings->model, &err);
    if (!status) status = gaze_require_head(task->pipeline, task->head, &err);
    if (status) return cli_fail(&err);
    task->model = gaze_pipeline_model(task->pipeline);
    task->notes.alone = !task->settings->file && cli_input_count(task->settings) == 1;
    task->lines = (gaze_lines){.pipeline = task->pipeline,
                               .options = {.truncation = choose_truncation(task),
                                           .logits = true,
                                           .threads = cli_threads(task->settings)},
                               .plain = task->settings->plain,
                               .put_error = put_error,
                               .context = task};
    return CLI_OK;
}

int cli_task_run(cli_task *task) {
    gaze_error err = {0};
    gaze_status status = cli_stream(&task->lines, task->settings, task->silent, &err);
    cli_notes_print(&task->notes);
    if (status) return cli_fail(&err);
    return task->lines.failures ? CLI_FAILED : CLI_OK;
}

void cli_task_close(cli_task *task) {
    gaze_lines_deinit(&task->lines);
    gaze_pipeline_close(task->pipeline);
    task->pipeline = NULL;
}

size_t cli_top_k(const cli_settings *s, size_t usual) {
    return s->top_k == CLI_UNSET ? usual : (size_t)s->top_k;
}
