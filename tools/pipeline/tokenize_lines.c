#include "tools/pipeline/tokenize_lines.h"

#include <stdint.h>
#include <string.h>

#include "core/base/memory.h"
#include "tools/pipeline/inputs.h"
#include "tools/pipeline/lines.h"

/* Output ---------------------------------------------------------------------------------------------- */

/* Digits without printf: this is most of what is written. */
static void put_number(gaze_buffer *out, size_t value) {
    char digits[24], *at = digits + sizeof digits;
    do *--at = (char)('0' + value % 10);
    while (value /= 10);
    gaze_buffer_append(out, at, (size_t)(digits + sizeof digits - at));
}

static void put_comma(gaze_buffer *out, size_t i) {
    if (i) gaze_buffer_putc(out, ',');
}

/* `null_value` is written null. */
static void put_ints(gaze_buffer *out, const char *key, const int32_t *values, size_t count,
                     int32_t null_value) {
    gaze_buffer_puts(out, key);
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i);
        if (values[i] == null_value)
            gaze_buffer_puts(out, "null");
        else
            put_number(out, (size_t)values[i]);
    }
}

static void put_flags(gaze_buffer *out, const char *key, const uint8_t *flags, size_t count) {
    gaze_buffer_puts(out, key);
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i);
        gaze_buffer_putc(out, flags[i] ? '1' : '0');
    }
}

static void put_strings(gaze_buffer *out, const gaze_tokens *tokens) {
    for (size_t i = 0; i < tokens->count; i++) {
        put_comma(out, i);
        gaze_buffer_put_json_string(out, tokens->strings[i], tokens->string_lengths[i]);
    }
}

static void put_spans(gaze_buffer *out, const gaze_span *spans, size_t count) {
    for (size_t i = 0; i < count; i++) {
        put_comma(out, i);
        gaze_buffer_putc(out, '[');
        put_number(out, spans[i].start);
        gaze_buffer_putc(out, ',');
        put_number(out, spans[i].end);
        gaze_buffer_putc(out, ']');
    }
}

void gaze_tokens_put_json(gaze_buffer *out, const gaze_tokens *tokens, bool with_overflow) {
    const size_t count = tokens->count;
    put_ints(out, "{\"ids\":[", tokens->ids, count, INT32_MIN);
    gaze_buffer_puts(out, "],\"tokens\":[");
    put_strings(out, tokens);
    gaze_buffer_puts(out, "],\"offsets\":[");
    put_spans(out, tokens->chars, count);
    put_ints(out, "],\"word_ids\":[", tokens->word_ids, count, GAZE_NO_WORD);
    put_ints(out, "],\"type_ids\":[", tokens->type_ids, count, INT32_MIN);
    put_flags(out, "],\"special_tokens_mask\":[", tokens->special, count);
    put_flags(out, "],\"attention_mask\":[", tokens->attention, count);
    put_ints(out, "],\"sequence_ids\":[", tokens->sequence_ids, count, GAZE_NO_SEQUENCE);
    gaze_buffer_putc(out, ']');
    if (with_overflow) gaze_buffer_puts(out, ",\"overflowing\":[");
    for (size_t i = 0; i < tokens->overflow_count && with_overflow; i++) {
        put_comma(out, i);
        gaze_tokens_put_json(out, &tokens->overflow[i], false);
    }
    gaze_buffer_puts(out, with_overflow ? "]}" : "}");
}

/* A result, or an error, in its place. */
static void put_result(gaze_buffer *out, gaze_line_tokenizer *lines, const gaze_tokens *tokens,
                       const char *error) {
    if (lines->written++ && lines->table) gaze_buffer_putc(out, '\n');
    if (error && lines->table)
        gaze_buffer_printf(out, "error: %s\n", error);
    else if (error)
        gaze_put_error_line(out, error);
    else if (lines->table)
        gaze_tokens_put_table(out, tokens);
    else {
        gaze_tokens_put_json(out, tokens, lines->options.truncation.enabled);
        gaze_buffer_putc(out, '\n');
    }
}

/* Lines ----------------------------------------------------------------------------------------------- */

/* Keeps a result for gaze_tokenize_finish; takes the tokens over. */
static gaze_status keep(gaze_line_tokenizer *lines, gaze_tokens *tokens, const char *error, gaze_error *err) {
    if (lines->waiting_count == lines->waiting_capacity) {
        size_t capacity = lines->waiting_capacity ? 2 * lines->waiting_capacity : 64;
        gaze_waiting_line *waiting = gaze_realloc(lines->waiting, capacity, sizeof *waiting);
        if (!waiting) return gaze_fail_memory(err);
        lines->waiting = waiting;
        lines->waiting_capacity = capacity;
    }
    char *copy = error ? gaze_copy_string(error, strlen(error)) : NULL;
    if (error && !copy) return gaze_fail_memory(err);
    lines->waiting[lines->waiting_count++] = (gaze_waiting_line){*tokens, copy};
    *tokens = (gaze_tokens){0};
    return GAZE_OK;
}

/* Writes or keeps a result, which it takes over. `failure` says why there is none. */
static gaze_status finish_input(gaze_line_tokenizer *lines, gaze_buffer *out, gaze_tokens *tokens,
                                gaze_status failure, const gaze_error *why, gaze_error *err) {
    const bool waits = lines->padding.enabled && lines->padding.length == 0;
    const char *error = failure ? why->message : NULL;
    gaze_status status;
    lines->failures += failure != GAZE_OK;
    if (failure == GAZE_ERROR_MEMORY) {
        status = gaze_fail_memory(err);
    } else if (waits) {
        status = keep(lines, tokens, error, err);
    } else {
        put_result(out, lines, tokens, error);
        status = gaze_buffer_status(out, err);
    }
    gaze_tokens_deinit(tokens);
    return status;
}

gaze_status gaze_tokenize_input(gaze_line_tokenizer *lines, gaze_buffer *out, const gaze_input *input,
                                gaze_error *err) {
    const gaze_padding *padding = &lines->padding;
    gaze_tokens tokens = {0};
    gaze_error why = {0};
    gaze_status failure = gaze_tokenizer_encode(&tokens, lines->tokenizer, input->text, input->text_length,
                                                input->pair, input->pair_length, &lines->options, &why);
    if (!failure && padding->length)
        failure = gaze_tokenizer_pad(lines->tokenizer, &tokens, 1, padding, &why);
    return finish_input(lines, out, &tokens, failure, &why, err);
}

gaze_status gaze_tokenize_line(gaze_line_tokenizer *lines, gaze_buffer *out, const char *line, size_t length,
                               gaze_error *err) {
    gaze_arena arena = {0};
    gaze_input input;
    gaze_error why = {0};
    gaze_status status = gaze_input_parse(&input, &arena, line, length, lines->plain, &why);
    if (status)
        status = finish_input(lines, out, &(gaze_tokens){0}, status, &why, err);
    else
        status = gaze_tokenize_input(lines, out, &input, err);
    gaze_arena_deinit(&arena);
    return status;
}

/* Pads all that waited to the longest of them. */
static gaze_status pad_waiting(gaze_line_tokenizer *lines, gaze_error *err) {
    gaze_padding padding = lines->padding;
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < lines->waiting_count; i++)
        if (lines->waiting[i].tokens.count > padding.length) padding.length = lines->waiting[i].tokens.count;
    for (size_t i = 0; i < lines->waiting_count && !status; i++)
        if (!lines->waiting[i].error)
            status = gaze_tokenizer_pad(lines->tokenizer, &lines->waiting[i].tokens, 1, &padding, err);
    return status;
}

gaze_status gaze_tokenize_finish(gaze_line_tokenizer *lines, gaze_buffer *out, gaze_error *err) {
    gaze_status status = pad_waiting(lines, err);
    for (size_t i = 0; i < lines->waiting_count && !status; i++)
        put_result(out, lines, &lines->waiting[i].tokens, lines->waiting[i].error);
    return status ? status : gaze_buffer_status(out, err);
}

void gaze_line_tokenizer_deinit(gaze_line_tokenizer *lines) {
    for (size_t i = 0; i < lines->waiting_count; i++) {
        gaze_tokens_deinit(&lines->waiting[i].tokens);
        gaze_free(lines->waiting[i].error);
    }
    gaze_free(lines->waiting);
    *lines = (gaze_line_tokenizer){0};
}
