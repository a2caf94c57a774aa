/* Arrays of 16-bit floats as floats. */
#include "core/kernels/simd/widen.h"

#include "core/kernels/simd/level.h"

ALWAYS_INLINE void widen(float *out, const void *in, gaze_dtype type, size_t count) {
    size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH) store(out + i, load_as(type, in, i, WIDTH));
    if (i < count) store_part(out + i, load_as(type, in, i, count - i), count - i);
}

void NAME(widen)(float *out, const void *in, gaze_dtype dtype, size_t count) {
    switch (dtype) {
    case GAZE_DTYPE_F16: widen(out, in, GAZE_DTYPE_F16, count); break;
    case GAZE_DTYPE_BF16: widen(out, in, GAZE_DTYPE_BF16, count); break;
    default: memcpy(out, in, count * sizeof *out);
    }
}
