/* tools/pipeline: records read back, ours and Hugging Face's, and files that are no records. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tmpdir.h"
#include "tools/pipeline/dump.h"
#include "tools/pipeline/source.h"
#include "weights/npz.h"

#define TINY "tests/data/models/tiny-bert"

/* A file by hand ------------------------------------------------------------------------------------- */

/* Two inputs of 3 places, the second of 2 tokens, one of them padding at the left:
 *
 *     input 0   a b c            attentions of the one head: .1 .2 .3 / .4 .5 .6 / .7 .8 .9
 *     input 1   (padding) d e                                 0  0  0 /  0 .1 .2 /  0 .3 .4
 */
static const float squares[] = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 0, 0, 0, 0, .1f, .2f, 0, .3f, .4f};
static const float rows[] = {1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10};
static const int64_t ids[] = {11, 12, 13, 0, 14, 15}, mask[] = {1, 1, 1, 0, 1, 1}, types[] = {0, 0, 1, 0, 0, 0};

static const char META[] = "{\"model\": \"/models/tiny/\", \"texts\": [[\"a b\", \"c\"], \"d\\u00e9e\"],"
                           " \"tokens\": [[\"a\", \"b\", \"c\"], [\"d\\u00e9\", \"##e\"]],"
                           " \"spans\": [[[0, 1], [2, 3], [0, 1]], [[0, 2], [2, 3]]],"
                           " \"sequence_ids\": [[0, 0, 1], [0, 0]]}";

enum { ARRAYS = 6 };

/* The file's arrays, to be changed by a test. */
typedef struct file {
    gaze_named_tensor arrays[ARRAYS];
    char *directory, *path;
} file;

static file make_file(const char *meta) {
    return (file){.arrays = {{"input_ids", {ids, GAZE_DTYPE_I64, 2, {2, 3}}},
                             {"attention_mask", {mask, GAZE_DTYPE_I64, 2, {2, 3}}},
                             {"token_type_ids", {types, GAZE_DTYPE_I64, 2, {2, 3}}},
                             {"attentions.1", {squares, GAZE_DTYPE_F32, 4, {2, 1, 3, 3}}},
                             {"queries.1", {rows, GAZE_DTYPE_F32, 4, {2, 1, 3, 2}}},
                             {"meta", {meta, GAZE_DTYPE_U8, 1, {strlen(meta)}}}}};
}

static void write_file(file *f) {
    gaze_buffer npz = {0};
    gaze_error err = {0};
    if (gaze_npz_write(&npz, f->arrays, ARRAYS, false, &err)) fail_msg("%s", err.message);
    f->directory = tmpdir_make();
    f->path = gaze_path_join(f->directory, "record.npz");
    assert_int_equal(gaze_file_write(f->path, npz.data, npz.length, &err), GAZE_OK);
    gaze_buffer_deinit(&npz);
}

static void remove_file(file *f) {
    gaze_free(f->path);
    tmpdir_remove(f->directory);
}

static gaze_source read_input(const file *f, size_t input, unsigned what) {
    gaze_source source;
    gaze_error err = {0};
    bool layers[2] = {false, true};
    gaze_source_options options = {.what = what, .layers = layers};
    if (gaze_source_open_record(&source, f->path, input, &err)) fail_msg("%s", err.message);
    if (gaze_source_read(&source, &options, &err)) fail_msg("%s", err.message);
    return source;
}

static void assert_floats(const float *got, const float *want, size_t count) {
    assert_non_null(got);
    for (size_t i = 0; i < count; i++) assert_true(got[i] == want[i]);
}

static void the_first_input(void **state) {
    (void)state;
    file f = make_file(META);
    write_file(&f);
    gaze_source s = read_input(&f, 0, GAZE_RECORD_ATTENTIONS);
    assert_int_equal(s.layers, 2);
    assert_int_equal(s.heads, 1);
    assert_string_equal(s.model, "tiny");
    assert_string_equal(s.note, "input 0 of 2, counted from 0");
    assert_int_equal(s.tokens->count, 3);
    assert_string_equal(s.tokens->strings[2], "c");
    assert_int_equal(s.tokens->ids[1], 12);
    assert_int_equal(s.tokens->type_ids[2], 1);
    assert_int_equal(s.tokens->sequence_ids[2], 1);
    assert_string_equal(s.input.pair, "c");
    assert_floats(gaze_source_attentions(&s, 1), squares, 9);
    assert_null(gaze_source_attentions(&s, 0));
    assert_null(gaze_source_queries(&s, 1));
    gaze_source_close(&s);
    remove_file(&f);
}

static void padding_is_left_behind(void **state) {
    (void)state;
    static const float want[] = {.1f, .2f, .3f, .4f};
    file f = make_file(META);
    f.arrays[5].name = "keys.1"; /* an archive may hold meta anywhere */
    f.arrays[5].tensor = f.arrays[4].tensor;
    f.arrays[4] = (gaze_named_tensor){"meta", {META, GAZE_DTYPE_U8, 1, {sizeof META - 1}}};
    f.arrays[2] = (gaze_named_tensor){"queries.1", f.arrays[5].tensor};
    f.arrays[0] = (gaze_named_tensor){"values.1", f.arrays[5].tensor};
    write_file(&f);
    gaze_source s = read_input(&f, 1, GAZE_RECORD_ATTENTIONS | GAZE_RECORD_QKV);
    assert_int_equal(s.tokens->count, 2);
    assert_floats(gaze_source_attentions(&s, 1), want, 4);
    assert_floats(gaze_source_queries(&s, 1), rows + 8, 4);
    assert_floats(gaze_source_values(&s, 1), rows + 8, 4);
    assert_int_equal(gaze_source_head_size(&s), 2);
    assert_int_equal(gaze_source_hidden_size(&s), 0);
    gaze_source_close(&s);
    remove_file(&f);
}

/* Spans count code points: "é" is one of them and two bytes. Without word ids "##e" continues its word. */
static void spans_become_bytes(void **state) {
    (void)state;
    file f = make_file(META);
    write_file(&f);
    gaze_source s = read_input(&f, 1, 0);
    assert_int_equal(s.tokens->bytes[0].end, 3);
    assert_int_equal(s.tokens->bytes[1].start, 3);
    assert_int_equal(s.tokens->bytes[1].end, 4);
    assert_int_equal(s.tokens->word_ids[0], 0);
    assert_int_equal(s.tokens->word_ids[1], 0);
    gaze_source_close(&s);
    remove_file(&f);
}

/* An older file: no word ids, no sequence ids; special tokens have empty spans. */
static void what_older_files_leave_out(void **state) {
    (void)state;
    static const char meta[] = "{\"texts\": [[\"a\", \"b\"], \"\"], \"tokens\": [[\"a\", \"[SEP]\", \"b\"], [\"d\", \"e\"]],"
                               " \"spans\": [[[0, 1], [0, 0], [0, 1]], [[0, 1], [1, 2]]]}";
    file f = make_file(meta);
    write_file(&f);
    gaze_source s = read_input(&f, 0, 0);
    assert_null(s.model);
    assert_true(!s.tokens->special[0] && s.tokens->special[1] && !s.tokens->special[2]);
    assert_int_equal(s.tokens->sequence_ids[0], 0);
    assert_int_equal(s.tokens->sequence_ids[2], 1);
    assert_int_equal(s.tokens->word_ids[1], GAZE_NO_WORD);
    gaze_source_close(&s);
    remove_file(&f);
}

/* Files that are refused ----------------------------------------------------------------------------- */

static void refuses(file *f, size_t input, gaze_status expected, const char *words) {
    gaze_error err = {0};
    gaze_source source;
    bool layers[2] = {true, true};
    write_file(f);
    gaze_status status = gaze_source_open_record(&source, f->path, input, &err);
    if (!status) {
        status = gaze_source_read(&source, &(gaze_source_options){.layers = layers}, &err);
        gaze_source_close(&source);
    }
    if (status != expected || !strstr(err.message, words) || !strstr(err.message, "record.npz"))
        fail_msg("status %s: %s\n  expected: %s", gaze_status_name(status), err.message, words);
    remove_file(f);
}

static void arrays_that_do_not_fit(void **state) {
    (void)state;
    file f = make_file(META);
    refuses(&f, 0, GAZE_ERROR_NOT_FOUND, "attentions.0 is not in the file; it has attentions of layers: 1");
    f = make_file(META);
    f.arrays[3].name = "attentions.x";
    refuses(&f, 0, GAZE_ERROR_NOT_FOUND, "no attentions.0");
    f = make_file(META);
    f.arrays[3].tensor = (gaze_tensor){squares, GAZE_DTYPE_F32, 4, {1, 2, 3, 3}};
    refuses(&f, 0, GAZE_ERROR_SHAPE, "attentions.1: shape [1, 2, 3, 3], expected (2, heads, tokens, tokens)");
    f = make_file(META);
    f.arrays[3].tensor = (gaze_tensor){squares, GAZE_DTYPE_F32, 3, {2, 3, 3}};
    refuses(&f, 0, GAZE_ERROR_SHAPE, "attentions.1");
    f = make_file(META);
    f.arrays[1].tensor = (gaze_tensor){mask, GAZE_DTYPE_I64, 2, {1, 6}};
    refuses(&f, 0, GAZE_ERROR_SHAPE, "attention_mask: shape [1, 6], expected (2, 3)");
    f = make_file(META);
    f.arrays[1].name = "mask";
    refuses(&f, 1, GAZE_ERROR_SHAPE, "3 places hold tokens, meta names 2");
    f = make_file(META);
    f.arrays[0] = (gaze_named_tensor){"attentions.0", {rows, GAZE_DTYPE_F32, 4, {2, 2, 1, 1}}};
    refuses(&f, 0, GAZE_ERROR_SHAPE, "");
}

static void meta_that_is_none(void **state) {
    (void)state;
    static const struct {
        const char *meta;
        gaze_status status;
        const char *words;
    } cases[] = {
        {"{}", GAZE_ERROR_NOT_FOUND, "meta has no 'tokens'"},
        {"{", GAZE_ERROR_JSON_EOF, "meta"},
        {"[]", GAZE_ERROR_NOT_FOUND, "meta has no 'tokens'"},
        {"{\"tokens\": 3}", GAZE_ERROR_SCHEMA, "'tokens' is a number"},
        {"{\"tokens\": []}", GAZE_ERROR_ARGUMENT, "there is no input 0; the file holds 0"},
        {"{\"tokens\": [[], []]}", GAZE_ERROR_SCHEMA, "expected an array of strings"},
        {"{\"tokens\": [[1, 2, 3], []]}", GAZE_ERROR_SCHEMA, "token 0 is a number, expected a string"},
        {"{\"tokens\": [[\"a\", \"b\", \"c\"], []], \"spans\": [[[0, 1]], []]}", GAZE_ERROR_SCHEMA, "array of 3"},
        {"{\"tokens\": [[\"a\"], []], \"spans\": [[[2, 1]], []]}", GAZE_ERROR_SCHEMA, "span 0"},
        {"{\"tokens\": [[\"a\"], []], \"spans\": [[[-2, 1]], []]}", GAZE_ERROR_SCHEMA, "span 0"},
        {"{\"tokens\": [[\"a\"], []], \"word_ids\": [[1.5], []]}", GAZE_ERROR_SCHEMA, "id of token 0"},
        {"{\"tokens\": [[\"a\"], []], \"word_ids\": {}}", GAZE_ERROR_SCHEMA, "word_ids"},
        {"{\"tokens\": [[\"a\", \"b\"], []]}", GAZE_ERROR_SHAPE, "3 places hold tokens, meta names 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        file f = make_file(cases[i].meta);
        refuses(&f, 0, cases[i].status, cases[i].words);
    }
    file f = make_file(META);
    refuses(&f, 2, GAZE_ERROR_ARGUMENT, "there is no input 2; the file holds 2");
    f = make_file(META);
    f.arrays[5].name = "Meta";
    refuses(&f, 0, GAZE_ERROR_NOT_FOUND, "no array 'meta'");
}

static void a_file_that_is_no_archive(void **state) {
    (void)state;
    gaze_error err = {0};
    gaze_source source;
    assert_int_equal(gaze_source_open_record(&source, "tests/data/absent.npz", 0, &err), GAZE_ERROR_NOT_FOUND);
    assert_int_not_equal(gaze_source_open_record(&source, TINY "/config.json", 0, &err), GAZE_OK);
    assert_non_null(strstr(err.message, "config.json"));
}

/* Round trips ---------------------------------------------------------------------------------------- */

static void same_token(const gaze_tokens *a, const gaze_tokens *b, size_t i) {
    gaze_token x = gaze_tokens_at(a, i), y = gaze_tokens_at(b, i);
    assert_string_equal(x.string, y.string);
    assert_int_equal(x.id, y.id);
    assert_int_equal(x.bytes.start, y.bytes.start);
    assert_int_equal(x.bytes.end, y.bytes.end);
    assert_int_equal(x.word_id, y.word_id);
    assert_int_equal(x.type_id, y.type_id);
    assert_int_equal(x.sequence_id, y.sequence_id);
    assert_int_equal(x.special, y.special);
}

/* A batch of two, dumped, read back: everything that a figure needs is as the model gave it. */
static void what_was_dumped_is_read_back(void **state) {
    (void)state;
    static const gaze_input inputs[2] = {
        {.text = "The cat sat.", .text_length = 12},
        {.text = "It was unb\u00FCrdened, \U0001F431!", .text_length = 25, .pair = "Why?", .pair_length = 4}};
    gaze_error err = {0};
    gaze_pipeline *pipeline = NULL;
    gaze_run run = {0};
    gaze_source direct, stored;
    gaze_run_options options = {.what = GAZE_RECORD_ALL};
    char *directory = tmpdir_make(), *path = gaze_path_join(directory, "d.npz");
    assert_int_equal(gaze_pipeline_open(&pipeline, TINY, &err), GAZE_OK);
    assert_int_equal(gaze_pipeline_run(&run, pipeline, inputs, 2, &options, &err), GAZE_OK);
    assert_int_equal(gaze_dump_write(path, &run, pipeline, inputs, GAZE_DUMP_ALL, &err), GAZE_OK);
    for (size_t i = 0; i < 2; i++) {
        gaze_source_use(&direct, pipeline);
        assert_int_equal(gaze_source_open_record(&stored, path, i, &err), GAZE_OK);
        gaze_source_options read = {.input = inputs[i], .what = GAZE_RECORD_ALL};
        assert_int_equal(gaze_source_read(&direct, &read, &err), GAZE_OK);
        assert_int_equal(gaze_source_read(&stored, &read, &err), GAZE_OK);
        size_t T = direct.tokens->count, H = direct.heads, K = gaze_source_head_size(&direct);
        assert_int_equal(stored.tokens->count, T);
        assert_int_equal(gaze_source_head_size(&stored), K);
        assert_int_equal(gaze_source_hidden_size(&stored), gaze_source_hidden_size(&direct));
        assert_int_equal(stored.input.text_length, inputs[i].text_length);
        assert_memory_equal(stored.input.text, inputs[i].text, inputs[i].text_length);
        assert_string_equal(stored.model, direct.model);
        for (size_t t = 0; t < T; t++) same_token(direct.tokens, stored.tokens, t);
        assert_floats(gaze_source_attentions(&stored, 3), gaze_source_attentions(&direct, 3), H * T * T);
        assert_floats(gaze_source_scores(&stored, 0), gaze_source_scores(&direct, 0), H * T * T);
        assert_floats(gaze_source_keys(&stored, 2), gaze_source_keys(&direct, 2), H * T * K);
        assert_floats(gaze_source_hidden_state(&stored, 4), gaze_source_hidden_state(&direct, 4),
                      T * gaze_source_hidden_size(&direct));
        gaze_source_close(&direct);
        gaze_source_close(&stored);
    }
    gaze_run_deinit(&run);
    gaze_pipeline_close(pipeline);
    gaze_free(path);
    tmpdir_remove(directory);
}

/* Hugging Face's own numbers, as tools/export_hf.py wrote them. */
static void what_hugging_face_computed(void **state) {
    (void)state;
    gaze_error err = {0};
    gaze_source s;
    if (gaze_source_open_record(&s, TINY "/ref.npz", 0, &err)) fail_msg("%s", err.message);
    assert_int_equal(gaze_source_read(&s, &(gaze_source_options){.what = 0}, &err), GAZE_OK);
    assert_int_equal(s.layers, 4);
    assert_string_equal(s.model, "tiny-bert");
    assert_null(s.note);
    assert_string_equal(s.tokens->strings[2], "cat");
    assert_true(s.tokens->special[0] && !s.tokens->special[1]);
    gaze_source_close(&s);
}

static gaze_status read_and_close(void *path) {
    gaze_source s;
    gaze_status status = gaze_source_open_record(&s, path, 1, NULL);
    if (status) return status;
    status = gaze_source_read(&s, &(gaze_source_options){.layers = (bool[2]){false, true}}, NULL);
    gaze_source_close(&s);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    file f = make_file(META);
    write_file(&f);
    assert_true(fail_each_allocation(read_and_close, f.path) > 10);
    remove_file(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_input),
        cmocka_unit_test(padding_is_left_behind),
        cmocka_unit_test(spans_become_bytes),
        cmocka_unit_test(what_older_files_leave_out),
        cmocka_unit_test(arrays_that_do_not_fit),
        cmocka_unit_test(meta_that_is_none),
        cmocka_unit_test(a_file_that_is_no_archive),
        cmocka_unit_test(what_was_dumped_is_read_back),
        cmocka_unit_test(what_hugging_face_computed),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
