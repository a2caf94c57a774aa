/* weights/npz: archives that NumPy wrote, in all their forms, and ours read again. That NumPy reads ours is
 * checked by tests/hf. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/bytes.h"
#include "core/base/deflate.h"
#include "tests/support/exact_copy.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tmpdir.h"
#include "weights/npy.h"
#include "weights/npz.h"
#include "weights/zip.h"
#include "weights/zip_format.h"

/* What NumPy wrote ----------------------------------------------------------------------------------- */

/* The arrays of tools/make_weights_fixtures.py: element i is (i + add) * scale. */
static const struct {
    const char *name;
    gaze_dtype dtype;
    size_t rank;
    size_t shape[3];
    float add, scale;
} sample[] = {
    {"f4", GAZE_DTYPE_F32, 2, {2, 3}, 0, 0.25F},
    {"f8", GAZE_DTYPE_F64, 2, {2, 3}, 0, 0.25F},
    {"f2", GAZE_DTYPE_F16, 2, {2, 3}, 0, 0.25F},
    {"i4", GAZE_DTYPE_I32, 2, {2, 3}, -2, 1},
    {"i8", GAZE_DTYPE_I64, 2, {2, 3}, -2, 1},
    {"i1", GAZE_DTYPE_I8, 2, {2, 3}, -2, 1},
    {"u1", GAZE_DTYPE_U8, 2, {2, 3}, 0, 50},
    {"big_f4", GAZE_DTYPE_F32, 2, {2, 3}, 0, 0.25F},
    {"big_f8", GAZE_DTYPE_F64, 2, {2, 3}, 0, 0.25F},
    {"big_f2", GAZE_DTYPE_F16, 2, {2, 3}, 0, 0.25F},
    {"big_i4", GAZE_DTYPE_I32, 2, {2, 3}, -2, 1},
    {"big_i8", GAZE_DTYPE_I64, 2, {2, 3}, -2, 1},
    {"fortran", GAZE_DTYPE_F32, 3, {2, 3, 4}, 0, 1},
    {"big_fortran", GAZE_DTYPE_I32, 3, {2, 3, 4}, 0, 1},
    {"scalar", GAZE_DTYPE_F32, 0, {0}, 7.5F, 1},
    {"empty", GAZE_DTYPE_F32, 2, {0, 3}, 0, 0},
    {"hidden_states.0", GAZE_DTYPE_F32, 3, {2, 3, 4}, 0, 1},
    {"zeros", GAZE_DTYPE_F32, 1, {3000}, 0, 0},
};
enum { SAMPLE_COUNT = sizeof sample / sizeof *sample };

static void check_sample(const gaze_npz *npz) {
    assert_int_equal(npz->count, SAMPLE_COUNT + 2); /* and "b1", "meta" */
    for (size_t a = 0; a < SAMPLE_COUNT; a++) {
        const gaze_tensor *tensor = gaze_npz_find(npz, sample[a].name);
        float *values;
        assert_non_null(tensor);
        assert_int_equal(tensor->dtype, sample[a].dtype);
        assert_int_equal(tensor->rank, sample[a].rank);
        assert_memory_equal(tensor->shape, sample[a].shape, tensor->rank * sizeof *tensor->shape);
        assert_int_equal((uintptr_t)tensor->data % 8, 0);
        assert_int_equal(gaze_npz_get_f32(&values, npz, sample[a].name, NULL), GAZE_OK);
        for (size_t i = 0; i < gaze_tensor_count(tensor); i++)
            assert_true(values[i] == ((float)i + sample[a].add) * sample[a].scale);
        gaze_free(values);
    }
    assert_memory_equal(gaze_npz_find(npz, "b1")->data, "\1\0\1\0\1\0", 6);
    assert_memory_equal(gaze_npz_find(npz, "meta")->data, "{\"model\": \"tiny\"}", 17);
    assert_null(gaze_npz_find(npz, "f4.npy"));
    assert_null(gaze_npz_find(npz, ""));
}

static void what_numpy_stores(void **state) {
    (void)state;
    gaze_npz npz;
    gaze_error err;
    assert_int_equal(gaze_npz_open(&npz, "tests/data/weights/stored.npz", &err), GAZE_OK);
    check_sample(&npz);
    gaze_npz_deinit(&npz);
}

static void what_numpy_compresses(void **state) {
    (void)state;
    gaze_npz npz;
    gaze_error err;
    gaze_status status = gaze_npz_open(&npz, "tests/data/weights/deflated.npz", &err);
    if (!gaze_deflate_available()) {
        assert_int_equal(status, GAZE_ERROR_UNSUPPORTED);
        return;
    }
    assert_int_equal(status, GAZE_OK);
    check_sample(&npz);
    gaze_npz_deinit(&npz);
}

/* Written to a pipe: the local headers know no sizes, and a comment stands at the end. */
static void what_was_streamed(void **state) {
    (void)state;
    gaze_npz npz;
    if (!gaze_deflate_available()) return;
    assert_int_equal(gaze_npz_open(&npz, "tests/data/weights/streamed.npz", NULL), GAZE_OK);
    for (int i = 0; i < 2; i++) {
        int64_t *values;
        assert_int_equal(gaze_npz_get_i64(&values, &npz, i ? "b" : "a", NULL), GAZE_OK);
        for (int64_t k = 0; k < 5; k++) assert_int_equal(values[k], k);
        gaze_free(values);
    }
    gaze_npz_deinit(&npz);
}

static void getting_what_is_not_there(void **state) {
    (void)state;
    gaze_npz npz;
    gaze_error err;
    float *floats;
    int64_t *integers;
    assert_int_equal(gaze_npz_open(&npz, "tests/data/weights/stored.npz", NULL), GAZE_OK);
    assert_int_equal(gaze_npz_get_f32(&floats, &npz, "logits", &err), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "no array 'logits'");
    assert_null(floats);
    assert_int_equal(gaze_npz_get_i64(&integers, &npz, "f4", &err), GAZE_ERROR_UNSUPPORTED);
    assert_string_equal(err.message, "array 'f4': F32, expected whole numbers");
    assert_null(integers);
    gaze_npz_deinit(&npz);
    assert_int_equal(gaze_npz_open(&npz, "tests/data/weights/absent.npz", &err), GAZE_ERROR_NOT_FOUND);
    assert_int_equal(gaze_npz_open(&npz, "tests/data/weights/written.safetensors", &err), GAZE_ERROR_FORMAT);
    assert_non_null(strstr(err.message, "tests/data/weights/written.safetensors: not a zip archive"));
}

/* What we write -------------------------------------------------------------------------------------- */

static void put_ours(gaze_buffer *out, bool compress) {
    static float floats[4096];
    static const int64_t ids[3] = {101, 2003, 102};
    const gaze_named_tensor arrays[] = {
        {"input_ids", {ids, GAZE_DTYPE_I64, 2, {1, 3}}},
        {"attentions.0", {floats, GAZE_DTYPE_F32, 4, {1, 4, 32, 32}}},
        {"meta", {"{}", GAZE_DTYPE_U8, 1, {2}}},
    };
    for (size_t i = 0; i < 4096; i++) floats[i] = (float)(i % 32);
    assert_int_equal(gaze_npz_write(out, arrays, 3, compress, NULL), GAZE_OK);
}

static void ours_is_read_again(void **state) {
    (void)state;
    size_t sizes[2];
    for (int compress = 0; compress < 2; compress++) {
        gaze_buffer out = {0};
        gaze_npz npz;
        put_ours(&out, compress);
        sizes[compress] = out.length;
        assert_int_equal(gaze_npz_parse(&npz, out.data, out.length, NULL), GAZE_OK);
        gaze_buffer_deinit(&out);
        assert_int_equal(npz.count, 3);
        assert_string_equal(npz.arrays[0].name, "input_ids");
        const float *floats = gaze_npz_find(&npz, "attentions.0")->data;
        for (size_t i = 0; i < 4096; i++) assert_true(floats[i] == (float)(i % 32));
        gaze_npz_deinit(&npz);
    }
    if (gaze_deflate_available())
        assert_true(sizes[1] < sizes[0] / 4);
    else
        assert_int_equal(sizes[1], sizes[0]);
}

/* No clock, no uninitialised byte. */
static void the_same_arrays_give_the_same_bytes(void **state) {
    (void)state;
    for (int compress = 0; compress < 2; compress++) {
        gaze_buffer first = {0}, second = {0};
        put_ours(&first, compress);
        put_ours(&second, compress);
        assert_int_equal(first.length, second.length);
        assert_memory_equal(first.data, second.data, first.length);
        gaze_buffer_deinit(&first);
        gaze_buffer_deinit(&second);
    }
}

static gaze_status write_names(const char *first, const char *second, gaze_dtype dtype) {
    const gaze_named_tensor arrays[] = {{first, {"abcdefgh", dtype, 1, {1}}},
                                        {second, {"a", GAZE_DTYPE_U8, 1, {1}}}};
    gaze_buffer out = {0};
    gaze_status status = gaze_npz_write(&out, arrays, 2, false, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static void what_is_not_written(void **state) {
    (void)state;
    char name[511];
    memset(name, 'n', sizeof name - 1);
    name[510] = '\0';
    assert_int_equal(write_names("a", "b", GAZE_DTYPE_U8), GAZE_OK);
    assert_int_equal(write_names(name + 2, "b", GAZE_DTYPE_U8), GAZE_OK); /* 508 bytes and ".npy" */
    assert_int_equal(write_names(name + 1, "b", GAZE_DTYPE_U8), GAZE_ERROR_NAME);
    assert_int_equal(write_names("a", "a", GAZE_DTYPE_U8), GAZE_ERROR_NAME);
    assert_int_equal(write_names("a/b", "b", GAZE_DTYPE_U8), GAZE_ERROR_NAME);
    assert_int_equal(write_names("a\\b", "b", GAZE_DTYPE_U8), GAZE_ERROR_NAME);
    assert_int_equal(write_names("a..b", "b", GAZE_DTYPE_U8), GAZE_ERROR_NAME);
    assert_int_equal(write_names("a\xFF", "b", GAZE_DTYPE_U8), GAZE_ERROR_NAME);
    assert_int_equal(write_names("", "b", GAZE_DTYPE_U8), GAZE_ERROR_FORMAT);
    assert_int_equal(write_names("a", "b", GAZE_DTYPE_BF16), GAZE_ERROR_ARGUMENT);
}

/* What is refused ------------------------------------------------------------------------------------ */

/* An archive with one stored entry. */
static gaze_status parse_entry(const char *name, const void *content, size_t size, gaze_error *err) {
    gaze_buffer out = {0};
    gaze_zip_writer writer;
    gaze_npz npz;
    gaze_zip_begin(&writer, &out);
    assert_int_equal(gaze_zip_add(&writer, name, content, size, false, NULL), GAZE_OK);
    assert_int_equal(gaze_zip_finish(&writer, NULL), GAZE_OK);
    void *exact = exact_copy(out.data, out.length);
    gaze_status status = gaze_npz_parse(&npz, exact, out.length, err);
    gaze_npz_deinit(&npz);
    free(exact);
    gaze_buffer_deinit(&out);
    return status;
}

static void entries_that_are_refused(void **state) {
    (void)state;
    const gaze_tensor tensor = {"abc", GAZE_DTYPE_U8, 1, {3}};
    gaze_buffer npy = {0};
    gaze_error err;
    assert_int_equal(gaze_npy_write(&npy, &tensor, NULL), GAZE_OK);
    assert_int_equal(parse_entry("a.npy", npy.data, npy.length, &err), GAZE_OK);
    assert_int_equal(parse_entry("../a.npy", npy.data, npy.length, &err), GAZE_ERROR_NAME);
    assert_int_equal(parse_entry("/etc/a.npy", npy.data, npy.length, &err), GAZE_ERROR_NAME);
    assert_int_equal(parse_entry("a\\b.npy", npy.data, npy.length, &err), GAZE_ERROR_NAME);
    assert_int_equal(parse_entry("a", npy.data, npy.length, &err), GAZE_ERROR_FORMAT);
    assert_int_equal(parse_entry(".npy", npy.data, npy.length, &err), GAZE_ERROR_FORMAT);
    assert_int_equal(parse_entry("a.npy", npy.data, npy.length - 1, &err), GAZE_ERROR_SIZE_MISMATCH);
    assert_string_equal(err.message, "array 'a': npy: 2 bytes of data, the shape needs 3");
    assert_int_equal(parse_entry("a.npy", npy.data, npy.length + 1, &err), GAZE_ERROR_SIZE_MISMATCH);
    assert_int_equal(parse_entry("a.npy", "", 0, &err), GAZE_ERROR_FORMAT);
    gaze_buffer_deinit(&npy);
}

/* An entry that says to hold 5 GiB, within deflate's ratio: refused before a byte is allocated. */
static void a_bomb(void **state) {
    (void)state;
    const uint64_t declared = (uint64_t)5 << 30;
    const size_t size = 6 << 20;
    gaze_buffer out = {0};
    gaze_zip_writer writer;
    gaze_npz npz;
    void *junk = calloc(size, 1);
    gaze_zip_begin(&writer, &out);
    assert_int_equal(gaze_zip_add(&writer, "a.npy", junk, size, false, NULL), GAZE_OK);
    char *record = writer.directory.data;
    unsigned char extra[12] = {1, 0, 8, 0};
    gaze_store_u64(extra + 4, declared);
    gaze_store_u16(record + 10, ZIP_DEFLATED);
    gaze_store_u32(record + 24, 0xFFFFFFFF);
    gaze_store_u16(record + 30, sizeof extra);
    gaze_buffer_append(&writer.directory, extra, sizeof extra);
    assert_int_equal(gaze_zip_finish(&writer, NULL), GAZE_OK);
    gaze_status expected = declared > SIZE_MAX ? GAZE_ERROR_FORMAT : GAZE_ERROR_LIMIT;
    assert_int_equal(gaze_npz_parse(&npz, out.data, out.length, NULL), expected);
    gaze_buffer_deinit(&out);
    free(junk);
}

/* The CRC guards the content, but not the records around it. */
static void every_change_of_a_byte(void **state) {
    (void)state;
    const gaze_named_tensor arrays[] = {{"a", {"abc", GAZE_DTYPE_U8, 1, {3}}}};
    gaze_buffer out = {0};
    assert_int_equal(gaze_npz_write(&out, arrays, 1, true, NULL), GAZE_OK);
    unsigned char *bytes = exact_copy(out.data, out.length);
    for (size_t i = 0; i < out.length; i++) {
        for (int change = 1; change < 256; change++) {
            gaze_npz npz;
            bytes[i] = (unsigned char)(out.data[i] ^ change);
            if (gaze_npz_parse(&npz, bytes, out.length, NULL) == GAZE_OK && npz.count == 1)
                assert_memory_equal(npz.arrays[0].tensor.data, "abc", 3);
            gaze_npz_deinit(&npz);
        }
        bytes[i] = (unsigned char)out.data[i];
    }
    for (size_t size = 0; size < out.length; size++) {
        gaze_npz npz;
        assert_int_not_equal(gaze_npz_parse(&npz, out.data, size, NULL), GAZE_OK);
    }
    free(bytes);
    gaze_buffer_deinit(&out);
}

static gaze_status write_and_read(void *context) {
    static const unsigned char zeros[200];
    const gaze_named_tensor arrays[] = {{"a", {zeros, GAZE_DTYPE_U8, 1, {200}}}};
    gaze_buffer out = {0};
    gaze_npz npz = {0};
    float *floats = NULL;
    (void)context;
    gaze_status status = gaze_npz_write(&out, arrays, 1, true, NULL);
    if (!status) status = gaze_npz_parse(&npz, out.data, out.length, NULL);
    if (!status) status = gaze_npz_get_f32(&floats, &npz, "a", NULL);
    gaze_free(floats);
    gaze_npz_deinit(&npz);
    gaze_buffer_deinit(&out);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(write_and_read, NULL) >= 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_numpy_stores),
        cmocka_unit_test(what_numpy_compresses),
        cmocka_unit_test(what_was_streamed),
        cmocka_unit_test(getting_what_is_not_there),
        cmocka_unit_test(ours_is_read_again),
        cmocka_unit_test(the_same_arrays_give_the_same_bytes),
        cmocka_unit_test(what_is_not_written),
        cmocka_unit_test(entries_that_are_refused),
        cmocka_unit_test(a_bomb),
        cmocka_unit_test(every_change_of_a_byte),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
