/* Attention as a page holds it: the square root of a weight in 8 or 16 bits, so that small weights, which are most,
 * keep their precision. With top = 255 or 65535:
 *
 *     q = floor(top sqrt(w) + 1/2)        w' = (q / top)^2        |w' - w| <= sqrt(w) / top + 1 / (4 top^2)
 *
 * Linear bytes would be useless: uniform attention over 512 tokens is half of one step of them.
 */
#ifndef GAZE_VIZ_HTML_QUANTISE_H
#define GAZE_VIZ_HTML_QUANTISE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/* `bits`: 8 or 16. What is no number, and what is below 0, is 0; above 1, 1. */
uint32_t gaze_quantise(float weight, unsigned bits);
float gaze_dequantise(uint32_t q, unsigned bits);
/* out[count]: what the page will read. */
void gaze_round_weights(float *out, const float *weights, size_t count, unsigned bits);

/* Appends `count` weights, quantised (16 bits: low byte first), as a zlib stream in base85, which is a 16th shorter
 * than base64. Errors: MEMORY. */
gaze_status gaze_put_weights_85(gaze_buffer *out, const float *weights, size_t count, unsigned bits, gaze_error *err);

/* Appends `size` bytes as base85: four bytes, the first the highest, are five digits, and 1 to 3 left over one digit
 * more than bytes. The digits are ( to ~ without < and \, so that they stand between quotes in a script as they are. */
void gaze_base85_append(gaze_buffer *out, const void *data, size_t size);

#endif
