#include "tools/pipeline/lines.h"

#include <string.h>

#include "tools/pipeline/inputs.h"

/* A text of a megabyte may be cut to a few tokens: texts that wait have a bound of their own. */
#define MOST_BYTES ((size_t)1 << 24)

void gaze_put_error_line(gaze_buffer *out, const char *message) {
    gaze_buffer_puts(out, "{\"error\":");
    gaze_buffer_put_json_string(out, message, strlen(message));
    gaze_buffer_puts(out, "}\n");
}

/* Items ----------------------------------------------------------------------------------------------- */

static gaze_status new_item(gaze_lines *lines, gaze_line_item **item, gaze_error *err) {
    if (lines->waiting == lines->capacity) {
        size_t capacity = lines->capacity ? 2 * lines->capacity : 64;
        gaze_line_item *items = gaze_realloc(lines->items, capacity, sizeof *items);
        if (!items) return gaze_fail_memory(err);
        lines->items = items;
        lines->capacity = capacity;
    }
    *item = &lines->items[lines->waiting++];
    **item = (gaze_line_item){.number = lines->count++};
    return GAZE_OK;
}

/* Notes what is wrong with an item. Only what ends the work is a failure here. */
static gaze_status note(gaze_lines *lines, gaze_line_item *item, gaze_status failure, const gaze_error *why,
                        gaze_error *err) {
    if (!failure) return GAZE_OK;
    if (failure == GAZE_ERROR_MEMORY) return gaze_fail_memory(err);
    lines->failures++;
    item->error = gaze_copy_string(why->message, strlen(why->message));
    return item->error ? GAZE_OK : gaze_fail_memory(err);
}

static void clear_items(gaze_lines *lines) {
    for (size_t i = 0; i < lines->waiting; i++) {
        gaze_tokens_deinit(&lines->items[i].tokens);
        gaze_free(lines->items[i].error);
    }
    gaze_arena_deinit(&lines->texts);
    lines->waiting = lines->tokens = lines->bytes = 0;
}

/* What truncation cut off may be long, and nobody reads it. */
static void drop_overflow(gaze_tokens *tokens) {
    for (size_t i = 0; i < tokens->overflow_count; i++) gaze_tokens_deinit(&tokens->overflow[i]);
    gaze_free(tokens->overflow);
    tokens->overflow = NULL;
    tokens->overflow_count = 0;
}

/* input -> tokens; refuses what a batch of this sequence alone would refuse. */
static gaze_status encode(const gaze_lines *lines, gaze_line_item *item, gaze_error *err) {
    const gaze_encode_options options = {.truncation = lines->options.truncation};
    const gaze_config *config = gaze_model_config(gaze_pipeline_model(lines->pipeline));
    const gaze_input *input = &item->input;
    gaze_batch alone;
    gaze_status status =
        gaze_tokenizer_encode(&item->tokens, gaze_pipeline_tokenizer(lines->pipeline), input->text,
                              input->text_length, input->pair, input->pair_length, &options, err);
    if (status) return status;
    drop_overflow(&item->tokens);
    status = gaze_batch_from_tokens(&alone, config, &item->tokens, 1, err);
    gaze_batch_deinit(&alone);
    return status;
}

/* A pass over the items that wait ------------------------------------------------------------------------ */

/* The batch of all items without an error; their sequences are numbered. */
static gaze_status make_batch(gaze_batch *batch, gaze_lines *lines, gaze_error *err) {
    const gaze_config *config = gaze_model_config(gaze_pipeline_model(lines->pipeline));
    gaze_tokens *sequences = gaze_alloc(lines->waiting, sizeof *sequences); /* borrowed from the items */
    size_t count = 0;
    if (!sequences) return gaze_fail_memory(err);
    for (size_t i = 0; i < lines->waiting; i++) {
        gaze_line_item *item = &lines->items[i];
        if (item->error) continue;
        item->sequence = count;
        sequences[count++] = item->tokens;
    }
    gaze_status status = gaze_batch_from_tokens(batch, config, sequences, count, err);
    gaze_free(sequences);
    return status;
}

static gaze_status forward(gaze_run *run, gaze_lines *lines, gaze_error *err) {
    gaze_batch batch = {0};
    gaze_status status = make_batch(&batch, lines, err);
    if (!status && batch.count)
        status =
            gaze_pipeline_run_batch(run, gaze_pipeline_model(lines->pipeline), &batch, &lines->options, err);
    gaze_batch_deinit(&batch);
    if (!status && run->count && lines->begin)
        status = lines->begin(lines->context, run, lines->items, lines->waiting, err);
    return status;
}

static gaze_status put_item(gaze_lines *lines, const gaze_run *run, gaze_line_item *item, gaze_buffer *out,
                            gaze_error *err) {
    const size_t start = out->length;
    gaze_error why = {0};
    gaze_status failure = item->error ? GAZE_OK : lines->put(lines->context, run, item, out, &why);
    if (failure && out->data) out->data[out->length = start] = '\0';
    gaze_status status = note(lines, item, failure, &why, err);
    if (status || !item->error) return status;
    if (lines->put_error)
        lines->put_error(lines->context, item, out);
    else
        gaze_put_error_line(out, item->error);
    return GAZE_OK;
}

gaze_status gaze_lines_flush(gaze_lines *lines, gaze_buffer *out, gaze_error *err) {
    gaze_run run = {0};
    if (!lines->waiting) return GAZE_OK;
    gaze_status status = forward(&run, lines, err);
    for (size_t i = 0; i < lines->waiting && !status; i++)
        status = put_item(lines, &run, &lines->items[i], out, err);
    gaze_run_deinit(&run);
    clear_items(lines);
    return status ? status : gaze_buffer_status(out, err);
}

/* Inputs ------------------------------------------------------------------------------------------------- */

static bool is_full(const gaze_lines *lines) {
    size_t most = lines->batch_tokens ? lines->batch_tokens : GAZE_LINES_TOKENS;
    return lines->tokens >= most || lines->bytes >= MOST_BYTES;
}

/* text -> prompt + text */
static gaze_status add_prompt(gaze_lines *lines, gaze_input *input, gaze_error *err) {
    const size_t length = strlen(lines->prompt);
    char *text = gaze_arena_alloc(&lines->texts, length + input->text_length + 1, 1);
    if (!text) return gaze_fail_memory(err);
    memcpy(text, lines->prompt, length);
    memcpy(text + length, input->text, input->text_length + 1);
    input->text = text;
    input->text_length += length;
    return GAZE_OK;
}

/* The item's input has been read, or `failure` says why not. */
static gaze_status take(gaze_lines *lines, gaze_line_item *item, gaze_status failure, gaze_error *why,
                        gaze_buffer *out, gaze_error *err) {
    lines->bytes += item->input.text_length + item->input.pair_length;
    if (failure) item->input = (gaze_input){0}; /* half read */
    if (!failure && lines->prompt) failure = add_prompt(lines, &item->input, why);
    if (!failure) failure = encode(lines, item, why);
    gaze_status status = note(lines, item, failure, why, err);
    lines->tokens += item->tokens.count ? item->tokens.count : 1;
    return !status && is_full(lines) ? gaze_lines_flush(lines, out, err) : status;
}

gaze_status gaze_lines_add(gaze_lines *lines, gaze_buffer *out, const char *line, size_t length,
                           gaze_error *err) {
    gaze_line_item *item;
    gaze_error why = {0};
    gaze_status status = new_item(lines, &item, err), failure;
    if (status) return status;
    if (lines->parse && !lines->plain)
        failure = lines->parse(lines->context, &item->input, &lines->texts, line, length, &why);
    else
        failure = gaze_input_parse(&item->input, &lines->texts, line, length, lines->plain, &why);
    return take(lines, item, failure, &why, out, err);
}

gaze_status gaze_lines_add_input(gaze_lines *lines, gaze_buffer *out, const gaze_input *input,
                                 gaze_error *err) {
    gaze_line_item *item;
    gaze_error why = {0};
    gaze_status status = new_item(lines, &item, err);
    if (status) return status;
    gaze_status failure = gaze_input_copy(&item->input, &lines->texts, input, &why);
    return take(lines, item, failure, &why, out, err);
}

void gaze_lines_deinit(gaze_lines *lines) {
    clear_items(lines);
    gaze_free(lines->items);
    *lines = (gaze_lines){0};
}
