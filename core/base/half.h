/* The two 16-bit floats. Widening to float is exact for both. */
#ifndef GAZE_CORE_BASE_HALF_H
#define GAZE_CORE_BASE_HALF_H

#include <stdint.h>
#include <string.h>

/* bfloat16: the upper half of a float. */
static inline float gaze_bf16_to_f32(uint16_t bits) {
    uint32_t wide = (uint32_t)bits << 16;
    float value;
    memcpy(&value, &wide, sizeof value);
    return value;
}

/* IEEE 754 binary16: sign 1, exponent 5, mantissa 10. The mantissa and exponent are moved into a float's
 * places, which gives value * 2^-112 (the biases differ by 112); one exact multiplication repairs that,
 * subnormals included. Infinities and NaN (exponent 31) have their exponent set by hand. */
static inline float gaze_f16_to_f32(uint16_t bits) {
    uint32_t sign = (uint32_t)(bits & 0x8000u) << 16;
    uint32_t wide = (uint32_t)(bits & 0x7FFFu) << 13;
    float value;
    if ((bits & 0x7C00u) == 0x7C00u) {
        wide |= 0x7F800000u;
        memcpy(&value, &wide, sizeof value);
    } else {
        memcpy(&value, &wide, sizeof value);
        value *= 0x1p112f;
        memcpy(&wide, &value, sizeof wide);
    }
    wide |= sign;
    memcpy(&value, &wide, sizeof value);
    return value;
}

#endif
