/* weights/npy: a header written out by hand, what NumPy's headers may look like, and what is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/bytes.h"
#include "tests/support/exact_copy.h"
#include "tests/support/failing_alloc.h"
#include "weights/named_tensor.h"
#include "weights/npy.h"

/* A file of version 1 with this header and these data. */
static void put_file(gaze_buffer *out, const char *header, const void *data, size_t size) {
    size_t length = strlen(header);
    unsigned char frame[10] = "\x93NUMPY\1";
    gaze_store_u16(frame + 8, (uint16_t)length);
    gaze_buffer_append(out, frame, sizeof frame);
    gaze_buffer_append(out, header, length);
    gaze_buffer_append(out, data, size);
}

static gaze_status parse_exact(const void *bytes, size_t size, gaze_error *err) {
    gaze_npy npy;
    void *exact = exact_copy(bytes, size);
    gaze_status status = gaze_npy_parse(&npy, exact, size, err);
    free(exact);
    return status;
}

static gaze_status parse_header(const char *header, size_t data_size, gaze_error *err) {
    static const unsigned char zeros[256];
    gaze_buffer out = {0};
    put_file(&out, header, zeros, data_size);
    gaze_status status = parse_exact(out.data, out.length, err);
    gaze_buffer_deinit(&out);
    return status;
}

/* 6 + 2 + 2 bytes, then 118 bytes of header, so that the data begins at byte 128 = 2 * 64. */
static void a_file_by_hand(void **state) {
    (void)state;
    const float floats[6] = {0, 1, 2, 3, 4, 5};
    const gaze_tensor tensor = {floats, GAZE_DTYPE_F32, 2, {2, 3}};
    gaze_buffer out = {0};
    assert_int_equal(gaze_npy_write(&out, &tensor, NULL), GAZE_OK);
    assert_int_equal(out.length, 128 + 24);
    assert_memory_equal(out.data, "\x93NUMPY\1\0\x76\0", 10); /* 0x76 = 118 */
    const char *header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } ";
    assert_memory_equal(out.data + 10, header, strlen(header));
    assert_memory_equal(out.data + 126, " \n\0\0\0\0\0\0\x80\x3F", 10); /* then 0 and 1 */
    gaze_npy npy;
    float copy[6];
    assert_int_equal(gaze_npy_parse(&npy, out.data, out.length, NULL), GAZE_OK);
    assert_ptr_equal(npy.tensor.data, out.data + 128);
    gaze_npy_copy(copy, &npy);
    assert_memory_equal(copy, floats, sizeof floats);
    gaze_buffer_deinit(&out);
}

/* shape (2, 3): column by column the elements are [0,0] [1,0] [0,1] [1,1] [0,2] [1,2]. */
static void columns_become_rows(void **state) {
    (void)state;
    const char *header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}\n";
    gaze_buffer out = {0};
    gaze_npy npy;
    unsigned char rows[6];
    put_file(&out, header, "\0\3\1\4\2\5", 6);
    assert_int_equal(gaze_npy_parse(&npy, out.data, out.length, NULL), GAZE_OK);
    gaze_npy_copy(rows, &npy);
    assert_memory_equal(rows, "\0\1\2\3\4\5", 6);
    gaze_buffer_deinit(&out);
}

static void big_endian_is_turned(void **state) {
    (void)state;
    const char *header = "{'descr': '>i4', 'fortran_order': False, 'shape': (2,)}\n";
    gaze_buffer out = {0};
    gaze_npy npy;
    int32_t values[2];
    put_file(&out, header, "\0\0\1\2\xFF\xFF\xFF\xFF", 8);
    assert_int_equal(gaze_npy_parse(&npy, out.data, out.length, NULL), GAZE_OK);
    gaze_npy_copy(values, &npy);
    assert_int_equal(values[0], 0x102);
    assert_int_equal(values[1], -1);
    gaze_buffer_deinit(&out);
}

static void headers_that_are_read(void **state) {
    (void)state;
    static const struct {
        const char *header;
        size_t data_size;
    } cases[] = {
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  \n", 24},
        {"{\"shape\":(2,3,),\"fortran_order\":False,\"descr\":\"<f4\"}", 24},
        {"{'fortran_order': True, 'descr': '>f8', 'shape': ()}", 8},
        {"{ 'descr' : '|b1' , 'fortran_order' : False , 'shape' : ( 4 , ) , } \n", 4},
        {"{'descr': '<u1', 'fortran_order': False, 'shape': (2,)}", 2},
        {"{'descr': '>u1', 'fortran_order': False, 'shape': (2,)}", 2},
        {"{'descr': '<f2', 'fortran_order': False, 'shape': (0, 7)}", 0},
        {"{'descr': '|i1', 'fortran_order': True, 'shape': (1,1,1,1,1,1,1,2)}", 2},
        {"{'descr': '<i8', 'fortran_order': True, 'shape': (3, 0)}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(parse_header(cases[i].header, cases[i].data_size, NULL), GAZE_OK);
}

static const struct {
    const char *header;
    size_t data_size;
    gaze_status status;
} refused[] = {
    {"", 0, GAZE_ERROR_FORMAT},
    {"{'descr': '=f4', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '=u1', 'fortran_order': False, 'shape': (1,)}", 1, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '|f4', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (18446744073709551616,)}", 4, GAZE_ERROR_OVERFLOW},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,)}", 4, GAZE_ERROR_OVERFLOW},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (4294967295,4294967295,9,2)}", 4, GAZE_ERROR_OVERFLOW},
    {"{}", 0, GAZE_ERROR_FORMAT},
    {"{", 0, GAZE_ERROR_FORMAT},
    {"[]", 0, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False}", 0, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4' 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4',, 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr' '<f4', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{descr: '<f4', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4, 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '<f4", 4, GAZE_ERROR_FORMAT},
    {"{'descr': 4, 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': false, 'shape': (1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': 1}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': [1]}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1L,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,,)}", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", 4, GAZE_ERROR_FORMAT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}}", 4, GAZE_ERROR_FORMAT},
    {"__import__('os')", 0, GAZE_ERROR_FORMAT},
    {"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '|S5', 'fortran_order': False, 'shape': (1,)}", 5, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '<U5', 'fortran_order': False, 'shape': (1,)}", 20, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", 8, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '<f3', 'fortran_order': False, 'shape': (1,)}", 3, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '<f44', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '', 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", 4, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (1,)}", 8, GAZE_ERROR_UNSUPPORTED},
    {"{'descr': '|u1', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1)}", 1, GAZE_ERROR_LIMIT},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 4, GAZE_ERROR_SIZE_MISMATCH},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 9, GAZE_ERROR_SIZE_MISMATCH},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': ()}", 0, GAZE_ERROR_SIZE_MISMATCH},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}", 4, GAZE_ERROR_SIZE_MISMATCH},
    {"{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}", 4,
     GAZE_ERROR_OVERFLOW},
    {"{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", 0,
     GAZE_ERROR_OVERFLOW},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387905,)}", 4, GAZE_ERROR_OVERFLOW},
    {"{'descr': '|u1', 'fortran_order': False, 'shape': (0, 4294967296, 4294967296)}", 0,
     GAZE_ERROR_OVERFLOW},
};

static void headers_that_are_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        gaze_error err = {0};
        gaze_status status = parse_header(refused[i].header, refused[i].data_size, &err);
        if (status != refused[i].status) print_error("%s: %s\n", refused[i].header, err.message);
        assert_int_equal(status, refused[i].status);
        assert_true(strncmp(err.message, "npy", 3) == 0);
    }
}

/* Versions 2 and 3 have 32 bits for the header's length. */
static void the_frame(void **state) {
    (void)state;
    const char header[] = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}";
    unsigned char file[12 + sizeof header] = "\x93NUMPY\2";
    const size_t size = sizeof file; /* the header's NUL is the one byte of data */
    gaze_store_u32(file + 8, sizeof header - 1);
    memcpy(file + 12, header, sizeof header);
    assert_int_equal(parse_exact(file, size, NULL), GAZE_OK);
    file[6] = 3;
    assert_int_equal(parse_exact(file, size, NULL), GAZE_OK);
    file[6] = 4;
    assert_int_equal(parse_exact(file, size, NULL), GAZE_ERROR_UNSUPPORTED);
    file[6] = 0;
    assert_int_equal(parse_exact(file, size, NULL), GAZE_ERROR_UNSUPPORTED);
    file[6] = 2;
    file[7] = 1;
    assert_int_equal(parse_exact(file, size, NULL), GAZE_ERROR_UNSUPPORTED);
    file[7] = 0;
    gaze_store_u32(file + 8, 0xFFFFFFFF);
    assert_int_equal(parse_exact(file, size, NULL), GAZE_ERROR_LIMIT);
    gaze_store_u32(file + 8, 65536);
    assert_int_equal(parse_exact(file, size, NULL), GAZE_ERROR_FORMAT);
    gaze_store_u32(file + 8, sizeof header - 1);
    for (size_t shorter = 0; shorter < size; shorter++)
        assert_int_not_equal(parse_exact(file, shorter, NULL), GAZE_OK);
    file[0] = 0x92;
    assert_int_equal(parse_exact(file, size, NULL), GAZE_ERROR_FORMAT);
}

/* Whatever a byte is changed to, nothing beyond the file is touched, and a copy is as large as it says. */
static void every_change_of_a_byte(void **state) {
    (void)state;
    const int16_t halves[6] = {0};
    const gaze_tensor tensor = {halves, GAZE_DTYPE_F16, 2, {2, 3}};
    gaze_buffer out = {0};
    assert_int_equal(gaze_npy_write(&out, &tensor, NULL), GAZE_OK);
    unsigned char *bytes = exact_copy(out.data, out.length);
    for (size_t i = 0; i < out.length; i++) {
        for (int change = 1; change < 256; change++) {
            gaze_npy npy;
            bytes[i] = (unsigned char)(out.data[i] ^ change);
            if (gaze_npy_parse(&npy, bytes, out.length, NULL)) continue;
            void *copy = malloc(gaze_tensor_size(&npy.tensor));
            gaze_npy_copy(copy, &npy);
            free(copy);
        }
        bytes[i] = (unsigned char)out.data[i];
    }
    free(bytes);
    gaze_buffer_deinit(&out);
}

static void every_type_is_written_and_read(void **state) {
    (void)state;
    static const gaze_dtype dtypes[] = {GAZE_DTYPE_F32, GAZE_DTYPE_F64, GAZE_DTYPE_F16, GAZE_DTYPE_I32,
                                        GAZE_DTYPE_I64, GAZE_DTYPE_I8,  GAZE_DTYPE_U8,  GAZE_DTYPE_BOOL};
    unsigned char data[64], copy[64];
    for (size_t i = 0; i < sizeof data; i++) data[i] = (unsigned char)(i * 7);
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++) {
        for (size_t rank = 0; rank <= GAZE_MAX_RANK; rank++) {
            const gaze_tensor tensor = {data, dtypes[i], rank, {1, 2, 1, 1, 3, 1, 1, 1}};
            gaze_buffer out = {0};
            gaze_npy npy;
            assert_int_equal(gaze_npy_write(&out, &tensor, NULL), GAZE_OK);
            assert_int_equal((out.length - gaze_tensor_size(&tensor)) % 64, 0);
            assert_int_equal(gaze_npy_parse(&npy, out.data, out.length, NULL), GAZE_OK);
            assert_int_equal(npy.tensor.dtype, tensor.dtype);
            assert_int_equal(npy.tensor.rank, rank);
            assert_memory_equal(npy.tensor.shape, tensor.shape, rank * sizeof *tensor.shape);
            gaze_npy_copy(copy, &npy);
            assert_memory_equal(copy, data, gaze_tensor_size(&tensor));
            gaze_buffer_deinit(&out);
        }
    }
    const gaze_tensor bf16 = {data, GAZE_DTYPE_BF16, 1, {2}};
    gaze_buffer out = {0};
    assert_int_equal(gaze_npy_write(&out, &bf16, NULL), GAZE_ERROR_ARGUMENT);
    gaze_buffer_deinit(&out);
}

static gaze_status write_one(void *context) {
    const gaze_tensor tensor = {"abc", GAZE_DTYPE_U8, 1, {3}};
    gaze_buffer out = {0};
    (void)context;
    gaze_status status = gaze_npy_write(&out, &tensor, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static void writing_without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(write_one, NULL) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_by_hand),           cmocka_unit_test(columns_become_rows),
        cmocka_unit_test(big_endian_is_turned),     cmocka_unit_test(headers_that_are_read),
        cmocka_unit_test(headers_that_are_refused), cmocka_unit_test(the_frame),
        cmocka_unit_test(every_change_of_a_byte),   cmocka_unit_test(every_type_is_written_and_read),
        cmocka_unit_test(writing_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
