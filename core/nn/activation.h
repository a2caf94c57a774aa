/* Activations: the functions that config.json names in "hidden_act" (Hugging Face: ACT2FN).
 *
 *   gelu                x/2 (1 + erf(x/sqrt 2))
 *   gelu_new            x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))
 *   gelu_pytorch_tanh   the same
 *   gelu_fast           x/2 (1 + tanh(0.7978845608 x (1 + 0.044715 x^2)))
 *   quick_gelu          x sigmoid(1.702 x)
 *   relu, silu (swish), tanh
 */
#ifndef GAZE_CORE_NN_ACTIVATION_H
#define GAZE_CORE_NN_ACTIVATION_H

#include <stdbool.h>
#include <stddef.h>

typedef enum gaze_activation {
    GAZE_GELU,
    GAZE_GELU_NEW,
    GAZE_GELU_PYTORCH_TANH,
    GAZE_GELU_FAST,
    GAZE_QUICK_GELU,
    GAZE_RELU,
    GAZE_SILU,
    GAZE_TANH,
    GAZE_ACTIVATION_COUNT
} gaze_activation;

/* The name in config.json; never NULL. */
const char *gaze_activation_name(gaze_activation activation);
/* False when no activation of ours has that name ("swish" is silu). */
bool gaze_activation_from_name(const char *name, size_t length, gaze_activation *activation);

/* y[i] = f(x[i]), i < count. y may be x. Split over `threads`; the result does not depend on
 * them. */
void gaze_activation_forward(float *y, const float *x, size_t count, gaze_activation activation,
                             int threads);

#endif
