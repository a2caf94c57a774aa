/* tokenizer/tokenizer, read_json and bert_json: opening, asking, decoding, and what is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/encoding.h"
#include "tests/support/golden.h"
#include "tests/support/two_roads.h"

#define TOY "tests/data/tokenizer/toy-uncased"

/* The example of tokenizer.h. */
static void the_example_of_the_header(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = NULL;
    gaze_tokens tokens = {0};
    gaze_error err;
    assert_int_equal(gaze_tokenizer_open(&tokenizer, TOY, &err), GAZE_OK);
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "Low, unwanted", 13, NULL, 0, NULL, &err),
                     GAZE_OK);
    assert_int_equal(tokens.count, 7);
    assert_memory_equal(tokens.ids, ((int32_t[]){1, 13, 12, 9, 6, 7, 2}), 28);
    assert_string_equal(tokens.strings[4], "##want");
    assert_int_equal(tokens.bytes[4].start, 7);
    assert_int_equal(tokens.bytes[4].end, 11);
    assert_int_equal(tokens.word_ids[4], 2);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

static void ids_and_strings(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_directory(TOY);
    size_t length;
    assert_int_equal(gaze_tokenizer_vocab_size(tokenizer), 18);
    assert_string_equal(gaze_tokenizer_id_to_token(tokenizer, 6, &length), "##want");
    assert_int_equal(length, 6);
    assert_null(gaze_tokenizer_id_to_token(tokenizer, 18, &length));
    assert_null(gaze_tokenizer_id_to_token(tokenizer, -1, NULL));
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "[MASK]", 6), 4);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "none", 4), -1);
    assert_false(gaze_tokenizer_truncation(tokenizer).enabled);
    assert_false(gaze_tokenizer_padding(tokenizer).enabled);
    gaze_tokenizer_close(tokenizer);
}

static void decoding(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_directory(TOY);
    const int32_t ids[] = {1, 9, 6, 7, 12, 13, 2, 99, -5};
    gaze_buffer text = {0};
    assert_int_equal(gaze_tokenizer_decode(&text, tokenizer, ids, 9, false, NULL), GAZE_OK);
    assert_string_equal(text.data, "[CLS] unwanted, low [SEP]");
    gaze_buffer_clear(&text);
    assert_int_equal(gaze_tokenizer_decode(&text, tokenizer, ids, 9, true, NULL), GAZE_OK);
    assert_string_equal(text.data, "unwanted, low");
    gaze_buffer_clear(&text);
    assert_int_equal(gaze_tokenizer_decode(&text, tokenizer, ids, 0, true, NULL), GAZE_OK);
    assert_int_equal(text.length, 0);
    gaze_buffer_deinit(&text);
    gaze_tokenizer_close(tokenizer);
}

/* NUL is a char like others: deleted by clean_text, and the text goes on behind it. */
static void nul_inside_the_text(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_directory(TOY);
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "lo\0w\0", 5, NULL, 0, NULL, NULL), GAZE_OK);
    assert_int_equal(tokens.count, 3);
    assert_string_equal(tokens.strings[1], "low");
    assert_int_equal(tokens.bytes[1].end, 4);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

/* Bytes that are no UTF-8 are read as U+FFFD, which BERT deletes; byte offsets stay true. */
static void ill_formed_text(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_directory(TOY);
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "lo\xE2\x82w", 5, NULL, 0, NULL, NULL),
                     GAZE_OK);
    assert_string_equal(tokens.strings[1], "low");
    assert_int_equal(tokens.bytes[1].end, 5);
    assert_int_equal(tokens.chars[1].end, 4);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

/* What tokenizer.json sets ------------------------------------------------------------------------------ */

#define MODEL "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}"

static void truncation_and_padding_of_the_file(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_json(
        "{" MODEL
        ",\"version\":\"1.0\",\"truncation\":{\"max_length\":7,\"strategy\":\"OnlySecond\",\"stride\":2,"
        "\"direction\":\"Left\"},\"padding\":{\"strategy\":{\"Fixed\":9},\"direction\":\"Left\","
        "\"pad_to_multiple_of\":8,\"pad_id\":3,\"pad_type_id\":1,\"pad_token\":\"p\"}}");
    gaze_truncation truncation = gaze_tokenizer_truncation(tokenizer);
    gaze_padding padding = gaze_tokenizer_padding(tokenizer);
    assert_true(truncation.enabled);
    assert_int_equal(truncation.max_length, 7);
    assert_int_equal(truncation.stride, 2);
    assert_int_equal(truncation.strategy, GAZE_TRUNCATE_ONLY_SECOND);
    assert_int_equal(truncation.side, GAZE_SIDE_LEFT);
    assert_true(padding.enabled);
    assert_int_equal(padding.length, 9);
    assert_int_equal(padding.multiple_of, 8);
    assert_int_equal(padding.side, GAZE_SIDE_LEFT);
    assert_int_equal(padding.id, 3);
    assert_int_equal(padding.type_id, 1);
    assert_string_equal(padding.token, "p");
    gaze_tokenizer_close(tokenizer);
    tokenizer =
        tokenizer_of_json("{" MODEL ",\"padding\":{\"strategy\":\"BatchLongest\",\"direction\":\"Right\","
                          "\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"a\"}}");
    assert_true(gaze_tokenizer_padding(tokenizer).enabled);
    assert_int_equal(gaze_tokenizer_padding(tokenizer).length, 0);
    gaze_tokenizer_close(tokenizer);
}

/* Two roads to one tokenizer ---------------------------------------------------------------------------- */

static const char *const texts[] = {
    "Unwanted, running low.",
    "UN want \xC3\x89 \xC3\xA9\x64 [MASK]",
    "\xE4\xB8\xAD\xE6\x96\x87 E\xCC\x81 x [PAD]",
    "<s> un</s>",
    "",
    "the lowest of the Low",
};

/* From vocab.txt and tokenizer_config.json comes what transformers saved as tokenizer.json. */
static void vocab_txt_gives_the_same(void **state) {
    (void)state;
    static const char *const toys[] = {TOY, "tests/data/tokenizer/toy-cased",
                                       "tests/data/tokenizer/toy-switches", "tests/data/tokenizer/toy-twice",
                                       "tests/data/tokenizer/toy-names"};
    for (size_t i = 0; i < sizeof toys / sizeof *toys; i++) {
        gaze_tokenizer *json = tokenizer_of_directory(toys[i]), *vocab = tokenizer_of_old_files(toys[i]);
        assert_same_vocabulary(json, vocab);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            assert_same_encoding(json, vocab, texts[k], strlen(texts[k]), "un");
        gaze_tokenizer_close(json);
        gaze_tokenizer_close(vocab);
    }
}

/* The same for the real vocabularies, on every text of the goldens. */
static void real_vocab_txt_gives_the_same(void **state) {
    (void)state;
    static const char *const models[] = {"bert-base-uncased", "bert-base-cased", "bert-base-chinese",
                                         "bert-base-multilingual-cased", "all-MiniLM-L6-v2"};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        char relative[100];
        golden_file file;
        snprintf(relative, sizeof relative, "tokenizers/%s", models[i]);
        const char *path = golden_path(relative);
        if (!path) skip();
        gaze_tokenizer *json = tokenizer_of_directory(path), *vocab = tokenizer_of_old_files(path);
        golden_open(&file, "tokenizers/goldens/bert-base-uncased.jsonl.gz");
        for (const gaze_json_value *line; (line = golden_next(&file));) {
            const gaze_json_value *text = gaze_json_get(line, "text");
            assert_same_encoding(json, vocab, text->as.text, text->length, "un");
        }
        golden_close(&file);
        gaze_tokenizer_close(json);
        gaze_tokenizer_close(vocab);
    }
}

/* Nothing is trimmed off a line: U+2028 and a space are tokens; CR LF ends a line as LF does. */
static void lines_of_vocab_txt(void **state) {
    (void)state;
    const char *vocab = "[UNK]\r\n[CLS]\n[SEP]\n\xE2\x80\xA8\n \n\n a \nlast";
    const gaze_tokenizer_files files = {.vocab_txt = vocab, .vocab_txt_size = strlen(vocab)};
    gaze_tokenizer *tokenizer;
    assert_int_equal(gaze_tokenizer_open_files(&tokenizer, &files, NULL), GAZE_OK);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "[UNK]", 5), 0);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "\xE2\x80\xA8", 3), 3);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, " ", 1), 4);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "", 0), 5);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, " a ", 3), 6);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "last", 4), 7);
    assert_int_equal(gaze_tokenizer_token_to_id(tokenizer, "[PAD]", 5), 8); /* added: it has no line */
    gaze_tokenizer_close(tokenizer);
}

/* Refusals -------------------------------------------------------------------------------------------- */

static void refuse(const gaze_tokenizer_files *files, gaze_status status, const char *message) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    assert_int_equal(gaze_tokenizer_open_files(&tokenizer, files, &err), status);
    assert_string_equal(err.message, message);
    assert_null(tokenizer);
    assert_int_equal(gaze_tokenizer_open_files(&tokenizer, files, NULL), status);
}

static void refuse_json(const char *json, gaze_status status, const char *message) {
    const gaze_tokenizer_files files = {.tokenizer_json = json, .tokenizer_json_size = strlen(json)};
    refuse(&files, status, message);
}

static void refuse_vocab(const char *vocab, const char *config, gaze_status status, const char *message) {
    const gaze_tokenizer_files files = {.vocab_txt = vocab,
                                        .vocab_txt_size = strlen(vocab),
                                        .tokenizer_config_json = config,
                                        .tokenizer_config_json_size = config ? strlen(config) : 0};
    refuse(&files, status, message);
}

static void files_that_are_refused(void **state) {
    (void)state;
    refuse(&(gaze_tokenizer_files){0}, GAZE_ERROR_NOT_FOUND,
           "no tokenizer: neither tokenizer.json nor vocab.txt, nor vocab.json with merges.txt");
    refuse_json("{", GAZE_ERROR_JSON_EOF, "tokenizer.json: JSON ends inside a value, at byte 1");
    refuse_json("", GAZE_ERROR_JSON_EOF, "tokenizer.json: JSON ends inside a value, at byte 0");
    refuse_json("\"x\"", GAZE_ERROR_SCHEMA, "tokenizer.json: a string, expected an object");
    refuse_json("{}", GAZE_ERROR_SCHEMA, "tokenizer.json: model: nothing, expected an object");
    refuse_json("{\"version\":\"2.0\"}", GAZE_ERROR_UNSUPPORTED,
                "tokenizer.json: 'version' is \"2.0\", expected \"1.0\"");
    refuse_json("{\"version\":1}", GAZE_ERROR_UNSUPPORTED,
                "tokenizer.json: 'version' is a number, expected \"1.0\"");
    refuse_json("{" MODEL ",\"truncation\":{\"max_length\":1,\"strategy\":\"LongestFirst\"}}",
                GAZE_ERROR_SCHEMA,
                "tokenizer.json: truncation: 'stride' is nothing, expected a whole number from 0");
    refuse_json("{" MODEL ",\"truncation\":{\"max_length\":1,\"stride\":0,\"strategy\":\"X\"}}",
                GAZE_ERROR_UNSUPPORTED,
                "tokenizer.json: truncation: 'strategy' is \"X\", which gaze does not know");
    refuse_json("{" MODEL ",\"truncation\":{\"stride\":0,\"strategy\":\"LongestFirst\"}}", GAZE_ERROR_SCHEMA,
                "tokenizer.json: truncation: 'max_length' is nothing, expected a whole number from 0");
    refuse_json("{" MODEL ",\"padding\":{\"strategy\":\"BatchLongest\",\"pad_id\":16777216}}", GAZE_ERROR_SCHEMA,
                "tokenizer.json: padding: 'pad_id' is a number, expected a whole number from 0 to 16777215");
    refuse_json("{" MODEL ",\"padding\":{\"strategy\":\"BatchLongest\",\"pad_id\":\"0\"}}", GAZE_ERROR_SCHEMA,
                "tokenizer.json: padding: 'pad_id' is a string, expected a whole number from 0 to 16777215");
    refuse_json("{" MODEL ",\"padding\":{\"strategy\":\"X\"}}", GAZE_ERROR_SCHEMA,
                "tokenizer.json: padding: 'Fixed' is nothing, expected a whole number from 0");
    refuse_json("{" MODEL ",\"pre_tokenizer\":{\"type\":\"UnicodeScripts\"}}", GAZE_ERROR_UNSUPPORTED,
                "tokenizer.json: pre_tokenizer: 'UnicodeScripts' is not one that gaze knows");
}

/* Said to be longer than a file may be; not a byte of it is read. */
static void files_that_are_too_long(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer;
    const gaze_tokenizer_files files = {.tokenizer_json = "{}", .tokenizer_json_size = (64 << 20) + 1};
    assert_int_equal(gaze_tokenizer_open_files(&tokenizer, &files, NULL), GAZE_ERROR_LIMIT);
    assert_null(tokenizer);
}

static void vocab_txt_that_is_refused(void **state) {
    (void)state;
    refuse_vocab("", NULL, GAZE_ERROR_FORMAT, "vocab.txt is empty");
    refuse_vocab("[CLS]\n[SEP]\n", NULL, GAZE_ERROR_NOT_FOUND, "vocab.txt: the unk_token '[UNK]' is missing");
    refuse_vocab("[UNK]\n[SEP]\n", NULL, GAZE_ERROR_NOT_FOUND, "vocab.txt: the cls_token '[CLS]' is missing");
    refuse_vocab("[UNK]\n[CLS]\n", NULL, GAZE_ERROR_NOT_FOUND, "vocab.txt: the sep_token '[SEP]' is missing");
    refuse_vocab("[UNK]\n[CLS]\n", "{\"tokenizer_class\":7}", GAZE_ERROR_NOT_FOUND,
                 "vocab.txt: the sep_token '[SEP]' is missing");
    refuse_vocab("[UNK]\n\xFF\n", NULL, GAZE_ERROR_UTF8, "vocab.txt: ill-formed UTF-8 at byte 6");
    refuse_vocab(
        "[UNK]\n[CLS]\n[SEP]\n", "{\"tokenizer_class\":\"PhobertTokenizer\"}", GAZE_ERROR_UNSUPPORTED,
        "tokenizer_config.json: 'PhobertTokenizer' without a tokenizer.json: save it with transformers, "
        "save_pretrained writes one");
    refuse_vocab("[UNK]\n[CLS]\n[SEP]\n", "{\"a\"", GAZE_ERROR_JSON_EOF,
                 "tokenizer_config.json: JSON ends inside a value, at byte 4");
}

static void directories_that_are_refused(void **state) {
    (void)state;
    char folder[] = "/tmp/gaze-tokenizer-XXXXXX", path[64], message[200];
    gaze_tokenizer *tokenizer;
    gaze_error err;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(gaze_tokenizer_open(&tokenizer, "no/such/place", &err), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "no/such/place: no such directory");
    assert_int_equal(gaze_tokenizer_open(&tokenizer, folder, &err), GAZE_ERROR_NOT_FOUND);
    snprintf(message, sizeof message,
             "%s: no tokenizer: neither tokenizer.json nor vocab.txt, nor vocab.json with merges.txt",
             folder);
    assert_string_equal(err.message, message);
    snprintf(path, sizeof path, "%s/tokenizer.json", folder);
    FILE *file = fopen(path, "wb"); /* one byte more than 64 MB, all of it a hole */
    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), (64 << 20) + 1), 0);
    fclose(file);
    assert_int_equal(gaze_tokenizer_open(&tokenizer, folder, &err), GAZE_ERROR_LIMIT);
    assert_non_null(strstr(err.message, "tokenizer.json"));
    assert_null(tokenizer);
    unlink(path);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header),
        cmocka_unit_test(ids_and_strings),
        cmocka_unit_test(decoding),
        cmocka_unit_test(nul_inside_the_text),
        cmocka_unit_test(ill_formed_text),
        cmocka_unit_test(truncation_and_padding_of_the_file),
        cmocka_unit_test(vocab_txt_gives_the_same),
        cmocka_unit_test(real_vocab_txt_gives_the_same),
        cmocka_unit_test(lines_of_vocab_txt),
        cmocka_unit_test(files_that_are_refused),
        cmocka_unit_test(files_that_are_too_long),
        cmocka_unit_test(vocab_txt_that_is_refused),
        cmocka_unit_test(directories_that_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
