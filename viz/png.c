/* Chunks, filtered rows, base64. */
#include "viz/png.h"

#include <string.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"

enum { COLOR_TYPE_PALETTE = 3, FILTER_NONE = 0, FILTER_UP = 2 };

static void store_big_endian(unsigned char out[4], uint32_t v) {
    out[0] = (unsigned char)(v >> 24);
    out[1] = (unsigned char)(v >> 16);
    out[2] = (unsigned char)(v >> 8);
    out[3] = (unsigned char)v;
}

/* Length, type, data, CRC of type and data. */
static void put_chunk(gaze_buffer *out, const char type[4], const void *data, size_t size) {
    unsigned char number[4];
    store_big_endian(number, (uint32_t)size);
    gaze_buffer_append(out, number, 4);
    gaze_buffer_append(out, type, 4);
    gaze_buffer_append(out, data, size);
    store_big_endian(number, gaze_crc32(gaze_crc32(0, type, 4), data, size));
    gaze_buffer_append(out, number, 4);
}

static void put_header(gaze_buffer *out, const gaze_png *image) {
    unsigned char header[13] = {[8] = 8 /* bits */, [9] = COLOR_TYPE_PALETTE};
    store_big_endian(header, (uint32_t)image->width);
    store_big_endian(header + 4, (uint32_t)image->height);
    gaze_buffer_append(out, "\x89PNG\r\n\x1A\n", 8);
    put_chunk(out, "IHDR", header, sizeof header);
}

static void put_palette(gaze_buffer *out, const gaze_png *image) {
    unsigned char bytes[3 * 256];
    for (size_t i = 0; i < image->color_count; i++) {
        bytes[3 * i] = image->palette[i].r;
        bytes[3 * i + 1] = image->palette[i].g;
        bytes[3 * i + 2] = image->palette[i].b;
    }
    put_chunk(out, "PLTE", bytes, 3 * image->color_count);
}

/* Each row after the first is written as its difference from the row above: rows that repeat, as those
 * of an enlarged picture do, become zeros. `out` takes height * (1 + width) bytes. */
static void filter_rows(uint8_t *out, const gaze_png *image) {
    for (size_t y = 0; y < image->height; y++) {
        const uint8_t *row = image->pixels + y * image->width, *above = y ? row - image->width : NULL;
        *out++ = above ? FILTER_UP : FILTER_NONE;
        for (size_t x = 0; x < image->width; x++) *out++ = (uint8_t)(row[x] - (above ? above[x] : 0));
    }
}

static gaze_status put_pixels(gaze_buffer *out, const gaze_png *image, gaze_error *err) {
    gaze_status status = GAZE_OK;
    gaze_buffer packed = {0};
    size_t size;
    uint8_t *rows = NULL;
    if (gaze_size_mul(image->height, image->width + 1, &size)) rows = gaze_alloc(size, 1);
    if (!rows) {
        status = gaze_fail_memory(err);
        goto cleanup;
    }
    filter_rows(rows, image);
    status = gaze_deflate(&packed, rows, size, GAZE_DEFLATE_ZLIB, GAZE_DEFLATE_RUNS, err);
    if (status) goto cleanup;
    if (packed.length > INT32_MAX) {
        status = gaze_fail(err, GAZE_ERROR_LIMIT, "PNG of %zu packed bytes, at most 2^31 - 1", packed.length);
        goto cleanup;
    }
    put_chunk(out, "IDAT", packed.data, packed.length);
cleanup:
    gaze_free(rows);
    gaze_buffer_deinit(&packed);
    return status;
}

gaze_status gaze_png_write(gaze_buffer *out, const gaze_png *image, gaze_error *err) {
    if (!image->width || !image->height || image->width > INT32_MAX || image->height > INT32_MAX)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "PNG of %zu x %zu pixels, expected 1 to 2^31 - 1",
                         image->width, image->height);
    if (!image->color_count || image->color_count > 256)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "PNG with %zu colours, expected 1 to 256",
                         image->color_count);
    put_header(out, image);
    put_palette(out, image);
    gaze_status status = put_pixels(out, image, err);
    if (status) return status;
    put_chunk(out, "IEND", "", 0);
    return gaze_buffer_status(out, err);
}

void gaze_base64_append(gaze_buffer *out, const void *data, size_t size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i += 3) {
        size_t n = size - i < 3 ? size - i : 3;
        unsigned char group[3] = {0};
        memcpy(group, bytes + i, n);
        char text[4] = {digits[group[0] >> 2], digits[(group[0] & 3) << 4 | group[1] >> 4],
                        n > 1 ? digits[(group[1] & 15) << 2 | group[2] >> 6] : '=',
                        n > 2 ? digits[group[2] & 63] : '='};
        gaze_buffer_append(out, text, 4);
    }
}
