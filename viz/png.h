/* PNG with a palette: pictures of cells that are too many for vectors (ISO/IEC 15948). */
#ifndef GAZE_VIZ_PNG_H
#define GAZE_VIZ_PNG_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/color.h"

/* All borrowed. */
typedef struct gaze_png {
    size_t width; /* 1 to 2^31 - 1, as the height */
    size_t height;
    const uint8_t *pixels;   /* (height, width): indices into the palette */
    const gaze_rgb *palette; /* 1 to 256 colours */
    size_t color_count;
} gaze_png;

/* Appends the file. Without zlib it is written in stored blocks: valid, but as large as the pixels.
 * Errors: ARGUMENT (a size out of range), LIMIT, MEMORY. */
gaze_status gaze_png_write(gaze_buffer *out, const gaze_png *image, gaze_error *err);

/* Appends `size` bytes as base64 (RFC 4648, with padding). */
void gaze_base64_append(gaze_buffer *out, const void *data, size_t size);

#endif
