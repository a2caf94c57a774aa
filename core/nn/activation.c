/* Activations: one function of one number, applied to every element.
 *
 * Hugging Face: transformers/activations.py, ACT2FN. The formulas stand in the header, the code in
 * core/kernels/simd/activation.c.
 */
#include "core/nn/activation.h"

#include <assert.h>
#include <string.h>

#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

/* What one thread takes at a time. */
enum { CHUNK = 4096 };

static const char *const names[GAZE_ACTIVATION_COUNT] = {
    [GAZE_GELU] = "gelu",
    [GAZE_GELU_NEW] = "gelu_new",
    [GAZE_GELU_PYTORCH_TANH] = "gelu_pytorch_tanh",
    [GAZE_GELU_FAST] = "gelu_fast",
    [GAZE_QUICK_GELU] = "quick_gelu",
    [GAZE_RELU] = "relu",
    [GAZE_SILU] = "silu",
    [GAZE_TANH] = "tanh",
};

const char *gaze_activation_name(gaze_activation activation) {
    return (unsigned)activation < GAZE_ACTIVATION_COUNT ? names[activation] : "unknown";
}

bool gaze_activation_from_name(const char *name, size_t length, gaze_activation *activation) {
    if (length == 5 && memcmp(name, "swish", 5) == 0) {
        *activation = GAZE_SILU;
        return true;
    }
    for (int i = 0; i < GAZE_ACTIVATION_COUNT; i++)
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            *activation = (gaze_activation)i;
            return true;
        }
    return false;
}

static gaze_map *kernel_of(gaze_activation activation) {
    const gaze_kernels *kernels = gaze_kernels_now();
    switch (activation) {
    case GAZE_GELU: return kernels->gelu;
    case GAZE_GELU_NEW:
    case GAZE_GELU_PYTORCH_TANH: return kernels->gelu_new;
    case GAZE_GELU_FAST: return kernels->gelu_fast;
    case GAZE_QUICK_GELU: return kernels->quick_gelu;
    case GAZE_RELU: return kernels->relu;
    case GAZE_SILU: return kernels->silu;
    case GAZE_TANH: return kernels->tanh;
    case GAZE_ACTIVATION_COUNT: break;
    }
    assert(false);
    return NULL;
}

void gaze_activation_forward(float *y, const float *x, size_t count, gaze_activation activation,
                             int threads) {
    gaze_map *map = kernel_of(activation);
    size_t chunks = (count + CHUNK - 1) / CHUNK;
    threads = gaze_threads_for(threads, count * 4);
    GAZE_PARALLEL_FOR(threads)
    for (size_t i = 0; i < chunks; i++) {
        size_t first = i * CHUNK, rest = count - first;
        map(y + first, x + first, rest < CHUNK ? rest : CHUNK);
    }
}
