/* weights/zip: an archive of two bytes written out by hand, damaged archives, and what other writers
 * do. Sizes of 64 bits: test_zip64.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/deflate.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/zip_read.h"
#include "weights/zip.h"
#include "weights/zip_format.h"

/* "hi" in an entry "a": a local header of 30 bytes, the name, the data; a directory entry of 46 bytes and
 * the name; an end of 22 bytes. The CRC of "hi" is D8932AAC. */
static void an_archive_by_hand(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_zip_writer writer;
    gaze_zip_begin(&writer, &out);
    assert_int_equal(gaze_zip_add(&writer, "a", "hi", 2, true, NULL), GAZE_OK);
    assert_int_equal(gaze_zip_finish(&writer, NULL), GAZE_OK);
    assert_int_equal(out.length, 30 + 1 + 2 + 46 + 1 + 22);
    /* clang-format off */
    static const char expected[] =
        "PK\3\4" "\24\0" "\0\10" "\0\0"       /* version 2.0, UTF-8, stored */
        "\0\0" "\x21\0" "\xAC\x2A\x93\xD8"     /* midnight, 1980-01-01, CRC */
        "\2\0\0\0" "\2\0\0\0" "\1\0" "\0\0"  /* sizes: data, content, name, extra field */
        "a" "hi"
        "PK\1\2" "\24\0" "\24\0" "\0\10" "\0\0"
        "\0\0" "\x21\0" "\xAC\x2A\x93\xD8"
        "\2\0\0\0" "\2\0\0\0" "\1\0" "\0\0"
        "\0\0" "\0\0" "\0\0" "\0\0\0\0"      /* comment, disk, attributes */
        "\0\0\0\0" "a"                         /* the local header stands at byte 0 */
        "PK\5\6" "\0\0" "\0\0" "\1\0" "\1\0"   /* disks, entries */
        "\x2F\0\0\0" "\x21\0\0\0" "\0\0";     /* 47 bytes of directory at byte 33 */
    /* clang-format on */
    assert_memory_equal(out.data, expected, out.length);
    gaze_zip zip;
    assert_int_equal(gaze_zip_parse(&zip, out.data, out.length, NULL), GAZE_OK);
    assert_int_equal(zip.count, 1);
    assert_memory_equal(zip.entries[0].data, "hi", 2);
    gaze_zip_deinit(&zip);
    gaze_buffer_deinit(&out);
}

/* The archive that the tests below damage: "a" stored, "bb" deflated when there is zlib. */
enum { A_SIZE = 5, B_SIZE = 3000 };

static void put_sample(gaze_buffer *out) {
    char b[B_SIZE];
    gaze_zip_writer writer;
    for (int i = 0; i < B_SIZE; i++) b[i] = (char)('a' + i % 7);
    gaze_zip_begin(&writer, out);
    assert_int_equal(gaze_zip_add(&writer, "a", "hello", A_SIZE, false, NULL), GAZE_OK);
    assert_int_equal(gaze_zip_add(&writer, "bb", b, B_SIZE, true, NULL), GAZE_OK);
    assert_int_equal(gaze_zip_finish(&writer, NULL), GAZE_OK);
}

/* Where the records of the sample stand, found by their marks. */
typedef enum place { LOCAL_A, LOCAL_B, CENTRAL_A, CENTRAL_B, END, PLACE_COUNT } place;

static size_t find_mark(const gaze_buffer *archive, uint32_t mark, int skip) {
    for (size_t at = 0; at + 4 <= archive->length; at++)
        if (gaze_load_u32(archive->data + at) == mark && skip-- == 0) return at;
    fail_msg("no such record");
    return 0;
}

static size_t find_place(const gaze_buffer *archive, place p) {
    static const uint32_t marks[PLACE_COUNT] = {ZIP_LOCAL_MARK, ZIP_LOCAL_MARK, ZIP_CENTRAL_MARK,
                                                ZIP_CENTRAL_MARK, ZIP_END_MARK};
    return find_mark(archive, marks[p], p == LOCAL_B || p == CENTRAL_B);
}

typedef struct damage {
    place record;
    size_t offset; /* in the record */
    int width;
    uint32_t value;
    gaze_status status;
} damage;

static gaze_status read_damaged(const damage *d, gaze_error *err) {
    gaze_buffer out = {0};
    put_sample(&out);
    char *at = out.data + find_place(&out, d->record) + d->offset;
    if (d->width == 1) *at = (char)d->value;
    if (d->width == 2) gaze_store_u16(at, (uint16_t)d->value);
    if (d->width == 4) gaze_store_u32(at, d->value);
    gaze_status status = zip_read_all(out.data, out.length, err);
    gaze_buffer_deinit(&out);
    return status;
}

/* Without zlib "bb" is stored, and deflated data is refused for another reason. */
static bool about_deflate(const damage *d) {
    return d->record == CENTRAL_B || (d->offset == 10 && d->value == ZIP_DEFLATED);
}

static const damage damages[] = {
    {CENTRAL_A, 8, 2, 0x0801, GAZE_ERROR_UNSUPPORTED}, /* encrypted */
    {CENTRAL_A, 8, 2, 0x0840, GAZE_ERROR_UNSUPPORTED}, /* strongly encrypted */
    {CENTRAL_A, 8, 2, 0x2800, GAZE_ERROR_UNSUPPORTED}, /* a masked directory */
    {CENTRAL_A, 8, 2, 0x080E, GAZE_OK},                /* deflate's level, sizes behind */
    {CENTRAL_A, 8, 2, 0x0000, GAZE_OK},                /* no claim of UTF-8 */
    {CENTRAL_A, 10, 2, 1, GAZE_ERROR_UNSUPPORTED},     /* shrunk */
    {CENTRAL_A, 10, 2, 9, GAZE_ERROR_UNSUPPORTED},     /* deflate64 */
    {CENTRAL_A, 10, 2, 93, GAZE_ERROR_UNSUPPORTED},    /* zstandard */
    {CENTRAL_A, 10, 2, 8, GAZE_ERROR_FORMAT},          /* "hello" is no deflated data */
    {CENTRAL_B, 10, 2, 0, GAZE_ERROR_FORMAT},          /* sizes of a stored entry differ */
    {CENTRAL_A, 16, 4, 1, GAZE_ERROR_FORMAT},          /* CRC */
    {CENTRAL_B, 16, 4, 1, GAZE_ERROR_FORMAT},          /* CRC */
    {CENTRAL_A, 20, 4, 4, GAZE_ERROR_FORMAT},          /* stored sizes differ */
    {CENTRAL_A, 20, 4, 0xFFFFFFFE, GAZE_ERROR_FORMAT}, /* data beyond the file */
    {CENTRAL_A, 20, 4, 0xFFFFFFFF, GAZE_ERROR_FORMAT}, /* ZIP64 without its field */
    {CENTRAL_B, 20, 4, 3, GAZE_ERROR_FORMAT},          /* data cut off */
    {CENTRAL_B, 24, 4, B_SIZE + 1, GAZE_ERROR_FORMAT}, /* less than declared */
    {CENTRAL_B, 24, 4, B_SIZE - 1, GAZE_ERROR_FORMAT}, /* more than declared */
    {CENTRAL_B, 24, 4, 0, GAZE_ERROR_FORMAT},          /* likewise */
    {CENTRAL_B, 24, 4, 0xFFFFFFFE, GAZE_ERROR_FORMAT}, /* beyond deflate's ratio */
    {CENTRAL_A, 28, 2, 0, GAZE_ERROR_NAME},            /* no name */
    {CENTRAL_A, 28, 2, 0xFFFF, GAZE_ERROR_FORMAT},     /* a name beyond the directory */
    {CENTRAL_A, 30, 2, 0xFFFF, GAZE_ERROR_FORMAT},     /* an extra field beyond it */
    {CENTRAL_B, 32, 2, 1, GAZE_ERROR_FORMAT},          /* a comment beyond it */
    {CENTRAL_A, 34, 2, 1, GAZE_ERROR_UNSUPPORTED},     /* another disk */
    {CENTRAL_A, 42, 4, 1, GAZE_ERROR_FORMAT},          /* no local header there */
    {CENTRAL_A, 42, 4, 0xFFFFFFF0, GAZE_ERROR_FORMAT}, /* beyond the file */
    {CENTRAL_B, 42, 4, 0, GAZE_ERROR_FORMAT},          /* two entries on one local header */
    {CENTRAL_A, 46, 1, 0, GAZE_ERROR_NAME},            /* NUL */
    {CENTRAL_A, 46, 1, 0xFF, GAZE_ERROR_NAME},         /* not UTF-8 */
    {CENTRAL_B, 0, 4, 0, GAZE_ERROR_FORMAT},           /* no entry */
    {LOCAL_A, 0, 4, 0, GAZE_ERROR_FORMAT},             /* no local header */
    {LOCAL_A, 26, 2, 0xFFFF, GAZE_ERROR_FORMAT},       /* data beyond the file */
    {LOCAL_A, 28, 2, 1, GAZE_ERROR_FORMAT},            /* data one byte later: CRC */
    {LOCAL_A, 18, 4, 77, GAZE_OK},                     /* its sizes, CRC and name are not believed */
    {LOCAL_A, 14, 4, 77, GAZE_OK},
    {LOCAL_A, 30, 1, 'z', GAZE_OK},
    {END, 0, 4, 0, GAZE_ERROR_FORMAT},      /* no end */
    {END, 4, 2, 1, GAZE_ERROR_UNSUPPORTED}, /* disks */
    {END, 6, 2, 1, GAZE_ERROR_UNSUPPORTED},
    {END, 8, 2, 1, GAZE_ERROR_UNSUPPORTED},
    {END, 10, 2, 0xFFFF, GAZE_ERROR_FORMAT}, /* ZIP64 without its record */
    {END, 12, 4, 0xFFFFFFFF, GAZE_ERROR_FORMAT},
    {END, 16, 4, 0xFFFFFFFF, GAZE_ERROR_FORMAT},
    {END, 12, 4, 0, GAZE_ERROR_FORMAT},      /* size of the directory */
    {END, 16, 4, 0, GAZE_ERROR_FORMAT},      /* its place */
    {END, 16, 4, 0xFFFFFFFE, GAZE_ERROR_FORMAT},
    {END, 20, 2, 1, GAZE_ERROR_FORMAT}, /* a comment that is not there */
};

static void damaged_archives(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        gaze_error err = {0};
        if (!gaze_deflate_available() && about_deflate(&damages[i])) continue;
        gaze_status status = read_damaged(&damages[i], &err);
        if (status != damages[i].status) print_error("case %zu: %s\n", i, err.message);
        assert_int_equal(status, damages[i].status);
    }
}

/* An entry in a directory before which there is no room for any local header; and an end too near for ZIP64. */
static void archives_without_room(void **state) {
    (void)state;
    gaze_buffer out = {0};
    put_sample(&out);
    size_t central = find_place(&out, CENTRAL_A), end = find_place(&out, END);
    gaze_store_u16(out.data + end + 8, 2);
    gaze_store_u32(out.data + end + 16, 0);
    assert_int_equal(zip_read_all(out.data + central, out.length - central, NULL), GAZE_ERROR_FORMAT);
    gaze_store_u32(out.data + end + 16, 0xFFFFFFFF);
    assert_int_equal(zip_read_all(out.data + end - 75, out.length - end + 75, NULL), GAZE_ERROR_FORMAT);
    assert_int_equal(zip_read_all(out.data + end - 76, out.length - end + 76, NULL), GAZE_ERROR_FORMAT);
    gaze_buffer_deinit(&out);
}

static void one_entry_too_few_or_too_many(void **state) {
    (void)state;
    for (uint16_t count = 0; count < 5; count++) {
        gaze_buffer out = {0};
        put_sample(&out);
        char *end = out.data + find_place(&out, END);
        gaze_store_u16(end + 8, count);
        gaze_store_u16(end + 10, count);
        assert_int_equal(zip_read_all(out.data, out.length, NULL), count == 2 ? GAZE_OK : GAZE_ERROR_FORMAT);
        gaze_buffer_deinit(&out);
    }
}

static void what_surrounds_the_archive(void **state) {
    (void)state;
    gaze_buffer out = {0};
    put_sample(&out);
    for (size_t size = 0; size < out.length; size++)
        assert_int_not_equal(zip_read_all(out.data, size, NULL), GAZE_OK);
    gaze_buffer_putc(&out, '\0'); /* a byte behind the end */
    assert_int_equal(zip_read_all(out.data, out.length, NULL), GAZE_ERROR_FORMAT);
    gaze_buffer_clear(&out);
    gaze_buffer_puts(&out, "#!/bin/sh"); /* and before the archive: the offsets are wrong then */
    put_sample(&out);
    assert_int_equal(zip_read_all(out.data, out.length, NULL), GAZE_ERROR_FORMAT);
    gaze_buffer_deinit(&out);
}

/* The comment may hold the mark of an end; the last end whose own comment fits counts. */
static void a_comment_at_the_end(void **state) {
    (void)state;
    static const char comment[] = "PK\5\6 is how an archive ends, and this is long enough to look like one";
    gaze_buffer out = {0};
    put_sample(&out);
    gaze_store_u16(out.data + find_place(&out, END) + 20, sizeof comment - 1);
    gaze_buffer_append(&out, comment, sizeof comment - 1);
    assert_int_equal(zip_read_all(out.data, out.length, NULL), GAZE_OK);
    gaze_buffer_deinit(&out);
}

static void two_entries_of_one_name(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_zip_writer writer;
    gaze_zip_begin(&writer, &out);
    assert_int_equal(gaze_zip_add(&writer, "a", "x", 1, false, NULL), GAZE_OK);
    assert_int_equal(gaze_zip_add(&writer, "a", "y", 1, false, NULL), GAZE_OK);
    assert_int_equal(gaze_zip_finish(&writer, NULL), GAZE_OK);
    assert_int_equal(zip_read_all(out.data, out.length, NULL), GAZE_ERROR_DUPLICATE);
    gaze_buffer_deinit(&out);
}

/* The writer knows no ZIP64; it is told here that almost 4 GiB are written already. */
static void archives_that_are_too_large(void **state) {
    (void)state;
    gaze_buffer out = {0};
    gaze_zip_writer writer;
    char *name = calloc(65537, 1);
    gaze_zip_begin(&writer, &out);
    writer.start -= 0xFFE00000u;
    assert_int_equal(gaze_zip_add(&writer, "a", "hi", 2, false, NULL), GAZE_OK);
    writer.start -= 0x000FFFFFu;
    assert_int_equal(gaze_zip_add(&writer, "b", "hi", 2, false, NULL), GAZE_ERROR_LIMIT);
    writer.start = 0;
    memset(name, 'n', 65536);
    assert_int_equal(gaze_zip_add(&writer, name, "hi", 2, false, NULL), GAZE_ERROR_LIMIT);
    writer.count = 65534;
    assert_int_equal(gaze_zip_add(&writer, "c", "hi", 2, false, NULL), GAZE_ERROR_LIMIT);
    assert_int_equal(gaze_zip_finish(&writer, NULL), GAZE_OK);
    gaze_buffer_deinit(&out);
    free(name);
}

static gaze_status write_and_read(void *context) {
    gaze_buffer out = {0};
    gaze_zip_writer writer;
    (void)context;
    gaze_zip_begin(&writer, &out);
    gaze_status status = gaze_zip_add(&writer, "a", "hello, hello, hello, hello", 26, true, NULL);
    gaze_status finished = gaze_zip_finish(&writer, NULL);
    if (!status) status = finished;
    if (!status) status = zip_read_all(out.data, out.length, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(write_and_read, NULL) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_by_hand),
        cmocka_unit_test(damaged_archives),
        cmocka_unit_test(archives_without_room),
        cmocka_unit_test(one_entry_too_few_or_too_many),
        cmocka_unit_test(what_surrounds_the_archive),
        cmocka_unit_test(a_comment_at_the_end),
        cmocka_unit_test(two_entries_of_one_name),
        cmocka_unit_test(archives_that_are_too_large),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
