/* weights/zip: archives whose sizes have 64 bits, written out by hand: no writer of ours makes them. By hand: the entry
 * "a" of 2 bytes has 0xFFFFFFFF where its sizes and its place stand, and 2, 2 and 0 in a field of 24 bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/bytes.h"
#include "tests/support/zip_read.h"
#include "weights/zip.h"
#include "weights/zip_format.h"

/* The archive of "hi" with every number that may be in 64 bits there, and one field before them. */
typedef struct zip64 {
    gaze_buffer out;
    size_t central, extra, end64, locator;
} zip64;

static void put_number(gaze_buffer *out, uint64_t value, size_t width) {
    unsigned char bytes[8];
    gaze_store_u64(bytes, value);
    gaze_buffer_append(out, bytes, width);
}

static void put_zip64(zip64 *z) {
    gaze_buffer *out = &z->out;
    static const unsigned char other[6] = {7, 0, 2, 0, 1, 2}; /* id 7, 2 bytes */
    gaze_zip_writer writer;
    gaze_zip_begin(&writer, out);
    assert_int_equal(gaze_zip_add(&writer, "a", "hi", 2, false, NULL), GAZE_OK);
    z->central = out->length;
    gaze_buffer_append(out, writer.directory.data, writer.directory.length);
    gaze_buffer_deinit(&writer.directory);
    char *record = out->data + z->central;
    gaze_store_u32(record + 20, 0xFFFFFFFF);
    gaze_store_u32(record + 24, 0xFFFFFFFF);
    gaze_store_u32(record + 42, 0xFFFFFFFF);
    gaze_store_u16(record + 30, sizeof other + 28);
    gaze_buffer_append(out, other, sizeof other);
    z->extra = out->length;
    put_number(out, 1, 2); /* id 1, 24 bytes: size, compressed size, place */
    put_number(out, 24, 2);
    put_number(out, 2, 8);
    put_number(out, 2, 8);
    put_number(out, 0, 8);
    z->end64 = out->length;
    put_number(out, ZIP_END64_MARK, 4);
    put_number(out, 44, 8);
    put_number(out, 45, 2);
    put_number(out, 45, 2);
    put_number(out, 0, 4);
    put_number(out, 0, 4);
    put_number(out, 1, 8);
    put_number(out, 1, 8);
    put_number(out, z->end64 - z->central, 8);
    put_number(out, z->central, 8);
    z->locator = out->length;
    put_number(out, ZIP_LOCATOR_MARK, 4);
    put_number(out, 0, 4);
    put_number(out, z->end64, 8);
    put_number(out, 1, 4);
    put_number(out, ZIP_END_MARK, 4);
    put_number(out, 0, 4);
    put_number(out, 0xFFFFFFFF, 4);
    put_number(out, 0xFFFFFFFF, 4);
    put_number(out, 0xFFFFFFFF, 4);
    put_number(out, 0, 2);
}

typedef enum zip64_place { EXTRA, END64, LOCATOR } zip64_place;

static gaze_status read_zip64(zip64_place where, size_t offset, size_t width, uint64_t value) {
    zip64 z = {0};
    unsigned char bytes[8];
    put_zip64(&z);
    gaze_store_u64(bytes, value);
    size_t record = where == EXTRA ? z.extra : where == END64 ? z.end64 : z.locator;
    memcpy(z.out.data + record + offset, bytes, width);
    gaze_status status = zip_read_all(z.out.data, z.out.length, NULL);
    gaze_buffer_deinit(&z.out);
    return status;
}

static void sizes_of_64_bits(void **state) {
    (void)state;
    assert_int_equal(read_zip64(EXTRA, 0, 2, 1), GAZE_OK); /* as it is */
    assert_int_equal(read_zip64(EXTRA, 0, 2, 2), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(EXTRA, 2, 2, 16), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(EXTRA, 2, 2, 25), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(EXTRA, 4, 8, UINT64_MAX), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(EXTRA, 12, 8, UINT64_MAX), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(EXTRA, 20, 8, UINT64_MAX - 8), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(END64, 0, 4, 0), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(END64, 4, 8, 43), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(END64, 4, 8, UINT64_MAX), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(END64, 16, 4, 1), GAZE_ERROR_UNSUPPORTED);
    assert_int_equal(read_zip64(END64, 24, 8, 2), GAZE_ERROR_UNSUPPORTED);
    assert_int_equal(read_zip64(END64, 40, 8, UINT64_MAX), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(END64, 48, 8, UINT64_MAX), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(LOCATOR, 0, 4, 0), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(LOCATOR, 8, 8, UINT64_MAX), GAZE_ERROR_FORMAT);
    assert_int_equal(read_zip64(LOCATOR, 8, 8, 0), GAZE_ERROR_FORMAT);
}

static void more_than_65535_entries(void **state) {
    (void)state;
    zip64 z = {0};
    put_zip64(&z);
    gaze_store_u64(z.out.data + z.end64 + 24, 65536);
    gaze_store_u64(z.out.data + z.end64 + 32, 65536);
    assert_int_equal(zip_read_all(z.out.data, z.out.length, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&z.out);
}

static void every_change_of_a_byte(void **state) {
    (void)state;
    zip64 z = {0};
    put_zip64(&z);
    for (size_t i = 0; i < z.out.length; i++) {
        char kept = z.out.data[i];
        for (int change = 1; change < 256; change++) {
            z.out.data[i] = (char)(kept ^ change);
            (void)zip_read_all(z.out.data, z.out.length, NULL);
        }
        z.out.data[i] = kept;
    }
    gaze_buffer_deinit(&z.out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_64_bits),
        cmocka_unit_test(more_than_65535_entries),
        cmocka_unit_test(every_change_of_a_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
