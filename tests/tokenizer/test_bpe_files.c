/* tokenizer/bpe_json: vocab.json and merges.txt give the tokenizer.json that transformers saved, or are refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/encoding.h"
#include "tests/support/golden.h"
#include "tests/support/two_roads.h"

/* Two roads to one tokenizer -------------------------------------------------------------------------- */

static void the_same_as_transformers(void **state) {
    (void)state;
    static const char *const toys[] = {"roberta", "gpt2", "qwen2"};
    static const char *const texts[] = {"low lower newest", "x <mask> \n low<|turn|>  e\xCC\x81",
                                        "<s>a</s><|endoftext|>", "", " 12345 it's"};
    for (size_t i = 0; i < sizeof toys / sizeof *toys; i++) {
        char directory[100];
        snprintf(directory, sizeof directory, "tests/data/tokenizer/toy-%s", toys[i]);
        gaze_tokenizer *json = tokenizer_of_directory(directory), *old = tokenizer_of_old_files(directory);
        assert_same_vocabulary(json, old);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            assert_same_encoding(json, old, texts[k], strlen(texts[k]), " low");
        gaze_tokenizer_close(json);
        gaze_tokenizer_close(old);
    }
}

/* The same for the real vocabularies, on every text of the goldens. */
static void the_same_for_real_files(void **state) {
    (void)state;
    static const char *const models[] = {"roberta-base", "gpt2", "qwen2"};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        char relative[100];
        golden_file file;
        snprintf(relative, sizeof relative, "tokenizers/%s", models[i]);
        const char *path = golden_path(relative);
        if (!path) skip();
        gaze_tokenizer *json = tokenizer_of_directory(path), *old = tokenizer_of_old_files(path);
        assert_same_vocabulary(json, old);
        golden_open(&file, "tokenizers/goldens/roberta-base.jsonl.gz");
        for (const gaze_json_value *line; (line = golden_next(&file));) {
            const gaze_json_value *text = gaze_json_get(line, "text");
            assert_same_encoding(json, old, text->as.text, text->length, " low");
        }
        golden_close(&file);
        gaze_tokenizer_close(json);
        gaze_tokenizer_close(old);
    }
}

/* By hand --------------------------------------------------------------------------------------------- */

#define VOCAB "{\"<s>\":0,\"</s>\":1,\"a\":2,\"b\":3,\"ab\":4,\"\xC4\xA0\":5}"

static gaze_status open_with(gaze_tokenizer **tokenizer, const char *vocab, const char *merges,
                             const char *config, gaze_error *err) {
    const gaze_tokenizer_files files = {
        .vocab_json = vocab,
        .vocab_json_size = strlen(vocab),
        .merges_txt = merges,
        .merges_txt_size = strlen(merges),
        .tokenizer_config_json = config,
        .tokenizer_config_json_size = config ? strlen(config) : 0,
    };
    return gaze_tokenizer_open_files(tokenizer, &files, err);
}

static void expect(const char *vocab, const char *merges, const char *config, const char *text,
                   const char *want) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    if (open_with(&tokenizer, vocab, merges, config, &err)) fail_msg("%s", err.message);
    assert_encoding(tokenizer, text, NULL, NULL, want);
    gaze_tokenizer_close(tokenizer);
}

/* Without a class, <s> and </s> together tell RoBERTa; one of them alone is GPT-2's, which adds nothing. */
static void families_by_their_vocabulary(void **state) {
    (void)state;
    expect(VOCAB, "", NULL, "a", "<s>(0,0) a(0,1) </s>(0,0)");
    expect("{\"<s>\":0,\"a\":1}", "", NULL, "a", "a(0,1)");
    expect("{\"</s>\":0,\"a\":1}", "", NULL, "a", "a(0,1)");
}

/* CR LF ends a line as LF does; the last line needs no end; comments are no merges. */
static void lines_of_merges_txt(void **state) {
    (void)state;
    expect(VOCAB, "#version: 0.2\r\na b\r\n", NULL, "ab", "<s>(0,0) ab(0,2) </s>(0,0)");
    expect(VOCAB, "a b", NULL, "ab", "<s>(0,0) ab(0,2) </s>(0,0)");
    expect(VOCAB, "", NULL, "ab", "<s>(0,0) a(0,1) b(1,2) </s>(0,0)");
}

/* A vocabulary with <s> and </s> is RoBERTa's, unless the class says otherwise. */
static void families(void **state) {
    (void)state;
    expect(VOCAB, "a b", "{\"tokenizer_class\":\"GPT2TokenizerFast\"}", "ab", "ab(0,2)");
    expect("{\"a\":0}", "", NULL, "a<|endoftext|>", "a(0,1) <|endoftext|>(1,14)");
    expect(VOCAB, "a b", "{\"add_prefix_space\":true}", "a", "<s>(0,0) \xC4\xA0(0,0) a(0,1) </s>(0,0)");
    expect(VOCAB, "a b", "{\"tokenizer_class\":\"BartTokenizer\",\"cls_token\":\"a\"}", "b",
           "a(0,0) b(0,1) </s>(0,0)");
}

/* <mask> takes the space before it, unless its entry says that it does not. */
static void the_mask(void **state) {
    (void)state;
    expect(VOCAB, "", NULL, "a <mask>", "<s>(0,0) a(0,1)  <mask>(2,8) </s>(0,0)");
    expect(VOCAB, "", "{\"mask_token\":{\"content\":\"<mask>\",\"lstrip\":false}}", "a <mask>",
           "<s>(0,0) a(0,1) \xC4\xA0(2,2) <mask>(2,8) </s>(0,0)");
    expect(VOCAB, "", "{\"added_tokens_decoder\":{\"6\":{\"content\":\"<mask>\",\"rstrip\":true}}}",
           "<mask> a", "<s>(0,0) <mask> (0,6) a(7,8) </s>(0,0)");
}

static void refuse(const char *vocab, const char *merges, const char *config, gaze_status status,
                   const char *message) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    assert_int_equal(open_with(&tokenizer, vocab, merges, config, &err), status);
    assert_null(tokenizer);
    assert_string_equal(err.message, message);
}

static void what_is_refused(void **state) {
    (void)state;
    refuse("[]", "", NULL, GAZE_ERROR_SCHEMA, "vocab.json: an array, expected an object");
    refuse("{\"a\":0}, \"merges\":[]", "", NULL, GAZE_ERROR_JSON_SYNTAX,
           "vocab.json: JSON: ',' at byte 7, expected nothing after the value");
    refuse(VOCAB, "a\xFF b", NULL, GAZE_ERROR_UTF8, "merges.txt: ill-formed UTF-8 at byte 1");
    refuse(VOCAB, "a b\n\n", NULL, GAZE_ERROR_SCHEMA,
           "vocab.json and merges.txt: model: merge 1: expected \"a b\" or [\"a\", \"b\"]");
    refuse(VOCAB, "a x\n", NULL, GAZE_ERROR_SCHEMA,
           "vocab.json and merges.txt: model: merge 0: 'x' is not in the vocabulary");
    refuse("{\"a\":0}", "", "{\"tokenizer_class\":\"RobertaTokenizer\"}", GAZE_ERROR_NOT_FOUND,
           "vocab.json: the sep_token '</s>' is missing");
    refuse(VOCAB, "", "{\"tokenizer_class\":\"DebertaTokenizer\"}", GAZE_ERROR_UNSUPPORTED,
           "tokenizer_config.json: 'DebertaTokenizer' without a tokenizer.json: save it with transformers, "
           "save_pretrained writes one");
    refuse("{\"a\":0}", "", "{\"tokenizer_class\":\"GPT2Tokenizer\",\"add_bos_token\":true}",
           GAZE_ERROR_UNSUPPORTED, "tokenizer_config.json: 'add_bos_token' is not supported");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_as_transformers),
        cmocka_unit_test(the_same_for_real_files),
        cmocka_unit_test(families_by_their_vocabulary),
        cmocka_unit_test(lines_of_merges_txt),
        cmocka_unit_test(families),
        cmocka_unit_test(the_mask),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
