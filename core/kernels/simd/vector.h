/* The vector of this level: WIDTH floats on which the machine works at once, and what is done with
 * them.
 *
 * Every file of this folder is built once for each level, with GAZE_LEVEL naming it. All of them
 * are written against the types and functions below, so the same lines become 16 floats wide with
 * AVX-512, 4 with SSE2 or NEON, and plain C, one float wide, at the scalar level. There are no
 * intrinsics: the vector types are those of gcc and clang (__attribute__((vector_size))), on which
 * + - * / < and & work.
 *
 * A vector wider than the machine's would be legal C and seven times slower; hence a WIDTH for each
 * level.
 */
#ifndef GAZE_CORE_KERNELS_SIMD_VECTOR_H
#define GAZE_CORE_KERNELS_SIMD_VECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* WIDTH: floats in a vector. The register tile of the product (simd/tile.h) is TILE_ROWS rows of X by
 * TILE_VECTORS vectors of columns; its sums, a row of the panel and one number of X fit the registers.
 */
#if defined(GAZE_LEVEL_avx512)
enum { WIDTH = 16, TILE_ROWS = 6, TILE_VECTORS = 4 }; /* 24 + 4 + 1 of 32 registers */
#elif defined(GAZE_LEVEL_avx2)
enum { WIDTH = 8, TILE_ROWS = 6, TILE_VECTORS = 2 }; /* 12 + 2 + 1 of 16 */
#elif defined(GAZE_LEVEL_neon)
enum { WIDTH = 4, TILE_ROWS = 6, TILE_VECTORS = 4 }; /* 24 + 4 + 1 of 32 */
#elif defined(GAZE_LEVEL_baseline)
enum { WIDTH = 4, TILE_ROWS = 4, TILE_VECTORS = 2 }; /* 8 + 2 + 1 of 16 */
#else
enum { WIDTH = 1, TILE_ROWS = 4, TILE_VECTORS = 4 };
#endif

/* gaze_gelu_avx2 for NAME(gelu). */
#define NAME_PASTE(name, level)  gaze_##name##_##level
#define NAME_EXPAND(name, level) NAME_PASTE(name, level)
#define NAME(name)               NAME_EXPAND(name, GAZE_LEVEL)

#if defined(__GNUC__)
#define ALWAYS_INLINE static inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE static inline
#endif

/* Loops over a tile must vanish, so that their arrays become registers. */
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__)
#define UNROLL _Pragma("GCC unroll 16")
#else
#define UNROLL
#endif

/* Asks for the cache line at an address, for the second cache. Touches nothing. */
#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch((address), 0, 2)
#else
#define PREFETCH(address) ((void)(address))
#endif

#if defined(GAZE_LEVEL_scalar)
typedef float vec;
typedef int32_t ivec; /* also the result of a comparison: 0 or not */
typedef uint32_t uvec;
#else
typedef float vec __attribute__((vector_size(4 * WIDTH)));
typedef int32_t ivec __attribute__((vector_size(4 * WIDTH))); /* of a comparison: 0 or -1 */
typedef uint32_t uvec __attribute__((vector_size(4 * WIDTH)));
#endif

/* The number in every lane. Subtracting 0 keeps a negative zero; adding it would not. */
ALWAYS_INLINE vec splat(float number) {
    return number - (vec){0};
}

/* From and to memory at any address. memcpy is how C spells an unaligned load. */
ALWAYS_INLINE vec load(const float *from) {
    vec v;
    memcpy(&v, from, sizeof v);
    return v;
}

ALWAYS_INLINE void store(float *to, vec v) {
    memcpy(to, &v, sizeof v);
}

/* The same for the first `count` lanes only, count <= WIDTH; the others load as 0. */
ALWAYS_INLINE vec load_part(const float *from, size_t count) {
    float lanes[WIDTH] = {0};
    memcpy(lanes, from, count * sizeof *lanes);
    return load(lanes);
}

ALWAYS_INLINE void store_part(float *to, vec v, size_t count) {
    float lanes[WIDTH];
    store(lanes, v);
    memcpy(to, lanes, count * sizeof *lanes);
}

/* The bits of a float as an integer, and back. */
ALWAYS_INLINE ivec bits_of(vec v) {
    ivec bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

ALWAYS_INLINE vec from_bits(ivec bits) {
    vec v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* yes where the mask (a comparison's result) is set, else no; lane by lane, both were computed. */
ALWAYS_INLINE vec select(ivec mask, vec yes, vec no) {
#if defined(GAZE_LEVEL_scalar)
    return mask ? yes : no;
#else
    return from_bits((bits_of(yes) & mask) | (bits_of(no) & ~mask));
#endif
}

#endif
