/* safetensors: a JSON header that says where each tensor lies, and then the tensors' bytes.
 *
 *     N, unsigned 64 bits | N bytes of JSON                                          | data
 *     little-endian       | {"w": {"dtype": "F32", "shape": [2,3],                   | 24 bytes
 *                         |        "data_offsets": [0,24]}, "__metadata__": {...}}   |
 *
 * The reader checks the whole header before it hands out the first tensor: every byte of the data belongs
 * to exactly one tensor, and every tensor has the bytes that its shape and dtype need. It refuses what the
 * reference implementation (the Rust crate `safetensors`) refuses, and a few things that the crate lets
 * pass by accident: a tensor's name twice, a name with a NUL, a rank above 8, nesting deeper than 64.
 *
 *     gaze_safetensors file;
 *     if (gaze_safetensors_parse(&file, bytes, size, err)) return ...;
 *     for (size_t i = 0; i < file.count; i++) use(file.tensors[i].name, &file.tensors[i].tensor);
 *     gaze_safetensors_deinit(&file);
 */
#ifndef GAZE_WEIGHTS_SAFETENSORS_H
#define GAZE_WEIGHTS_SAFETENSORS_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "weights/named_tensor.h"

#define GAZE_SAFETENSORS_MAX_HEADER    100000000u /* bytes; the crate's limit */
#define GAZE_SAFETENSORS_MAX_TENSORS   100000u
#define GAZE_SAFETENSORS_MAX_NAME      512u /* bytes */
#define GAZE_SAFETENSORS_MAX_DIMENSION 2147483647u

/* The tensors in the order of their data. Their data is borrowed from the file's bytes: little-endian, at
 * any alignment. The names are copies and terminated. */
typedef struct gaze_safetensors {
    gaze_named_tensor *tensors;
    size_t count;
    gaze_arena names; /* private */
} gaze_safetensors;

/* Reads a whole file of `size` bytes, which must outlive *file. Values are not looked at. The errors, in
 * the order of the checks: HEADER_TOO_SMALL, HEADER_TOO_LARGE, HEADER_LENGTH, UTF8, then JSON_EOF,
 * JSON_SYNTAX and JSON_DEPTH, then (in the order of the text) SCHEMA, DTYPE, DUPLICATE, NAME and LIMIT,
 * then (in the order of the data) OFFSETS, OVERFLOW, MISALIGNED and SIZE_MISMATCH, then COVERAGE, then
 * LIMIT for dimensions; and MEMORY. *file is zeroed on failure. */
gaze_status gaze_safetensors_parse(gaze_safetensors *file, const void *bytes, size_t size, gaze_error *err);
void gaze_safetensors_deinit(gaze_safetensors *file);

/* Appends a whole file to `out`: "__metadata__" with the one entry "format" when `format` is not NULL
 * (Hugging Face asks for "pt"), then the tensors, sorted as the crate sorts them (by dtype, then by name),
 * so that their data is aligned. The tensors' data is in the host's byte order. The same tensors give the
 * same bytes. Errors: NAME (twice the same, too long, "__metadata__"), ARGUMENT (a dtype of less than a
 * byte), LIMIT, MEMORY. */
gaze_status gaze_safetensors_write(gaze_buffer *out, const gaze_named_tensor *tensors, size_t count,
                                   const char *format, gaze_error *err);

#endif
