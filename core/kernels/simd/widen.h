/* Loading numbers of any parameter type as a vector of floats. Widening is exact for both 16-bit
 * types, and bit for bit what core/base/half.h does. */
#ifndef GAZE_CORE_KERNELS_SIMD_WIDEN_H
#define GAZE_CORE_KERNELS_SIMD_WIDEN_H

#include "core/base/tensor.h"
#include "core/kernels/simd/vector.h"

#if defined(GAZE_LEVEL_scalar)
typedef uint16_t hvec;
#else
typedef uint16_t hvec __attribute__((vector_size(2 * WIDTH)));
#endif

ALWAYS_INLINE uvec zero_extend(hvec bits) {
#if defined(GAZE_LEVEL_scalar)
    return bits;
#else
    return __builtin_convertvector(bits, uvec);
#endif
}

/* bfloat16 is the upper half of a float. */
ALWAYS_INLINE vec from_bf16(hvec bits) {
    return from_bits((ivec)(zero_extend(bits) << 16));
}

/* binary16: exponent and mantissa are moved to a float's places, which gives value * 2^-112.
 * Infinity and NaN (exponent 31) get their exponent set instead. */
ALWAYS_INLINE vec from_f16(hvec bits) {
    uvec wide = zero_extend(bits);
    uvec sign = (wide & 0x8000u) << 16;
    uvec size = (wide & 0x7FFFu) << 13;
    vec finite = from_bits((ivec)size) * 0x1p112f;
    vec special = from_bits((ivec)(size | 0x7F800000u));
    vec value = select((ivec)size >= 0x0F800000, special, finite);
    return from_bits((ivec)((uvec)bits_of(value) | sign));
}

/* `count` <= WIDTH numbers of `type` from element `index` on; the other lanes are 0. */
ALWAYS_INLINE vec load_as(gaze_dtype type, const void *data, size_t index, size_t count) {
    hvec halves = {0};
    if (type == GAZE_DTYPE_F32) {
        const float *from = (const float *)data + index;
        return count == WIDTH ? load(from) : load_part(from, count);
    }
    const uint16_t *from = (const uint16_t *)data + index;
    memcpy(&halves, from, (count < WIDTH ? count : WIDTH) * sizeof *from);
    return type == GAZE_DTYPE_F16 ? from_f16(halves) : from_bf16(halves);
}

#endif
