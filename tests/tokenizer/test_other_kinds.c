/* Files of a tokenizer in which each value in turn is of another kind, or is not there: opened, or refused with a
 * message. By hand: of {"a":0} these are {"a":null}, {"a":true}, ..., {}, and null, true, ... for the whole. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/json_patch.h"
#include "tests/support/pipelines.h"

static void count_some(void *context, const char *json, size_t length) {
    size_t *found = context;
    assert_int_equal(strlen(json), length);
    found[0]++;
    found[1] += strcmp(json, "{\"a\":null}") == 0;
    found[2] += strcmp(json, "{}") == 0;
}

/* 18 others for the whole, 18 for its value, and it without the value; {} is one of the first and the last. */
static void by_hand(void **state) {
    (void)state;
    size_t found[3] = {0};
    json_exchange_all("{\"a\":0}", 7, count_some, found);
    assert_int_equal(found[0], 18 + 18 + 1);
    assert_int_equal(found[1], 1);
    assert_int_equal(found[2], 2);
}

/* Which file is changed, of which the rest stays as it is. */
typedef struct exchange {
    gaze_tokenizer_files *files;
    const char **text; /* the member of `files` */
    size_t *size;
    size_t opened, refused;
} exchange;

static void open_changed(void *context, const char *json, size_t length) {
    exchange *e = context;
    gaze_error err = {0};
    *e->text = json;
    *e->size = length;
    const gaze_status status = tokenizer_do_everything(e->files, &err);
    assert_int_equal(status, err.code);
    assert_true(!status || err.message[0]);
    *(status ? &e->refused : &e->opened) += 1;
}

static void exchange_all(gaze_tokenizer_files *files, const char **text, size_t *size) {
    exchange e = {files, text, size, 0, 0};
    json_exchange_all(*text, *size, open_changed, &e);
    assert_true(e.opened > 0 && e.refused > 0);
}

/* In each place of each file something of another kind, or nothing: opened, or refused with a message. */
static void other_kinds(void **state) {
    (void)state;
    for (size_t i = 0; i < TOKENIZER_PIPELINES; i++) {
        gaze_tokenizer_files files = {.tokenizer_json = tokenizer_pipelines[i].json,
                                      .tokenizer_json_size = tokenizer_pipelines[i].size};
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
                                  .tokenizer_config_json = byte_config,
                                  .tokenizer_config_json_size = sizeof byte_config - 1};
    gaze_tokenizer_files files = whole;
    exchange_all(&files, &files.vocab_json, &files.vocab_json_size);
    files = whole;
    exchange_all(&files, &files.tokenizer_config_json, &files.tokenizer_config_json_size);
    files = whole;
    exchange_all(&files, &files.special_tokens_map_json, &files.special_tokens_map_json_size);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(other_kinds),
        cmocka_unit_test(other_kinds_beside_merges_txt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
