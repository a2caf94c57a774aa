#include "tests/support/png_read.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/deflate.h"

/* CRC-32 bit by bit, from the definition in the PNG specification, annex D. */
static uint32_t crc_of(const uint8_t *data, size_t size) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    return ~crc;
}

static uint32_t load(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The chunk at *at must be of this type; *at moves behind it. */
static const uint8_t *take_chunk(const uint8_t *file, size_t size, size_t *at, const char *type,
                                 size_t *length) {
    assert_true(size - *at >= 12);
    *length = load(file + *at);
    assert_true(*length <= size - *at - 12);
    assert_memory_equal(file + *at + 4, type, 4);
    assert_int_equal(load(file + *at + 8 + *length), crc_of(file + *at + 4, *length + 4));
    const uint8_t *data = file + *at + 8;
    *at += *length + 12;
    return data;
}

static void read_header(png_image *image, const uint8_t *data, size_t length) {
    assert_int_equal(length, 13);
    image->width = load(data);
    image->height = load(data + 4);
    assert_memory_equal(data + 8, "\x08\x03\0\0\0", 5); /* 8 bits, palette, no interlace */
}

static uint32_t adler_of(const uint8_t *data, size_t size) {
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < size; i++) {
        a = (a + data[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/* What a build without zlib writes: stored blocks (RFC 1951, 3.2.4). */
static void read_stored(uint8_t *out, size_t size, const uint8_t *data, size_t length) {
    size_t at = 0, done = 0;
    for (bool last = false; !last;) {
        assert_true(length - at >= 5 && data[at] <= 1);
        last = data[at] == 1;
        size_t block = data[at + 1] | (size_t)data[at + 2] << 8;
        assert_int_equal(block ^ 0xFFFF, data[at + 3] | (size_t)data[at + 4] << 8);
        at += 5;
        assert_true(length - at >= block && size - done >= block);
        memcpy(out + done, data + at, block);
        at += block;
        done += block;
    }
    assert_int_equal(done, size);
    assert_int_equal(at, length);
}

static void read_deflated(uint8_t *out, size_t size, const uint8_t *data, size_t length) {
    if (!gaze_deflate_available())
        read_stored(out, size, data, length);
    else
        assert_int_equal(gaze_inflate_raw(out, size, data, length, NULL), GAZE_OK);
}

static void unfilter(png_image *image, const uint8_t *rows) {
    for (size_t y = 0; y < image->height; y++) {
        const uint8_t *row = rows + y * (image->width + 1);
        uint8_t *out = image->pixels + y * image->width;
        assert_true(row[0] == 0 || (row[0] == 2 && y > 0));
        for (size_t x = 0; x < image->width; x++)
            out[x] = (uint8_t)(row[x + 1] + (row[0] == 2 ? out[x - image->width] : 0));
    }
}

png_image png_read(const void *bytes, size_t size) {
    png_image image = {0};
    const uint8_t *file = bytes;
    size_t at = 8, length;
    assert_true(size > 8);
    assert_memory_equal(file, "\x89PNG\r\n\x1a\n", 8);
    const uint8_t *header = take_chunk(file, size, &at, "IHDR", &length);
    read_header(&image, header, length);
    const uint8_t *palette = take_chunk(file, size, &at, "PLTE", &length);
    assert_true(length % 3 == 0 && length <= sizeof image.palette);
    memcpy(image.palette, palette, length);
    image.color_count = length / 3;
    const uint8_t *data = take_chunk(file, size, &at, "IDAT", &length);
    size_t raw_size = image.height * (image.width + 1);
    uint8_t *rows = malloc(raw_size);
    image.pixels = malloc(image.width * image.height);
    assert_true(rows && image.pixels && length > 6);
    read_deflated(rows, raw_size, data + 2, length - 6);
    assert_int_equal(load(data + length - 4), adler_of(rows, raw_size));
    unfilter(&image, rows);
    free(rows);
    take_chunk(file, size, &at, "IEND", &length);
    assert_int_equal(at, size);
    return image;
}

static int digit_of(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

uint8_t *base64_read(const char *text, size_t *size) {
    uint8_t *out = malloc(strlen(text) + 1);
    uint32_t bits = 0;
    int count = 0;
    assert_non_null(out);
    *size = 0;
    for (; digit_of(*text) >= 0; text++) {
        bits = bits << 6 | (uint32_t)digit_of(*text);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out[(*size)++] = (uint8_t)(bits >> count);
    }
    return out;
}

png_image png_read_from_svg(const char *svg, size_t n) {
    static const char prefix[] = "data:image/png;base64,";
    const char *at = strstr(svg, prefix);
    for (; at && n > 0; n--) at = strstr(at + 1, prefix);
    assert_non_null(at);
    size_t size;
    uint8_t *file = base64_read(at + strlen(prefix), &size);
    png_image image = png_read(file, size);
    free(file);
    return image;
}

void png_free(png_image *image) {
    free(image->pixels);
    *image = (png_image){0};
}
