/* .npy: one NumPy array (numpy.lib.format).
 *
 *     93 "NUMPY" 1 0   magic and version
 *     76 00            length of the header, 16 bits (32 from version 2)
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }     \n
 *                      the header, padded so that the data begins at a multiple of 64
 *     00 00 00 00 ...  the elements
 */
#ifndef GAZE_WEIGHTS_NPY_H
#define GAZE_WEIGHTS_NPY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/tensor.h"

#define GAZE_NPY_MAX_HEADER 65536u /* bytes */

/* An array as it lies in the file. */
typedef struct gaze_npy {
    gaze_tensor tensor; /* the shape as NumPy shows it; data: the elements in the file, at any alignment */
    bool swapped;       /* they are big-endian, else little-endian */
    bool fortran_order; /* they stand column by column, else row by row */
} gaze_npy;

/* Reads the header of a whole file of `size` bytes, which must outlive *npy, and checks that the elements
 * fill the rest. Errors: FORMAT, UNSUPPORTED (a type other than f4 f8 f2 i4 i8 u1 i1 b1; another version of
 * the format), LIMIT (header or rank), OVERFLOW, SIZE_MISMATCH. */
gaze_status gaze_npy_parse(gaze_npy *npy, const void *bytes, size_t size, gaze_error *err);

/* Copies the elements to `out` (gaze_tensor_size bytes), row by row and in the host's byte order. */
void gaze_npy_copy(void *out, const gaze_npy *npy);

/* Appends a file of version 1. The tensor's data is in the host's byte order. ARGUMENT for a dtype that
 * gaze_npy_parse would not read; MEMORY. */
gaze_status gaze_npy_write(gaze_buffer *out, const gaze_tensor *tensor, gaze_error *err);

#endif
