/* gaze tokenize: tokens, ids, offsets and masks, as a table or as lines of JSON. */
#include <stdlib.h>
#include <string.h>

#include "core/base/line_reader.h"
#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/inputs.h"
#include "tools/cli/stream.h"
#include "tools/pipeline/tokenize_lines.h"
#include "weights/model_dir.h"

/* Options --------------------------------------------------------------------------------------------- */

/* --padding N, longest or none; otherwise what tokenizer.json sets. False: not one of them. */
static bool choose_padding(gaze_padding *p, const cli_settings *s) {
    char *end = NULL;
    if (s->padding) *p = (gaze_padding){.enabled = !cli_is(s->padding, "none")};
    if (s->padding && p->enabled && !cli_is(s->padding, "longest")) {
        if (*s->padding < '0' || *s->padding > '9') return false;
        p->length = (size_t)strtoull(s->padding, &end, 10);
        p->enabled = p->length > 0;
        if (*end) return false;
    }
    if (s->padding_side) p->side = cli_is(s->padding_side, "left") ? GAZE_SIDE_LEFT : GAZE_SIDE_RIGHT;
    if (s->pad_to_multiple_of != CLI_UNSET) p->multiple_of = (size_t)s->pad_to_multiple_of;
    if (s->pad_type_id != CLI_UNSET) p->type_id = (int32_t)s->pad_type_id;
    return true;
}

static int check(const cli_settings *s) {
    gaze_padding padding = {0};
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (s->file && s->text_count) return cli_usage(s->command, "a text and --file: expected one of them");
    if (!choose_padding(&padding, s))
        return cli_usage(s->command, "--padding %s: expected a number, longest or none", s->padding);
    return CLI_OK;
}

/* Results are written when they are this many bytes, or when no line is there to be read. */
enum { ENOUGH = 1 << 16 };

/* Input and output ------------------------------------------------------------------------------------ */

/* All lines of a stream; results are written as they come. */
static gaze_status take_stream(gaze_line_tokenizer *lines, gaze_buffer *out, const cli_settings *s,
                               gaze_error *err) {
    gaze_line_reader reader;
    const char *line;
    size_t length;
    gaze_status status = gaze_line_reader_open(&reader, s->file ? s->file : "-", err);
    while (!status && !(status = gaze_line_reader_next(&reader, &line, &length, err)) && line) {
        status = gaze_tokenize_line(lines, out, line, length, err);
        if (!status && (out->length >= ENOUGH || gaze_line_reader_would_wait(&reader)))
            status = cli_put_results(out, s, false, err);
    }
    gaze_line_reader_close(&reader);
    return status;
}

static gaze_status take_inputs(gaze_line_tokenizer *lines, gaze_buffer *out, const cli_settings *s,
                               gaze_error *err) {
    gaze_input input = cli_input(s);
    gaze_status status;
    if (s->text_count) {
        status = gaze_tokenize_input(lines, out, &input, err);
    } else {
        status = take_stream(lines, out, s, err);
    }
    if (!status) status = gaze_tokenize_finish(lines, out, err);
    return status ? status : cli_put_results(out, s, true, err);
}

/* The command ----------------------------------------------------------------------------------------- */

static gaze_status open_tokenizer(gaze_tokenizer **tokenizer, const char *model, gaze_error *err) {
    char *directory = NULL;
    gaze_status status = gaze_model_dir_find(&directory, model, err);
    if (!status) status = gaze_tokenizer_open(tokenizer, directory, err);
    gaze_free(directory);
    return status;
}

static int run_tokenize(const cli_settings *s) {
    gaze_error err = {0};
    gaze_tokenizer *tokenizer = NULL;
    gaze_buffer out = {0};
    int usage = check(s);
    if (usage) return usage;
    gaze_status status = open_tokenizer(&tokenizer, s->model, &err);
    if (status) return cli_fail(&err);
    gaze_line_tokenizer lines = {
        .tokenizer = tokenizer,
        .options.no_special_tokens = s->no_special_tokens,
        .options.truncation = cli_truncation_or(s, gaze_tokenizer_truncation(tokenizer)),
        .padding = gaze_tokenizer_padding(tokenizer),
        .plain = s->plain,
        .table = !s->json,
    };
    choose_padding(&lines.padding, s);
    status = gaze_tokenizer_pad(tokenizer, NULL, 0, &lines.padding, &err); /* is there a pad token? */
    if (!status) status = take_inputs(&lines, &out, s, &err);
    const bool failed = lines.failures > 0;
    gaze_line_tokenizer_deinit(&lines);
    gaze_buffer_deinit(&out);
    gaze_tokenizer_close(tokenizer);
    if (status) return cli_fail(&err);
    return failed ? CLI_FAILED : CLI_OK;
}

const cli_command cli_tokenize = {
    .name = "tokenize",
    .arguments = "--model DIR [options] [TEXT [TEXT_B]]",
    .summary = "tokens, ids, offsets and masks, equal to Hugging Face's tokenizers",
    .details =
        "Without a text, reads one input a line, a JSON string or an array [text, pair] (with --plain a\n"
        "text as it stands), from --file or from standard input. Truncation and padding are those that\n"
        "tokenizer.json sets, unless an option says otherwise. A line that cannot be encoded gives an\n"
        "error in its place, and the exit status 1.\n\n"
        "  gaze tokenize --model DIR \"The cat sat.\"\n"
        "  gaze tokenize --model DIR --json --max-length 8 --stride 2 < texts.jsonl\n",
    .options =
        (const char *const[]){"--model", "-o", "--file", "--plain", "--json", "--max-length", "--truncation",
                              "--truncation-side", "--stride", "--padding", "--padding-side",
                              "--pad-to-multiple-of", "--pad-type-id", "--no-special-tokens", NULL},
    .max_texts = 2,
    .run = run_tokenize,
};
