/* Arrays of a run under Hugging Face's names: what `gaze dump` writes and `gaze verify` compares.
 *
 *     group           name                               shape       type      in transformers
 *     inputs          input_ids, token_type_ids,         (B,T)       int64     the tokenizer's
 *                     attention_mask                                         (types where it gives them)
 *     hidden_states   hidden_states.0 ... .L             (B,T,D)     float32   outputs.hidden_states[i]
 *     attentions      attentions.0 ... .L-1              (B,H,T,T)   float32   outputs.attentions[i]
 *     scores          scores.l                           (B,H,T,T)   float32   before the softmax
 *     qkv             queries.l, keys.l, values.l        (B,H,T,K)   float32   split into heads
 *     outputs         pooler_output                      (B,D)       float32   outputs.pooler_output
 *                     logits                             (B,T,V), (B,T,C) or (B,C)
 *                     start_logits, end_logits           (B,T)
 *
 * Inside gaze nothing is padded; here, and only here, a batch is laid out padded to its longest sequence.
 * Places of padding are 0, except that scores towards padding are -inf.
 */
#ifndef GAZE_TOOLS_PIPELINE_DUMP_H
#define GAZE_TOOLS_PIPELINE_DUMP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/tensor.h"
#include "tools/pipeline/pipeline.h"

typedef enum gaze_dump_group {
    GAZE_DUMP_INPUTS = 1 << 0,
    GAZE_DUMP_HIDDEN_STATES = 1 << 1,
    GAZE_DUMP_ATTENTIONS = 1 << 2,
    GAZE_DUMP_SCORES = 1 << 3,
    GAZE_DUMP_QKV = 1 << 4,
    GAZE_DUMP_OUTPUTS = 1 << 5,
    GAZE_DUMP_ALL = (1 << 6) - 1,
    GAZE_DUMP_DEFAULT =
        GAZE_DUMP_INPUTS | GAZE_DUMP_HIDDEN_STATES | GAZE_DUMP_ATTENTIONS | GAZE_DUMP_OUTPUTS
} gaze_dump_group;

/* Reads "inputs,qkv" or "all". ARGUMENT names a word that is no group. */
gaze_status gaze_dump_groups_parse(unsigned *groups, const char *list, gaze_error *err);
/* What the record must keep, so that these groups can be dumped (gaze_record_what). */
unsigned gaze_dump_record_what(unsigned groups);

/* What the dimensions of an array are; so that places of padding can be told from others. */
typedef enum gaze_dump_layout {
    GAZE_DUMP_TOKENS,        /* (B,T) */
    GAZE_DUMP_TOKEN_ROWS,    /* (B,T,D) */
    GAZE_DUMP_HEAD_ROWS,     /* (B,H,T,K) */
    GAZE_DUMP_HEAD_SQUARES,  /* (B,H,T,T): the last two are queries and keys */
    GAZE_DUMP_SEQUENCE_ROWS  /* (B,D), (B,C) */
} gaze_dump_layout;

typedef struct gaze_dump_array {
    const char *name;
    gaze_dump_group group;
    gaze_dump_layout layout;
    gaze_tensor tensor; /* borrowed until the visitor returns */
} gaze_dump_array;

/* Calls visit for every array of the groups that the run holds, in the order of the table above, until it
 * fails; its status is returned. `length` is T, at least the longest sequence (0: exactly that). pad_id
 * stands in input_ids where there is padding. */
typedef gaze_status gaze_dump_visitor(void *context, const gaze_dump_array *array, gaze_error *err);
gaze_status gaze_dump_visit(const gaze_run *run, const gaze_model *model, unsigned groups, size_t length,
                            gaze_dump_visitor *visit, void *context, gaze_error *err);

/* Appends the JSON object that stands in the array "meta": versions, model, texts, tokens, spans,
 * word ids, sequence ids, note. */
void gaze_dump_meta(gaze_buffer *out, const gaze_run *run, const gaze_pipeline *pipeline,
                    const gaze_input *inputs);

/* Writes all of it as .npz, .safetensors or .json, by the ending of `path`. */
gaze_status gaze_dump_write(const char *path, const gaze_run *run, const gaze_pipeline *pipeline,
                            const gaze_input *inputs, unsigned groups, gaze_error *err);

#endif
