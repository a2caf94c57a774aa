#include "core/kernels/cpu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernels/kernels.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <cpuid.h>
#endif

/* The table of a level, or NULL where this build lacks it (the Makefile defines GAZE_BUILT_...). */
#define DECLARE(level) extern const gaze_kernels gaze_kernels_##level;
DECLARE(scalar)
#ifdef GAZE_BUILT_baseline
DECLARE(baseline)
#define BASELINE &gaze_kernels_baseline
#else
#define BASELINE NULL
#endif
#ifdef GAZE_BUILT_neon
DECLARE(neon)
#define NEON &gaze_kernels_neon
#else
#define NEON NULL
#endif
#ifdef GAZE_BUILT_avx2
DECLARE(avx2)
#define AVX2 &gaze_kernels_avx2
#else
#define AVX2 NULL
#endif
#ifdef GAZE_BUILT_avx512
DECLARE(avx512)
#define AVX512 &gaze_kernels_avx512
#else
#define AVX512 NULL
#endif

static const gaze_kernels *const built[GAZE_LEVEL_COUNT] = {
    [GAZE_LEVEL_SCALAR] = &gaze_kernels_scalar,
    [GAZE_LEVEL_BASELINE] = BASELINE,
    [GAZE_LEVEL_NEON] = NEON,
    [GAZE_LEVEL_AVX2] = AVX2,
    [GAZE_LEVEL_AVX512] = AVX512,
};

static const char *const names[GAZE_LEVEL_COUNT] = {"scalar", "baseline", "neon", "avx2", "avx512"};

const char *gaze_level_name(gaze_level level) {
    return (unsigned)level < GAZE_LEVEL_COUNT ? names[level] : "unknown";
}

/* What the processor has ------------------------------------------------------------------- */

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))

/* The register state that the operating system saves when it switches tasks (XCR0). Without its
 * consent the wide registers must not be touched, whatever the processor can do. */
static unsigned saved_state(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 0;
    __asm__ volatile("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
    return a;
}

static bool has_avx2(void) {
    const unsigned xmm_ymm = 0x6, leaf1 = bit_AVX | bit_FMA | bit_F16C;
    unsigned a, b, c, d;
    if ((saved_state() & xmm_ymm) != xmm_ymm) return false;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1) != leaf1) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2);
}

static bool has_avx512(void) {
    const unsigned opmask_zmm = 0xE0;
    const unsigned leaf7 = bit_AVX512F | bit_AVX512DQ | bit_AVX512BW | bit_AVX512VL;
    unsigned a, b, c, d;
    if (!has_avx2() || (saved_state() & opmask_zmm) != opmask_zmm) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & leaf7) == leaf7;
}

#else
static bool has_avx2(void) {
    return false;
}
static bool has_avx512(void) {
    return false;
}
#endif

bool gaze_level_available(gaze_level level) {
    if ((unsigned)level >= GAZE_LEVEL_COUNT || !built[level]) return false;
    if (level == GAZE_LEVEL_AVX2) return has_avx2();
    if (level == GAZE_LEVEL_AVX512) return has_avx512();
    return true; /* part of the architecture */
}

/* The choice --------------------------------------------------------------------------------- */

static gaze_level best_level(void) {
    int level = GAZE_LEVEL_COUNT - 1;
    while (!gaze_level_available((gaze_level)level)) level--;
    return (gaze_level)level;
}

/* False when GAZE_SIMD holds no available level. */
static bool wanted_level(gaze_level *level) {
    const char *word = getenv("GAZE_SIMD");
    *level = best_level();
    if (!word || !*word) return true;
    for (int i = 0; i < GAZE_LEVEL_COUNT; i++)
        if (strcmp(word, names[i]) == 0 && gaze_level_available((gaze_level)i)) {
            *level = (gaze_level)i;
            return true;
        }
    return false;
}

/* Several threads may come here at once at the start: they all choose the same. */
#ifndef __STDC_NO_ATOMICS__
static const gaze_kernels *_Atomic chosen;
#else
static const gaze_kernels *volatile chosen;
#endif

const gaze_kernels *gaze_kernels_now(void) {
    const gaze_kernels *kernels = chosen;
    if (!kernels) {
        gaze_level level;
        wanted_level(&level);
        chosen = kernels = built[level];
    }
    return kernels;
}

gaze_level gaze_level_now(void) {
    return gaze_kernels_now()->level;
}

/* "scalar, baseline, avx2" */
static const char *available_levels(char *out, size_t capacity) {
    size_t used = 0;
    for (int i = 0; i < GAZE_LEVEL_COUNT; i++)
        if (gaze_level_available((gaze_level)i))
            used += (size_t)snprintf(out + used, capacity - used, used ? ", %s" : "%s", names[i]);
    return out;
}

static gaze_status fail_unavailable(gaze_error *err, const char *source, const char *name) {
    char list[64];
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "%s%s: no such instruction set here; there are: %s",
                     source, name, available_levels(list, sizeof list));
}

gaze_status gaze_level_check(gaze_error *err) {
    gaze_level level;
    if (wanted_level(&level)) return GAZE_OK;
    return fail_unavailable(err, "GAZE_SIMD=", getenv("GAZE_SIMD"));
}

gaze_status gaze_level_force(gaze_level level, gaze_error *err) {
    if (!gaze_level_available(level))
        return fail_unavailable(err, "level ", gaze_level_name(level));
    chosen = built[level];
    return GAZE_OK;
}
