/* A tensor and its name: what files of tensors hold. */
#ifndef GAZE_WEIGHTS_NAMED_TENSOR_H
#define GAZE_WEIGHTS_NAMED_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/tensor.h"

/* Both are borrowed. */
typedef struct gaze_named_tensor {
    const char *name; /* terminated; any UTF-8 without NUL */
    gaze_tensor tensor;
} gaze_named_tensor;

/* NAME when two of `count` tensors have the same name; MEMORY. */
gaze_status gaze_named_tensors_check(const gaze_named_tensor *tensors, size_t count, gaze_error *err);

/* Bytes of the data. The shape was checked for overflow when the tensor was made. */
size_t gaze_tensor_size(const gaze_tensor *tensor);

/* Reverses the bytes of each of `count` elements of `width` bytes, in place. */
void gaze_elements_swap(void *elements, size_t count, size_t width);

/* Appends the data, which is in host byte order, in little-endian order. Not for complex types. */
void gaze_tensor_append(gaze_buffer *out, const gaze_tensor *tensor);

/* The elements of a tensor in host byte order as float: F32, F16, BF16 exactly; F64, I64, I32, I8, U8 and
 * BOOL as the nearest float. False for any other dtype. */
bool gaze_tensor_to_f32(float *out, const gaze_tensor *tensor);
/* The same as int64_t, for I64, I32, I8, U8 and BOOL. */
bool gaze_tensor_to_i64(int64_t *out, const gaze_tensor *tensor);

/* Whether a tensor of F32, F16, BF16 or F64 has a NaN or an infinity; *index is the first one's. */
bool gaze_tensor_find_nonfinite(const gaze_tensor *tensor, size_t *index);

#endif
