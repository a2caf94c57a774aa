/* gaze answer: what in a context answers a question, as transformers' pipeline("question-answering") finds it. */
#include <string.h>

#include "tools/cli/columns.h"
#include "tools/cli/inputs.h"
#include "tools/cli/marked.h"
#include "tools/cli/task.h"
#include "tools/cli/terminal.h"
#include "tools/pipeline/answerer.h"

enum { TEXT_COLUMNS = 60, AROUND = 240 };

/* For people ------------------------------------------------------------------------------------------------ */

static void put_answer(gaze_buffer *out, const gaze_answerer *a, size_t i) {
    const gaze_answer *answer = &a->answers.items[i];
    const gaze_span bytes = a->bytes[i];
    cli_put_number(out, answer->score, 4, 8);
    gaze_buffer_printf(out, " %6zu %6zu  ", answer->chars.start, answer->chars.end);
    if (bytes.start < bytes.end)
        cli_put_text(out, a->context.text + bytes.start, bytes.end - bytes.start, TEXT_COLUMNS);
    else
        gaze_buffer_puts(out, "(no answer)");
    gaze_buffer_putc(out, '\n');
}

/* The best answer in its context. */
static void put_context(gaze_buffer *out, const gaze_answerer *a) {
    const cli_mark best = {.bytes = a->bytes[0]};
    const size_t length = a->context.text_length;
    const gaze_span range = cli_excerpt(a->context.text, length, best.bytes, AROUND);
    gaze_buffer_puts(out, range.start > 0 ? "\n... " : "\n");
    cli_put_marked(out, a->context.text, range, &best, 1, cli_terminal().colors != GAZE_TERMINAL_PLAIN);
    gaze_buffer_puts(out, range.end < length ? " ...\n" : "\n");
}

static void put_table(gaze_buffer *out, const gaze_answerer *a, const gaze_line_item *item,
                      bool one_of_many) {
    const gaze_input question = gaze_answerer_question(a, &item->input);
    if (one_of_many) {
        if (item->number > 0) gaze_buffer_putc(out, '\n');
        cli_put_text(out, question.text, question.text_length, SIZE_MAX);
        gaze_buffer_puts(out, "\n\n");
    }
    gaze_buffer_puts(out, "   score  start    end  answer\n");
    for (size_t i = 0; i < a->answers.count; i++) put_answer(out, a, i);
    if (a->bytes[0].start < a->bytes[0].end) put_context(out, a);
}

/* The task (tools/pipeline/lines.h) ------------------------------------------------------------------------- */

static gaze_status parse(void *context, gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                         gaze_error *err) {
    const cli_task *task = context;
    return gaze_answerer_parse(task->own, input, arena, line, length, err);
}

static gaze_status take_window(void *context, const gaze_run *run, const gaze_line_item *item,
                               const gaze_tokens *window, gaze_error *err) {
    const cli_task *task = context;
    const float *logits = run->logits + 2 * run->batch.starts[item->sequence];
    return gaze_answerer_window(task->own, &item->input, window, logits, window == &item->tokens, err);
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    const cli_task *task = context;
    gaze_answerer *answerer = task->own;
    gaze_status status = gaze_answerer_finish(answerer, err);
    (void)run;
    if (status) return status;
    if (task->settings->json)
        gaze_answerer_put_json(out, answerer);
    else
        put_table(out, answerer, item, task->settings->file != NULL);
    return GAZE_OK;
}

/* The command ----------------------------------------------------------------------------------------------- */

static int check(const cli_settings *s) {
    int usage = cli_check_model(s);
    if (usage) return usage;
    if (s->file && (s->question || s->context))
        return cli_usage(s->command, "--question and --file: expected one of them");
    if (!s->file && !s->question) return cli_usage(s->command, "--question or --file is missing");
    if (!s->file && !s->context) return cli_usage(s->command, "--context is missing");
    if (s->max_seq_len == 0) return cli_usage(s->command, "--max-seq-len 0: expected a whole number above 0");
    if (s->max_answer_len == 0)
        return cli_usage(s->command, "--max-answer-len 0: expected a whole number above 0");
    return CLI_OK;
}

static size_t or_default(long number) {
    return number == CLI_UNSET ? 0 : (size_t)number;
}

static gaze_answerer_options choose_options(const cli_settings *s) {
    return (gaze_answerer_options){.top_k = cli_top_k(s, 1),
                                   .max_answer_len = or_default(s->max_answer_len),
                                   .max_seq_len = or_default(s->max_seq_len),
                                   .doc_stride = or_default(s->doc_stride),
                                   .doc_stride_set = s->doc_stride != CLI_UNSET,
                                   .handle_impossible_answer = s->handle_impossible_answer,
                                   .inside_words = s->no_align_to_words};
}

/* The question and the context of the command line become its two texts. */
static void set_texts(cli_settings *s, const char *texts[2], const gaze_answerer *answerer) {
    if (s->file) return;
    gaze_input input =
        gaze_answerer_input(answerer, s->question, strlen(s->question), s->context, strlen(s->context));
    texts[0] = input.text;
    texts[1] = input.pair;
    s->texts = (char **)texts;
    s->text_count = 2;
}

static int run_answer(const cli_settings *given) {
    gaze_error err = {0};
    gaze_answerer answerer = {0};
    const char *texts[2];
    cli_settings s = *given;
    gaze_answerer_options options = choose_options(&s);
    cli_task task = {.settings = &s, .head = GAZE_TASK_QUESTION_ANSWERING, .own = &answerer};
    int result = check(&s);
    if (result) return result;
    s.text_count = !s.file;
    result = cli_task_open(&task);
    if (!result && gaze_answerer_init(&answerer, task.pipeline, &options, &err)) result = cli_fail(&err);
    if (!result) {
        set_texts(&s, texts, &answerer);
        task.lines.options.truncation = answerer.truncation;
        task.lines.parse = parse;
        task.lines.window = take_window;
        task.lines.put = put;
        result = cli_task_run(&task);
    }
    gaze_answerer_deinit(&answerer);
    cli_task_close(&task);
    return result;
}

const cli_command cli_answer = {
    .name = "answer",
    .arguments = "--model DIR --question TEXT --context TEXT [options]",
    .summary = "the part of a context that answers a question",
    .details =
        "For models with a head for question answering; equal to pipeline(\"question-answering\"). A long\n"
        "context is read in windows that overlap, and what they say is put together. In a --file each line\n"
        "is {\"question\": ..., \"context\": ...}. start and end count characters of the context.\n\n"
        "  gaze answer --model DIR --question \"Who sat?\" --context \"The cat sat on the mat.\"\n"
        "  gaze answer --model DIR --file questions.jsonl --json --top-k 3\n",
    .options = (const char *const[]){"--model", "--question", "--context", "--file", "--json", "-o",
                                     "--top-k", "--max-answer-len", "--max-seq-len", "--doc-stride",
                                     "--handle-impossible-answer", "--no-align-to-words", "--threads",
                                     "--quiet", "--no-progress", NULL},
    .run = run_answer,
};
