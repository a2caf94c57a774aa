/* What a directory of sentence-transformers says. By hand: a Transformer, a Pooling with "pooling_mode_cls_token",
 * a Normalize and "max_seq_length": 256 are: the first token's vector, of length 1, of at most 256 tokens. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/json_patch.h"
#include "tests/support/tmpdir.h"
#include "tools/pipeline/sentence_modules.h"

#define MODULE(folder, class)                                                                                \
    "{\"path\": \"" folder "\", \"type\": \"sentence_transformers.models." class "\"}"
#define TWO MODULE("", "Transformer") ", " MODULE("1_Pooling", "Pooling")

static char *folder;

static int make_folder(void **state) {
    (void)state;
    folder = tmpdir_make();
    tmpdir_mkdir(folder, "1_Pooling");
    tmpdir_mkdir(folder, "2_Normalize");
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    tmpdir_remove(folder);
    return 0;
}

/* The files of a plain model; a test then changes one of them. */
static void put_usual(void) {
    tmpdir_puts(folder, "modules.json", "[" TWO "]");
    tmpdir_puts(folder, "1_Pooling/config.json", "{}");
    tmpdir_puts(folder, "2_Normalize/config.json", "{}");
    tmpdir_puts(folder, "sentence_bert_config.json", "{}");
    tmpdir_puts(folder, "tokenizer_config.json", "{}");
    tmpdir_puts(folder, "config_sentence_transformers.json", "{}");
}

/* Those of a cross-encoder. */
static void put_cross(void) {
    put_usual();
    tmpdir_puts(folder, "modules.json", "[" MODULE("", "Transformer") "]");
    tmpdir_puts(
        folder, "config_sentence_transformers.json",
        "{\"model_type\": \"CrossEncoder\", \"activation_fn\": \"torch.nn.modules.linear.Identity\"}");
}

static gaze_sentence_settings read_with(const char *file, const char *text) {
    gaze_sentence_settings settings;
    gaze_error err = {0};
    put_usual();
    tmpdir_puts(folder, file, text);
    if (gaze_sentence_modules_read(&settings, folder, &err)) fail_msg("%s: %s: %s", file, text, err.message);
    return settings;
}

/* Refused with this status; the message begins with the file's path and holds `word`. */
static void refuses(const char *file, const char *text, gaze_status expected, const char *word) {
    gaze_sentence_settings settings;
    gaze_error err = {0};
    char path[512];
    snprintf(path, sizeof path, "%s/%s: ", folder, file);
    put_usual();
    tmpdir_puts(folder, file, text);
    gaze_status status = gaze_sentence_modules_read(&settings, folder, &err);
    if (status != expected || strncmp(err.message, path, strlen(path)) != 0 || !strstr(err.message, word))
        fail_msg("%s: %s: %s: %s", file, text, gaze_status_name(status), err.message);
    assert_null(settings.transformer);
    assert_null(settings.prompt);
}

static void by_hand(void **state) {
    (void)state;
    gaze_sentence_settings settings;
    put_usual();
    tmpdir_puts(folder, "modules.json", "[" TWO ", " MODULE("2_Normalize", "Normalize") "]");
    tmpdir_puts(folder, "1_Pooling/config.json",
                "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true}");
    tmpdir_puts(folder, "sentence_bert_config.json", "{\"max_seq_length\": 256, \"do_lower_case\": false}");
    assert_int_equal(gaze_sentence_modules_read(&settings, folder, NULL), GAZE_OK);
    assert_string_equal(settings.transformer, folder);
    assert_int_equal(settings.pooling_count, 1);
    assert_int_equal(settings.poolings[0], GAZE_POOLING_CLS);
    assert_int_equal(settings.hidden_size, 384);
    assert_int_equal(settings.max_length, 256);
    assert_true(settings.normalize);
    assert_false(settings.lower_case);
    assert_false(settings.skip_prompt);
    assert_null(settings.prompt);
    gaze_sentence_settings_deinit(&settings);
}

/* Without any of the files: the mean, not normalised. */
static void an_empty_directory(void **state) {
    (void)state;
    gaze_sentence_settings settings;
    char *empty = tmpdir_make();
    assert_int_equal(gaze_sentence_modules_read(&settings, empty, NULL), GAZE_OK);
    assert_string_equal(settings.transformer, empty);
    assert_int_equal(settings.pooling_count, 1);
    assert_int_equal(settings.poolings[0], GAZE_POOLING_MEAN);
    assert_false(settings.normalize);
    assert_int_equal(settings.max_length, 0);
    gaze_sentence_settings_deinit(&settings);
    tmpdir_remove(empty);
}

static void assert_poolings(const char *text, size_t count, gaze_pooling first, gaze_pooling last) {
    gaze_sentence_settings settings = read_with("1_Pooling/config.json", text);
    assert_int_equal(settings.pooling_count, count);
    assert_int_equal(settings.poolings[0], first);
    assert_int_equal(settings.poolings[count - 1], last);
    gaze_sentence_settings_deinit(&settings);
}

static void poolings(void **state) {
    (void)state;
    const gaze_pooling cls = GAZE_POOLING_CLS, max = GAZE_POOLING_MAX, mean = GAZE_POOLING_MEAN;
    assert_poolings("{}", 1, mean, mean);
    assert_poolings("{\"pooling_mode_max_tokens\": false}", 1, mean, mean);
    assert_poolings("{\"pooling_mode_max_tokens\": true, \"pooling_mode_cls_token\": true}", 2, cls, max);
    assert_poolings("{\"pooling_mode\": \"max\"}", 1, max, max);
    assert_poolings("{\"pooling_mode\": [\"max\", \"cls\"]}", 2, max, cls);
    assert_poolings("{\"pooling_mode\": [\"mean\"], \"pooling_mode_max_tokens\": true}", 1, mean, mean);
    assert_poolings("{\"pooling_mode_of_the_future\": false}", 1, mean, mean);
    refuses("1_Pooling/config.json", "{\"pooling_mode\": \"median\"}", GAZE_ERROR_UNSUPPORTED, "median");
    refuses("1_Pooling/config.json", "{\"pooling_mode\": [\"mean\", \"median\"]}", GAZE_ERROR_UNSUPPORTED,
            "median");
    refuses("1_Pooling/config.json", "{\"pooling_mode\": 3}", GAZE_ERROR_CONFIG, "pooling_mode");
    refuses("1_Pooling/config.json",
            "{\"pooling_mode\": [\"cls\",\"cls\",\"cls\",\"cls\",\"cls\",\"cls\",\"cls\"]}", GAZE_ERROR_LIMIT,
            "6");
    refuses("1_Pooling/config.json", "{\"pooling_mode_of_the_future\": true}", GAZE_ERROR_UNSUPPORTED,
            "pooling_mode_of_the_future");
    refuses("1_Pooling/config.json", "{\"pooling_mode_cls_token\": \"yes\"}", GAZE_ERROR_CONFIG, "yes");
    refuses("1_Pooling/config.json", "{\"word_embedding_dimension\": -1}", GAZE_ERROR_CONFIG, "-1");
    refuses("1_Pooling/config.json", "{\"include_prompt\": 1}", GAZE_ERROR_CONFIG, "include_prompt");
    refuses("1_Pooling/config.json", "[]", GAZE_ERROR_SCHEMA, "an array");
    refuses("1_Pooling/config.json", "{", GAZE_ERROR_JSON_EOF, "JSON");
}

static void modules(void **state) {
    (void)state;
    gaze_sentence_settings settings =
        read_with("modules.json",
                  "[" TWO ", " MODULE("2_Dropout", "Dropout") ", " MODULE("2_Normalize", "Normalize") "]");
    assert_true(settings.normalize);
    gaze_sentence_settings_deinit(&settings);
    refuses("modules.json", "[]", GAZE_ERROR_CONFIG, "0 modules");
    refuses("modules.json", "[" MODULE("", "Transformer") "]", GAZE_ERROR_CONFIG, "1 modules");
    refuses("modules.json", "{}", GAZE_ERROR_SCHEMA, "an object");
    refuses("modules.json", "[1, 2]", GAZE_ERROR_SCHEMA, "\"type\"");
    refuses("modules.json", "[" TWO ", " MODULE("2_Dense", "Dense") "]", GAZE_ERROR_UNSUPPORTED, "Dense");
    refuses("modules.json", "[" MODULE("1_Pooling", "Pooling") ", " MODULE("", "Transformer") "]",
            GAZE_ERROR_UNSUPPORTED, "Pooling, expected a Transformer");
    refuses("modules.json", "[" MODULE("", "Transformer") ", " MODULE("", "CNN") "]", GAZE_ERROR_UNSUPPORTED,
            "CNN");
    refuses("modules.json", "[{\"path\": \"\", \"type\": \"custom.Transformer\"}, 1]", GAZE_ERROR_UNSUPPORTED,
            "custom.Transformer");
    refuses("modules.json", "[" MODULE("../other", "Transformer") ", 1]", GAZE_ERROR_CONFIG, "../other");
    refuses("modules.json", "[" MODULE("a/../../b", "Transformer") ", 1]", GAZE_ERROR_CONFIG, "a/../../b");
    refuses("modules.json", "[" MODULE("/etc", "Transformer") ", 1]", GAZE_ERROR_CONFIG, "/etc");
    refuses("modules.json", "[" MODULE("a\\u0000", "Transformer") ", 1]", GAZE_ERROR_CONFIG, "path");
}

/* The pooling's file must be there; a Normalize needs none, and may only work on the sentence's vector. */
static void files_of_modules(void **state) {
    (void)state;
    static const char *const three = "[" TWO ", " MODULE("2_Normalize", "Normalize") "]";
    gaze_sentence_settings settings;
    gaze_error err = {0};
    put_usual();
    tmpdir_puts(folder, "modules.json",
                "[" MODULE("", "Transformer") ", " MODULE("3_Pooling", "Pooling") "]");
    assert_int_equal(gaze_sentence_modules_read(&settings, folder, &err), GAZE_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "3_Pooling"));
    put_usual();
    tmpdir_puts(folder, "modules.json", "[" TWO ", " MODULE("4_Normalize", "Normalize") "]");
    assert_int_equal(gaze_sentence_modules_read(&settings, folder, NULL), GAZE_OK);
    gaze_sentence_settings_deinit(&settings);
    tmpdir_puts(folder, "modules.json", three);
    tmpdir_puts(folder, "2_Normalize/config.json", "{\"module_input_name\": \"token_embeddings\"}");
    assert_int_equal(gaze_sentence_modules_read(&settings, folder, &err), GAZE_ERROR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "2_Normalize/config.json"));
    assert_non_null(strstr(err.message, "token_embeddings"));
}

/* max_seq_length, else model_max_length, unless that is as good as none. */
static void lengths(void **state) {
    (void)state;
    static const char *const bert = "sentence_bert_config.json", *const tokenizer = "tokenizer_config.json";
    static const struct {
        const char *bert, *tokenizer;
        size_t length;
    } cases[] = {{"{}", "{}", 0},
                 {"{\"max_seq_length\": 256}", "{\"model_max_length\": 512}", 256},
                 {"{\"max_seq_length\": null}", "{\"model_max_length\": 512}", 512},
                 {"{}", "{\"model_max_length\": 1000000000000000019884624838656}", 0},
                 {"{}", "{\"model_max_length\": 1e30}", 0},
                 {"{}", "{\"model_max_length\": null}", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gaze_sentence_settings settings;
        put_usual();
        tmpdir_puts(folder, bert, cases[i].bert);
        tmpdir_puts(folder, tokenizer, cases[i].tokenizer);
        assert_int_equal(gaze_sentence_modules_read(&settings, folder, NULL), GAZE_OK);
        assert_int_equal(settings.max_length, cases[i].length);
        gaze_sentence_settings_deinit(&settings);
    }
    refuses(bert, "{\"max_seq_length\": 0}", GAZE_ERROR_CONFIG, "max_seq_length: 0");
    refuses(bert, "{\"max_seq_length\": 12.5}", GAZE_ERROR_CONFIG, "12.5");
    refuses(bert, "{\"max_seq_length\": \"many\"}", GAZE_ERROR_CONFIG, "many");
    refuses(tokenizer, "{\"model_max_length\": -5}", GAZE_ERROR_CONFIG, "-5");
    refuses(tokenizer, "{\"truncation_side\": \"top\"}", GAZE_ERROR_CONFIG, "top");
    refuses(tokenizer, "{\"truncation_side\": 1}", GAZE_ERROR_CONFIG, "truncation_side");
}

static void settings_of_the_transformer(void **state) {
    (void)state;
    static const char *const bert = "sentence_bert_config.json";
    gaze_sentence_settings settings =
        read_with(bert, "{\"do_lower_case\": true, \"transformer_task\": \"feature-extraction\","
                        " \"module_output_name\": \"token_embeddings\", \"tokenizer_args\": {}}");
    assert_true(settings.lower_case);
    gaze_sentence_settings_deinit(&settings);
    settings = read_with("tokenizer_config.json", "{\"truncation_side\": \"left\"}");
    assert_int_equal(settings.truncation_side, GAZE_SIDE_LEFT);
    gaze_sentence_settings_deinit(&settings);
    refuses(bert, "{\"do_lower_case\": \"no\"}", GAZE_ERROR_CONFIG, "do_lower_case");
    refuses(bert, "{\"transformer_task\": \"fill-mask\"}", GAZE_ERROR_UNSUPPORTED, "fill-mask");
    refuses(bert, "{\"module_output_name\": \"sentence_embedding\"}", GAZE_ERROR_UNSUPPORTED,
            "sentence_embedding");
    refuses(bert, "{\"processing_kwargs\": {\"text\": {\"max_length\": 9}}}", GAZE_ERROR_UNSUPPORTED,
            "processing_kwargs");
    refuses(bert, "null", GAZE_ERROR_SCHEMA, "null");
}

/* Older names of sentence_bert_config.json, each read only where the one before is missing. */
static void older_names(void **state) {
    (void)state;
    char *old = tmpdir_make();
    gaze_sentence_settings settings;
    tmpdir_mkdir(old, "1_Pooling");
    tmpdir_puts(old, "modules.json", "[" TWO "]");
    tmpdir_puts(old, "1_Pooling/config.json", "{}");
    tmpdir_puts(old, "sentence_xlnet_config.json", "{\"max_seq_length\": 64}");
    assert_int_equal(gaze_sentence_modules_read(&settings, old, NULL), GAZE_OK);
    assert_int_equal(settings.max_length, 64);
    gaze_sentence_settings_deinit(&settings);
    tmpdir_puts(old, "sentence_roberta_config.json", "{\"max_seq_length\": 32}");
    assert_int_equal(gaze_sentence_modules_read(&settings, old, NULL), GAZE_OK);
    assert_int_equal(settings.max_length, 32);
    gaze_sentence_settings_deinit(&settings);
    tmpdir_remove(old);
}

static void prompts(void **state) {
    (void)state;
    static const char *const file = "config_sentence_transformers.json";
    gaze_sentence_settings settings = read_with(
        file,
        "{\"prompts\": {\"query\": \"query: \", \"other\": \"x\"}, \"default_prompt_name\": \"query\"}");
    assert_string_equal(settings.prompt, "query: ");
    gaze_sentence_settings_deinit(&settings);
    settings = read_with(file, "{\"prompts\": {\"query\": \"query: \"}, \"default_prompt_name\": null}");
    assert_null(settings.prompt);
    gaze_sentence_settings_deinit(&settings);
    settings = read_with(
        file, "{\"prompts\": {\"query\": \"\"}, \"default_prompt_name\": \"query\", \"truncate_dim\": 64}");
    assert_null(settings.prompt);
    assert_int_equal(settings.dimensions, 64);
    gaze_sentence_settings_deinit(&settings);
    refuses(file, "{\"default_prompt_name\": \"query\"}", GAZE_ERROR_CONFIG, "query");
    refuses(file, "{\"prompts\": {\"a\": \"b\"}, \"default_prompt_name\": \"query\"}", GAZE_ERROR_CONFIG,
            "query");
    refuses(file, "{\"prompts\": {\"a\": 1}, \"default_prompt_name\": \"a\"}", GAZE_ERROR_CONFIG,
            "prompts: 1");
    refuses(file, "{\"prompts\": {\"a\": \"\\u0000\"}, \"default_prompt_name\": \"a\"}", GAZE_ERROR_CONFIG,
            "prompts");
    refuses(file, "{\"prompts\": [], \"default_prompt_name\": \"a\"}", GAZE_ERROR_CONFIG, "prompts");
    refuses(file, "{\"default_prompt_name\": 1}", GAZE_ERROR_CONFIG, "default_prompt_name");
    refuses(file, "{\"truncate_dim\": 0}", GAZE_ERROR_CONFIG, "truncate_dim");
    refuses(file, "{\"model_type\": \"SparseEncoder\"}", GAZE_ERROR_UNSUPPORTED, "SparseEncoder");
}

static gaze_status read_again(void *context) {
    gaze_sentence_settings settings;
    gaze_status status = gaze_sentence_modules_read(&settings, context, NULL);
    gaze_sentence_settings_deinit(&settings);
    return status;
}

static gaze_status read_cross_again(void *context) {
    gaze_sentence_settings settings;
    gaze_status status = gaze_sentence_modules_read_cross(&settings, context, NULL);
    gaze_sentence_settings_deinit(&settings);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    put_usual();
    tmpdir_puts(folder, "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"query: \"}, \"default_prompt_name\": \"query\"}");
    assert_true(fail_each_allocation(read_again, folder) > 20);
    put_cross();
    assert_true(fail_each_allocation(read_cross_again, folder) > 10);
    tmpdir_puts(folder, "config_sentence_transformers.json", "{}");
    assert_true(fail_each_allocation(read_cross_again, folder) > 10);
}

/* Other kinds ----------------------------------------------------------------------------------------- */

/* Read, or refused with the file's name; a model of one vector and one of pairs. */
static void read_changed(void *context, const char *json, size_t length) {
    const char *file = context;
    (void)length;
    tmpdir_puts(folder, file, json);
    for (int cross = 0; cross < 2; cross++) {
        gaze_sentence_settings settings;
        gaze_error err = {0};
        gaze_status status = cross ? gaze_sentence_modules_read_cross(&settings, folder, &err)
                                   : gaze_sentence_modules_read(&settings, folder, &err);
        assert_int_equal(status, err.code);
        if (status && !strstr(err.message, folder)) fail_msg("%s: %s: %s", file, json, err.message);
        gaze_sentence_settings_deinit(&settings);
    }
}

/* In each place of each file something of another kind, or nothing. */
static void other_kinds(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"modules.json", "[" TWO ", " MODULE("2_Normalize", "Normalize") "]"},
        {"modules.json",
         "[{\"path\": \"a/bc/..d\", \"type\": \"sentence_transformers.models.Transformer\"}]"},
        {"modules.json", "[{\"path\": \"\", \"type\": \"transformers.models.bert.modeling_bert\"}, 1]"},
        {"1_Pooling/config.json", "{\"word_embedding_dimension\": 4, \"include_prompt\": false, "
                                  "\"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": false}"},
        {"1_Pooling/config.json", "{\"pooling_mode\": [\"cls\", \"max\"]}"},
        {"2_Normalize/config.json", "{\"module_input_name\": \"sentence_embedding\"}"},
        {"sentence_bert_config.json",
         "{\"max_seq_length\": 8, \"do_lower_case\": true, \"transformer_task\": "
         "\"feature-extraction\", \"processing_kwargs\": {}}"},
        {"tokenizer_config.json", "{\"model_max_length\": 8, \"truncation_side\": \"left\"}"},
        {"tokenizer_config.json", "{\"truncation_side\": \"right\"}"},
        {"config_sentence_transformers.json",
         "{\"prompts\": {\"q\": \"Q: \"}, \"default_prompt_name\": \"q\", "
         "\"truncate_dim\": 4, \"model_type\": \"SentenceTransformer\"}"},
        {"config_sentence_transformers.json", "{\"model_type\": \"CrossEncoder\", \"activation_fn\": "
                                              "\"torch.nn.modules.activation.Sigmoid\"}"},
    };
    for (size_t i = 0; i < 2 * (sizeof files / sizeof *files); i++) {
        char file[64];
        const char *text = files[i / 2][1];
        snprintf(file, sizeof file, "%s", files[i / 2][0]);
        i % 2 ? put_cross() : put_usual();
        read_changed(file, text, strlen(text));
        json_exchange_all(text, strlen(text), read_changed, file);
    }
    put_usual();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(an_empty_directory),
        cmocka_unit_test(poolings),
        cmocka_unit_test(modules),
        cmocka_unit_test(files_of_modules),
        cmocka_unit_test(lengths),
        cmocka_unit_test(settings_of_the_transformer),
        cmocka_unit_test(older_names),
        cmocka_unit_test(prompts),
        cmocka_unit_test(out_of_memory),
        cmocka_unit_test(other_kinds),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
