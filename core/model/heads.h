/* Heads: from hidden states to what a model was made for.
 *
 * Every head is the same line of at most three parts, of which some are absent:
 *
 *     logits = W_o LayerNorm(act(W_d x + b_d)) + b_o
 *              output  norm      dense
 *
 *     task                      rows x           dense, act                  norm   output        logits
 *     masked language model     every token      (E,D), gelu or hidden_act   (E)    (V,E)         (R,V)
 *     question answering        every token      -                           -      (2,D)         (R,2)
 *     token classification      every token      -                           -      (C,D)         (R,C)
 *     sequence classification   the first token  (D,D), see below            -      (C,D)         (R,C)
 *
 * In sequence classification act is tanh in RoBERTa, relu in DistilBERT, gelu in ELECTRA; BERT's dense and
 * tanh are its pooler. R rows, C labels. The two columns of question answering are start and end.
 */
#ifndef GAZE_CORE_MODEL_HEADS_H
#define GAZE_CORE_MODEL_HEADS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/batch.h"
#include "core/model/config.h"
#include "core/model/params.h"

/* pooled (B, D) = tanh(W x_first + b) of each sequence's first token (Hugging Face: BertPooler).
 * hidden (N, D) is the encoder's output. The parameters must have a pooler. */
void gaze_pooler_forward(float *pooled, const float *hidden, const gaze_config *config,
                         const gaze_params *params, const gaze_batch *batch, int threads);

/* Which rows a task's head reads. */
typedef enum gaze_head_input {
    GAZE_HEAD_TOKENS,       /* (N, D): the hidden state of every token */
    GAZE_HEAD_FIRST_TOKENS, /* (B, D): that of each sequence's first token */
    GAZE_HEAD_POOLED        /* (B, D): the pooler's output */
} gaze_head_input;

/* The model must have a task. */
gaze_head_input gaze_head_input_of(const gaze_config *config);

/* Whether every parameter of the task's head is there (a tied output counts); false without a task. */
bool gaze_head_present(const gaze_config *config, const gaze_params *params);

/* Columns of the logits: V, 2 or C. */
size_t gaze_head_columns(const gaze_config *config);
/* Floats that gaze_head_forward needs besides its result, for one row. */
size_t gaze_head_scratch(const gaze_config *config);

/* logits (R, columns) from x (R, D), any of the rows that the head reads. scratch: R times
 * gaze_head_scratch floats. The head must be present. Hugging Face: the classes named BertFor...,
 * RobertaFor..., DistilBertFor..., ElectraFor... */
void gaze_head_forward(float *logits, const float *x, size_t rows, float *scratch, const gaze_config *config,
                       const gaze_params *params, int threads);

#endif
