/* The residual connection: y += x, element by element (Hugging Face: hidden_states +
 * input_tensor). */
#ifndef GAZE_CORE_NN_RESIDUAL_H
#define GAZE_CORE_NN_RESIDUAL_H

#include <stddef.h>

/* y[i] += x[i], i < count. */
void gaze_residual_add(float *y, const float *x, size_t count, int threads);

#endif
