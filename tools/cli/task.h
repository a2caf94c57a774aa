/* Commands that ask a model's head about each input: fill-mask, answer, classify, label, rank.
 *
 *     my_command mine = {...};
 *     cli_task task = {.settings = s, .head = GAZE_TASK_..., .own = &mine};
 *     int result = cli_task_open(&task);
 *     if (!result) {
 *         task.lines.put = put;              of tools/pipeline/lines.h; its context is `&task`
 *         result = cli_task_run(&task);
 *     }
 *     cli_task_close(&task);
 *     return result;
 *
 * With --json an input that fails has {"error": "..."} in its place; without, a note on standard error.
 */
#ifndef GAZE_TOOLS_CLI_TASK_H
#define GAZE_TOOLS_CLI_TASK_H

#include "tools/cli/cli.h"
#include "tools/cli/notes.h"
#include "tools/pipeline/lines.h"
#include "tools/pipeline/pipeline.h"

/* The options that all of them take, for the list of a command. */
#define CLI_TASK_OPTIONS                                                                                     \
    "--model", "-o", "--file", "--plain", "--json", "--max-length", "--truncation", "--truncation-side",     \
        "--threads", "--quiet", "--no-progress"

typedef struct cli_task {
    const cli_settings *settings;
    gaze_task head; /* that the model must have */
    void *own;      /* the command's */
    bool silent;    /* results are no lines: the command writes them itself, behind cli_task_run */
    gaze_pipeline *pipeline;
    const gaze_model *model;
    gaze_lines lines;
    cli_notes notes;
} cli_task;

/* CLI_OK, or what cli_usage returned: --model, and a text or --file, are needed. For commands whose texts are not
 * inputs cli_check_model alone. */
int cli_check_model(const cli_settings *settings);
int cli_check_inputs(const cli_settings *settings);

/* Opens --model, which must have the head, and sets task->lines for it: the logits are computed, threads and --plain
 * are those of the command line; a text is cut where --max-length or --truncation say, and is otherwise an error
 * when it is too long. CLI_OK, or what cli_fail returned. */
int cli_task_open(cli_task *task);
/* Sends the inputs through task->lines (cli_stream) and prints the notes. Returns the exit status. */
int cli_task_run(cli_task *task);
void cli_task_close(cli_task *task);

/* --top-k, or `usual`. */
size_t cli_top_k(const cli_settings *settings, size_t usual);

#endif
