/* What this folder gives for one level: gaze_exp_avx2, gaze_gemm_panel_avx2, ... They are reached
 * through the table alone (core/kernels/kernels.h says what each does). */
#ifndef GAZE_CORE_KERNELS_SIMD_LEVEL_H
#define GAZE_CORE_KERNELS_SIMD_LEVEL_H

#include "core/kernels/kernels.h"
#include "core/kernels/simd/vector.h"

void NAME(gemm_panel)(const gaze_gemm_job *job, size_t n, size_t begin, size_t end);

gaze_map NAME(exp), NAME(erf), NAME(tanh);
gaze_map NAME(gelu), NAME(gelu_new), NAME(gelu_fast), NAME(quick_gelu), NAME(relu), NAME(silu);

void NAME(add)(float *y, const float *x, size_t count);
void NAME(scale)(float *y, float factor, size_t count);
void NAME(widen)(float *out, const void *in, gaze_dtype dtype, size_t count);
void NAME(softmax_row)(float *y, size_t count);
void NAME(moments)(const float *x, size_t count, float *mean, float *variance);
void NAME(normalize)(float *y, const float *x, float mean, float factor, const float *weight,
                     const float *bias, size_t count);
double NAME(peak)(size_t rounds);

#endif
