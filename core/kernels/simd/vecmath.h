/* exp, erf and tanh of a whole vector, without a branch: every lane computes all arms, then
 * selects.
 *
 * The coefficients are ours: tools/fit_polynomials.py fits and prints them. Largest errors,
 * measured over all floats of the range (tests/core/test_vecmath.c): see
 * tests/support/tolerances.h.
 */
#ifndef GAZE_CORE_KERNELS_SIMD_VECMATH_H
#define GAZE_CORE_KERNELS_SIMD_VECMATH_H

#include <math.h>

#include "core/kernels/simd/vector.h"

/* c[0] + c[1] x + ... + c[degree] x^degree, by Horner's rule: one multiply-add a coefficient. */
ALWAYS_INLINE vec polynomial(vec x, const float *c, size_t degree) {
    vec sum = splat(c[degree]);
    UNROLL
    for (size_t i = degree; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

ALWAYS_INLINE vec absolute(vec x) {
    return from_bits(bits_of(x) & 0x7FFFFFFF);
}

/* `size`, which is not negative, with the sign of `sign`. */
ALWAYS_INLINE vec with_sign(vec size, vec sign) {
    return from_bits(bits_of(size) | (bits_of(sign) & INT32_MIN));
}

/* exp(x) = 2^n exp(r), x = n ln 2 + r, |r| <= ln(2)/2.
 *
 * n: adding 1.5 * 2^23 leaves no room for a fraction, so the sum is rounded to an integer, which
 * then stands in its low bits. ln 2 is subtracted in two parts, of which the first has so few bits
 * that n times it is exact. The exponent of the polynomial's value is then raised by n as an
 * integer: exact too. Below -87.33 the result would be subnormal: it is 0, exactly, as exp(-inf)
 * must be. A NaN is returned as it came: its bits plus n could be a number. */
ALWAYS_INLINE vec vec_exp(vec x) {
    static const float tail[] = {0.49999994f, 0.166665211f, 0.041668389f, 0.00836871658f,
                                 0.00138145988f};
    const float rounder = 0x1.8p23f;
    vec shifted = x * 1.44269504f + rounder;
    vec n = shifted - rounder;
    vec r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    vec value = polynomial(r, tail, 4);
    value = (value * (r * r) + r) + 1.0f;
    uvec raised = (uvec)bits_of(value) + ((uvec)bits_of(shifted) << 23);
    vec scaled = from_bits((ivec)raised);
    scaled = select(x < -87.33654f, splat(0), scaled);
    scaled = select(x > 88.7228317f, splat(INFINITY), scaled);
    return select(x != x, x, scaled);
}

/* erf(x): an odd function, so |x| is computed with and the sign put back, that of a zero too. Near
 * 0 a polynomial; farther out 1 - exp(-p(|x|)), p being a smooth function there. */
ALWAYS_INLINE vec vec_erf(vec x) {
    static const float near[] = {0.128379166f,   -0.37612626f,     0.112835854f,   -0.0268538129f,
                                 0.00518832775f, -0.000801019371f, 7.85386146e-05f};
    static const float far[] = {0.000353719748f, 1.12704003f,    0.638225675f,    0.103037365f,
                                -0.0218053181f,  0.00293960702f, -0.000185573983f};
    vec size = absolute(x);
    vec inner = size * polynomial(size * size, near, 6) + size;
    vec clamped = select(size > 4.0f, splat(4.0f), size); /* where it is 1 in float */
    vec outer = 1.0f - vec_exp(-polynomial(clamped, far, 6));
    return with_sign(select(size > 1.0f, outer, inner), x);
}

/* tanh(x), odd too: near 0 a polynomial; farther out 1 - 2 / (exp(2|x|) + 1). */
ALWAYS_INLINE vec vec_tanh(vec x) {
    static const float near[] = {-0.333332986f, 0.133322209f,    -0.0538523309f,
                                 0.0213029925f, -0.00740955817f, 0.00158475654f};
    vec size = absolute(x), square = size * size;
    vec inner = size * (square * polynomial(square, near, 5)) + size;
    vec outer = 1.0f - 2.0f / (vec_exp(2.0f * size) + 1.0f);
    return with_sign(select(size > 0.8f, outer, inner), x);
}

#endif
