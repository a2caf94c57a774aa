#include "core/kernels/parallel.h"

#ifdef _OPENMP
#include <omp.h>
#endif

int gaze_threads_available(void) {
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}
