/* The numbers of a tensor as floats: in place where they are floats already, else widened
 * (exactly). */
#ifndef GAZE_CORE_KERNELS_FLOATS_H
#define GAZE_CORE_KERNELS_FLOATS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/tensor.h"

/* True for the types that parameters may have: F32, F16, BF16. */
bool gaze_dtype_is_float(gaze_dtype dtype);

/* Elements first .. first + count - 1: a pointer into the tensor when it is F32, else `scratch`
 * (room for count floats), filled. The tensor must be present, of one of the three types, and hold
 * them. */
const float *gaze_floats(const gaze_tensor *tensor, size_t first, size_t count, float *scratch);

/* out[i] = float(in[i]), i < count, for `in` of type F32, F16 or BF16. */
void gaze_widen(float *out, const void *in, gaze_dtype dtype, size_t count);

#endif
