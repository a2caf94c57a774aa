/* What must hold for any file and any amount of memory: each component fails cleanly, or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/pipelines.h"

/* Memory ---------------------------------------------------------------------------------------------- */

static gaze_status work(void *files) {
    gaze_error err = {0};
    gaze_status status = tokenizer_do_everything(files, &err);
    assert_int_equal(err.code, status);
    return status;
}

/* Each allocation fails in turn: always the same error, and nothing is lost (the sanitizer tells). */
static void memory_runs_out(void **state) {
    (void)state;
    for (size_t i = 0; i < TOKENIZER_PIPELINES; i++) {
        gaze_tokenizer_files files = {.tokenizer_json = tokenizer_pipelines[i].json,
                                      .tokenizer_json_size = tokenizer_pipelines[i].size};
        assert_true(fail_each_allocation(work, &files) > 50);
    }
}

/* Strings so long that each has an allocation of its own, which then fails. */
enum { LONG = 70000 };

static void put_long_string(gaze_buffer *json, char c) {
    gaze_buffer_putc(json, '"');
    for (int i = 0; i < LONG; i++) gaze_buffer_putc(json, c);
    gaze_buffer_putc(json, '"');
}

/* Words enough for the map of tokens to grow. */
static void put_wordpiece(gaze_buffer *json) {
    gaze_buffer_puts(json,
                     "{\"type\":\"WordPiece\",\"unk_token\":\"u1\",\"continuing_subword_prefix\":\"##\","
                     "\"max_input_chars_per_word\":100,\"vocab\":{");
    put_long_string(json, 'v');
    gaze_buffer_puts(json, ":0");
    for (int i = 1; i < 40; i++) gaze_buffer_printf(json, ",\"u%d\":%d", i, i);
    gaze_buffer_puts(json, "}}");
}

static void put_unigram(gaze_buffer *json) {
    gaze_buffer_puts(json, "{\"type\":\"Unigram\",\"unk_id\":1,\"vocab\":[[");
    put_long_string(json, 'v');
    gaze_buffer_puts(json, ",-1]");
    for (int i = 1; i < 40; i++) gaze_buffer_printf(json, ",[\"u%d\",-%d]", i, i);
    gaze_buffer_puts(json, "]}");
}

static void put_bpe(gaze_buffer *json) {
    gaze_buffer_puts(json, "{\"type\":\"BPE\",\"merges\":[],\"unk_token\":");
    put_long_string(json, 'v');
    gaze_buffer_puts(json, ",\"vocab\":{");
    put_long_string(json, 'v');
    gaze_buffer_puts(json, ":0}}");
}

/* Ten long tokens and thousands of short ones behind a text, so that the list of them grows past a block of the arena. */
static void put_template(gaze_buffer *json) {
    enum { SHORT = 5000 };
    gaze_buffer_puts(json,
                     "{\"type\":\"TemplateProcessing\",\"pair\":[],\"single\":[{\"Sequence\":{\"id\":\"A\","
                     "\"type_id\":0}},{\"SpecialToken\":{\"id\":\"s\",\"type_id\":0}}],\"special_tokens\":{"
                     "\"s\":{\"id\":\"s\",\"ids\":[0");
    for (int i = 1; i < 10 + SHORT; i++) gaze_buffer_puts(json, ",0");
    gaze_buffer_puts(json, "],\"tokens\":[");
    for (int i = 0; i < 10; i++) {
        put_long_string(json, 'v');
        gaze_buffer_putc(json, ',');
    }
    for (int i = 0; i < SHORT; i++) gaze_buffer_puts(json, i ? ",\"v\"" : "\"v\"");
    gaze_buffer_puts(json, "]}}}");
}

/* A charsmap without a rule: a trie of 0 bytes, and replacements that nothing asks for. */
static void put_charsmap(gaze_buffer *json) {
    gaze_buffer_puts(json, "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAAAGFh");
    for (int i = 0; i < LONG; i++) gaze_buffer_puts(json, "YWFh");
    gaze_buffer_puts(json, "\"}");
}

/* All of tokenizer.json but the model. */
static void put_components(gaze_buffer *json) {
    gaze_buffer_puts(json,
                     "\"padding\":{\"strategy\":{\"Fixed\":0},\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":");
    put_long_string(json, 'p');
    gaze_buffer_puts(json, "},\"added_tokens\":[{\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
                           "\"normalized\":true,\"special\":true,\"content\":");
    put_long_string(json, 'k');
    gaze_buffer_puts(json, "}],\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[");
    put_charsmap(json);
    gaze_buffer_puts(json, ",{\"type\":\"Replace\",\"content\":\"y\",\"pattern\":{\"String\":");
    put_long_string(json, 'n');
    gaze_buffer_puts(json,
                     "}}]},\"decoder\":{\"type\":\"Replace\",\"content\":\"y\",\"pattern\":{\"String\":");
    put_long_string(json, 'd');
    gaze_buffer_puts(json, "}},\"post_processor\":");
    put_template(json);
}

/* Three of its values are kept. */
static void put_config(gaze_buffer *json) {
    gaze_buffer_puts(json, "{\"clean_up_tokenization_spaces\":true,\"tokenizer_class\":");
    put_long_string(json, 'c');
    gaze_buffer_puts(json, ",\"pad_token\":");
    put_long_string(json, 'p');
    gaze_buffer_puts(json, ",\"mask_token\":");
    put_long_string(json, 'm');
    gaze_buffer_putc(json, '}');
}

static void memory_runs_out_with_long_strings(void **state) {
    static void (*const put_model[])(gaze_buffer * json) = {put_wordpiece, put_unigram, put_bpe};
    (void)state;
    for (int i = 0; i < 3; i++) {
        gaze_buffer json = {0}, config = {0};
        gaze_buffer_putc(&json, '{');
        put_components(&json);
        gaze_buffer_puts(&json, ",\"model\":");
        put_model[i](&json);
        gaze_buffer_putc(&json, '}');
        put_config(&config);
        gaze_tokenizer_files files = {.tokenizer_json = json.data,
                                      .tokenizer_json_size = json.length,
                                      .tokenizer_config_json = config.data,
                                      .tokenizer_config_json_size = config.length};
        assert_true(fail_each_allocation(work, &files) > 20);
        gaze_buffer_deinit(&json);
        gaze_buffer_deinit(&config);
    }
}

#define CONFIG(text) .tokenizer_config_json = text, .tokenizer_config_json_size = sizeof text - 1

static void memory_runs_out_with_vocab_txt(void **state) {
    (void)state;
    static const char vocab[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\nwant\nlow\n##e\n";
    gaze_tokenizer_files files = {.vocab_txt = vocab,
                                  .vocab_txt_size = sizeof vocab - 1,
                                  CONFIG("{\"pad_token\":\"[PAD]\",\"do_lower_case\":true}")};
    assert_true(fail_each_allocation(work, &files) > 50);
}

static void memory_runs_out_with_merges_txt(void **state) {
    (void)state;
    static const char vocab[] = "{\"<s>\":0,\"</s>\":1,\"<pad>\":2,\"a\":3,\"n\":4,\"an\":5}";
    static const char merges[] = "#version: 0.2\na n\n";
    gaze_tokenizer_files files = {
        .vocab_json = vocab,
        .vocab_json_size = sizeof vocab - 1,
        .merges_txt = merges,
        .merges_txt_size = sizeof merges - 1,
        CONFIG("{\"added_tokens_decoder\":{\"6\":{\"content\":\"<n>\",\"lstrip\":true}}}")};
    assert_true(fail_each_allocation(work, &files) > 50);
}

/* Damage ---------------------------------------------------------------------------------------------- */

static uint32_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Changes a byte, or takes one out. Returns the new length. */
static size_t damage(char *json, size_t length, const char *whole, uint64_t *state) {
    const size_t at = next_random(state) % length;
    switch (next_random(state) % 3) {
    case 0: json[at] = (char)next_random(state); return length;
    case 1: json[at] = whole[next_random(state) % length]; return length;
    default: memmove(json + at, json + at + 1, length - 1 - at); return length - 1;
    }
}

/* A file with one to three such changes: opened or refused with a message, never more. */
static void damaged_files(void **state) {
    (void)state;
    uint64_t random = 4;
    size_t opened = 0;
    for (int round = 0; round < 30000; round++) {
        const char *whole = tokenizer_pipelines[round % TOKENIZER_PIPELINES].json;
        size_t length = tokenizer_pipelines[round % TOKENIZER_PIPELINES].size;
        char json[2400];
        assert_true(length < sizeof json);
        memcpy(json, whole, length);
        for (uint32_t changes = 1 + next_random(&random) % 3; changes; changes--)
            length = damage(json, length, whole, &random);
        gaze_error err = {0};
        const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = length};
        gaze_status status = tokenizer_do_everything(&files, &err);
        opened += status == GAZE_OK;
        assert_true(!status || err.message[0]);
    }
    printf("note: %zu of 30000 damaged files could still be used\n", opened);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(memory_runs_out_with_long_strings),
        cmocka_unit_test(memory_runs_out_with_vocab_txt),
        cmocka_unit_test(memory_runs_out_with_merges_txt),
        cmocka_unit_test(damaged_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
