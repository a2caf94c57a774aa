#include "core/base/tensor.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    unsigned bits;
} dtypes[GAZE_DTYPE_COUNT] = {
    [GAZE_DTYPE_F32] = {"F32", 32},
    [GAZE_DTYPE_F16] = {"F16", 16},
    [GAZE_DTYPE_BF16] = {"BF16", 16},
    [GAZE_DTYPE_F64] = {"F64", 64},
    [GAZE_DTYPE_I64] = {"I64", 64},
    [GAZE_DTYPE_I32] = {"I32", 32},
    [GAZE_DTYPE_I16] = {"I16", 16},
    [GAZE_DTYPE_I8] = {"I8", 8},
    [GAZE_DTYPE_U64] = {"U64", 64},
    [GAZE_DTYPE_U32] = {"U32", 32},
    [GAZE_DTYPE_U16] = {"U16", 16},
    [GAZE_DTYPE_U8] = {"U8", 8},
    [GAZE_DTYPE_BOOL] = {"BOOL", 8},
    [GAZE_DTYPE_F8_E5M2] = {"F8_E5M2", 8},
    [GAZE_DTYPE_F8_E4M3] = {"F8_E4M3", 8},
    [GAZE_DTYPE_F8_E8M0] = {"F8_E8M0", 8},
    [GAZE_DTYPE_F8_E4M3FNUZ] = {"F8_E4M3FNUZ", 8},
    [GAZE_DTYPE_F8_E5M2FNUZ] = {"F8_E5M2FNUZ", 8},
    [GAZE_DTYPE_F6_E2M3] = {"F6_E2M3", 6},
    [GAZE_DTYPE_F6_E3M2] = {"F6_E3M2", 6},
    [GAZE_DTYPE_F4] = {"F4", 4},
    [GAZE_DTYPE_C64] = {"C64", 64},
};

const char *gaze_dtype_name(gaze_dtype dtype) {
    return dtypes[dtype].name;
}

unsigned gaze_dtype_bits(gaze_dtype dtype) {
    return dtypes[dtype].bits;
}

bool gaze_dtype_from_name(const char *name, size_t length, gaze_dtype *dtype) {
    for (int i = 0; i < GAZE_DTYPE_COUNT; i++) {
        if (strlen(dtypes[i].name) != length || memcmp(dtypes[i].name, name, length) != 0) continue;
        *dtype = (gaze_dtype)i;
        return true;
    }
    return false;
}

size_t gaze_tensor_count(const gaze_tensor *tensor) {
    size_t count = 1;
    for (size_t i = 0; i < tensor->rank; i++) count *= tensor->shape[i];
    return count;
}

const char *gaze_tensor_shape_text(const gaze_tensor *tensor, char *out, size_t capacity) {
    size_t used = 0;
    for (size_t i = 0; i < tensor->rank && used < capacity; i++)
        used += (size_t)snprintf(out + used, capacity - used, i ? ", %zu" : "[%zu", tensor->shape[i]);
    if (used < capacity) snprintf(out + used, capacity - used, tensor->rank ? "]" : "[]");
    return out;
}
