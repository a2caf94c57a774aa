/* core/base/deflate: the standards' own checksums, streams there and back, and broken ones. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>

#include "core/base/bytes.h"
#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "tests/support/failing_alloc.h"

static void checksums_of_the_standards(void **state) {
    (void)state;
    assert_int_equal(gaze_crc32(0, "123456789", 9), 0xCBF43926);
    assert_int_equal(gaze_crc32(gaze_crc32(0, "1234", 4), "56789", 5), 0xCBF43926);
    assert_int_equal(gaze_adler32(1, "Wikipedia", 9), 0x11E60398);
    assert_int_equal(gaze_crc32(0, NULL, 0), 0);
    assert_int_equal(gaze_adler32(1, NULL, 0), 1);
}

static void what_was_deflated_inflates_again(void **state) {
    (void)state;
    enum { SIZE = 200000 };
    static unsigned char data[SIZE], back[SIZE + 1];
    gaze_buffer raw = {0};
    for (unsigned i = 0; i < SIZE; i++) data[i] = (unsigned char)(i * i / 997); /* i * i wraps around */
    assert_int_equal(gaze_deflate(&raw, data, SIZE, GAZE_DEFLATE_RAW, GAZE_DEFLATE_RUNS, NULL), GAZE_OK);
    if (gaze_deflate_available()) {
        assert_true(raw.length < SIZE);
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_OK);
        assert_memory_equal(back, data, SIZE);
        assert_int_equal(gaze_inflate_raw(back, SIZE - 1, raw.data, raw.length, NULL), GAZE_ERROR_FORMAT);
        assert_int_equal(gaze_inflate_raw(back, SIZE + 1, raw.data, raw.length, NULL), GAZE_ERROR_FORMAT);
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length - 1, NULL), GAZE_ERROR_FORMAT);
        gaze_buffer_putc(&raw, 'x');
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_ERROR_FORMAT);
        gaze_buffer_clear(&raw);
        assert_int_equal(gaze_deflate(&raw, NULL, 0, GAZE_DEFLATE_RAW, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
        assert_int_equal(gaze_inflate_raw(NULL, 0, raw.data, raw.length, NULL), GAZE_OK);
    } else {
        assert_int_equal(raw.length, SIZE + 5 * (SIZE / 65535 + 1));
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_ERROR_UNSUPPORTED);
    }
    gaze_buffer_deinit(&raw);
}

static unsigned char noise[300000];

static gaze_status deflate_noise(void *context) {
    gaze_buffer out = {0};
    (void)context;
    gaze_status status = gaze_deflate(&out, noise, sizeof noise, GAZE_DEFLATE_RAW, GAZE_DEFLATE_DEFAULT, NULL);
    gaze_buffer_deinit(&out);
    return status;
}

static gaze_status inflate_noise(void *context) {
    static unsigned char back[sizeof noise];
    const gaze_buffer *raw = context;
    return gaze_inflate_raw(back, sizeof back, raw->data, raw->length, NULL);
}

/* Half of it: what stands there is kept for what might come, and there is no room for that. */
static gaze_status inflate_half(void *context) {
    static unsigned char back[sizeof noise / 2];
    const gaze_buffer *raw = context;
    gaze_status status = gaze_inflate_raw(back, sizeof back, raw->data, raw->length, NULL);
    return status == GAZE_ERROR_FORMAT ? GAZE_OK : status;
}

/* More than zlib is given at once. */
static void a_long_stream(void **state) {
    (void)state;
    enum { SIZE = (5 << 20) / 2 };
    unsigned char *data = gaze_alloc(SIZE, 1), *back = gaze_alloc(SIZE, 1);
    gaze_buffer raw = {0};
    for (size_t i = 0; i < SIZE; i++) data[i] = (unsigned char)(i >> 16 ^ i % 251);
    assert_int_equal(gaze_deflate(&raw, data, SIZE, GAZE_DEFLATE_RAW, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
    if (gaze_deflate_available()) {
        assert_int_equal(gaze_inflate_raw(back, SIZE, raw.data, raw.length, NULL), GAZE_OK);
        assert_memory_equal(back, data, SIZE);
    }
    gaze_buffer_deinit(&raw);
    gaze_free(data);
    gaze_free(back);
}

/* Each allocation, zlib's too, failing in turn. */
static void streams_without_memory(void **state) {
    (void)state;
    gaze_buffer raw = {0};
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (unsigned char)((random = random * 1664525u + 1013904223u) >> 24);
    assert_true(fail_each_allocation(deflate_noise, NULL) >= 3);
    assert_int_equal(gaze_deflate(&raw, noise, sizeof noise, GAZE_DEFLATE_RAW, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
    if (gaze_deflate_available()) {
        assert_true(fail_each_allocation(inflate_noise, &raw) >= 1);
        assert_true(fail_each_allocation(inflate_half, &raw) >= 2);
    }
    gaze_buffer_deinit(&raw);
}

/* zlib counts in unsigned ints: more is refused before a byte of it is touched. */
static void streams_beyond_zlib(void **state) {
    (void)state;
#if SIZE_MAX > UINT_MAX
    const size_t above = (size_t)UINT_MAX + 1;
    unsigned char byte = 0;
    if (!gaze_deflate_available()) skip();
    assert_int_equal(gaze_inflate_raw(&byte, above, &byte, 1, NULL), GAZE_ERROR_LIMIT);
    assert_int_equal(gaze_inflate_raw(&byte, 1, &byte, above, NULL), GAZE_ERROR_LIMIT);
#endif
}

/* The streams that others read: `gzip -t` and the zlib header with its checksum. */
static void streams_have_their_frames(void **state) {
    (void)state;
    gaze_buffer out = {0};
    assert_int_equal(gaze_deflate(&out, "abc", 3, GAZE_DEFLATE_GZIP, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
    assert_memory_equal(out.data, "\x1F\x8B\x08\x00\x00\x00\x00\x00", 8); /* no flags, time stamp 0 */
    assert_int_equal(gaze_load_u32(out.data + out.length - 8), gaze_crc32(0, "abc", 3));
    assert_int_equal(gaze_load_u32(out.data + out.length - 4), 3);
    gaze_buffer_clear(&out);
    assert_int_equal(gaze_deflate(&out, "abc", 3, GAZE_DEFLATE_ZLIB, GAZE_DEFLATE_DEFAULT, NULL), GAZE_OK);
    assert_int_equal(((unsigned char)out.data[0] * 256 + (unsigned char)out.data[1]) % 31, 0);
    assert_memory_equal(out.data + out.length - 4, "\x02\x4D\x01\x27", 4); /* Adler-32 of "abc" */
    gaze_buffer_deinit(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checksums_of_the_standards),
        cmocka_unit_test(what_was_deflated_inflates_again),
        cmocka_unit_test(a_long_stream),
        cmocka_unit_test(streams_have_their_frames),
        cmocka_unit_test(streams_without_memory),
        cmocka_unit_test(streams_beyond_zlib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
