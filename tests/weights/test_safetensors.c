/* weights/safetensors: a file written out by hand, what lies beside the 207 cases of
 * test_safetensors_cases.c, every prefix and every one-byte change of a small file, and the writer.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "tests/support/exact_copy.h"
#include "tests/support/failing_alloc.h"
#include "weights/safetensors.h"

/* A header and `data_size` zeros behind it. */
static void put_file(gaze_buffer *out, const char *header, size_t length, size_t data_size) {
    unsigned char frame[8];
    gaze_store_u64(frame, length);
    gaze_buffer_append(out, frame, sizeof frame);
    gaze_buffer_append(out, header, length);
    for (size_t i = 0; i < data_size; i++) gaze_buffer_putc(out, '\0');
}

static gaze_status parse_bytes(const void *bytes, size_t size, gaze_error *err) {
    gaze_safetensors file;
    void *exact = exact_copy(bytes, size);
    gaze_status status = gaze_safetensors_parse(&file, exact, size, err);
    gaze_safetensors_deinit(&file);
    free(exact);
    return status;
}

static gaze_status parse_header(const char *header, size_t data_size) {
    gaze_buffer out = {0};
    put_file(&out, header, strlen(header), data_size);
    gaze_status status = parse_bytes(out.data, out.length, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

/* The example of weights/README.md: N = 0x40 = 64 bytes of header, then the floats 1 to 6. */
/* clang-format off */
static const char small_file[] =
    "\x40\0\0\0\0\0\0\0"
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}       "
    "\0\0\x80\x3F"  /* 1 = 0x3F800000 */
    "\0\0\0\x40"    /* 2 = 0x40000000 */
    "\0\0\x40\x40"  /* 3 = 0x40400000 */
    "\0\0\x80\x40"  /* 4 = 0x40800000 */
    "\0\0\xA0\x40"  /* 5 = 0x40A00000 */
    "\0\0\xC0\x40"; /* 6 = 0x40C00000 */
/* clang-format on */
enum { SMALL_SIZE = sizeof small_file - 1 };

static void a_file_by_hand(void **state) {
    (void)state;
    gaze_safetensors file;
    gaze_error err;
    assert_int_equal(SMALL_SIZE, 8 + 64 + 24);
    assert_int_equal(gaze_safetensors_parse(&file, small_file, SMALL_SIZE, &err), GAZE_OK);
    assert_int_equal(file.count, 1);
    const gaze_tensor *w = &file.tensors[0].tensor;
    assert_string_equal(file.tensors[0].name, "w");
    assert_int_equal(w->dtype, GAZE_DTYPE_F32);
    assert_int_equal(w->rank, 2);
    assert_int_equal(w->shape[0], 2);
    assert_int_equal(w->shape[1], 3);
    assert_ptr_equal(w->data, small_file + 72);
    for (int i = 0; i < 6; i++) /* w[1][2] = 6 */
        assert_true(gaze_load_f32((const char *)w->data + 4 * i) == (float)(i + 1));
    gaze_safetensors_deinit(&file);
}

static void the_message_names_tensor_found_and_expected(void **state) {
    (void)state;
    gaze_error err;
    gaze_buffer out = {0};
    const char *header = "{\"a.b\":{\"dtype\":\"F32\",\"shape\":[2,-3],\"data_offsets\":[0,24]}}";
    put_file(&out, header, strlen(header), 24);
    assert_int_equal(parse_bytes(out.data, out.length, &err), GAZE_ERROR_SCHEMA);
    assert_string_equal(err.message, "tensor 'a.b': shape: a number, expected unsigned 64-bit integers");
    assert_true(err.has_offset);
    assert_int_equal(err.offset, 8 + (strstr(header, "-3") - header));
    gaze_buffer_clear(&out);
    put_file(&out, "{} \0\0", 5, 0);
    assert_int_equal(parse_bytes(out.data, out.length, &err), GAZE_ERROR_JSON_SYNTAX);
    assert_string_equal(err.message, "header: padded with NUL bytes, expected spaces");
    gaze_buffer_deinit(&out);
}

/* dtypes of the format that the case set leaves out; the crate accepts them. */
static void every_dtype_has_its_size(void **state) {
    (void)state;
    for (int i = 0; i < GAZE_DTYPE_COUNT; i++) {
        char header[128];
        unsigned size = gaze_dtype_bits((gaze_dtype)i); /* 8 elements */
        snprintf(header, sizeof header, "{\"t\":{\"dtype\":\"%s\",\"shape\":[4,2],\"data_offsets\":[0,%u]}}",
                 gaze_dtype_name((gaze_dtype)i), size);
        assert_int_equal(parse_header(header, size), GAZE_OK);
        assert_int_equal(parse_header(header, size - 1), GAZE_ERROR_COVERAGE);
    }
}

/* A tensor with an unknown field that is nested so that the whole header has `depth` levels. */
static gaze_status parse_nested(int depth) {
    gaze_buffer header = {0}, out = {0};
    gaze_buffer_puts(&header, "{\"t\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1],\"x\":");
    for (int i = 2; i < depth; i++) gaze_buffer_putc(&header, '[');
    for (int i = 2; i < depth; i++) gaze_buffer_putc(&header, ']');
    gaze_buffer_puts(&header, "}}");
    put_file(&out, header.data, header.length, 1);
    gaze_status status = parse_bytes(out.data, out.length, NULL);
    gaze_buffer_deinit(&header);
    gaze_buffer_deinit(&out);
    return status;
}

static gaze_status parse_name_of(size_t length) {
    gaze_buffer header = {0}, out = {0};
    gaze_buffer_puts(&header, "{\"");
    for (size_t i = 0; i < length; i++) gaze_buffer_putc(&header, 'n');
    gaze_buffer_puts(&header, "\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}");
    put_file(&out, header.data, header.length, 1);
    gaze_status status = parse_bytes(out.data, out.length, NULL);
    gaze_buffer_deinit(&header);
    gaze_buffer_deinit(&out);
    return status;
}

/* `count` empty tensors and "__metadata__", which does not count. */
static gaze_status parse_tensors(int count) {
    gaze_buffer header = {0}, out = {0};
    gaze_buffer_puts(&header, "{\"__metadata__\":{}");
    for (int i = 0; i < count; i++)
        gaze_buffer_printf(&header, ",\"t%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}", i);
    gaze_buffer_putc(&header, '}');
    put_file(&out, header.data, header.length, 0);
    gaze_status status = parse_bytes(out.data, out.length, NULL);
    gaze_buffer_deinit(&header);
    gaze_buffer_deinit(&out);
    return status;
}

static void limits_from_both_sides(void **state) {
    (void)state;
    assert_int_equal(parse_nested(64), GAZE_OK);
    assert_int_equal(parse_nested(65), GAZE_ERROR_JSON_DEPTH);
    assert_int_equal(parse_name_of(512), GAZE_OK);
    assert_int_equal(parse_name_of(513), GAZE_ERROR_NAME);
    assert_int_equal(parse_tensors(100000), GAZE_OK);
    assert_int_equal(parse_tensors(100001), GAZE_ERROR_LIMIT);
    const char *rank8 = "{\"t\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1],\"data_offsets\":[0,1]}}";
    assert_int_equal(parse_header(rank8, 1), GAZE_OK);
    const char *largest = "{\"t\":{\"dtype\":\"U8\",\"shape\":[2147483647,0],\"data_offsets\":[0,0]}}";
    assert_int_equal(parse_header(largest, 0), GAZE_OK);
    const char *larger = "{\"t\":{\"dtype\":\"U8\",\"shape\":[2147483648,0],\"data_offsets\":[0,0]}}";
    assert_int_equal(parse_header(larger, 0), GAZE_ERROR_LIMIT);
    const char *product = "{\"t\":{\"dtype\":\"U8\",\"shape\":[0,2147483647,2147483647,2147483647],"
                          "\"data_offsets\":[0,0]}}";
    assert_int_equal(parse_header(product, 0), GAZE_ERROR_LIMIT);
}

/* Two tensors of which the first is refused by the last check of all, and some that begin at one place. */
static void more_than_one_tensor(void **state) {
    (void)state;
    const char *larger = "{\"a\":{\"dtype\":\"U8\",\"shape\":[2147483648,0],\"data_offsets\":[0,0]},"
                         "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
    assert_int_equal(parse_header(larger, 1), GAZE_ERROR_LIMIT);
    const char *together = "{\"b\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"
                           "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                           "\"c\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"
                           "\"bb\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}";
    assert_int_equal(parse_header(together, 1), GAZE_OK);
}

static void fields_that_are_not_ours(void **state) {
    (void)state;
    const char *tiny = "{\"t\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1],\"x\":1e-400}}";
    assert_int_equal(parse_header(tiny, 1), GAZE_OK);
    const char *twice = "{\"t\":{\"dtype\":\"U8\",\"x\":1,\"x\":{\"y\":1,\"y\":2},\"shape\":[],"
                        "\"data_offsets\":[0,1]}}";
    assert_int_equal(parse_header(twice, 1), GAZE_OK);
}

/* The class is that of the first check that fires; each row has the faults of two classes. */
static void files_with_two_faults(void **state) {
    (void)state;
    static const struct {
        const char *header;
        size_t data_size;
        gaze_status first;
    } cases[] = {
        {"{\"t\xFF\":", 0, GAZE_ERROR_UTF8},                         /* and JSON_EOF */
        {"{\"t\":{\"dtype\":\"F99\"},}", 0, GAZE_ERROR_JSON_SYNTAX}, /* and DTYPE */
        {"{\"t\":{},\"t\":{}}", 0, GAZE_ERROR_DUPLICATE},            /* and SCHEMA */
        {"{\"t\":{\"dtype\":\"F99\",\"shape\":[-1],\"data_offsets\":[0,1]}}", 0, GAZE_ERROR_DTYPE},
        {"{\"t\":{\"shape\":[-1],\"dtype\":\"F99\",\"data_offsets\":[0,1]}}", 0, GAZE_ERROR_SCHEMA},
        {"{\"t\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[1,2]}}", 5,
         GAZE_ERROR_OFFSETS}, /* and size */
        {"{\"t\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,9]}}", 5,
         GAZE_ERROR_MISALIGNED}, /* and size */
        {"{\"t\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,9]}}", 5,
         GAZE_ERROR_SIZE_MISMATCH}, /* and cover */
        {"{\"t\":{\"dtype\":\"U8\",\"shape\":[0,3000000000],\"data_offsets\":[0,0]}}", 5,
         GAZE_ERROR_COVERAGE}, /* and LIMIT */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(parse_header(cases[i].header, cases[i].data_size), cases[i].first);
    const unsigned char huge[8] = {0, 0, 0, 0, 0, 0, 0, 0x80}; /* N = 2^63, and beyond the end */
    assert_int_equal(parse_bytes(huge, 8, NULL), GAZE_ERROR_HEADER_TOO_LARGE);
}

/* About 200 bytes with three tensors and metadata. */
static void put_sample(gaze_buffer *out) {
    const char *header = "{\"__metadata__\":{\"format\":\"pt\"},"
                         "\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                         "\"b\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[4,5]},"
                         "\"c\":{\"dtype\":\"F4\",\"shape\":[2,0],\"data_offsets\":[5,5]}}  ";
    put_file(out, header, strlen(header), 5);
}

static void every_prefix_is_refused(void **state) {
    (void)state;
    gaze_buffer sample = {0};
    put_sample(&sample);
    assert_int_equal(parse_bytes(sample.data, sample.length, NULL), GAZE_OK);
    for (size_t size = 0; size < sample.length; size++)
        assert_int_not_equal(parse_bytes(sample.data, size, NULL), GAZE_OK);
    gaze_buffer_deinit(&sample);
}

/* What is accepted has tensors that lie within the file and cover its data. */
static void check_accepted(const gaze_safetensors *file, const unsigned char *bytes, size_t size) {
    const unsigned char *at = bytes + 8 + gaze_load_u64(bytes);
    for (size_t i = 0; i < file->count; i++) {
        const gaze_tensor *t = &file->tensors[i].tensor;
        assert_ptr_equal(t->data, at);
        at += gaze_tensor_size(t);
    }
    assert_ptr_equal(at, bytes + size);
}

static void every_change_of_a_byte(void **state) {
    (void)state;
    gaze_buffer sample = {0};
    put_sample(&sample);
    unsigned char *bytes = exact_copy(sample.data, sample.length);
    for (size_t i = 0; i < sample.length; i++) {
        for (int change = 1; change < 256; change++) {
            gaze_safetensors file;
            bytes[i] = (unsigned char)(sample.data[i] ^ change);
            if (gaze_safetensors_parse(&file, bytes, sample.length, NULL) == GAZE_OK)
                check_accepted(&file, bytes, sample.length);
            gaze_safetensors_deinit(&file);
        }
        bytes[i] = (unsigned char)sample.data[i];
    }
    free(bytes);
    gaze_buffer_deinit(&sample);
}

static gaze_status parse_sample(void *context) {
    const gaze_buffer *sample = context;
    return parse_bytes(sample->data, sample->length, NULL);
}

static void reading_without_memory(void **state) {
    (void)state;
    gaze_buffer sample = {0};
    put_sample(&sample);
    assert_true(fail_each_allocation(parse_sample, &sample) >= 6);
    gaze_buffer_deinit(&sample);
}

/* The writer ----------------------------------------------------------------------------------------- */

static const float floats[6] = {1, 2, 3, 4, 5, 6};
static const uint16_t halves[2] = {0x3C00, 0x4000};
static const int64_t integers[1] = {-2};
static const unsigned char bytes3[3] = {0, 1, 7};

/* The tensors of tests/data/weights/written.safetensors, which tools/make_weights_fixtures.py wrote with
 * the Rust crate, in another order. */
static const gaze_named_tensor written[] = {
    {"z.bytes", {bytes3, GAZE_DTYPE_U8, 1, {3}}},   {"w", {floats, GAZE_DTYPE_F32, 2, {2, 3}}},
    {"scalar", {integers, GAZE_DTYPE_I64, 0, {0}}}, {"caf\xC3\xA9 \"q\"", {halves, GAZE_DTYPE_F16, 1, {2}}},
    {"empty", {NULL, GAZE_DTYPE_F32, 2, {0, 3}}},   {"flags", {bytes3, GAZE_DTYPE_BOOL, 1, {2}}},
    {"b", {floats, GAZE_DTYPE_F32, 1, {1}}},
};
enum { WRITTEN_COUNT = sizeof written / sizeof *written };

static void the_same_bytes_as_the_crate(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_file crate;
    gaze_error err;
    assert_int_equal(gaze_safetensors_write(&out, written, WRITTEN_COUNT, "pt", &err), GAZE_OK);
    assert_int_equal(
        gaze_file_open(&crate, "tests/data/weights/written.safetensors", GAZE_FILE_READ, 0, &err), GAZE_OK);
    assert_int_equal(out.length, crate.size);
    assert_memory_equal(out.data, crate.data, crate.size);
    gaze_file_close(&crate);
    gaze_buffer_deinit(&out);
}

static void what_is_written_is_read_again(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_safetensors file;
    assert_int_equal(gaze_safetensors_write(&out, written, WRITTEN_COUNT, NULL, NULL), GAZE_OK);
    assert_int_equal(gaze_safetensors_parse(&file, out.data, out.length, NULL), GAZE_OK);
    assert_int_equal(file.count, WRITTEN_COUNT);
    assert_string_equal(file.tensors[0].name, "scalar"); /* I64 before F32 */
    for (size_t i = 0; i < file.count; i++) {
        unsigned width = gaze_dtype_bits(file.tensors[i].tensor.dtype) / 8;
        assert_int_equal((uintptr_t)((const char *)file.tensors[i].tensor.data - out.data) % width, 0);
    }
    gaze_safetensors_deinit(&file);
    gaze_buffer_clear(&out);
    assert_int_equal(gaze_safetensors_write(&out, NULL, 0, NULL, NULL), GAZE_OK);
    assert_int_equal(parse_bytes(out.data, out.length, NULL), GAZE_OK);
    gaze_buffer_deinit(&out);
}

static gaze_status write_two(const char *first, gaze_dtype dtype, const char *second) {
    const gaze_named_tensor tensors[2] = {{first, {floats, dtype, 1, {2}}},
                                          {second, {bytes3, GAZE_DTYPE_U8, 1, {2}}}};
    gaze_buffer out = {0};
    gaze_status status = gaze_safetensors_write(&out, tensors, 2, NULL, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static void what_is_not_written(void **state) {
    (void)state;
    char name[514];
    memset(name, 'n', sizeof name - 1);
    name[513] = '\0';
    assert_int_equal(write_two("a", GAZE_DTYPE_F32, "b"), GAZE_OK);
    assert_int_equal(write_two("a", GAZE_DTYPE_F32, "a"), GAZE_ERROR_NAME);
    assert_int_equal(write_two("a", GAZE_DTYPE_F32, "__metadata__"), GAZE_ERROR_NAME);
    assert_int_equal(write_two("a", GAZE_DTYPE_F32, "\xFF"), GAZE_ERROR_NAME);
    assert_int_equal(write_two(name, GAZE_DTYPE_F32, "b"), GAZE_ERROR_NAME);
    assert_int_equal(write_two(name + 1, GAZE_DTYPE_F32, "b"), GAZE_OK);
    assert_int_equal(write_two("a", GAZE_DTYPE_F4, "b"), GAZE_ERROR_ARGUMENT);
}

static gaze_status write_all(void *context) {
    (void)context;
    gaze_buffer out = {0};
    gaze_status status = gaze_safetensors_write(&out, written, WRITTEN_COUNT, "pt", NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static void writing_without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(write_all, NULL) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_by_hand),
        cmocka_unit_test(the_message_names_tensor_found_and_expected),
        cmocka_unit_test(every_dtype_has_its_size),
        cmocka_unit_test(limits_from_both_sides),
        cmocka_unit_test(more_than_one_tensor),
        cmocka_unit_test(fields_that_are_not_ours),
        cmocka_unit_test(files_with_two_faults),
        cmocka_unit_test(every_prefix_is_refused),
        cmocka_unit_test(every_change_of_a_byte),
        cmocka_unit_test(reading_without_memory),
        cmocka_unit_test(the_same_bytes_as_the_crate),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(what_is_not_written),
        cmocka_unit_test(writing_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
