#include "core/base/deflate.h"

#include <limits.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/memory.h"

#if GAZE_ZLIB

#include <zlib.h>

bool gaze_deflate_available(void) {
    return true;
}

/* zlib takes sizes as unsigned int; larger inputs are fed in pieces of this size. */
#define PIECE ((size_t)1 << 20)

uint32_t gaze_crc32(uint32_t crc, const void *data, size_t size) {
    return (uint32_t)crc32_z(crc, size ? data : (const void *)"", size);
}

uint32_t gaze_adler32(uint32_t adler, const void *data, size_t size) {
    return (uint32_t)adler32_z(adler, size ? data : (const void *)"", size);
}

/* zlib allocates through our door as well. */
static voidpf zlib_alloc(voidpf opaque, uInt count, uInt size) {
    (void)opaque;
    return gaze_alloc(count, size);
}

static void zlib_free(voidpf opaque, voidpf block) {
    (void)opaque;
    gaze_free(block);
}

gaze_status gaze_deflate(gaze_buffer *out, const void *data, size_t size, gaze_deflate_format format,
                         gaze_deflate_strategy strategy, gaze_error *err) {
    static const int window_bits[] = {[GAZE_DEFLATE_RAW] = -15, [GAZE_DEFLATE_ZLIB] = 15,
                                      [GAZE_DEFLATE_GZIP] = 31};
    z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free};
    if (deflateInit2(&stream, 6, Z_DEFLATED, window_bits[format], 8,
                     strategy == GAZE_DEFLATE_RUNS ? Z_RLE : Z_DEFAULT_STRATEGY) != Z_OK)
        return gaze_fail_memory(err);
    unsigned char chunk[16384];
    const unsigned char *from = data;
    int code = Z_OK;
    while (code != Z_STREAM_END && !out->failed) {
        if (stream.avail_in == 0 && size) {
            size_t piece = size < PIECE ? size : PIECE;
            stream.next_in = (z_const Bytef *)(uintptr_t)from;
            stream.avail_in = (uInt)piece;
            from += piece;
            size -= piece;
        }
        stream.next_out = chunk;
        stream.avail_out = sizeof chunk;
        code = deflate(&stream, size ? Z_NO_FLUSH : Z_FINISH);
        gaze_buffer_append(out, chunk, sizeof chunk - stream.avail_out);
    }
    deflateEnd(&stream);
    return gaze_buffer_status(out, err);
}

gaze_status gaze_inflate_raw(void *out, size_t size, const void *data, size_t data_size, gaze_error *err) {
    if (size > UINT_MAX || data_size > UINT_MAX)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "deflated data of more than %u bytes", UINT_MAX);
    unsigned char none;
    z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free};
    if (inflateInit2(&stream, -15) != Z_OK) return gaze_fail_memory(err);
    stream.next_in = (z_const Bytef *)(uintptr_t)data;
    stream.avail_in = (uInt)data_size;
    stream.next_out = size ? out : &none;
    stream.avail_out = (uInt)size;
    int code = inflate(&stream, Z_FINISH);
    size_t missing = stream.avail_out, unread = stream.avail_in;
    inflateEnd(&stream);
    if (code == Z_MEM_ERROR) return gaze_fail_memory(err);
    if (code != Z_STREAM_END)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "deflated data is broken, or more than the declared %zu bytes",
                         size);
    if (missing)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "deflated data: %zu bytes, %zu were declared",
                         size - missing, size);
    if (unread)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "deflated data: %zu bytes behind its end", unread);
    return GAZE_OK;
}

#else

bool gaze_deflate_available(void) {
    return false;
}

/* CRC-32, polynomial 0x04C11DB7 reflected: half a byte at a time, table[n] is the CRC of the nibble n. */
uint32_t gaze_crc32(uint32_t crc, const void *data, size_t size) {
    static const uint32_t table[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
                                       0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                       0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    const unsigned char *bytes = data;
    crc = ~crc;
    for (size_t i = 0; i < size; i++) {
        crc = table[(crc ^ bytes[i]) & 15] ^ crc >> 4;
        crc = table[(crc ^ bytes[i] >> 4) & 15] ^ crc >> 4;
    }
    return ~crc;
}

uint32_t gaze_adler32(uint32_t adler, const void *data, size_t size) {
    const unsigned char *bytes = data;
    uint32_t a = adler & 0xFFFF, b = adler >> 16;
    for (size_t i = 0; i < size; i++) {
        a = (a + bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/* RFC 1951, section 3.2.4: blocks of up to 65,535 bytes as they stand, the last one marked. */
static void put_stored_blocks(gaze_buffer *out, const unsigned char *data, size_t size) {
    do {
        size_t block = size < 65535 ? size : 65535;
        unsigned char head[5] = {block == size, 0, 0, 0, 0};
        gaze_store_u16(head + 1, (uint16_t)block);
        gaze_store_u16(head + 3, (uint16_t)~block);
        gaze_buffer_append(out, head, sizeof head);
        gaze_buffer_append(out, data, block);
        data += block;
        size -= block;
    } while (size);
}

gaze_status gaze_deflate(gaze_buffer *out, const void *data, size_t size, gaze_deflate_format format,
                         gaze_deflate_strategy strategy, gaze_error *err) {
    static const unsigned char gzip_head[10] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};
    static const unsigned char zlib_head[2] = {0x78, 0x01};
    unsigned char tail[8];
    (void)strategy;
    if (format == GAZE_DEFLATE_GZIP) gaze_buffer_append(out, gzip_head, sizeof gzip_head);
    if (format == GAZE_DEFLATE_ZLIB) gaze_buffer_append(out, zlib_head, sizeof zlib_head);
    put_stored_blocks(out, size ? data : (const void *)"", size);
    if (format == GAZE_DEFLATE_GZIP) {
        gaze_store_u32(tail, gaze_crc32(0, data, size));
        gaze_store_u32(tail + 4, (uint32_t)size);
        gaze_buffer_append(out, tail, 8);
    } else if (format == GAZE_DEFLATE_ZLIB) {
        uint32_t adler = gaze_adler32(1, data, size); /* the one big-endian number here */
        for (int i = 0; i < 4; i++) tail[i] = (unsigned char)(adler >> (24 - 8 * i));
        gaze_buffer_append(out, tail, 4);
    }
    return gaze_buffer_status(out, err);
}

gaze_status gaze_inflate_raw(void *out, size_t size, const void *data, size_t data_size, gaze_error *err) {
    (void)out;
    (void)size;
    (void)data;
    (void)data_size;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "compressed data: this gaze was built without zlib (make ZLIB=1)");
}

#endif
