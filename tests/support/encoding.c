#include "tests/support/encoding.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

/* The i-th number of a field, as the goldens write it: null is -1. */
typedef int64_t field_getter(const gaze_tokens *tokens, size_t i);

static int64_t get_id(const gaze_tokens *t, size_t i) {
    return t->ids[i];
}
static int64_t get_word(const gaze_tokens *t, size_t i) {
    return t->word_ids[i];
}
static int64_t get_type(const gaze_tokens *t, size_t i) {
    return t->type_ids[i];
}
static int64_t get_special(const gaze_tokens *t, size_t i) {
    return t->special[i];
}
static int64_t get_attention(const gaze_tokens *t, size_t i) {
    return t->attention[i];
}
static int64_t get_sequence(const gaze_tokens *t, size_t i) {
    return t->sequence_ids[i];
}

static const struct {
    const char *name;
    field_getter *get;
    bool optional;
} fields[] = {
    {"ids", get_id, false},
    {"word_ids", get_word, false},
    {"type_ids", get_type, false},
    {"special_tokens_mask", get_special, false},
    {"attention_mask", get_attention, false},
    {"sequence_ids", get_sequence, true},
};

static int64_t number(const gaze_json_value *value) {
    int64_t result = INT64_MIN;
    if (value->type == GAZE_JSON_NULL) return -1;
    return gaze_json_int64(value, &result) ? result : INT64_MIN;
}

static bool field_equals(const gaze_tokens *got, const gaze_json_value *want, size_t f) {
    const gaze_json_value *array = gaze_json_get(want, fields[f].name);
    if (!array && fields[f].optional) return true;
    if (!array || array->count != got->count) {
        print_message("%s: %zu, expected %u\n", fields[f].name, got->count, array ? array->count : 0);
        return false;
    }
    const gaze_json_value *value = gaze_json_first(array);
    for (size_t i = 0; i < got->count; i++, value = value->next) {
        if (fields[f].get(got, i) == number(value)) continue;
        print_message("%s[%zu]: %lld, expected %lld\n", fields[f].name, i, (long long)fields[f].get(got, i),
                      (long long)number(value));
        return false;
    }
    return true;
}

static bool strings_equal(const gaze_tokens *got, const gaze_json_value *want) {
    const gaze_json_value *value = gaze_json_first(gaze_json_get(want, "tokens"));
    for (size_t i = 0; i < got->count; i++, value = value->next) {
        if (value && value->length == got->string_lengths[i] &&
            memcmp(value->as.text, got->strings[i], value->length) == 0)
            continue;
        print_message("tokens[%zu]: '%s', expected '%.*s'\n", i, got->strings[i],
                      value ? (int)value->length : 0, value ? value->as.text : "");
        return false;
    }
    return true;
}

static bool offsets_equal(const gaze_tokens *got, const gaze_json_value *want) {
    const gaze_json_value *pair = gaze_json_first(gaze_json_get(want, "offsets"));
    for (size_t i = 0; i < got->count; i++, pair = pair->next) {
        int64_t start = number(gaze_json_first(pair)), end = number(gaze_json_first(pair)->next);
        if ((int64_t)got->chars[i].start == start && (int64_t)got->chars[i].end == end) continue;
        print_message("offsets[%zu]: (%zu, %zu), expected (%lld, %lld)\n", i, got->chars[i].start,
                      got->chars[i].end, (long long)start, (long long)end);
        return false;
    }
    return true;
}

bool encoding_equals(const gaze_tokens *got, const gaze_json_value *want) {
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        if (!field_equals(got, want, f)) return false;
    if (!strings_equal(got, want) || !offsets_equal(got, want)) return false;
    const gaze_json_value *overflow = gaze_json_get(want, "overflowing");
    if (!overflow) return true;
    if (overflow->count != got->overflow_count) {
        print_message("overflowing: %zu windows, expected %u\n", got->overflow_count, overflow->count);
        return false;
    }
    const gaze_json_value *window = gaze_json_first(overflow);
    for (size_t i = 0; i < got->overflow_count; i++, window = window->next) {
        if (encoding_equals(&got->overflow[i], window)) continue;
        print_message("in window %zu\n", i);
        return false;
    }
    return true;
}

gaze_truncation encoding_truncation(const gaze_json_value *json) {
    gaze_truncation truncation = {0};
    uint64_t max_length = 0, stride = 0;
    const gaze_json_value *strategy = gaze_json_get(json, "strategy");
    if (!json || json->type == GAZE_JSON_NULL) return truncation;
    gaze_json_uint64(gaze_json_get(json, "max_length"), &max_length);
    gaze_json_uint64(gaze_json_get(json, "stride"), &stride);
    truncation.enabled = true;
    truncation.max_length = (size_t)max_length;
    truncation.stride = (size_t)stride;
    truncation.strategy = gaze_json_equals(strategy, "OnlyFirst")    ? GAZE_TRUNCATE_ONLY_FIRST
                          : gaze_json_equals(strategy, "OnlySecond") ? GAZE_TRUNCATE_ONLY_SECOND
                                                                     : GAZE_TRUNCATE_LONGEST_FIRST;
    truncation.side =
        gaze_json_equals(gaze_json_get(json, "direction"), "left") ? GAZE_SIDE_LEFT : GAZE_SIDE_RIGHT;
    return truncation;
}

gaze_status encoding_of_line(gaze_tokens *out, const gaze_tokenizer *tokenizer, const gaze_json_value *line,
                             const gaze_encode_options *options, gaze_error *err) {
    const gaze_json_value *text = gaze_json_get(line, "text"), *pair = gaze_json_get(line, "pair");
    const bool has_pair = pair && pair->type == GAZE_JSON_STRING;
    assert_non_null(text);
    return gaze_tokenizer_encode(out, tokenizer, text->as.text, text->length, has_pair ? pair->as.text : NULL,
                                 has_pair ? pair->length : 0, options, err);
}

static gaze_padding padding_of(const gaze_json_value *json, char token[32]) {
    gaze_padding padding = {0};
    int64_t id = 0, type_id = 0;
    uint64_t length = 0, multiple = 0;
    const gaze_json_value *string = gaze_json_get(json, "padToken");
    if (!json || json->type == GAZE_JSON_NULL) return padding;
    gaze_json_int64(gaze_json_get(json, "padId"), &id);
    gaze_json_int64(gaze_json_get(json, "padTypeId"), &type_id);
    gaze_json_uint64(gaze_json_get(json, "maxLength"), &length);
    gaze_json_uint64(gaze_json_get(json, "padToMultipleOf"), &multiple);
    assert_true(string && string->length < 32);
    snprintf(token, 32, "%.*s", (int)string->length, string->as.text);
    return (gaze_padding){
        .enabled = true,
        .length = (size_t)length,
        .multiple_of = (size_t)multiple,
        .side = gaze_json_equals(gaze_json_get(json, "direction"), "left") ? GAZE_SIDE_LEFT : GAZE_SIDE_RIGHT,
        .id = (int32_t)id,
        .type_id = (int32_t)type_id,
        .token = token,
    };
}

static bool encode_agrees(const gaze_tokenizer *tokenizer, const gaze_json_value *line) {
    const gaze_json_value *want = gaze_json_get(line, "result"), *error = gaze_json_get(want, "error");
    gaze_encode_options options = {.truncation = encoding_truncation(gaze_json_get(line, "truncation"))};
    bool special = true;
    char pad_token[32];
    gaze_padding padding = padding_of(gaze_json_get(line, "padding"), pad_token);
    gaze_tokens tokens = {0};
    gaze_error err;
    gaze_json_bool(gaze_json_get(line, "add_special_tokens"), &special);
    gaze_json_bool(gaze_json_get(line, "encode_special_tokens"), &options.encode_special_tokens);
    options.no_special_tokens = !special;
    gaze_status status = encoding_of_line(&tokens, tokenizer, line, &options, &err);
    if (!status) status = gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, &err);
    bool agrees =
        error ? status && gaze_json_equals(error, err.message) : !status && encoding_equals(&tokens, want);
    if (status && !agrees) print_message("error: %s\n", err.message);
    gaze_tokens_deinit(&tokens);
    return agrees;
}

static bool decode_agrees(const gaze_tokenizer *tokenizer, const gaze_json_value *line) {
    const gaze_json_value *decode = gaze_json_get(line, "decode"), *want = gaze_json_get(line, "text_out");
    int32_t ids[256];
    size_t count = 0;
    bool skip = false;
    gaze_buffer text = {0};
    for (const gaze_json_value *id = gaze_json_first(gaze_json_get(decode, "ids")); id; id = id->next) {
        int64_t value = -1;
        assert_true(count < 256 && gaze_json_int64(id, &value));
        ids[count++] = (int32_t)value;
    }
    gaze_json_bool(gaze_json_get(decode, "skip_special_tokens"), &skip);
    assert_int_equal(gaze_tokenizer_decode(&text, tokenizer, ids, count, skip, NULL), GAZE_OK);
    bool agrees =
        text.length == want->length && (!text.length || !memcmp(text.data, want->as.text, text.length));
    if (!agrees) print_message("decoded '%s'\n", text.data ? text.data : "");
    gaze_buffer_deinit(&text);
    return agrees;
}

bool encoding_case_agrees(const gaze_tokenizer *tokenizer, const gaze_json_value *line) {
    return gaze_json_get(line, "decode") ? decode_agrees(tokenizer, line) : encode_agrees(tokenizer, line);
}

static void describe(gaze_buffer *out, const gaze_tokens *tokens) {
    for (size_t i = 0; i < tokens->count; i++) {
        gaze_buffer_puts(out, i ? " " : "");
        gaze_buffer_append(out, tokens->strings[i], tokens->string_lengths[i]);
        gaze_buffer_printf(out, "(%zu,%zu)", tokens->chars[i].start, tokens->chars[i].end);
    }
    for (size_t i = 0; i < tokens->overflow_count; i++) {
        gaze_buffer_puts(out, " | ");
        describe(out, &tokens->overflow[i]);
    }
}

void assert_encoding(const gaze_tokenizer *tokenizer, const char *text, const char *pair,
                     const gaze_encode_options *options, const char *want) {
    gaze_tokens tokens = {0};
    gaze_buffer got = {0};
    gaze_error err;
    if (gaze_tokenizer_encode(&tokens, tokenizer, text, strlen(text), pair, pair ? strlen(pair) : 0, options,
                              &err))
        fail_msg("%s", err.message);
    describe(&got, &tokens);
    assert_string_equal(got.data ? got.data : "", want);
    gaze_buffer_deinit(&got);
    gaze_tokens_deinit(&tokens);
}

void assert_no_encoding(const gaze_tokenizer *tokenizer, const char *text, gaze_status status, const char *message) {
    gaze_tokens tokens = {0};
    gaze_error err;
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, text, strlen(text), NULL, 0, NULL, &err), status);
    assert_string_equal(err.message, message);
    assert_int_equal(tokens.count, 0);
}

gaze_tokenizer *tokenizer_of_json(const char *json) {
    const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = strlen(json)};
    gaze_tokenizer *tokenizer;
    gaze_error err;
    if (gaze_tokenizer_open_files(&tokenizer, &files, &err)) fail_msg("%s", err.message);
    return tokenizer;
}
