/* The fast product: Y[M,N] = X[M,K] W[N,K]^T, one panel of Y's columns.
 *
 *                       panel (PANEL columns of Y)
 *                       +---------+
 *                       |         |  GAZE_GEMM_BLOCK steps of k: packed, stays in the L2 cache
 *                       |         |
 *          k ->         +---------+
 *     +---------+       +----+----+
 *   X | 6 rows  |     Y | tile    |  6 rows x 4 vectors of sums in registers
 *     +---------+       +---------+
 *
 * For each k the tile loads the panel's vectors once, broadcasts one number of each of its rows of X, and
 * does rows x vectors multiply-adds. The sums of a block start from 0 in registers and are then added to
 * Y (core/kernels/gemm.h says why). Columns are the direction of the vectors, so no sum crosses lanes, and
 * a row's result does not depend on which rows share its tile.
 */
#include <string.h>

#include "core/kernels/floats.h"
#include "core/kernels/simd/level.h"
#include "core/kernels/simd/pack.h"

typedef struct tile {
    float *y; /* its first element; PANEL columns may be written */
    size_t y_stride;
    const float *x; /* its first row at the block's first k */
    size_t x_row_stride;
    size_t x_k_stride;
    const float *panel;
    size_t depth;
    const float *bias; /* PANEL numbers, in the last block; else NULL */
    bool add;          /* y += the sums, else y = */
} tile;

/* y (rows, PANEL) from x (rows, depth) and the panel. `rows` is a constant wherever this is expanded. */
ALWAYS_INLINE void tile_rows(const tile *t, const size_t rows) {
    vec sums[TILE_ROWS][TILE_VECTORS];
    const float *panel = t->panel, *x = t->x;
    UNROLL
    for (size_t r = 0; r < rows; r++)
        UNROLL
        for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] = splat(0);
    for (size_t k = 0; k < t->depth; k++, panel += PANEL, x += t->x_k_stride) {
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

static void tile_1(const tile *t) { tile_rows(t, 1); }
static void tile_2(const tile *t) { tile_rows(t, 2); }
static void tile_3(const tile *t) { tile_rows(t, 3); }
static void tile_4(const tile *t) { tile_rows(t, 4); }
#if !defined(GAZE_LEVEL_scalar) && !defined(GAZE_LEVEL_baseline)
static void tile_5(const tile *t) { tile_rows(t, 5); }
static void tile_6(const tile *t) { tile_rows(t, 6); }
static void (*const tiles[TILE_ROWS + 1])(const tile *) = {NULL,   tile_1, tile_2, tile_3,
                                                           tile_4, tile_5, tile_6};
#else
static void (*const tiles[TILE_ROWS + 1])(const tile *) = {NULL, tile_1, tile_2, tile_3, tile_4};
#endif

/* The last panel may have fewer columns than a tile writes: it works on a copy. */
static void tile_narrow(tile t, size_t rows, size_t columns) {
    float copy[TILE_ROWS * PANEL];
    float *y = t.y;
    size_t y_stride = t.y_stride;
    for (size_t r = 0; t.add && r < rows; r++)
        memcpy(copy + r * PANEL, y + r * y_stride, columns * sizeof *y);
    t.y = copy;
    t.y_stride = PANEL;
    tiles[rows](&t);
    for (size_t r = 0; r < rows; r++)
        memcpy(y + r * y_stride, copy + r * PANEL, columns * sizeof *y);
}

/* Rows begin .. end - 1, split evenly: 13 rows become 5 + 4 + 4 and not 6 + 6 + 1. */
static void run_tiles(const gaze_gemm_job *job, tile t, size_t columns, size_t begin, size_t end) {
    size_t left = (end - begin + TILE_ROWS - 1) / TILE_ROWS;
    float *y = t.y;
    const float *x = t.x;
    for (size_t m = begin; m < end; left--) {
        size_t rows = (end - m + left - 1) / left;
        t.y = y + m * job->y_stride;
        t.x = x + m * t.x_row_stride;
        if (columns == PANEL)
            tiles[rows](&t);
        else
            tile_narrow(t, rows, columns);
        m += rows;
    }
}

static void widen_bias(float bias[PANEL], const gaze_gemm_job *job, size_t n, size_t columns) {
    memset(bias, 0, PANEL * sizeof *bias);
    const float *from = gaze_floats(job->bias, n, columns, bias);
    if (from != bias) memcpy(bias, from, columns * sizeof *bias);
}

void NAME(gemm_panel)(const gaze_gemm_job *job, size_t n, size_t begin, size_t end) {
    float panel[GAZE_GEMM_BLOCK * PANEL], bias[PANEL];
    size_t columns = job->N - n < PANEL ? job->N - n : PANEL;
    if (job->bias) widen_bias(bias, job, n, columns);
    for (size_t k = 0; k < job->K; k += GAZE_GEMM_BLOCK) {
        size_t depth = job->K - k < GAZE_GEMM_BLOCK ? job->K - k : GAZE_GEMM_BLOCK;
        pack_block block = {.data = job->w.data,
                            .first = n * job->w.row_stride + k * job->w.column_stride,
                            .column_step = job->w.row_stride,
                            .k_step = job->w.column_stride,
                            .columns = columns,
                            .depth = depth};
        NAME(pack)(panel, &block, job->w.dtype);
        tile t = {.y = job->y + n,
                  .y_stride = job->y_stride,
                  .x = (const float *)job->x.data + k * job->x.column_stride,
                  .x_row_stride = job->x.row_stride,
                  .x_k_stride = job->x.column_stride,
                  .panel = panel,
                  .depth = depth,
                  .bias = job->bias && k + depth == job->K ? bias : NULL,
                  .add = job->add || k > 0};
        run_tiles(job, t, columns, begin, end);
    }
}
