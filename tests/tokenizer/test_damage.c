/* What must hold for any file and any amount of memory: each component fails cleanly, or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/json_patch.h"
#include "tokenizer/tokenizer.h"

/* Pipelines that together have nearly every component. */
static const char wordpiece[] =
    "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":false,\"lstrip\":true,\"rstrip\":true,"
    "\"normalized\":true,\"special\":true}],"
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"BertNormalizer\","
    "\"clean_text\":true,\"handle_chinese_chars\":true,\"lowercase\":true},{\"type\":\"Prepend\",\"prepend\":"
    "\"x\"},"
    "{\"type\":\"Replace\",\"pattern\":{\"String\":\"w\"},\"content\":\"ww\"}]},"
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"BertPreTokenizer\"},"
    "{\"type\":\"FixedLength\",\"length\":4}]},"
    "\"post_processor\":{\"sep\":[\"[SEP]\",2],\"cls\":[\"[CLS]\",1]},"
    "\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"ByteFallback\"},{\"type\":\"WordPiece\","
    "\"prefix\":\"##\",\"cleanup\":true}]},"
    "\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"[PAD]\":3,\"x\":4,\"#"
    "#u\":5,"
    "\"##n\":6,\"low\":7},\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","
    "\"max_input_chars_per_word\":100}}";

static const char bpe[] =
    "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":true,\"lstrip\":true,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true}],\"normalizer\":{\"type\":\"NFKC\"},"
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":"
    "\"\\\\s+\"},\"behavior\":\"Isolated\",\"invert\":false},{\"type\":\"ByteLevel\",\"add_prefix_space\":"
    "true}"
    "]},"
    "\"post_processor\":{\"type\":\"Sequence\",\"processors\":[{\"type\":\"ByteLevel\",\"trim_offsets\":true,"
    "\"add_prefix_space\":true},{\"sep\":[\"[SEP]\",2],\"cls\":[\"[CLS]\",1],\"trim_offsets\":true,"
    "\"add_prefix_space\":false}]},\"decoder\":{\"type\":\"ByteLevel\"},"
    "\"model\":{\"type\":\"BPE\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"[PAD]\":3,\"n\":4,\"a\":5,"
    "\"w\":6,\"an\":7,\"aa\":8,\"aaa\":9,\"<0xC3>\":10,\"<0x89>\":11},\"merges\":[\"a n\",[\"a\",\"a\"],"
    "\"aa a\"],\"unk_token\":\"[UNK]\",\"fuse_unk\":true,\"byte_fallback\":true,\"ignore_merges\":true,"
    "\"continuing_subword_prefix\":\"\",\"end_of_word_suffix\":null,\"dropout\":null}}";

/* The map has one rule, from k to want. */
static const char unigram[] =
    "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":false,\"lstrip\":true,\"rstrip\":true,"
    "\"normalized\":true,\"special\":false}],"
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\","
    "\"precompiled_charsmap\":\"DAAAAACoAQBrDQAAAAAAgHdhbnQA\"},{\"type\":\"Strip\",\"strip_left\":false,"
    "\"strip_right\":true},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\" "
    "{2,}\"},\"content\":\"\xE2\x96\x81\"}]},"
    "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"\xE2\x96\x81\",\"prepend_scheme\":\"first\"}"
    ","
    "\"decoder\":{\"type\":\"Metaspace\",\"replacement\":\"\xE2\x96\x81\",\"prepend_scheme\":\"always\"},"
    "\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"byte_fallback\":true,\"vocab\":[[\"[UNK]\",0],[\"[PAD]\","
    "0],"
    "[\"\xE2\x96\x81want\",-3],[\"w\",-2.5],[\"an\",-1e0],[\"a\",-4],[\"<0xC3>\",-9],[\"<0xA9>\",-9]]}}";

static const char word_level[] =
    "{\"truncation\":{\"direction\":\"Left\",\"max_length\":20,\"strategy\":\"LongestFirst\",\"stride\":2},"
    "\"padding\":{\"strategy\":\"BatchLongest\",\"direction\":\"Left\",\"pad_to_multiple_of\":8,\"pad_id\":3,"
    "\"pad_type_id\":0,\"pad_token\":\"[PAD]\"},\"added_tokens\":[{\"id\":0,\"content\":\"[UNK]\","
    "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}],"
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Nmt\"},{\"type\":\"NFKD\"},"
    "{\"type\":\"StripAccents\"},{\"type\":\"Lowercase\"},{\"type\":\"ByteLevel\"}]},"
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"WhitespaceSplit\"},{\"type\":"
    "\"Whitespace\"},"
    "{\"type\":\"Digits\",\"individual_digits\":true},{\"type\":\"Punctuation\",\"behavior\":"
    "\"MergedWithNext\"},"
    "{\"type\":\"CharDelimiterSplit\",\"delimiter\":\"k\"},{\"type\":\"Split\",\"pattern\":{\"String\":"
    "\"ow\"},"
    "\"behavior\":\"Removed\",\"invert\":false}]},"
    "\"post_processor\":{\"type\":\"Sequence\",\"processors\":[{\"type\":\"TemplateProcessing\","
    "\"single\":[{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":"
    "0}}],"
    "\"pair\":[{\"Sequence\":{\"id\":\"B\",\"type_id\":1}},{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}"
    "},"
    "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"special_tokens\":{\"[CLS]\":{\"id\":\"[CLS]\",\"ids\":[1,"
    "2],"
    "\"tokens\":[\"[CLS]\",\"[SEP]\"]}}}]},"
    "\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"BPEDecoder\",\"suffix\":\"w\"},"
    "{\"type\":\"Replace\",\"pattern\":{\"String\":\"x\"},\"content\":\"y\"},{\"type\":\"Strip\",\"content\":"
    "\" \","
    "\"start\":1,\"stop\":1},{\"type\":\"Fuse\"}]},"
    "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"[PAD]\":3,\"l\":4,"
    "\"x\":5},"
    "\"unk_token\":\"[UNK]\"}}";

static const struct {
    const char *json;
    size_t size;
} pipelines[] = {
    {wordpiece, sizeof wordpiece - 1},
    {bpe, sizeof bpe - 1},
    {unigram, sizeof unigram - 1},
    {word_level, sizeof word_level - 1},
};
enum { PIPELINES = sizeof pipelines / sizeof *pipelines, LONGEST = 2400 };

/* Everything that allocates: opening, encoding with windows, padding, decoding. */
static gaze_status do_everything(const gaze_tokenizer_files *files, gaze_error *err) {
    static const char text[] =
        "Un\xC3\xA9 kant\xE4\xB8\xAD q\xCC\x87\xCC\xA3 \xC4\xB0 [MASK] low running, <n> x "
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaan";
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 9, .stride = 1}};
    const gaze_padding padding = {.enabled = true, .length = 11, .side = GAZE_SIDE_LEFT};
    gaze_tokenizer *tokenizer = NULL;
    gaze_tokens tokens = {0};
    gaze_buffer out = {0};
    gaze_status status = gaze_tokenizer_open_files(&tokenizer, files, err);
    if (!status)
        status = gaze_tokenizer_encode(&tokens, tokenizer, text, sizeof text - 1, "low un", 6, &options, err);
    if (!status) status = gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, err);
    if (!status) status = gaze_tokenizer_decode(&out, tokenizer, tokens.ids, tokens.count, true, err);
    gaze_buffer_deinit(&out);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
    return status;
}

/* Memory ---------------------------------------------------------------------------------------------- */

static gaze_status work(void *files) {
    gaze_error err = {0};
    gaze_status status = do_everything(files, &err);
    assert_int_equal(err.code, status);
    return status;
}

/* Each allocation fails in turn: always the same error, and nothing is lost (the sanitizer tells). */
static void memory_runs_out(void **state) {
    (void)state;
    for (size_t i = 0; i < PIPELINES; i++) {
        gaze_tokenizer_files files = {.tokenizer_json = pipelines[i].json,
                                      .tokenizer_json_size = pipelines[i].size};
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
        const char *whole = pipelines[round % PIPELINES].json;
        size_t length = pipelines[round % PIPELINES].size;
        char json[LONGEST];
        assert_true(length < LONGEST);
        memcpy(json, whole, length);
        for (uint32_t changes = 1 + next_random(&random) % 3; changes; changes--)
            length = damage(json, length, whole, &random);
        gaze_error err = {0};
        const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = length};
        gaze_status status = do_everything(&files, &err);
        opened += status == GAZE_OK;
        assert_true(!status || err.message[0]);
    }
    printf("note: %zu of 30000 damaged files could still be used\n", opened);
}

/* Other kinds ----------------------------------------------------------------------------------------- */

/* A file of a tokenizer in which each value in turn becomes something else. */
typedef struct exchange {
    gaze_tokenizer_files *files;
    const char **text; /* the member of `files` */
    size_t *size;
    const gaze_json_value *root;
    size_t opened, refused;
} exchange;

static void open_with(exchange *e, const gaze_json_value *at, const char *other) {
    gaze_buffer json = {0};
    gaze_error err = {0};
    json_write_replaced(&json, e->root, at, other);
    *e->text = json.data;
    *e->size = json.length;
    const gaze_status status = do_everything(e->files, &err);
    assert_int_equal(status, err.code);
    assert_true(!status || err.message[0]);
    *(status ? &e->refused : &e->opened) += 1;
    gaze_buffer_deinit(&json);
}

static void exchange_value(void *context, const gaze_json_value *value) {
    exchange *e = context;
    for (size_t i = 0; i < json_other_count; i++) open_with(e, value, json_others[i]);
    if (value != e->root) open_with(e, value, NULL);
}

static void exchange_all(gaze_tokenizer_files *files, const char **text, size_t *size) {
    gaze_json *json;
    gaze_error err = {0};
    if (gaze_json_parse(&json, *text, *size, NULL, &err)) fail_msg("%s", err.message);
    exchange e = {files, text, size, gaze_json_root(json), 0, 0};
    json_visit(e.root, exchange_value, &e);
    assert_true(e.opened > 0 && e.refused > 0);
    gaze_json_free(json);
}

/* In each place of each file something of another kind, or nothing: opened, or refused with a message. */
static void other_kinds(void **state) {
    (void)state;
    for (size_t i = 0; i < PIPELINES; i++) {
        gaze_tokenizer_files files = {.tokenizer_json = pipelines[i].json,
                                      .tokenizer_json_size = pipelines[i].size};
        exchange_all(&files, &files.tokenizer_json, &files.tokenizer_json_size);
    }
}

static const char byte_config[] =
    "{\"tokenizer_class\":\"RobertaTokenizer\",\"add_prefix_space\":true,\"add_bos_token\":false,"
    "\"clean_up_tokenization_spaces\":true,\"model_max_length\":512,\"padding_side\":\"left\","
    "\"truncation_side\":\"left\",\"model_input_names\":[\"input_ids\",\"attention_mask\"],\"sep_token\":\"</"
    "s>\","
    "\"mask_token\":{\"content\":\"<mask>\",\"lstrip\":true},\"added_tokens_decoder\":{\"0\":{\"content\":\"<"
    "s>\","
    "\"special\":true},\"6\":{\"content\":\"<n>\",\"lstrip\":true}}}";

/* The same for the files that stand beside vocab.json and merges.txt. */
static void other_kinds_beside_merges_txt(void **state) {
    (void)state;
    static const char vocab[] =
        "{\"<s>\":0,\"</s>\":1,\"<pad>\":2,\"<unk>\":7,\"<mask>\":8,\"a\":3,\"n\":4,\"an\":5}";
    static const char merges[] = "#version: 0.2\na n\n",
                      map[] = "{\"cls_token\":\"<s>\",\"pad_token\":{\"content\":\"<pad>\"}}";
    gaze_tokenizer_files whole = {.vocab_json = vocab,
                                  .vocab_json_size = sizeof vocab - 1,
                                  .merges_txt = merges,
                                  .merges_txt_size = sizeof merges - 1,
                                  .special_tokens_map_json = map,
                                  .special_tokens_map_json_size = sizeof map - 1,
                                  CONFIG(byte_config)};
    gaze_tokenizer_files files = whole;
    exchange_all(&files, &files.vocab_json, &files.vocab_json_size);
    files = whole;
    exchange_all(&files, &files.tokenizer_config_json, &files.tokenizer_config_json_size);
    files = whole;
    exchange_all(&files, &files.special_tokens_map_json, &files.special_tokens_map_json_size);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(memory_runs_out_with_long_strings),
        cmocka_unit_test(memory_runs_out_with_vocab_txt),
        cmocka_unit_test(memory_runs_out_with_merges_txt),
        cmocka_unit_test(damaged_files),
        cmocka_unit_test(other_kinds),
        cmocka_unit_test(other_kinds_beside_merges_txt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
