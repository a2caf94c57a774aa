#include "viz/neuron_view/pack.h"

#include <math.h>
#include <stdint.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "viz/png.h"

static double largest_of(const float *x, size_t count) {
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(x[i])) largest = fmax(largest, fabs((double)x[i]));
    return largest;
}

static int whole(float x, double scale) {
    if (!isfinite(x) || scale == 0) return 0;
    double steps = floor(fabs((double)x) / scale + 0.5);
    return (int)(x < 0 ? -steps : steps);
}

double gaze_neuron_round(float *out, const float *x, size_t count, unsigned bits) {
    double scale = largest_of(x, count) / (double)((1 << (bits - 1)) - 1);
    for (size_t i = 0; i < count; i++) out[i] = (float)(whole(x[i], scale) * scale);
    return scale;
}

gaze_status gaze_neuron_pack(gaze_buffer *out, const float *const *arrays, const double *scales, size_t array_count,
                             size_t count, unsigned bits, gaze_error *err) {
    size_t all = array_count * count, width = bits > 8 ? 2 : 1;
    gaze_buffer packed = {0};
    uint8_t *bytes = gaze_alloc(all, width);
    gaze_status status = bytes ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < all && !status; i++) {
        unsigned value = (unsigned)whole(arrays[i / count][i % count], scales[i / count]);
        bytes[i] = (uint8_t)(value & 255);
        if (width == 2) bytes[all + i] = (uint8_t)(value >> 8 & 255);
    }
    if (!status) status = gaze_deflate(&packed, bytes, all * width, GAZE_DEFLATE_ZLIB, GAZE_DEFLATE_DEFAULT, err);
    if (!status) gaze_base64_append(out, packed.data, packed.length);
    if (!status) status = gaze_buffer_status(out, err);
    gaze_free(bytes);
    gaze_buffer_deinit(&packed);
    return status;
}
