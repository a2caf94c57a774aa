/* The fast product: Y[M,N] = X[M,K] W[N,K]^T, one panel of Y's columns.
 *
 *                       panel (PANEL columns of Y)
 *                       +---------+
 *                       |         |  GAZE_GEMM_BLOCK steps of k: packed, stays in the L2 cache
 *                       |         |
 *          k ->         +---------+
 *     +---------+       +---------+
 *   X | 6 rows  |     Y |  tile   |  6 rows x 4 vectors of sums in registers (simd/tile.h)
 *     +---------+       +---------+
 *
 *     for     block of K           pack this block of W into the panel (simd/pack.c)
 *       for   tile of rows         the tile's sums over the block, from 0, are added to Y
 */
#include <string.h>

#include "core/kernels/floats.h"
#include "core/kernels/simd/level.h"
#include "core/kernels/simd/pack.h"
#include "core/kernels/simd/tile.h"

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* The block of W that begins at column n of Y and at k. */
static pack_block block_at(const gaze_gemm_job *job, size_t n, size_t k) {
    return (pack_block){.data = job->w.data,
                        .type = job->w.dtype,
                        .first = n * job->w.row_stride + k * job->w.column_stride,
                        .column_step = job->w.row_stride,
                        .k_step = job->w.column_stride,
                        .columns = smaller(job->N - n, PANEL),
                        .depth = smaller(job->K - k, GAZE_GEMM_BLOCK)};
}

/* The block after that one: farther down the panel, or at the top of the next. Asked for only where
 * a column's numbers are neighbours, as in the weights of a linear layer. */
static tile_ahead ahead_of(const gaze_gemm_job *job, size_t n, size_t k) {
    k += GAZE_GEMM_BLOCK;
    if (k >= job->K) {
        n += PANEL;
        k = 0;
    }
    if (n >= job->N || job->w.column_stride != 1) return (tile_ahead){0};
    pack_block next = block_at(job, n, k);
    size_t size = job->w.dtype == GAZE_DTYPE_F32 ? sizeof(float) : sizeof(uint16_t);
    return (tile_ahead){.data = (const char *)next.data + next.first * size,
                        .column_step = next.column_step * size,
                        .k_step = size,
                        .end = next.columns,
                        .depth = next.depth};
}

/* The last panel may have fewer columns than a tile writes: it works on a copy. */
static void tile_narrow(tile t, size_t rows, size_t columns) {
    float copy[TILE_ROWS * PANEL];
    float *y = t.y;
    size_t y_stride = t.y_stride;
    for (size_t r = 0; t.add && r < rows; r++)
        memcpy(copy + r * PANEL, y + r * y_stride, columns * sizeof *y);
    t.y = copy;
    t.y_stride = PANEL;
    tile_run(&t, rows);
    for (size_t r = 0; r < rows; r++)
        memcpy(y + r * y_stride, copy + r * PANEL, columns * sizeof *y);
}

/* `all` stands at row 0 of X and Y and is done tile by tile, rows begin .. end - 1, split evenly:
 * 13 rows become 5 + 4 + 4 and not 6 + 6 + 1. Each tile asks for its share of what comes next.
 * The struct is copied once: copying it for each tile, in pieces of another size than its members
 * were just written in, would wait until all of Y's stores are done (a tenth of the time). */
static void run_tiles(const tile *all, size_t columns, size_t begin, size_t end) {
    size_t tiles = (end - begin + TILE_ROWS - 1) / TILE_ROWS;
    tile t = *all;
    for (size_t i = 0; i < tiles; i++) {
        size_t m = begin + (end - begin) * i / tiles;
        size_t rows = begin + (end - begin) * (i + 1) / tiles - m;
        t.y = all->y + m * t.y_stride;
        t.x = all->x + m * t.x_row_stride;
        t.ahead.begin = all->ahead.end * i / tiles;
        t.ahead.end = all->ahead.end * (i + 1) / tiles;
        if (columns == PANEL)
            tile_run(&t, rows);
        else
            tile_narrow(t, rows, columns);
    }
}

static void widen_bias(float bias[PANEL], const gaze_gemm_job *job, size_t n, size_t columns) {
    memset(bias, 0, PANEL * sizeof *bias);
    const float *from = gaze_floats(job->bias, n, columns, bias);
    if (from != bias) memcpy(bias, from, columns * sizeof *bias);
}

void NAME(gemm_panel)(const gaze_gemm_job *job, size_t n, size_t begin, size_t end) {
    _Alignas(64) float panel[GAZE_GEMM_BLOCK * PANEL]; /* a cache line: no load crosses two */
    float bias[PANEL];
    if (job->bias) widen_bias(bias, job, n, smaller(job->N - n, PANEL));
    for (size_t k = 0; k < job->K; k += GAZE_GEMM_BLOCK) {
        pack_block block = block_at(job, n, k);
        NAME(pack)(panel, &block);
        tile t = {.y = job->y + n,
                  .y_stride = job->y_stride,
                  .x = (const float *)job->x.data + k * job->x.column_stride,
                  .x_row_stride = job->x.row_stride,
                  .x_k_stride = job->x.column_stride,
                  .panel = panel,
                  .depth = block.depth,
                  .bias = job->bias && k + block.depth == job->K ? bias : NULL,
                  .add = job->add || k > 0,
                  .ahead = ahead_of(job, n, k)};
        run_tiles(&t, block.columns, begin, end);
    }
}
