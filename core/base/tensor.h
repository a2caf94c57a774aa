/* A tensor as it lies in memory or in a file: a pointer, an element type and a shape, row-major.
 * Only kernels read the data; everything else passes tensors on.
 */
#ifndef GAZE_CORE_BASE_TENSOR_H
#define GAZE_CORE_BASE_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GAZE_MAX_RANK 8

typedef enum gaze_dtype {
    GAZE_DTYPE_F32 = 0,
    GAZE_DTYPE_F16,
    GAZE_DTYPE_BF16,
    GAZE_DTYPE_F64,
    GAZE_DTYPE_I64,
    GAZE_DTYPE_I32,
    GAZE_DTYPE_I16,
    GAZE_DTYPE_I8,
    GAZE_DTYPE_U64,
    GAZE_DTYPE_U32,
    GAZE_DTYPE_U16,
    GAZE_DTYPE_U8,
    GAZE_DTYPE_BOOL,
    GAZE_DTYPE_F8_E5M2,
    GAZE_DTYPE_F8_E4M3,
    GAZE_DTYPE_F8_E8M0,
    GAZE_DTYPE_F8_E4M3FNUZ,
    GAZE_DTYPE_F8_E5M2FNUZ,
    GAZE_DTYPE_F6_E2M3,
    GAZE_DTYPE_F6_E3M2,
    GAZE_DTYPE_F4,
    GAZE_DTYPE_C64,
    GAZE_DTYPE_COUNT
} gaze_dtype;

/* "F32", "BF16", ...: the names of the safetensors format. */
const char *gaze_dtype_name(gaze_dtype dtype);
/* Bits of one element: 32, 16, 4, ... */
unsigned gaze_dtype_bits(gaze_dtype dtype);
/* False when no type has that name (`length` bytes; exact, case-sensitive). */
bool gaze_dtype_from_name(const char *name, size_t length, gaze_dtype *dtype);

/* The data is borrowed. For rank 0 (a scalar) there is one element. */
typedef struct gaze_tensor {
    const void *data; /* NULL: the tensor is absent */
    gaze_dtype dtype;
    size_t rank;
    size_t shape[GAZE_MAX_RANK];
} gaze_tensor;

/* Product of the dimensions. The shape was checked for overflow when the tensor was made. */
size_t gaze_tensor_count(const gaze_tensor *tensor);
/* "[768, 3072]" into `out`, cut off when it does not fit. Returns out. */
const char *gaze_tensor_shape_text(const gaze_tensor *tensor, char *out, size_t capacity);

#endif
