/* gaze embed: a vector for each text, as sentence-transformers' encode gives it. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/columns.h"
#include "tools/cli/inputs.h"
#include "tools/cli/notes.h"
#include "tools/cli/stream.h"
#include "tools/pipeline/embedder.h"
#include "weights/npz.h"

typedef enum output_form { TABLE, JSON_LINES, CSV, TSV, NPZ, FORMS } output_form;

/* What the results go into. */
typedef struct results {
    const gaze_embedder *embedder;
    output_form form;
    float *vector;    /* (width): the one at hand */
    gaze_buffer rows; /* of .npz: the vectors so far */
    cli_notes notes;  /* what is wrong with which row */
} results;

/* Forms ------------------------------------------------------------------------------------------------ */

enum { SHOWN = 6, TEXT_COLUMNS = 40 };

/* The format that the ending of -o asks for, otherwise --json or the table. FORMS: none of these. */
static output_form choose_form(const cli_settings *s) {
    static const struct {
        const char *ending;
        output_form form;
    } endings[] = {{".npz", NPZ}, {".json", JSON_LINES}, {".jsonl", JSON_LINES},
                   {".csv", CSV}, {".tsv", TSV},         {".txt", TABLE}};
    if (!s->output || strcmp(s->output, "-") == 0) return s->json ? JSON_LINES : TABLE;
    const char *point = strrchr(s->output, '.');
    for (size_t i = 0; point && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(point, endings[i].ending) == 0) return endings[i].form;
    return s->json ? JSON_LINES : FORMS;
}

/* [0.1,-0.2] and a line feed, or the numbers with commas or tabs between them. */
static void put_numbers(gaze_buffer *out, const float *vector, size_t count, output_form form) {
    if (form == JSON_LINES) gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i) gaze_buffer_putc(out, form == TSV ? '\t' : ',');
        gaze_buffer_put_float(out, vector[i]);
    }
    gaze_buffer_puts(out, form == JSON_LINES ? "]\n" : "\n");
}

static double length_of(const float *vector, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)vector[i] * (double)vector[i];
    return sqrt(sum);
}

/* A line of the table for people. */
static void put_row(gaze_buffer *out, const float *vector, size_t count, const gaze_line_item *item) {
    const size_t shown = count < SHOWN ? count : SHOWN;
    if (item->number == 0)
        gaze_buffer_printf(out, "tokens   length   %2zu of %4zu numbers%*s   text\n", shown, count,
                           8 * (int)shown > 18 ? 8 * (int)shown - 18 : 0, "");
    gaze_buffer_printf(out, "%6zu ", item->tokens.count);
    cli_put_number(out, length_of(vector, count), 4, 8);
    gaze_buffer_puts(out, "  ");
    for (size_t i = 0; i < shown; i++) cli_put_number(out, (double)vector[i], 4, 8);
    gaze_buffer_puts(out, "   ");
    cli_put_text(out, item->input.text, item->input.text_length, TEXT_COLUMNS);
    gaze_buffer_putc(out, '\n');
}

/* The task (tools/pipeline/lines.h) -------------------------------------------------------------------- */

static void put_vector(results *r, gaze_buffer *out, const gaze_line_item *item) {
    const size_t count = gaze_embedder_dimension(r->embedder);
    if (r->form == NPZ)
        gaze_buffer_append(&r->rows, r->vector, count * sizeof *r->vector);
    else if (r->form == TABLE)
        put_row(out, r->vector, count, item);
    else
        put_numbers(out, r->vector, count, r->form);
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    results *r = context;
    gaze_embedder_pool(r->vector, r->embedder, run, item->sequence);
    put_vector(r, out, item);
    return gaze_buffer_status(&r->rows, err);
}

/* Where every input has a row of numbers, one without a vector has NaN in its row, and a note says why. */
static void put_error(void *context, const gaze_line_item *item, gaze_buffer *out) {
    results *r = context;
    if (r->form == JSON_LINES) {
        gaze_put_error_line(out, item->error);
        return;
    }
    cli_note(&r->notes, item);
    for (size_t i = 0; i < gaze_embedder_width(r->embedder); i++) r->vector[i] = NAN;
    put_vector(r, out, item);
}

/* The command ------------------------------------------------------------------------------------------- */

static gaze_status write_npz(const results *r, const char *path, gaze_error *err) {
    const size_t dimension = gaze_embedder_dimension(r->embedder);
    gaze_named_tensor array = {.name = "embeddings",
                               .tensor = {.data = r->rows.data, .dtype = GAZE_DTYPE_F32, .rank = 2}};
    gaze_buffer file = {0};
    array.tensor.shape[0] = r->rows.length / sizeof(float) / dimension;
    array.tensor.shape[1] = dimension;
    gaze_status status = gaze_npz_write(&file, &array, 1, false, err);
    if (!status) status = gaze_file_write(path, file.data, file.length, err);
    gaze_buffer_deinit(&file);
    return status;
}

static gaze_status embed(results *r, size_t *failures, const cli_settings *s, gaze_error *err) {
    gaze_lines lines = gaze_embedder_lines(r->embedder);
    lines.options.truncation = cli_truncation_or(s, lines.options.truncation);
    lines.options.threads = cli_threads(s);
    lines.plain = s->plain;
    lines.put = put;
    lines.put_error = put_error;
    lines.context = r;
    gaze_status status = cli_stream(&lines, s, r->form == NPZ, err);
    if (!status && r->form == NPZ) status = write_npz(r, s->output, err);
    *failures = lines.failures;
    gaze_lines_deinit(&lines);
    return status;
}

static int check(const cli_settings *s) {
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (s->file && s->text_count) return cli_usage(s->command, "a text and --file: expected one of them");
    if (!s->file && !s->text_count) return cli_usage(s->command, "TEXT or --file is missing");
    if (choose_form(s) == FORMS)
        return cli_usage(s->command, "-o %s: expected .npz, .json, .csv, .tsv or .txt", s->output);
    return CLI_OK;
}

static int run_embed(const cli_settings *s) {
    gaze_error err = {0};
    gaze_embedder *embedder = NULL;
    results r = {.form = choose_form(s)};
    size_t failures = 0;
    int usage = check(s);
    if (usage) return usage;
    gaze_status status = gaze_embedder_open(&embedder, s->model, &err);
    r.embedder = embedder;
    if (!status) r.vector = gaze_alloc(gaze_embedder_width(embedder), sizeof *r.vector);
    if (!status && !r.vector) status = gaze_fail_memory(&err);
    if (!status) status = embed(&r, &failures, s, &err);
    cli_notes_print(&r.notes);
    gaze_free(r.vector);
    gaze_buffer_deinit(&r.rows);
    gaze_embedder_close(embedder);
    if (status) return cli_fail(&err);
    return failures ? CLI_FAILED : CLI_OK;
}

const cli_command cli_embed = {
    .name = "embed",
    .arguments = "--model DIR [options] [TEXT...]",
    .summary = "a vector for each text, equal to sentence-transformers",
    .details =
        "Pooling, normalisation and prompt are those of the directory's modules.json; without it the\n"
        "mean of the last hidden states, not normalised. As in sentence-transformers a long text is cut,\n"
        "to max_seq_length of sentence_bert_config.json (--truncation none makes that an error instead).\n"
        "-o X.npz holds one array, embeddings (N,D); .csv and .tsv a row a text; .json a line a text.\n"
        "An input that fails gives an error in its place (in .npz, .csv and tables a row of NaN), and the\n"
        "exit status 1.\n\n"
        "  gaze embed --model DIR \"The cat sat.\" \"A cat was sitting.\"\n"
        "  gaze embed --model DIR --file texts.txt --plain -o vectors.npz\n"
        "  gaze embed --model DIR --json --file - < texts.jsonl > vectors.jsonl\n",
    .options =
        (const char *const[]){"--model", "-o", "--file", "--plain", "--json", "--max-length", "--truncation",
                              "--truncation-side", "--threads", "--quiet", "--no-progress", NULL},
    .max_texts = SIZE_MAX,
    .run = run_embed,
};
