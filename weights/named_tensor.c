#include "weights/named_tensor.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/half.h"
#include "core/base/strmap.h"

gaze_status gaze_named_tensors_check(const gaze_named_tensor *tensors, size_t count, gaze_error *err) {
    gaze_strmap names = {0};
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < count && !status; i++) {
        const char *name = tensors[i].name;
        bool twice = false;
        if (!gaze_strmap_set(&names, name, strlen(name), 0, &twice)) status = gaze_fail_memory(err);
        if (twice) status = gaze_fail(err, GAZE_ERROR_NAME, "two tensors called '%s'", name);
    }
    gaze_strmap_deinit(&names);
    return status;
}

size_t gaze_tensor_size(const gaze_tensor *tensor) {
    size_t count = gaze_tensor_count(tensor), bits = gaze_dtype_bits(tensor->dtype);
    return count / 8 * bits + count % 8 * bits / 8;
}

void gaze_elements_swap(void *elements, size_t count, size_t width) {
    for (unsigned char *element = elements; count > 0; count--, element += width)
        for (size_t i = 0, j = width - 1; i < j; i++, j--) {
            unsigned char byte = element[i];
            element[i] = element[j];
            element[j] = byte;
        }
}

void gaze_tensor_append(gaze_buffer *out, const gaze_tensor *tensor) {
    size_t start = out->length, width = gaze_dtype_bits(tensor->dtype) / 8;
    gaze_buffer_append(out, tensor->data, gaze_tensor_size(tensor));
    if (!out->failed && width > 1 && !gaze_host_is_little_endian())
        gaze_elements_swap(out->data + start, gaze_tensor_count(tensor), width);
}

/* load_x(data, i) is element i of the type; the data may stand at any address. */
#define LOAD(name, type)                                                                                     \
    static type load_##name(const void *data, size_t i) {                                                    \
        type value;                                                                                          \
        memcpy(&value, (const char *)data + i * sizeof value, sizeof value);                                 \
        return value;                                                                                        \
    }
LOAD(f32, float)
LOAD(f64, double)
LOAD(i64, int64_t)
LOAD(i32, int32_t)
LOAD(i8, int8_t)
LOAD(u8, uint8_t)
LOAD(u16, uint16_t)
LOAD(u32, uint32_t)
LOAD(u64, uint64_t)

static int64_t element_i64(const gaze_tensor *tensor, size_t i) {
    switch (tensor->dtype) {
    case GAZE_DTYPE_I64: return load_i64(tensor->data, i);
    case GAZE_DTYPE_I32: return load_i32(tensor->data, i);
    case GAZE_DTYPE_I8: return load_i8(tensor->data, i);
    default: return load_u8(tensor->data, i);
    }
}

static float element_f32(const gaze_tensor *tensor, size_t i) {
    switch (tensor->dtype) {
    case GAZE_DTYPE_F32: return load_f32(tensor->data, i);
    case GAZE_DTYPE_F16: return gaze_f16_to_f32(load_u16(tensor->data, i));
    case GAZE_DTYPE_BF16: return gaze_bf16_to_f32(load_u16(tensor->data, i));
    case GAZE_DTYPE_F64: return (float)load_f64(tensor->data, i);
    default: return (float)element_i64(tensor, i);
    }
}

static bool is_integer(gaze_dtype dtype) {
    return dtype == GAZE_DTYPE_I64 || dtype == GAZE_DTYPE_I32 || dtype == GAZE_DTYPE_I8 ||
           dtype == GAZE_DTYPE_U8 || dtype == GAZE_DTYPE_BOOL;
}

/* The bits of the exponent, which are all set in NaN and the infinities; 0 for other types. */
static uint64_t exponent_bits(gaze_dtype dtype) {
    switch (dtype) {
    case GAZE_DTYPE_F32: return 0x7F800000u;
    case GAZE_DTYPE_F16: return 0x7C00u;
    case GAZE_DTYPE_BF16: return 0x7F80u;
    case GAZE_DTYPE_F64: return 0x7FF0000000000000u;
    default: return 0;
    }
}

bool gaze_tensor_to_f32(float *out, const gaze_tensor *tensor) {
    if (!is_integer(tensor->dtype) && !exponent_bits(tensor->dtype)) return false;
    size_t count = gaze_tensor_count(tensor);
    for (size_t i = 0; i < count; i++) out[i] = element_f32(tensor, i);
    return true;
}

bool gaze_tensor_to_i64(int64_t *out, const gaze_tensor *tensor) {
    if (!is_integer(tensor->dtype)) return false;
    size_t count = gaze_tensor_count(tensor);
    for (size_t i = 0; i < count; i++) out[i] = element_i64(tensor, i);
    return true;
}

bool gaze_tensor_find_nonfinite(const gaze_tensor *tensor, size_t *index) {
    uint64_t mask = exponent_bits(tensor->dtype);
    size_t count = mask ? gaze_tensor_count(tensor) : 0;
    unsigned bits = gaze_dtype_bits(tensor->dtype);
    for (size_t i = 0; i < count; i++) {
        uint64_t element = bits == 32   ? load_u32(tensor->data, i)
                           : bits == 16 ? load_u16(tensor->data, i)
                                        : load_u64(tensor->data, i);
        if ((element & mask) != mask) continue;
        *index = i;
        return true;
    }
    return false;
}
