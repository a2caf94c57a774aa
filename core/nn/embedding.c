/* Embedding:  y[t,:] = table[ids[t],:], and the same added to what is there.
 *
 *     ids (rows)   table (V, D)   y (rows, D)
 *
 * torch.nn.Embedding. BertEmbeddings adds three of them: word + token type, then + position.
 */
#include "core/nn/embedding.h"

#include <assert.h>
#include <string.h>

#include "core/kernels/floats.h"
#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

/* Numbers of a 16-bit table that are widened at once. */
enum { BLOCK = 256 };

/* y[0..D) = or += the table's row. */
static void gather_row(float *y, int32_t id, const gaze_tensor *table, bool add) {
    const gaze_kernels *kernels = gaze_kernels_now();
    size_t D = table->shape[1];
    float scratch[BLOCK];
    for (size_t d = 0; d < D; d += BLOCK) {
        size_t count = D - d < BLOCK ? D - d : BLOCK;
        const float *from = gaze_floats(table, (size_t)id * D + d, count, scratch);
        if (add)
            kernels->add(y + d, from, count);
        else
            memcpy(y + d, from, count * sizeof *y);
    }
}

static void gather(float *y, const int32_t *ids, const gaze_tensor *table, size_t rows, int threads,
                   bool add) {
    assert(table->data && table->rank == 2 && gaze_dtype_is_float(table->dtype));
    size_t V = table->shape[0], D = table->shape[1];
    (void)V;
    threads = gaze_threads_for(threads, rows * D);
    GAZE_PARALLEL_FOR(threads)
    for (size_t t = 0; t < rows; t++) {
        assert(ids[t] >= 0 && (size_t)ids[t] < V);
        gather_row(y + t * D, ids[t], table, add);
    }
}

void gaze_embedding_forward(float *y, const int32_t *ids, const gaze_tensor *table, size_t rows,
                            int threads) {
    gather(y, ids, table, rows, threads, false);
}

void gaze_embedding_add(float *y, const int32_t *ids, const gaze_tensor *table, size_t rows,
                        int threads) {
    gather(y, ids, table, rows, threads, true);
}
