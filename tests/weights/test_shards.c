/* weights/shards: an index by hand, what it may not say, and shards that do not hold what it says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/buffer.h"
#include "tests/support/exact_copy.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"
#include "weights/model.h"
#include "weights/shards.h"

/* Reading the index ---------------------------------------------------------------------------------- */

static gaze_status parse_bytes(const char *text, size_t length, gaze_error *err) {
    gaze_shard_index index;
    char *exact = exact_copy(text, length);
    gaze_status status = gaze_shard_index_parse(&index, exact, length, err);
    gaze_shard_index_deinit(&index);
    free(exact);
    return status;
}

/* Three tensors in two files; the first file is that of the first tensor. */
static void an_index_by_hand(void **state) {
    (void)state;
    const char *text = "{\"metadata\": {\"total_size\": 24}, \"weight_map\": {\"a\": \"two.safetensors\", "
                       "\"b\": \"one.safetensors\", \"c\": \"two.safetensors\"}}";
    gaze_shard_index index;
    assert_int_equal(gaze_shard_index_parse(&index, text, strlen(text), NULL), GAZE_OK);
    assert_int_equal(index.files.count, 2);
    assert_string_equal(index.files.items[0], "two.safetensors");
    assert_string_equal(index.files.items[1], "one.safetensors");
    assert_true(index.has_total_size);
    assert_int_equal(index.total_size, 24);
    gaze_shard_index_deinit(&index);
}

static void names_that_are_no_file_names(void **state) {
    (void)state;
    static const struct {
        const char *shard;
        gaze_status status;
    } cases[] = {
        {"a.safetensors", GAZE_OK},
        {"..safetensors", GAZE_OK}, /* a file, if an odd one */
        {"a b\xC3\xA9.safetensors", GAZE_OK},
        {"/etc/a.safetensors", GAZE_ERROR_NAME},
        {"../a.safetensors", GAZE_ERROR_NAME},
        {"sub/a.safetensors", GAZE_ERROR_NAME},
        {"sub\\\\a.safetensors", GAZE_ERROR_NAME},
        {".", GAZE_ERROR_NAME},
        {"..", GAZE_ERROR_NAME},
        {"", GAZE_ERROR_NAME},
        {".safetensors", GAZE_ERROR_NAME},
        {"a.safetensors\\u0000", GAZE_ERROR_NAME},
        {"a\\u0000b.safetensors", GAZE_ERROR_NAME},
        {"pytorch_model.bin", GAZE_ERROR_NAME},
        {"a.safetensors.bin", GAZE_ERROR_NAME},
        {"a.SAFETENSORS", GAZE_ERROR_NAME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        snprintf(text, sizeof text, "{\"weight_map\": {\"t\": \"%s\"}}", cases[i].shard);
        assert_int_equal(parse_bytes(text, strlen(text), NULL), cases[i].status);
    }
}

/* 255 bytes are what file systems allow. */
static void the_longest_name(void **state) {
    (void)state;
    for (int length = 255; length <= 256; length++) {
        gaze_buffer text = {0};
        gaze_buffer_puts(&text, "{\"weight_map\": {\"t\": \"");
        for (int i = 0; i < length - 12; i++) gaze_buffer_putc(&text, 'n');
        gaze_buffer_puts(&text, ".safetensors\"}}");
        gaze_status expected = length > 255 ? GAZE_ERROR_NAME : GAZE_OK;
        assert_int_equal(parse_bytes(text.data, text.length, NULL), expected);
        gaze_buffer_deinit(&text);
    }
}

static void what_is_no_index(void **state) {
    (void)state;
    static const struct {
        const char *text;
        gaze_status status;
    } cases[] = {
        {"{\"weight_map\": {}}", GAZE_OK},
        {"{\"weight_map\": {}, \"metadata\": null}", GAZE_OK},
        {"{}", GAZE_ERROR_SCHEMA},
        {"[]", GAZE_ERROR_SCHEMA},
        {"{\"weight_map\": []}", GAZE_ERROR_SCHEMA},
        {"{\"weight_map\": null}", GAZE_ERROR_SCHEMA},
        {"{\"weight_map\": {\"t\": 1}}", GAZE_ERROR_SCHEMA},
        {"{\"weight_map\": {\"t\": [\"a.safetensors\"]}}", GAZE_ERROR_SCHEMA},
        {"{\"weight_map\": {\"t\": \"a.safetensors\", \"t\": \"a.safetensors\"}}", GAZE_ERROR_DUPLICATE},
        {"{\"weight_map\": {\"t\": \"a.safetensors\", \"\\u0074\": \"b.safetensors\"}}",
         GAZE_ERROR_DUPLICATE},
        {"{\"weight_map\": {\"t\": \"a.safetensors\"}", GAZE_ERROR_JSON_EOF},
        {"{'weight_map': {}}", GAZE_ERROR_JSON_SYNTAX},
        {"", GAZE_ERROR_JSON_EOF},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(parse_bytes(cases[i].text, strlen(cases[i].text), NULL), cases[i].status);
}

/* A message per field: name, found, expected. */
static void what_the_messages_say(void **state) {
    (void)state;
    gaze_error err;
    const char *path = "{\"weight_map\": {\"t\": \"../../etc/passwd\"}}";
    assert_int_equal(parse_bytes(path, strlen(path), &err), GAZE_ERROR_NAME);
    assert_string_equal(err.message, "shard '../../etc/passwd', expected the name of a .safetensors file, "
                                     "without a directory");
    const char *number = "{\"weight_map\": {\"t\": 5}}";
    assert_int_equal(parse_bytes(number, strlen(number), &err), GAZE_ERROR_SCHEMA);
    assert_string_equal(err.message, "weight_map: a number, expected the names of files");
    assert_int_equal(parse_bytes("{}", 2, &err), GAZE_ERROR_SCHEMA);
    assert_string_equal(err.message, "weight_map: nothing, expected an object");
}

/* 10,000 shards are refused, and 100,000 tensors are read fast. */
static void how_many(void **state) {
    (void)state;
    for (int shards = 1000; shards <= 10000; shards *= 10) {
        gaze_buffer text = {0};
        gaze_buffer_puts(&text, "{\"weight_map\": {\"t\": \"m.safetensors\"");
        for (int i = 0; i < 100000; i++)
            gaze_buffer_printf(&text, ", \"t%d\": \"model-%d.safetensors\"", i, i % shards);
        gaze_buffer_puts(&text, "}}");
        gaze_status expected = shards > 1024 ? GAZE_ERROR_LIMIT : GAZE_OK;
        assert_int_equal(parse_bytes(text.data, text.length, NULL), expected);
        gaze_buffer_deinit(&text);
    }
}

/* Said to be longer than an index may be; not a byte of it is read. */
static void an_index_that_is_too_long(void **state) {
    (void)state;
    gaze_shard_index index;
    assert_int_equal(gaze_shard_index_parse(&index, "{}", GAZE_SHARDS_MAX_INDEX + 1, NULL), GAZE_ERROR_LIMIT);
}

static gaze_status parse_one(void *context) {
    (void)context;
    const char *text = "{\"weight_map\": {\"t\": \"a.safetensors\"}}";
    return parse_bytes(text, strlen(text), NULL);
}

static void reading_without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(parse_one, NULL) >= 6);
}

/* Whole models --------------------------------------------------------------------------------------- */

/* A tiny model in two shards: tensors [0, split) in the first. Its index lists every tensor with its shard,
 * and can be changed before it is written. */
typedef struct sharded {
    tiny_model tiny;
    size_t split;
    char *directory;
    gaze_model *model;
    gaze_error err;
} sharded;

static const char *shard_name(size_t shard) {
    return shard ? "model-00002-of-00002.safetensors" : "model-00001-of-00002.safetensors";
}

static void make_sharded(sharded *s) {
    gaze_buffer config = {0};
    tiny_model_init(&s->tiny, NULL);
    s->split = 20;
    s->directory = tmpdir_make();
    s->model = NULL;
    tiny_model_put_config(&config, &s->tiny, NULL);
    tmpdir_write(s->directory, "config.json", config.data, config.length);
    gaze_buffer_deinit(&config);
    tiny_model_write_shard(&s->tiny, s->directory, shard_name(0), 0, s->split);
    tiny_model_write_shard(&s->tiny, s->directory, shard_name(1), s->split, s->tiny.count);
}

/* Writes the index without the tensor `left_out`, with the tensor `moved` in the other shard, with `more`
 * behind the last entry; then opens the model. */
static gaze_status open_sharded(sharded *s, size_t left_out, size_t moved, const char *more,
                                size_t total_size) {
    gaze_buffer index = {0};
    gaze_buffer_printf(&index, "{\"metadata\": {\"total_size\": %zu}, \"weight_map\": {", total_size);
    const char *comma = "";
    for (size_t i = 0; i < s->tiny.count; i++) {
        if (i == left_out) continue;
        gaze_buffer_printf(&index, "%s\"%s\": \"%s\"", comma, s->tiny.tensors[i].name,
                           shard_name((i >= s->split) != (i == moved)));
        comma = ", ";
    }
    gaze_buffer_printf(&index, "%s}}", more);
    tmpdir_write(s->directory, "model.safetensors.index.json", index.data, index.length);
    gaze_buffer_deinit(&index);
    return gaze_model_open(&s->model, s->directory, NULL, &s->err);
}

/* The message without the directory. */
static const char *message(const sharded *s) {
    return s->err.message + strlen(s->directory) + 1;
}

static void free_sharded(sharded *s) {
    gaze_model_close(s->model);
    tiny_model_deinit(&s->tiny);
    tmpdir_remove(s->directory);
}

static size_t total_size(const sharded *s) {
    size_t total = 0;
    for (size_t i = 0; i < s->tiny.count; i++) total += gaze_tensor_size(&s->tiny.tensors[i].tensor);
    return total;
}

enum { NONE = 1000 };

static void a_sharded_model(void **state) {
    (void)state;
    sharded s;
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, NONE, NONE, "", total_size(&s)), GAZE_OK);
    assert_int_equal(gaze_model_tensor_count(s.model), s.tiny.count);
    assert_int_equal(gaze_model_notice_count(s.model), 0);
    assert_string_equal(gaze_model_tensor_at(s.model, 0)->file, shard_name(0));
    free_sharded(&s);
}

static void a_wrong_total_size_is_only_noticed(void **state) {
    (void)state;
    sharded s;
    char expected[160];
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, NONE, NONE, "", 5), GAZE_OK);
    assert_int_equal(gaze_model_notice_count(s.model), 1);
    snprintf(expected, sizeof expected,
             "model.safetensors.index.json: total_size is 5 bytes, but the tensors have %zu", total_size(&s));
    assert_string_equal(gaze_model_notice_at(s.model, 0), expected);
    free_sharded(&s);
}

static void a_shard_is_missing(void **state) {
    (void)state;
    sharded s;
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, NONE, NONE, ", \"x\": \"model-00003.safetensors\"", 0),
                     GAZE_ERROR_NOT_FOUND);
    assert_string_equal(message(&s), "model-00003.safetensors: cannot open: No such file or directory");
    free_sharded(&s);
}

static void a_tensor_that_is_not_listed(void **state) {
    (void)state;
    sharded s;
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, 30, NONE, "", 0), GAZE_ERROR_FORMAT);
    assert_non_null(strstr(message(&s), "of model-00002-of-00002.safetensors is not listed"));
    free_sharded(&s);
}

static void a_tensor_that_is_listed_elsewhere(void **state) {
    (void)state;
    sharded s;
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, NONE, 0, "", 0), GAZE_ERROR_FORMAT);
    assert_string_equal(message(&s),
                        "model.safetensors.index.json: tensor 'embeddings.word_embeddings.weight' is "
                        "listed for model-00002-of-00002.safetensors, but stands in "
                        "model-00001-of-00002.safetensors");
    free_sharded(&s);
}

static void a_tensor_that_is_not_there(void **state) {
    (void)state;
    sharded s;
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, NONE, NONE, ", \"x\": \"model-00001-of-00002.safetensors\"", 0),
                     GAZE_ERROR_NOT_FOUND);
    assert_string_equal(message(&s), "model.safetensors.index.json: tensor 'x' is listed for "
                                     "model-00001-of-00002.safetensors, which lacks it");
    free_sharded(&s);
}

static void a_tensor_in_two_shards(void **state) {
    (void)state;
    sharded s;
    make_sharded(&s);
    tiny_model_write_shard(&s.tiny, s.directory, shard_name(1), s.split - 1, s.tiny.count);
    assert_int_equal(open_sharded(&s, NONE, NONE, "", 0), GAZE_ERROR_DUPLICATE);
    assert_non_null(strstr(s.err.message, "stands in model-0000"));
    free_sharded(&s);
}

static void the_memory_limit_counts_all_shards(void **state) {
    (void)state;
    sharded s;
    gaze_model *model;
    make_sharded(&s);
    assert_int_equal(open_sharded(&s, NONE, NONE, "", total_size(&s)), GAZE_OK);
    gaze_model_options options = {.memory_limit = total_size(&s)}; /* their headers do not fit */
    assert_int_equal(gaze_model_open(&model, s.directory, &options, &s.err), GAZE_ERROR_LIMIT);
    free_sharded(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_by_hand),
        cmocka_unit_test(names_that_are_no_file_names),
        cmocka_unit_test(the_longest_name),
        cmocka_unit_test(what_is_no_index),
        cmocka_unit_test(what_the_messages_say),
        cmocka_unit_test(how_many),
        cmocka_unit_test(an_index_that_is_too_long),
        cmocka_unit_test(reading_without_memory),
        cmocka_unit_test(a_sharded_model),
        cmocka_unit_test(a_wrong_total_size_is_only_noticed),
        cmocka_unit_test(a_shard_is_missing),
        cmocka_unit_test(a_tensor_that_is_not_listed),
        cmocka_unit_test(a_tensor_that_is_listed_elsewhere),
        cmocka_unit_test(a_tensor_that_is_not_there),
        cmocka_unit_test(a_tensor_in_two_shards),
        cmocka_unit_test(the_memory_limit_counts_all_shards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
