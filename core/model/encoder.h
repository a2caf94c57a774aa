/* The encoder: from token ids to hidden states (Hugging Face: BertModel without its pooler; RobertaModel,
 * DistilBertModel and ElectraModel do the same).
 *
 *     x_0     = LayerNorm(word[id] + type[s] + position[p])                    BertEmbeddings
 *     a_l     = LayerNorm(x_l + W_o concat_h(softmax(Q_h K_h^T / sqrt K) V_h))  BertAttention
 *     x_{l+1} = LayerNorm(a_l + W_2 act(W_1 a_l))                              BertIntermediate, BertOutput
 *
 *     gaze_workspace *workspace = NULL;
 *     gaze_workspace_new(&workspace, &config, &batch, threads, err);
 *     gaze_encoder_forward(hidden, &config, &params, workspace, &batch, hooks);
 *
 * A model is immutable and may be shared by threads; a workspace belongs to one caller. Results are
 * bit-identical for any number of threads and for any batch that a sequence is part of.
 */
#ifndef GAZE_CORE_MODEL_ENCODER_H
#define GAZE_CORE_MODEL_ENCODER_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/model/batch.h"
#include "core/model/config.h"
#include "core/model/hook.h"
#include "core/model/params.h"

typedef struct gaze_workspace gaze_workspace;

/* Memory for a forward pass over batches of at most this batch's size: N tokens, longest sequence T.
 * It takes about 4 (N (2 D + 4 HK + F) + H T^2) bytes. Threads: at least 1. Errors: MEMORY. */
gaze_status gaze_workspace_new(gaze_workspace **out, const gaze_config *config, const gaze_batch *batch,
                               int threads, gaze_error *err);
void gaze_workspace_free(gaze_workspace *workspace);

/* hidden (N, D): the last layer's output. The batch must have passed gaze_batch_check and fit the
 * workspace; required parameters must be present. `hooks` may be NULL. Allocates nothing, cannot fail. */
void gaze_encoder_forward(float *hidden, const gaze_config *config, const gaze_params *params,
                          gaze_workspace *workspace, const gaze_batch *batch, const gaze_hook *hooks);

#endif
