#include "tests/support/two_roads.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/file.h"

gaze_tokenizer *tokenizer_of_directory(const char *directory) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    if (gaze_tokenizer_open(&tokenizer, directory, &err)) fail_msg("%s", err.message);
    return tokenizer;
}

/* One that is not there is empty. */
static gaze_file read_file(const char *directory, const char *name) {
    gaze_file file;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    assert_int_equal(gaze_file_open_optional(&file, path, GAZE_FILE_READ, 0, NULL), GAZE_OK);
    return file;
}

gaze_tokenizer *tokenizer_of_old_files(const char *directory) {
    static const char *const names[] = {"vocab.txt", "vocab.json", "merges.txt", "tokenizer_config.json",
                                        "special_tokens_map.json"};
    gaze_file file[5];
    gaze_tokenizer *tokenizer;
    gaze_error err;
    for (size_t i = 0; i < 5; i++) file[i] = read_file(directory, names[i]);
    const gaze_tokenizer_files files = {
        .vocab_txt = (const char *)file[0].data,
        .vocab_txt_size = file[0].size,
        .vocab_json = (const char *)file[1].data,
        .vocab_json_size = file[1].size,
        .merges_txt = (const char *)file[2].data,
        .merges_txt_size = file[2].size,
        .tokenizer_config_json = (const char *)file[3].data,
        .tokenizer_config_json_size = file[3].size,
        .special_tokens_map_json = (const char *)file[4].data,
        .special_tokens_map_json_size = file[4].size,
    };
    if (gaze_tokenizer_open_files(&tokenizer, &files, &err)) fail_msg("%s", err.message);
    for (size_t i = 0; i < 5; i++) gaze_file_close(&file[i]);
    return tokenizer;
}

void assert_same_vocabulary(const gaze_tokenizer *x, const gaze_tokenizer *y) {
    assert_int_equal(gaze_tokenizer_vocab_size(x), gaze_tokenizer_vocab_size(y));
    for (size_t id = 0; id < gaze_tokenizer_vocab_size(x); id++) {
        const char *a = gaze_tokenizer_id_to_token(x, (int32_t)id, NULL);
        const char *b = gaze_tokenizer_id_to_token(y, (int32_t)id, NULL);
        assert_string_equal(a ? a : "hole", b ? b : "hole");
    }
}

void assert_same_encoding(const gaze_tokenizer *x, const gaze_tokenizer *y, const char *text, size_t length,
                          const char *pair) {
    gaze_tokens a = {0}, b = {0};
    assert_int_equal(gaze_tokenizer_encode(&a, x, text, length, pair, strlen(pair), NULL, NULL), GAZE_OK);
    assert_int_equal(gaze_tokenizer_encode(&b, y, text, length, pair, strlen(pair), NULL, NULL), GAZE_OK);
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++) assert_string_equal(a.strings[i], b.strings[i]);
    assert_memory_equal(a.ids, b.ids, a.count * sizeof *a.ids);
    assert_memory_equal(a.chars, b.chars, a.count * sizeof *a.chars);
    assert_memory_equal(a.word_ids, b.word_ids, a.count * sizeof *a.word_ids);
    assert_memory_equal(a.type_ids, b.type_ids, a.count * sizeof *a.type_ids);
    assert_memory_equal(a.special, b.special, a.count);
    gaze_tokens_deinit(&a);
    gaze_tokens_deinit(&b);
}
