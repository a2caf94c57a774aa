/* The register tile: up to TILE_ROWS rows of X times one packed panel.
 *
 * For each k the tile loads the panel's vectors once, broadcasts one number of each of its rows of
 * X, and does rows x vectors multiply-adds on sums that never leave the registers: 24 multiply-adds
 * for 4 + 6 loads with AVX-512. Columns are the direction of the vectors, so no sum crosses lanes,
 * and a row's result does not depend on which rows share its tile.
 *
 * Meanwhile it asks for the numbers that will be packed next, so that they come from memory while
 * the arithmetic goes on.
 */
#ifndef GAZE_CORE_KERNELS_SIMD_TILE_H
#define GAZE_CORE_KERNELS_SIMD_TILE_H

#include <stdbool.h>

#include "core/kernels/simd/vector.h"

enum { PANEL = WIDTH * TILE_VECTORS };

/* Where the next block of W lies, and which of its columns this tile asks for. */
typedef struct tile_ahead {
    const char *data;   /* NULL: there is no next one */
    size_t column_step; /* in bytes */
    size_t k_step;      /* in bytes */
    size_t begin, end;  /* columns */
    size_t depth;
} tile_ahead;

typedef struct tile {
    float *y; /* its first element; PANEL columns are written */
    size_t y_stride;
    const float *x; /* its first row, at the panel's first k */
    size_t x_row_stride;
    size_t x_k_stride;
    const float *panel; /* (depth, PANEL) */
    size_t depth;
    const float *bias; /* (PANEL), or NULL */
    bool add;          /* y += the sums, else y = */
    tile_ahead ahead;
} tile;

/* Called at every fourth k. A cache line holds 16 floats of a column: in 16 steps of k each of the
 * tile's columns gets its turn, for the line that lies as far on in the next block as k is in this
 * one. */
ALWAYS_INLINE void tile_ask_ahead(const tile_ahead *ahead, size_t k) {
    if (k >= ahead->depth) return;
    size_t share = ahead->end - ahead->begin, turn = k % 16;
    size_t end = ahead->begin + share * (turn + 4) / 16;
    for (size_t c = ahead->begin + share * turn / 16; c < end; c++)
        PREFETCH(ahead->data + c * ahead->column_step + k * ahead->k_step);
}

/* sums (rows, PANEL) = x (rows, depth) @ panel (depth, PANEL) */
ALWAYS_INLINE void tile_multiply(vec sums[TILE_ROWS][TILE_VECTORS], const tile *t,
                                 const size_t rows) {
    const float *panel = t->panel, *x = t->x;
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        UNROLL
        for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] = splat(0);
    }
    for (size_t k = 0; k < t->depth; k++, panel += PANEL, x += t->x_k_stride) {
        if (k % 4 == 0) tile_ask_ahead(&t->ahead, k);
        vec w[TILE_VECTORS];
        UNROLL
        for (size_t v = 0; v < TILE_VECTORS; v++) w[v] = load(panel + v * WIDTH);
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            float x_rk = x[r * t->x_row_stride];
            UNROLL
            for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] += x_rk * w[v];
        }
    }
}

/* y (rows, PANEL) = sums, or y + sums; + bias */
ALWAYS_INLINE void tile_finish(vec sums[TILE_ROWS][TILE_VECTORS], const tile *t,
                               const size_t rows) {
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        float *y_r = t->y + r * t->y_stride;
        UNROLL
        for (size_t v = 0; v < TILE_VECTORS; v++) {
            vec sum = sums[r][v];
            if (t->add) sum = load(y_r + v * WIDTH) + sum;
            if (t->bias) sum = sum + load(t->bias + v * WIDTH);
            store(y_r + v * WIDTH, sum);
        }
    }
}

/* `rows` is a constant wherever this is expanded, so that the sums become registers. */
ALWAYS_INLINE void tile_rows(const tile *t, const size_t rows) {
    vec sums[TILE_ROWS][TILE_VECTORS];
    tile_multiply(sums, t, rows);
    tile_finish(sums, t, rows);
}

static inline void tile_run(const tile *t, size_t rows) {
    switch (rows) {
    case 1: tile_rows(t, 1); break;
    case 2: tile_rows(t, 2); break;
    case 3: tile_rows(t, 3); break;
    case 4: tile_rows(t, 4); break;
#if !defined(GAZE_LEVEL_scalar) && !defined(GAZE_LEVEL_baseline)
    case 5: tile_rows(t, 5); break;
    case 6: tile_rows(t, 6); break;
#endif
    }
}

#endif
