/* gaze rank: documents by how well they answer a query, as sentence-transformers' CrossEncoder.rank orders them. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/columns.h"
#include "tools/cli/inputs.h"
#include "tools/cli/notes.h"
#include "tools/cli/stream.h"
#include "tools/cli/task.h"
#include "tools/pipeline/cross_encoder.h"

enum { TEXT_COLUMNS = 100 };

typedef struct document {
    double score;
    size_t number; /* among all of them, from 0: corpus_id */
    char *text;
    size_t length;
} document;

/* The documents so far; with --top-k never more than twice as many as will be shown. */
typedef struct ranking {
    const gaze_cross_encoder *encoder;
    const cli_settings *settings;
    document *items;
    size_t count;
    size_t capacity;
    size_t top_k;
    gaze_buffer errors; /* of --json: what stands behind the documents */
    cli_notes notes;
} ranking;

/* Ranking ---------------------------------------------------------------------------------------------- */

/* Best first; a NaN is worse than everything; of equal ones the earlier. */
static int compare(const void *one, const void *other) {
    const document *a = one, *b = other;
    if (isnan(a->score) != isnan(b->score)) return isnan(a->score) ? 1 : -1;
    if (a->score > b->score) return -1;
    if (a->score < b->score) return 1;
    return a->number < b->number ? -1 : 1;
}

/* Sorts, and keeps the best. */
static void sort(ranking *r) {
    if (r->count) qsort(r->items, r->count, sizeof *r->items, compare);
    while (r->count > r->top_k) gaze_free(r->items[--r->count].text);
}

static gaze_status grow(ranking *r, gaze_error *err) {
    if (r->count < r->capacity) return GAZE_OK;
    size_t capacity = r->capacity ? 2 * r->capacity : 64;
    document *items = gaze_realloc(r->items, capacity, sizeof *items);
    if (!items) return gaze_fail_memory(err);
    r->items = items;
    r->capacity = capacity;
    return GAZE_OK;
}

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    ranking *r = context;
    const document d = {.score = gaze_cross_encoder_score(r->encoder, run, item->sequence),
                        .number = item->number,
                        .text = gaze_copy_string(item->input.pair, item->input.pair_length),
                        .length = item->input.pair_length};
    (void)out;
    gaze_status status = d.text ? grow(r, err) : gaze_fail_memory(err);
    if (status) {
        gaze_free(d.text);
        return status;
    }
    r->items[r->count++] = d;
    if (r->count / 2 >= r->top_k) sort(r);
    return GAZE_OK;
}

static void put_error(void *context, const gaze_line_item *item, gaze_buffer *out) {
    ranking *r = context;
    (void)out;
    if (!r->settings->json) {
        cli_note(&r->notes, item);
        return;
    }
    gaze_buffer_printf(&r->errors, ",{\"corpus_id\":%zu,\"error\":", item->number);
    gaze_buffer_put_json_string(&r->errors, item->error, strlen(item->error));
    gaze_buffer_putc(&r->errors, '}');
}

/* Results ---------------------------------------------------------------------------------------------- */

/* [{"corpus_id": 3, "score": 0.9, "text": "..."}, ..., {"corpus_id": 7, "error": "..."}] */
static void put_json(gaze_buffer *out, const ranking *r) {
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < r->count; i++) {
        const document *d = &r->items[i];
        gaze_buffer_printf(out, "%s{\"corpus_id\":%zu,\"score\":", i ? "," : "", d->number);
        gaze_buffer_put_float(out, (float)d->score);
        gaze_buffer_puts(out, ",\"text\":");
        gaze_buffer_put_json_string(out, d->text, d->length);
        gaze_buffer_putc(out, '}');
    }
    const size_t comma = r->count ? 0 : 1; /* there is nothing before it */
    if (r->errors.length) gaze_buffer_append(out, r->errors.data + comma, r->errors.length - comma);
    gaze_buffer_puts(out, "]\n");
}

static void put_table(gaze_buffer *out, const ranking *r) {
    gaze_buffer_puts(out, "   score  document\n");
    for (size_t i = 0; i < r->count; i++) {
        const document *d = &r->items[i];
        cli_put_score(out, d->score);
        gaze_buffer_printf(out, "  %5zu  ", d->number);
        cli_put_text(out, d->text, d->length, TEXT_COLUMNS);
        gaze_buffer_putc(out, '\n');
    }
}

static gaze_status put_ranking(ranking *r, gaze_error *err) {
    gaze_buffer out = {0};
    sort(r);
    if (r->settings->json)
        put_json(&out, r);
    else
        put_table(&out, r);
    gaze_status status = gaze_buffer_status(&r->errors, err);
    if (!status) status = gaze_buffer_status(&out, err);
    if (!status) status = cli_put_results(&out, r->settings, true, err);
    gaze_buffer_deinit(&out);
    return status;
}

static void free_ranking(ranking *r) {
    for (size_t i = 0; i < r->count; i++) gaze_free(r->items[i].text);
    gaze_free(r->items);
    gaze_buffer_deinit(&r->errors);
}

/* The command ------------------------------------------------------------------------------------------ */

/* The documents behind the query, or those of --file. */
static gaze_status rank(ranking *r, size_t *failures, gaze_error *err) {
    const cli_settings *s = r->settings;
    gaze_lines lines = gaze_cross_encoder_lines(r->encoder, s->texts[0]);
    cli_settings documents = *s;
    documents.texts++;
    documents.text_count--;
    lines.options.truncation = cli_truncation_or(s, lines.options.truncation);
    lines.options.threads = cli_threads(s);
    lines.plain = s->plain;
    lines.put = put;
    lines.put_error = put_error;
    lines.context = r;
    gaze_status status = cli_stream(&lines, &documents, true, err);
    *failures = lines.failures;
    gaze_lines_deinit(&lines);
    return status ? status : put_ranking(r, err);
}

static int check(const cli_settings *s) {
    int usage = cli_check_model(s);
    if (usage) return usage;
    if (!s->text_count) return cli_usage(s->command, "QUERY is missing");
    if (s->file && s->text_count > 1)
        return cli_usage(s->command, "a document and --file: expected one of them");
    if (!s->file && s->text_count == 1) return cli_usage(s->command, "DOC or --file is missing");
    return CLI_OK;
}

static int run_rank(const cli_settings *s) {
    gaze_error err = {0};
    gaze_cross_encoder *encoder = NULL;
    size_t failures = 0;
    int usage = check(s);
    if (usage) return usage;
    gaze_status status = gaze_cross_encoder_open(&encoder, s->model, &err);
    ranking r = {.encoder = encoder, .settings = s, .top_k = cli_top_k(s, SIZE_MAX)};
    if (!status) status = rank(&r, &failures, &err);
    cli_notes_print(&r.notes);
    free_ranking(&r);
    gaze_cross_encoder_close(encoder);
    if (status) return cli_fail(&err);
    return failures ? CLI_FAILED : CLI_OK;
}

const cli_command cli_rank = {
    .name = "rank",
    .arguments = "--model DIR [options] QUERY DOC...",
    .summary = "documents by how well they answer a query",
    .details =
        "A cross-encoder reads the query with each document, and gives a score: the sigmoid of its number,\n"
        "unless the model's files name another activation. Documents are the other texts, or the lines of\n"
        "--file, each a JSON string (with --plain a text as it stands). As in sentence-transformers a pair\n"
        "that is too long is cut (--truncation none makes that an error instead). Of thousands of documents\n"
        "--top-k keeps the best, and memory for no more. --json: one list, in which a document that fails\n"
        "stands at the end as {\"corpus_id\": ..., \"error\": ...}; the exit status is then 1.\n\n"
        "  gaze rank --model DIR \"Who painted Guernica?\" \"Picasso did.\" \"It hangs in Madrid.\"\n"
        "  gaze rank --model DIR --top-k 10 --plain --file docs.txt \"Who painted Guernica?\"\n",
    .options = (const char *const[]){CLI_TASK_OPTIONS, "--top-k", NULL},
    .max_texts = SIZE_MAX,
    .run = run_rank,
};
