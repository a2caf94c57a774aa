/* The tokenizer against what Hugging Face tokenizers recorded: every field of every line must be equal. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/file.h"
#include "tests/support/encoding.h"
#include "tests/support/golden.h"
#include "tests/support/json_patch.h"

#define SHOWN 5 /* differences that are printed in full */

/* Opens GAZE_TEST_DATA/tokenizers/NAME; NULL without the data. */
static gaze_tokenizer *open_model(const char *name) {
    char relative[200];
    gaze_tokenizer *tokenizer;
    gaze_error err;
    snprintf(relative, sizeof relative, "tokenizers/%s", name);
    const char *path = golden_path(relative);
    if (!path) return NULL;
    if (gaze_tokenizer_open(&tokenizer, path, &err)) fail_msg("%s", err.message);
    return tokenizer;
}

/* Counts a line that differs, and shows the first few. */
static void count_failure(size_t *failures, const golden_file *file, const char *what) {
    if (++*failures <= SHOWN)
        print_message("line %zu: %s\n%.*s\n", file->number, what,
                      (int)(file->length < 600 ? file->length : 600), file->line);
}

static void compare_model(const char *model, size_t expected_lines) {
    golden_file file;
    char relative[200];
    snprintf(relative, sizeof relative, "tokenizers/goldens/%s.jsonl.gz", model);
    if (!golden_open(&file, relative)) skip();
    gaze_tokenizer *tokenizer = open_model(model);
    size_t failures = 0;
    for (const gaze_json_value *line; (line = golden_next(&file));) {
        gaze_tokens tokens = {0};
        gaze_error err;
        if (encoding_of_line(&tokens, tokenizer, line, NULL, &err))
            count_failure(&failures, &file, err.message);
        else if (!encoding_equals(&tokens, line))
            count_failure(&failures, &file, "differs");
        gaze_tokens_deinit(&tokens);
    }
    assert_int_equal(file.number, expected_lines);
    golden_close(&file);
    gaze_tokenizer_close(tokenizer);
    assert_int_equal(failures, 0);
}

static void bert_base_uncased(void **state) {
    (void)state;
    compare_model("bert-base-uncased", 3294);
}

static void bert_base_cased(void **state) {
    (void)state;
    compare_model("bert-base-cased", 3294);
}

static void bert_base_chinese(void **state) {
    (void)state;
    compare_model("bert-base-chinese", 3294);
}

static void bert_base_multilingual_cased(void **state) {
    (void)state;
    compare_model("bert-base-multilingual-cased", 3294);
}

static void roberta_base(void **state) {
    (void)state;
    compare_model("roberta-base", 3294);
}

static void qwen2(void **state) {
    (void)state;
    compare_model("qwen2", 3294);
}

/* Truncation and padding ------------------------------------------------------------------------------ */

static void compare_truncated(const char *model) {
    golden_file file;
    char relative[200];
    snprintf(relative, sizeof relative, "tokenizers/goldens/trunc-pad-%s.jsonl.gz", model);
    if (!golden_open(&file, relative)) skip();
    gaze_tokenizer *tokenizer = open_model(model);
    size_t failures = 0;
    for (const gaze_json_value *line; (line = golden_next(&file));)
        if (!encoding_case_agrees(tokenizer, line)) count_failure(&failures, &file, "differs");
    assert_int_equal(file.number, 300);
    golden_close(&file);
    gaze_tokenizer_close(tokenizer);
    assert_int_equal(failures, 0);
}

static void truncation_and_padding_of_bert(void **state) {
    (void)state;
    compare_truncated("bert-base-uncased");
}

static void truncation_and_padding_of_roberta(void **state) {
    (void)state;
    compare_truncated("roberta-base");
}

/* Unigram --------------------------------------------------------------------------------------------- */

/* Opens a JSON file below GAZE_TEST_DATA. */
static gaze_json *open_json(const char *relative) {
    gaze_file file;
    gaze_json *json;
    gaze_error err;
    assert_int_equal(gaze_file_open(&file, golden_path(relative), GAZE_FILE_READ, 0, &err), GAZE_OK);
    assert_int_equal(gaze_json_parse(&json, (const char *)file.data, file.size, NULL, &err), GAZE_OK);
    gaze_file_close(&file);
    return json;
}

/* The toy tokenizer, changed in the ways in which multilingual models differ from one another. */
static size_t compare_variant(const gaze_json *toy, const gaze_json_value *name) {
    golden_file file;
    size_t failures = 0;
    gaze_buffer text = {0};
    json_write_changed(&text, gaze_json_root(toy), NULL, name->next, NULL);
    gaze_tokenizer *tokenizer = tokenizer_of_json(text.data);
    golden_open(&file, "tokenizers/goldens/toy-unigram.jsonl.gz");
    for (const gaze_json_value *line; (line = golden_next(&file));) {
        const gaze_json_value *variant = gaze_json_get(line, "variant");
        gaze_tokens tokens = {0};
        if (variant->length != name->length || memcmp(variant->as.text, name->as.text, name->length))
            continue;
        if (encoding_of_line(&tokens, tokenizer, line, NULL, NULL) || !encoding_equals(&tokens, line))
            count_failure(&failures, &file, "differs");
        gaze_tokens_deinit(&tokens);
    }
    assert_int_equal(file.number, 3938);
    golden_close(&file);
    gaze_tokenizer_close(tokenizer);
    gaze_buffer_deinit(&text);
    return failures;
}

static void toy_unigram(void **state) {
    (void)state;
    size_t failures = 0, variants_seen = 0;
    if (!golden_path("tokenizers/goldens")) skip();
    gaze_json *toy = open_json("tokenizers/goldens/toy-unigram/tokenizer.json");
    gaze_json *variants = open_json("tokenizers/goldens/toy-unigram/variants.json");
    const gaze_json_value *name = gaze_json_first(gaze_json_root(variants));
    for (; name; name = gaze_json_next_key(name), variants_seen++) failures += compare_variant(toy, name);
    gaze_json_free(variants);
    gaze_json_free(toy);
    assert_int_equal(variants_seen, 6);
    assert_int_equal(failures, 0);
}

/* Edge cases ------------------------------------------------------------------------------------------ */

/* The tokenizer.json of an edge case: that of `model`, changed, or one given as a whole. */
static void write_tokenizer(gaze_buffer *out, const gaze_json_value *line) {
    const gaze_json_value *whole = gaze_json_get(line, "tokenizer"), *model = gaze_json_get(line, "model");
    char relative[200];
    if (whole && whole->type == GAZE_JSON_STRING) {
        gaze_buffer_append(out, whole->as.text, whole->length);
        return;
    }
    if (whole) {
        json_write(out, whole);
        return;
    }
    snprintf(relative, sizeof relative, "tokenizers/%.*s/tokenizer.json", (int)model->length, model->as.text);
    gaze_json *json = open_json(relative);
    json_write_changed(out, gaze_json_root(json), gaze_json_get(line, "patch"), gaze_json_get(line, "set"),
                       gaze_json_get(line, "add_tokens"));
    gaze_json_free(json);
}

static void edge_cases(void **state) {
    (void)state;
    golden_file file;
    size_t failures = 0;
    if (!golden_open(&file, "tokenizers/goldens/edge-cases.jsonl")) skip();
    for (const gaze_json_value *line; (line = golden_next(&file));) {
        gaze_buffer json = {0};
        gaze_tokenizer *tokenizer = NULL;
        gaze_error err;
        write_tokenizer(&json, line);
        const gaze_tokenizer_files files = {.tokenizer_json = json.data, .tokenizer_json_size = json.length};
        if (gaze_tokenizer_open_files(&tokenizer, &files, &err))
            count_failure(&failures, &file, err.message);
        else if (!encoding_case_agrees(tokenizer, line))
            count_failure(&failures, &file, "differs");
        gaze_tokenizer_close(tokenizer);
        gaze_buffer_deinit(&json);
    }
    assert_int_equal(file.number, 236);
    golden_close(&file);
    assert_int_equal(failures, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bert_base_uncased),
        cmocka_unit_test(bert_base_cased),
        cmocka_unit_test(bert_base_chinese),
        cmocka_unit_test(bert_base_multilingual_cased),
        cmocka_unit_test(roberta_base),
        cmocka_unit_test(qwen2),
        cmocka_unit_test(truncation_and_padding_of_bert),
        cmocka_unit_test(truncation_and_padding_of_roberta),
        cmocka_unit_test(toy_unigram),
        cmocka_unit_test(edge_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
