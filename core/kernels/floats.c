#include "core/kernels/floats.h"

#include <assert.h>

#include "core/kernels/kernels.h"

bool gaze_dtype_is_float(gaze_dtype dtype) {
    return dtype == GAZE_DTYPE_F32 || dtype == GAZE_DTYPE_F16 || dtype == GAZE_DTYPE_BF16;
}

void gaze_widen(float *out, const void *in, gaze_dtype dtype, size_t count) {
    assert(gaze_dtype_is_float(dtype));
    gaze_kernels_now()->widen(out, in, dtype, count);
}

const float *gaze_floats(const gaze_tensor *tensor, size_t first, size_t count, float *scratch) {
    assert(tensor->data);
    if (tensor->dtype == GAZE_DTYPE_F32) return (const float *)tensor->data + first;
    gaze_widen(scratch, (const uint16_t *)tensor->data + first, tensor->dtype, count);
    return scratch;
}
