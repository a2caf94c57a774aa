/* The table of this level's functions. */
#include "core/kernels/simd/level.h"

#define LEVEL_scalar GAZE_LEVEL_SCALAR
#define LEVEL_baseline GAZE_LEVEL_BASELINE
#define LEVEL_neon GAZE_LEVEL_NEON
#define LEVEL_avx2 GAZE_LEVEL_AVX2
#define LEVEL_avx512 GAZE_LEVEL_AVX512

#define LEVEL_PASTE(level)  LEVEL_##level
#define LEVEL_EXPAND(level) LEVEL_PASTE(level)

extern const gaze_kernels NAME(kernels);
const gaze_kernels NAME(kernels) = {
    .level = LEVEL_EXPAND(GAZE_LEVEL),
    .panel = WIDTH * TILE_VECTORS,
    .gemm_panel = NAME(gemm_panel),
    .exp = NAME(exp),
    .erf = NAME(erf),
    .tanh = NAME(tanh),
    .gelu = NAME(gelu),
    .gelu_new = NAME(gelu_new),
    .gelu_fast = NAME(gelu_fast),
    .quick_gelu = NAME(quick_gelu),
    .relu = NAME(relu),
    .silu = NAME(silu),
    .add = NAME(add),
    .scale = NAME(scale),
    .widen = NAME(widen),
    .softmax_row = NAME(softmax_row),
    .moments = NAME(moments),
    .normalize = NAME(normalize),
    .peak = NAME(peak),
};
