/* Packing: a block of W, wherever its elements lie, becomes a panel.
 *
 * A panel holds PANEL columns of Y for up to GAZE_GEMM_BLOCK steps of k, so that the tile reads it
 * from front to back:
 *
 *     panel[k * PANEL + c] = w[n + c, k0 + k]        c = 0 .. PANEL-1
 *
 * Columns beyond the last one are 0. Three layouts of W, each for three types:
 *
 *     k contiguous (a linear layer's weight, K of Q K^T)    squares are transposed in registers
 *     n contiguous (V of A V, W of dY W)                    rows are copied
 *     neither                                               element by element
 */
#ifndef GAZE_CORE_KERNELS_SIMD_PACK_H
#define GAZE_CORE_KERNELS_SIMD_PACK_H

#include "core/base/tensor.h"
#include "core/kernels/simd/vector.h"

/* The block of W to pack: element (c, k) is data[first + c * column_step + k * k_step]. */
typedef struct pack_block {
    const void *data;
    gaze_dtype type;
    size_t first;
    size_t column_step;
    size_t k_step;
    size_t columns; /* <= PANEL */
    size_t depth;   /* <= GAZE_GEMM_BLOCK */
} pack_block;

/* panel (depth, PANEL). */
void NAME(pack)(float *panel, const pack_block *block);

#endif
