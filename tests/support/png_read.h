/* A reader for the PNGs that we write: palette, 8 bits, filters 0 and 2. Checks every length and CRC. */
#ifndef GAZE_TESTS_SUPPORT_PNG_READ_H
#define GAZE_TESTS_SUPPORT_PNG_READ_H

#include <stddef.h>
#include <stdint.h>

typedef struct png_image {
    size_t width, height;
    uint8_t *pixels; /* (height, width) palette indices */
    uint8_t palette[256][3];
    size_t color_count;
} png_image;

/* Fails the running test when the file is not right. */
png_image png_read(const void *file, size_t size);
/* The n-th data:image/png of an SVG. */
png_image png_read_from_svg(const char *svg, size_t n);
void png_free(png_image *image);

/* Decodes base64 up to the first character that is none; the caller frees. */
uint8_t *base64_read(const char *text, size_t *size);

#endif
