/* Embedding: a token is looked up as a row of a table.
 *
 *     y[t,:] = table[ids[t],:]
 *
 *     ids (rows)   table (V, D)   y (rows, D)          torch.nn.Embedding, in BertEmbeddings
 */
#ifndef GAZE_CORE_NN_EMBEDDING_H
#define GAZE_CORE_NN_EMBEDDING_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/tensor.h"

/* y (rows, D) = rows of the table. 0 <= ids[t] < V is the caller's promise. */
void gaze_embedding_forward(float *y, const int32_t *ids, const gaze_tensor *table, size_t rows,
                            int threads);

/* y (rows, D) += rows of the table. BertEmbeddings adds word + token type, then + position. */
void gaze_embedding_add(float *y, const int32_t *ids, const gaze_tensor *table, size_t rows,
                        int threads);

#endif
