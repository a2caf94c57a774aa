/* The residual connection:  y[i] += x[i].  Hugging Face: hidden_states + input_tensor, in
 * BertSelfOutput and BertOutput. */
#include "core/nn/residual.h"

#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

/* What one thread takes at a time. */
enum { CHUNK = 16384 };

void gaze_residual_add(float *y, const float *x, size_t count, int threads) {
    const gaze_kernels *kernels = gaze_kernels_now();
    size_t chunks = (count + CHUNK - 1) / CHUNK;
    threads = gaze_threads_for(threads, count / 4);
    GAZE_PARALLEL_FOR(threads)
    for (size_t i = 0; i < chunks; i++) {
        size_t first = i * CHUNK, rest = count - first;
        kernels->add(y + first, x + first, rest < CHUNK ? rest : CHUNK);
    }
}
