/* gaze_gemm: checks, and shares the panels of Y among threads. The arithmetic is in simd/gemm.c. */
#include "core/kernels/gemm.h"

#include <assert.h>

#include "core/kernels/floats.h"
#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

/* Rows that a thread takes at least, when panels alone are too few: packing a panel must pay
 * off. */
enum { ROWS_PER_PART = 48 };

/* Into how many parts the rows are cut. One, while there are panels enough for every thread; each
 * part packs the panel anew. */
static size_t row_parts(size_t M, size_t panels, size_t threads) {
    if (threads == 1 || panels % threads == 0 || panels >= 8 * threads) return 1;
    size_t most = (M + ROWS_PER_PART - 1) / ROWS_PER_PART;
    return most < threads ? most : threads;
}

static void run(const gaze_gemm_job *job, int threads) {
    const gaze_kernels *kernels = gaze_kernels_now();
    size_t panels = (job->N + kernels->panel - 1) / kernels->panel;
    threads = gaze_threads_for(threads, job->M * job->N * job->K / 8);
    size_t parts = row_parts(job->M, panels, (size_t)threads);
    GAZE_PARALLEL_FOR(threads)
    for (size_t i = 0; i < panels * parts; i++) {
        size_t part = i % parts;
        kernels->gemm_panel(job, i / parts * kernels->panel, job->M * part / parts,
                            job->M * (part + 1) / parts);
    }
}

void gaze_gemm(float *y, size_t y_stride, gaze_matrix x, gaze_matrix w, const gaze_tensor *bias,
               size_t M, size_t N, size_t K, int threads) {
    assert(K > 0 && y_stride >= N);
    assert(x.dtype == GAZE_DTYPE_F32 && gaze_dtype_is_float(w.dtype));
    if (bias && !bias->data) bias = NULL;
    assert(!bias || (gaze_dtype_is_float(bias->dtype) && gaze_tensor_count(bias) == N));
    if (M == 0 || N == 0) return;
    gaze_gemm_job job = {y, y_stride, x, w, bias, M, N, K, false};
    run(&job, threads);
}

void gaze_gemm_add(float *y, size_t y_stride, gaze_matrix x, gaze_matrix w, size_t M, size_t N,
                   size_t K, int threads) {
    assert(K > 0 && y_stride >= N);
    assert(x.dtype == GAZE_DTYPE_F32 && gaze_dtype_is_float(w.dtype));
    if (M == 0 || N == 0) return;
    gaze_gemm_job job = {y, y_stride, x, w, NULL, M, N, K, true};
    run(&job, threads);
}
