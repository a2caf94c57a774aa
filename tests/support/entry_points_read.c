/* What opens and parses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/line_reader.h"
#include "core/base/memory.h"
#include "core/base/system.h"
#include "tests/support/entry_points.h"
#include "tools/pipeline/inputs.h"
#include "weights/model_dir.h"
#include "weights/npz.h"
#include "weights/shards.h"

#define MODELS "tests/data/models/"

static gaze_status open_model(const char *directory, bool read, uint32_t *first) {
    const gaze_model_options options = {.read = read};
    gaze_model *model = NULL;
    gaze_error err = {0};
    gaze_status status = gaze_model_open(&model, directory, &options, &err);
    assert_int_equal(err.code, status);
    assert_int_equal(status == GAZE_OK, model != NULL);
    if (model) {
        const gaze_tensor *words = &gaze_model_params(model)->word_embeddings;
        same_result(first, words->data, gaze_tensor_size(words));
    }
    gaze_model_close(model);
    return status;
}

static gaze_status map_model(void *context) {
    static uint32_t first;
    (void)context;
    return open_model(MODELS "hidden-20", false, &first);
}

static gaze_status read_model(void *context) {
    static uint32_t first;
    (void)context;
    return open_model(MODELS "hidden-20", true, &first);
}

static gaze_status read_shards(void *context) {
    static uint32_t first;
    (void)context;
    return open_model(MODELS "quick-gelu-shards", true, &first);
}

static gaze_status find_model(const char *name, uint32_t *first) {
    char *directory = NULL;
    gaze_error err = {0};
    gaze_status status = gaze_model_dir_find(&directory, name, &err);
    assert_int_equal(err.code, status);
    assert_int_equal(status == GAZE_OK, directory != NULL);
    if (directory) same_result(first, directory, strlen(directory));
    gaze_free(directory);
    return status;
}

static gaze_status find_in_cache(void *context) {
    static uint32_t first;
    (void)context;
    return find_model("org/tiny", &first);
}

static gaze_status find_newest_in_cache(void *context) {
    static uint32_t first;
    (void)context;
    return find_model("org/lost", &first);
}

static gaze_status open_tokenizer(const char *directory, uint32_t *first) {
    gaze_tokenizer *tokenizer = NULL;
    gaze_error err = {0};
    gaze_status status = gaze_tokenizer_open(&tokenizer, directory, &err);
    assert_int_equal(err.code, status);
    assert_int_equal(status == GAZE_OK, tokenizer != NULL);
    if (tokenizer) {
        size_t length;
        int32_t last = (int32_t)gaze_tokenizer_vocab_size(tokenizer) - 1;
        const char *token = gaze_tokenizer_id_to_token(tokenizer, last, &length);
        same_result(first, token, length);
    }
    gaze_tokenizer_close(tokenizer);
    return status;
}

static gaze_status open_tokenizer_json(void *context) {
    static uint32_t first;
    (void)context;
    return open_tokenizer(MODELS "hidden-20", &first);
}

static gaze_status open_tokenizer_vocab(void *context) {
    static uint32_t first;
    (void)context;
    return open_tokenizer(MODELS "hidden-36-f16", &first);
}

static gaze_status open_pipeline(void *context) {
    gaze_pipeline *pipeline = NULL;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_pipeline_open(&pipeline, MODELS "hidden-20", &err);
    assert_int_equal(err.code, status);
    assert_int_equal(status == GAZE_OK, pipeline != NULL);
    gaze_pipeline_close(pipeline);
    return status;
}

static gaze_status open_npz(void *context) {
    static uint32_t first;
    gaze_npz npz;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_npz_open(&npz, "tests/data/weights/stored.npz", &err);
    assert_int_equal(err.code, status);
    if (!status) same_result(&first, npz.arrays[0].tensor.data, gaze_tensor_size(&npz.arrays[0].tensor));
    if (status) assert_null(npz.arrays);
    gaze_npz_deinit(&npz);
    return status;
}

static gaze_status parse_json(void *context) {
    static const char text[] = "{\"a\": [1, 2.5, \"x\"], \"b\": {\"c\": null}, \"a\": 3}";
    gaze_json *json = NULL;
    const gaze_json_value *twice = NULL;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_json_parse(&json, text, sizeof text - 1, NULL, &err);
    assert_int_equal(status == GAZE_OK, json != NULL);
    if (!status) status = gaze_json_find_duplicate(gaze_json_root(json), &twice, &err);
    if (!status) assert_int_equal(twice->offset, 39);
    assert_int_equal(err.code, status);
    gaze_json_free(json);
    return status;
}

static gaze_status parse_index(void *context) {
    static const char text[] = "{\"metadata\": {\"total_size\": 8}, \"weight_map\": {\"a\": \"1.safetensors\", "
                               "\"b\": \"2.safetensors\"}}";
    gaze_shard_index index;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_shard_index_parse(&index, text, sizeof text - 1, &err);
    assert_int_equal(err.code, status);
    assert_int_equal(index.files.count, status ? 0 : 2);
    gaze_shard_index_deinit(&index);
    return status;
}

static gaze_status read_lines(void *context) {
    gaze_input_list list = {0};
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_input_list_read(&list, entry_points_path("lines"), false, &err);
    assert_int_equal(err.code, status);
    if (!status) assert_int_equal(list.count, 3);
    if (!status) assert_memory_equal(list.items[2].text, "caf\xC3\xA9", 5);
    gaze_input_list_deinit(&list);
    return status;
}

/* A stream that ends early is a shorter stream: nothing can notice that. */
static gaze_status read_stream(void *context) {
    static const char whole[] = "\"The cat\"";
    gaze_file file;
    gaze_error err = {0};
    int descriptor = open(entry_points_path("lines"), O_RDONLY);
    (void)context;
    assert_true(descriptor >= 0);
    gaze_status status = gaze_file_read_stream(&file, descriptor, "a stream", 1 << 20, &err);
    close(descriptor);
    assert_int_equal(err.code, status);
    if (status) assert_null(file.data);
    if (!status && file.size >= sizeof whole - 1) assert_memory_equal(file.data, whole, sizeof whole - 1);
    gaze_file_close(&file);
    return status;
}

/* Likewise. */
static gaze_status next_line(void *context) {
    gaze_line_reader reader;
    const char *line;
    size_t length, lines = 0;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_line_reader_open(&reader, entry_points_path("lines"), &err);
    while (!status && !(status = gaze_line_reader_next(&reader, &line, &length, &err)) && line) lines++;
    assert_int_equal(err.code, status);
    assert_true(lines <= 3);
    gaze_line_reader_close(&reader);
    return status;
}

static bool count_name(void *context, const char *name) {
    (void)name;
    ++*(size_t *)context;
    return true;
}

static gaze_status list_directory(void *context) {
    size_t count = 0;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_directory_list(MODELS "hidden-20", count_name, &count, &err);
    assert_int_equal(err.code, status);
    assert_int_equal(count, status ? 0 : 6);
    return status;
}

const entry_point entry_points_read[] = {
    {"gaze_model_open, mapped", map_model, true},
    {"gaze_model_open, read", read_model, true},
    {"gaze_model_open, shards", read_shards, true},
    {"gaze_model_dir_find, refs/main", find_in_cache, true},
    {"gaze_model_dir_find, newest", find_newest_in_cache, true},
    {"gaze_tokenizer_open, tokenizer.json", open_tokenizer_json, true},
    {"gaze_tokenizer_open, vocab.txt", open_tokenizer_vocab, true},
    {"gaze_pipeline_open", open_pipeline, true},
    {"gaze_npz_open", open_npz, true},
    {"gaze_json_parse", parse_json, false},
    {"gaze_shard_index_parse", parse_index, false},
    {"gaze_input_list_read", read_lines, true},
    {"gaze_file_read_stream", read_stream, true},
    {"gaze_line_reader_next", next_line, true},
    {"gaze_directory_list", list_directory, true},
};
const size_t entry_points_read_count = sizeof entry_points_read / sizeof *entry_points_read;
