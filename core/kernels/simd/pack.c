#include "core/kernels/simd/pack.h"

#include "core/kernels/simd/tile.h"
#include "core/kernels/simd/widen.h"

#if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 12)
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (ivec){__VA_ARGS__})
#endif

/* ZIP_LOW(a, b) = a0 b0 a1 b1 ... of the lower halves, ZIP_HIGH of the upper. */
#if defined(GAZE_LEVEL_avx512)
#define ZIP_LOW(a, b)  SHUFFLE(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b) SHUFFLE(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif defined(GAZE_LEVEL_avx2)
#define ZIP_LOW(a, b)  SHUFFLE(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) SHUFFLE(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#elif !defined(GAZE_LEVEL_scalar)
#define ZIP_LOW(a, b)  SHUFFLE(a, b, 0, 4, 1, 5)
#define ZIP_HIGH(a, b) SHUFFLE(a, b, 2, 6, 3, 7)
#endif

/* Transposes WIDTH rows in place. Zipping row i with row i + WIDTH/2 moves every element's index by
 * one bit, from the column's number to the row's; after log2(WIDTH) rounds the two have changed
 * places. */
ALWAYS_INLINE void transpose(vec rows[WIDTH]) {
#if defined(GAZE_LEVEL_scalar)
    (void)rows;
#else
    UNROLL
    for (size_t round = 1; round < WIDTH; round *= 2) {
        vec zipped[WIDTH];
        UNROLL
        for (size_t i = 0; i < WIDTH / 2; i++) {
            zipped[2 * i] = ZIP_LOW(rows[i], rows[i + WIDTH / 2]);
            zipped[2 * i + 1] = ZIP_HIGH(rows[i], rows[i + WIDTH / 2]);
        }
        UNROLL
        for (size_t i = 0; i < WIDTH; i++) rows[i] = zipped[i];
    }
#endif
}

/* Columns c .. c + WIDTH - 1 at k .. k + WIDTH - 1, or as many as there are, k contiguous. */
ALWAYS_INLINE void pack_square(float *panel, const pack_block *block, gaze_dtype type, size_t c,
                               size_t k, size_t columns, size_t depth) {
    vec rows[WIDTH];
    UNROLL
    for (size_t i = 0; i < WIDTH; i++) {
        rows[i] = splat(0);
        if (i < columns)
            rows[i] =
                load_as(type, block->data, block->first + (c + i) * block->column_step + k, depth);
    }
    transpose(rows);
    UNROLL
    for (size_t i = 0; i < WIDTH; i++)
        if (i < depth) store(panel + (k + i) * PANEL + c, rows[i]);
}

ALWAYS_INLINE void pack_along_k(float *panel, const pack_block *block, gaze_dtype type) {
    for (size_t c = 0; c < PANEL; c += WIDTH) {
        size_t columns = c < block->columns ? block->columns - c : 0, k = 0;
        if (columns >= WIDTH)
            for (; k + WIDTH <= block->depth; k += WIDTH)
                pack_square(panel, block, type, c, k, WIDTH, WIDTH);
        for (; k < block->depth; k += WIDTH) {
            size_t depth = block->depth - k;
            pack_square(panel, block, type, c, k, columns, depth < WIDTH ? depth : WIDTH);
        }
    }
}

ALWAYS_INLINE void pack_along_n(float *panel, const pack_block *block, gaze_dtype type) {
    for (size_t k = 0; k < block->depth; k++) {
        size_t row = block->first + k * block->k_step;
        for (size_t c = 0; c < PANEL; c += WIDTH) {
            vec v = splat(0);
            if (c + WIDTH <= block->columns)
                v = load_as(type, block->data, row + c, WIDTH);
            else if (c < block->columns)
                v = load_as(type, block->data, row + c, block->columns - c);
            store(panel + k * PANEL + c, v);
        }
    }
}

ALWAYS_INLINE void pack_elements(float *panel, const pack_block *block, gaze_dtype type) {
    for (size_t k = 0; k < block->depth; k++)
        for (size_t c = 0; c < PANEL; c++) {
            vec v = splat(0);
            size_t at = block->first + c * block->column_step + k * block->k_step;
            if (c < block->columns) v = load_as(type, block->data, at, 1);
            store_part(panel + k * PANEL + c, v, 1);
        }
}

/* `type` is a constant here, so each call below becomes a loop without a choice inside. */
ALWAYS_INLINE void pack(float *panel, const pack_block *block, gaze_dtype type) {
    if (block->k_step == 1)
        pack_along_k(panel, block, type);
    else if (block->column_step == 1)
        pack_along_n(panel, block, type);
    else
        pack_elements(panel, block, type);
}

void NAME(pack)(float *panel, const pack_block *block) {
    switch (block->type) {
    case GAZE_DTYPE_F16: pack(panel, block, GAZE_DTYPE_F16); break;
    case GAZE_DTYPE_BF16: pack(panel, block, GAZE_DTYPE_BF16); break;
    default: pack(panel, block, GAZE_DTYPE_F32);
    }
}
