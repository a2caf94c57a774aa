/* Checksums and deflate, over zlib where it was built in (make ZLIB=1, the default).
 *
 * Without zlib, deflating gives stored blocks (valid, larger) and inflating anything else is refused with
 * GAZE_ERROR_UNSUPPORTED. Checksums work in both cases.
 */
#ifndef GAZE_CORE_BASE_DEFLATE_H
#define GAZE_CORE_BASE_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/* Whether compressed data can be read and written: false when built with ZLIB=0. */
bool gaze_deflate_available(void);

/* CRC-32 as in zip, gzip and PNG; begin with 0, pass the last result on to continue. */
uint32_t gaze_crc32(uint32_t crc, const void *data, size_t size);
/* Adler-32 as in zlib streams; begin with 1. */
uint32_t gaze_adler32(uint32_t adler, const void *data, size_t size);

typedef enum gaze_deflate_format {
    GAZE_DEFLATE_RAW,  /* RFC 1951: inside zip */
    GAZE_DEFLATE_ZLIB, /* RFC 1950: inside PNG */
    GAZE_DEFLATE_GZIP  /* RFC 1952: .svgz; time stamp 0 */
} gaze_deflate_format;

typedef enum gaze_deflate_strategy {
    GAZE_DEFLATE_DEFAULT, /* level 6 */
    GAZE_DEFLATE_RUNS     /* zlib's Z_RLE: several times faster, and smaller on quantised attention */
} gaze_deflate_strategy;

/* Appends the deflated data to `out`. */
gaze_status gaze_deflate(gaze_buffer *out, const void *data, size_t size, gaze_deflate_format format,
                         gaze_deflate_strategy strategy, gaze_error *err);

/* Inflates raw deflate data into exactly `size` bytes at `out`. FORMAT when the stream is broken, ends
 * early, holds more than `size` bytes, or when bytes of `data` are left over. */
gaze_status gaze_inflate_raw(void *out, size_t size, const void *data, size_t data_size, gaze_error *err);

#endif
