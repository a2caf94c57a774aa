/* Loops that several threads share: OpenMP where the build has it, else a plain loop.
 *
 *     threads = gaze_threads_for(threads, work);
 *     GAZE_PARALLEL_FOR(threads)
 *     for (size_t row = 0; row < rows; row++) ...
 *
 * The number of threads is always a parameter, never global. The turns of the loop must not depend
 * on one another; then the result does not depend on the number of threads.
 */
#ifndef GAZE_CORE_KERNELS_PARALLEL_H
#define GAZE_CORE_KERNELS_PARALLEL_H

#include <stddef.h>

#ifdef _OPENMP
#define GAZE_PRAGMA(text) _Pragma(#text)
#define GAZE_PARALLEL_FOR(threads)                                                                 \
    GAZE_PRAGMA(omp parallel for schedule(static) num_threads(threads) if ((threads) > 1))
#else
#define GAZE_PARALLEL_FOR(threads) (void)(threads);
#endif

/* Waking a thread costs some microseconds: about this many simple operations. */
#define GAZE_WORK_PER_THREAD 32768

/* How many of `threads` are worth waking for `work` operations; at least 1. */
static inline int gaze_threads_for(int threads, size_t work) {
    size_t worth = 1 + work / GAZE_WORK_PER_THREAD;
    if (threads < 1) return 1;
    return (size_t)threads < worth ? threads : (int)worth;
}

/* How many threads this machine can run at once; 1 without OpenMP. */
int gaze_threads_available(void);

#endif
