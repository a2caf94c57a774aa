#include "viz/html/quantise.h"

#include <math.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"

static double top_of(unsigned bits) {
    return bits == 16 ? 65535 : 255;
}

uint32_t gaze_quantise(float weight, unsigned bits) {
    double top = top_of(bits), w = (double)weight;
    if (!(w > 0)) return 0;
    return w >= 1 ? (uint32_t)top : (uint32_t)floor(top * sqrt(w) + 0.5);
}

float gaze_dequantise(uint32_t q, unsigned bits) {
    double root = (double)q / top_of(bits);
    return (float)(root * root);
}

void gaze_round_weights(float *out, const float *weights, size_t count, unsigned bits) {
    for (size_t i = 0; i < count; i++) out[i] = gaze_dequantise(gaze_quantise(weights[i], bits), bits);
}

void gaze_base85_append(gaze_buffer *out, const void *data, size_t size) {
    const uint8_t *bytes = data;
    for (size_t i = 0; i < size; i += 4) {
        size_t n = size - i < 4 ? size - i : 4;
        uint32_t group = 0;
        char text[5];
        for (size_t k = 0; k < 4; k++) group = group << 8 | (k < n ? bytes[i + k] : 0U);
        for (size_t k = 5; k-- > 0; group /= 85) {
            int digit = '(' + (int)(group % 85);
            if (digit >= '<') digit++;
            text[k] = (char)(digit >= '\\' ? digit + 1 : digit);
        }
        gaze_buffer_append(out, text, n + 1);
    }
}

gaze_status gaze_put_weights_85(gaze_buffer *out, const float *weights, size_t count, unsigned bits, gaze_error *err) {
    size_t width = bits / 8;
    gaze_buffer packed = {0};
    uint8_t *bytes = gaze_alloc(count, width);
    gaze_status status = bytes ? GAZE_OK : gaze_fail_memory(err);
    if (status) goto cleanup;
    for (size_t i = 0; i < count; i++) {
        uint32_t q = gaze_quantise(weights[i], bits);
        bytes[i * width] = (uint8_t)(q & 255);
        if (width == 2) bytes[i * 2 + 1] = (uint8_t)(q >> 8);
    }
    /* Runs are smaller and faster on 8 bits, the usual search on 16. */
    status = gaze_deflate(&packed, bytes, count * width, GAZE_DEFLATE_ZLIB,
                          width == 1 ? GAZE_DEFLATE_RUNS : GAZE_DEFLATE_DEFAULT, err);
    if (status) goto cleanup;
    gaze_base85_append(out, packed.data, packed.length);
    status = gaze_buffer_status(out, err);
cleanup:
    gaze_free(bytes);
    gaze_buffer_deinit(&packed);
    return status;
}
