/* Vectors as a page holds them: whole numbers of 8 to 16 bits, and one scale for all of them. With
 * top = 2^(bits - 1) - 1:
 *
 *     scale = max |x| / top        i = round(x / scale)        x' = float(i scale)        |x' - x| <= scale / 2
 */
#ifndef GAZE_VIZ_NEURON_VIEW_PACK_H
#define GAZE_VIZ_NEURON_VIEW_PACK_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/* Writes x' to out (count), and returns the scale. What is no number is 0. */
double gaze_neuron_round(float *out, const float *x, size_t count, unsigned bits);

/* Appends arrays of `count` rounded numbers each, one behind the other, as a zlib stream in base64: all low bytes, then
 * all high bytes, which differ less (of 12 bits they take half a byte each). Errors: MEMORY. */
gaze_status gaze_neuron_pack(gaze_buffer *out, const float *const *arrays, const double *scales, size_t array_count,
                             size_t count, unsigned bits, gaze_error *err);

#endif
