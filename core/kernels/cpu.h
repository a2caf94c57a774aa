/* Which instruction set the kernels use.
 *
 * The files in core/kernels/simd are built once for each level. At the first call the best level
 * that both this build and this machine have is chosen, once, for all threads.
 * GAZE_SIMD=scalar|baseline|... in the environment chooses a lower one.
 *
 *     scalar     plain C, no vectors: every compiler, every machine
 *     baseline   vectors of 4 floats, as every x86-64 has them (SSE2)
 *     neon       vectors of 4 floats and fused multiply-add, as every aarch64 has them
 *     avx2       vectors of 8 floats and fused multiply-add
 *     avx512     vectors of 16 floats and fused multiply-add
 *
 * Levels differ in rounding only, and each is bit-identical to itself for any number of threads.
 */
#ifndef GAZE_CORE_KERNELS_CPU_H
#define GAZE_CORE_KERNELS_CPU_H

#include <stdbool.h>

#include "core/base/error.h"

/* From the plainest to the fastest. */
typedef enum gaze_level {
    GAZE_LEVEL_SCALAR,
    GAZE_LEVEL_BASELINE,
    GAZE_LEVEL_NEON,
    GAZE_LEVEL_AVX2,
    GAZE_LEVEL_AVX512,
    GAZE_LEVEL_COUNT
} gaze_level;

/* "scalar", "baseline", ...: the words of GAZE_SIMD. Never NULL. */
const char *gaze_level_name(gaze_level level);

/* True when this build has the level, the processor has its instructions, and the operating system
 * saves its registers. */
bool gaze_level_available(gaze_level level);

/* The level in use. */
gaze_level gaze_level_now(void);

/* Fails (ARGUMENT) when GAZE_SIMD holds an unknown or unavailable level; the message lists those
 * there are. The kernels themselves cannot fail: they then run at the best level. For programs, at
 * their start. */
gaze_status gaze_level_check(gaze_error *err);

/* For tests: use this level from now on. Fails (ARGUMENT) when it is not available. Not for use
 * while other threads compute. */
gaze_status gaze_level_force(gaze_level level, gaze_error *err);

#endif
