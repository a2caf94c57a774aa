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
    const gaze_input *input = &item->input;
    gaze_batch alone;
    gaze_status status =
        gaze_tokenizer_encode(&item->tokens, gaze_pipeline_tokenizer(lines->pipeline), input->text,
                              input->text_length, input->pair, input->pair_length, &options, err);
    if (status) return status;
    if (!lines->window) drop_overflow(&item->tokens);
    status = gaze_pipeline_batch(&alone, lines->pipeline, &item->tokens, 1, err);
    gaze_batch_deinit(&alone);
    if (!status) item->windows = 1 + item->tokens.overflow_count;
    return status;
}

/* A pass over the items that wait ------------------------------------------------------------------------ */

static size_t enough_tokens(const gaze_lines *lines) {
    return lines->batch_tokens ? lines->batch_tokens : GAZE_LINES_TOKENS;
}

/* A window of an item; those of an item come one after another. */
typedef struct cursor {
    size_t item;
    size_t window;
} cursor;

static bool is_before(cursor a, cursor b) {
    return a.item < b.item || (a.item == b.item && a.window < b.window);
}

static const gaze_tokens *window_at(const gaze_line_item *item, size_t window) {
    return window ? &item->tokens.overflow[window - 1] : &item->tokens;
}

/* The place behind the sequences that make a pass, and their number. Without windows that is all that wait. */
static cursor reach(const gaze_lines *lines, cursor at, size_t *count) {
    size_t tokens = 0;
    *count = 0;
    while (at.item < lines->waiting && (!lines->window || tokens < enough_tokens(lines))) {
        const gaze_line_item *item = &lines->items[at.item];
        if (at.window < item->windows) {
            tokens += window_at(item, at.window++)->count;
            ++*count;
        }
        if (at.window >= item->windows) at = (cursor){at.item + 1, 0};
    }
    return at;
}

/* The batch of `count` sequences, the first of which is at a place; each item gets the number of its first. */
static gaze_status make_batch(gaze_batch *batch, gaze_lines *lines, cursor at, size_t count,
                              gaze_error *err) {
    gaze_tokens *sequences = gaze_alloc(count, sizeof *sequences); /* borrowed from the items */
    if (!sequences) return gaze_fail_memory(err);
    for (size_t i = 0; i < count; at = (cursor){at.item + 1, 0}) {
        gaze_line_item *item = &lines->items[at.item];
        item->sequence = i;
        for (; at.window < item->windows && i < count; at.window++)
            sequences[i++] = *window_at(item, at.window);
    }
    gaze_status status = gaze_pipeline_batch(batch, lines->pipeline, sequences, count, err);
    gaze_free(sequences);
    return status;
}

static gaze_status forward(gaze_run *run, gaze_lines *lines, cursor at, size_t count, gaze_error *err) {
    const gaze_model *model = gaze_pipeline_model(lines->pipeline);
    gaze_batch batch = {0};
    gaze_status status = make_batch(&batch, lines, at, count, err);
    if (!status) status = gaze_pipeline_run_batch(run, model, &batch, &lines->options, err);
    gaze_batch_deinit(&batch);
    return status;
}

/* Shows a window to the task. */
static gaze_status put_window(gaze_lines *lines, const gaze_run *run, gaze_line_item *item, size_t window,
                              gaze_error *err) {
    gaze_error why = {0};
    gaze_status failure = GAZE_OK;
    if (!lines->window) return GAZE_OK;
    if (!item->error) failure = lines->window(lines->context, run, item, window_at(item, window), &why);
    item->sequence++;
    return note(lines, item, failure, &why, err);
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

/* The windows from one place to another, and the items that end among them. */
static gaze_status put_pass(gaze_lines *lines, const gaze_run *run, cursor at, cursor end, gaze_buffer *out,
                            gaze_error *err) {
    gaze_status status = GAZE_OK;
    while (is_before(at, end) && !status) {
        gaze_line_item *item = &lines->items[at.item];
        if (at.window < item->windows) status = put_window(lines, run, item, at.window++, err);
        if (status || at.window < item->windows) continue;
        status = put_item(lines, run, item, out, err);
        at = (cursor){at.item + 1, 0};
    }
    return status;
}

/* As much as makes a pass, from *at on. */
static gaze_status take_pass(gaze_lines *lines, cursor *at, gaze_buffer *out, gaze_error *err) {
    gaze_run run = {0};
    size_t count;
    const cursor start = *at, end = *at = reach(lines, start, &count);
    gaze_status status = count ? forward(&run, lines, start, count, err) : GAZE_OK;
    if (!status && count && lines->begin)
        status = lines->begin(lines->context, &run, lines->items, lines->waiting, err);
    if (!status) status = put_pass(lines, &run, start, end, out, err);
    gaze_run_deinit(&run);
    return status;
}

gaze_status gaze_lines_flush(gaze_lines *lines, gaze_buffer *out, gaze_error *err) {
    gaze_status status = GAZE_OK;
    if (!lines->waiting) return GAZE_OK;
    for (cursor at = {0, 0}; at.item < lines->waiting && !status;) status = take_pass(lines, &at, out, err);
    clear_items(lines);
    return status ? status : gaze_buffer_status(out, err);
}

/* Inputs ------------------------------------------------------------------------------------------------- */

static bool is_full(const gaze_lines *lines) {
    return lines->tokens >= enough_tokens(lines) || lines->bytes >= MOST_BYTES;
}

/* text -> (query, text) */
static gaze_status add_query(const gaze_lines *lines, gaze_input *input, gaze_error *err) {
    if (input->pair) return gaze_fail(err, GAZE_ERROR_SCHEMA, "an array [text, pair], expected a string");
    *input = (gaze_input){.text = lines->query,
                          .text_length = strlen(lines->query),
                          .pair = input->text,
                          .pair_length = input->text_length};
    return GAZE_OK;
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
    if (!failure && lines->query) failure = add_query(lines, &item->input, why);
    if (failure) item->input = (gaze_input){0}; /* half read */
    if (!failure && lines->prompt) failure = add_prompt(lines, &item->input, why);
    if (!failure) failure = encode(lines, item, why);
    gaze_status status = note(lines, item, failure, why, err);
    lines->tokens += item->tokens.count ? item->tokens.count : 1;
    return !status && is_full(lines) ? gaze_lines_flush(lines, out, err) : status;
}

gaze_status gaze_lines_add(gaze_lines *lines, gaze_buffer *out, const char *line, size_t length,
                           gaze_error *err) {
    gaze_line_item *item = NULL;
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
    gaze_line_item *item = NULL;
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
