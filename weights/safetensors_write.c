/* The writer of safetensors. As the reference implementation does, it sorts by dtype and then by name and
 * pads the header with spaces to a multiple of 8, so that every tensor's data is aligned to its elements.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "weights/safetensors.h"

/* The order of dtypes in a file: widest first; within a width, the crate's own order. What does not stand
 * here (elements of less than a byte, complex numbers) is not written. */
static const gaze_dtype dtype_order[] = {
    GAZE_DTYPE_U64,     GAZE_DTYPE_I64,     GAZE_DTYPE_F64,         GAZE_DTYPE_F32,
    GAZE_DTYPE_U32,     GAZE_DTYPE_I32,     GAZE_DTYPE_BF16,        GAZE_DTYPE_F16,
    GAZE_DTYPE_U16,     GAZE_DTYPE_I16,     GAZE_DTYPE_F8_E5M2FNUZ, GAZE_DTYPE_F8_E4M3FNUZ,
    GAZE_DTYPE_F8_E8M0, GAZE_DTYPE_F8_E4M3, GAZE_DTYPE_F8_E5M2,     GAZE_DTYPE_I8,
    GAZE_DTYPE_U8,      GAZE_DTYPE_BOOL,
};
enum { DTYPE_COUNT = sizeof dtype_order / sizeof *dtype_order };

static size_t dtype_rank(gaze_dtype dtype) {
    size_t rank = 0;
    while (rank < DTYPE_COUNT && dtype_order[rank] != dtype) rank++;
    return rank;
}

static int compare_tensors(const void *left, const void *right) {
    const gaze_named_tensor *a = *(const gaze_named_tensor *const *)left;
    const gaze_named_tensor *b = *(const gaze_named_tensor *const *)right;
    size_t rank_a = dtype_rank(a->tensor.dtype), rank_b = dtype_rank(b->tensor.dtype);
    if (rank_a != rank_b) return rank_a < rank_b ? -1 : 1;
    return strcmp(a->name, b->name);
}

static gaze_status check_tensor(const gaze_named_tensor *t, gaze_error *err) {
    size_t length = strlen(t->name);
    if (length > GAZE_SAFETENSORS_MAX_NAME || !gaze_utf8_valid(t->name, length, NULL) ||
        strcmp(t->name, "__metadata__") == 0)
        return gaze_fail(err, GAZE_ERROR_NAME, "'%s' cannot be a tensor's name", t->name);
    if (dtype_rank(t->tensor.dtype) == DTYPE_COUNT)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "tensor '%s': %s cannot be written", t->name,
                         gaze_dtype_name(t->tensor.dtype));
    return GAZE_OK;
}

static gaze_status check_tensors(const gaze_named_tensor *tensors, size_t count, gaze_error *err) {
    if (count > GAZE_SAFETENSORS_MAX_TENSORS)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%zu tensors, at most %u can be written", count,
                         GAZE_SAFETENSORS_MAX_TENSORS);
    gaze_status status = gaze_named_tensors_check(tensors, count, err);
    for (size_t i = 0; i < count && !status; i++) status = check_tensor(&tensors[i], err);
    return status;
}

static void put_entry(gaze_buffer *header, const gaze_named_tensor *t, size_t *offset) {
    gaze_buffer_put_json_string(header, t->name, strlen(t->name));
    gaze_buffer_printf(header, ":{\"dtype\":\"%s\",\"shape\":[", gaze_dtype_name(t->tensor.dtype));
    for (size_t i = 0; i < t->tensor.rank; i++)
        gaze_buffer_printf(header, i ? ",%zu" : "%zu", t->tensor.shape[i]);
    gaze_buffer_printf(header, "],\"data_offsets\":[%zu,", *offset);
    *offset += gaze_tensor_size(&t->tensor);
    gaze_buffer_printf(header, "%zu]}", *offset);
}

static void put_header(gaze_buffer *header, const gaze_named_tensor *const *sorted, size_t count,
                       const char *format) {
    size_t offset = 0;
    gaze_buffer_putc(header, '{');
    if (format) {
        gaze_buffer_puts(header, "\"__metadata__\":{\"format\":");
        gaze_buffer_put_json_string(header, format, strlen(format));
        gaze_buffer_putc(header, '}');
    }
    for (size_t i = 0; i < count; i++) {
        if (i || format) gaze_buffer_putc(header, ',');
        put_entry(header, sorted[i], &offset);
    }
    gaze_buffer_putc(header, '}');
    while (header->length % 8 && !header->failed) gaze_buffer_putc(header, ' ');
}

static void put_file(gaze_buffer *out, const gaze_buffer *header, const gaze_named_tensor *const *sorted,
                     size_t count) {
    unsigned char length[8];
    gaze_store_u64(length, header->length);
    gaze_buffer_append(out, length, sizeof length);
    gaze_buffer_append(out, header->data, header->length);
    for (size_t i = 0; i < count; i++) gaze_tensor_append(out, &sorted[i]->tensor);
}

gaze_status gaze_safetensors_write(gaze_buffer *out, const gaze_named_tensor *tensors, size_t count,
                                   const char *format, gaze_error *err) {
    gaze_buffer header = {0};
    gaze_status status = check_tensors(tensors, count, err);
    if (status) return status;
    const gaze_named_tensor **sorted = gaze_alloc(count, sizeof *sorted);
    if (!sorted) return gaze_fail_memory(err);
    for (size_t i = 0; i < count; i++) sorted[i] = &tensors[i];
    qsort(sorted, count, sizeof *sorted, compare_tensors);
    put_header(&header, sorted, count, format);
    status = gaze_buffer_status(&header, err);
    if (!status) {
        put_file(out, &header, sorted, count);
        status = gaze_buffer_status(out, err);
    }
    gaze_buffer_deinit(&header);
    gaze_free(sorted);
    return status;
}
