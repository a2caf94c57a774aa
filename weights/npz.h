/* .npz: several NumPy arrays in one zip archive, as numpy.savez and numpy.savez_compressed write it.
 *
 *     gaze_npz npz;
 *     if (gaze_npz_open(&npz, "ref.npz", err)) return ...;
 *     const gaze_tensor *ids = gaze_npz_find(&npz, "input_ids");
 *     gaze_npz_deinit(&npz);
 */
#ifndef GAZE_WEIGHTS_NPZ_H
#define GAZE_WEIGHTS_NPZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/memory.h"
#include "weights/named_tensor.h"

#define GAZE_NPZ_MAX_NAME     512u                /* bytes, with ".npy" */
#define GAZE_NPZ_MAX_INFLATED ((uint64_t)1 << 32) /* bytes of all compressed arrays together */

/* The arrays in the order of the file, row by row, in the host's byte order, aligned for any type. */
typedef struct gaze_npz {
    gaze_named_tensor *arrays;
    size_t count;
    gaze_arena memory; /* private: names and data */
} gaze_npz;

/* Reads all arrays of an archive; `bytes` may be freed afterwards. Errors, which name the array: those of
 * gaze_zip_parse, gaze_zip_read and gaze_npy_parse; NAME (an entry with '/', '\', "..", or longer than the
 * limit), FORMAT (an entry that is no .npy), LIMIT (inflated size). *npz is zeroed on failure. */
gaze_status gaze_npz_parse(gaze_npz *npz, const void *bytes, size_t size, gaze_error *err);
/* The same from a file; messages begin with the path. */
gaze_status gaze_npz_open(gaze_npz *npz, const char *path, gaze_error *err);
void gaze_npz_deinit(gaze_npz *npz);

/* The array of that name, or NULL. Borrowed. */
const gaze_tensor *gaze_npz_find(const gaze_npz *npz, const char *name);

/* A copy of an array's elements, whatever their type, in new memory (gaze_free): gaze_tensor_count of them.
 * Errors: NOT_FOUND, UNSUPPORTED (no whole numbers, for the second), MEMORY. */
gaze_status gaze_npz_get_f32(float **out, const gaze_npz *npz, const char *name, gaze_error *err);
gaze_status gaze_npz_get_i64(int64_t **out, const gaze_npz *npz, const char *name, gaze_error *err);

/* Appends an archive of the arrays, in their order: stored, or deflated where `compress` is set and zlib
 * there. The same arrays give the same bytes. Errors: NAME (a name that gaze_npz_parse refuses, or one
 * twice), ARGUMENT (a dtype that .npy does not have), LIMIT (4 GiB), MEMORY. */
gaze_status gaze_npz_write(gaze_buffer *out, const gaze_named_tensor *arrays, size_t count, bool compress,
                           gaze_error *err);

#endif
