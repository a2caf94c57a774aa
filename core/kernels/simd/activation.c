/* Functions of one number, mapped over an array: exp, erf, tanh and the activations.
 *
 * Each is torch's own formula, in torch's order of operations, so that the two agree to rounding:
 * `torch.nn.functional.gelu`, `silu`, and Hugging Face's NewGELUActivation, FastGELUActivation and
 * QuickGELUActivation (transformers, activations.py).
 */
#include "core/kernels/simd/level.h"
#include "core/kernels/simd/vecmath.h"

/* y[i] = f(x[i]): whole vectors, then the rest through a vector that is filled up with zeros. */
#define MAP(name, f)                                                                               \
    void NAME(name)(float *y, const float *x, size_t count) {                                      \
        size_t i = 0;                                                                              \
        for (; i + WIDTH <= count; i += WIDTH) store(y + i, f(load(x + i)));                       \
        if (i < count) store_part(y + i, f(load_part(x + i, count - i)), count - i);               \
    }

static const float root_half = 0.70710678118654752f;      /* 1/sqrt(2) */
static const float root_2_over_pi = 0.79788456080286536f; /* sqrt(2/pi) */

ALWAYS_INLINE vec gelu(vec x) {
    return x * 0.5f * (1.0f + vec_erf(x * root_half));
}

/* Also gelu_pytorch_tanh: torch computes the same in the same order. */
ALWAYS_INLINE vec gelu_new(vec x) {
    vec cube = x * x * x;
    return 0.5f * x * (1.0f + vec_tanh(root_2_over_pi * (x + 0.044715f * cube)));
}

ALWAYS_INLINE vec gelu_fast(vec x) {
    return 0.5f * x * (1.0f + vec_tanh(x * 0.7978845608f * (1.0f + 0.044715f * x * x)));
}

ALWAYS_INLINE vec quick_gelu(vec x) {
    return x * (1.0f / (1.0f + vec_exp(-(1.702f * x))));
}

ALWAYS_INLINE vec relu(vec x) {
    return select(x < 0.0f, splat(0), x); /* NaN is not less than 0 and stays */
}

ALWAYS_INLINE vec silu(vec x) {
    return x / (1.0f + vec_exp(-x));
}

MAP(exp, vec_exp)
MAP(erf, vec_erf)
MAP(tanh, vec_tanh)
MAP(gelu, gelu)
MAP(gelu_new, gelu_new)
MAP(gelu_fast, gelu_fast)
MAP(quick_gelu, quick_gelu)
MAP(relu, relu)
MAP(silu, silu)
