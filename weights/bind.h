/* Binding: from the names of a file's tensors to the parameters of the table in core/model/params.c.
 *
 *     "bert.encoder.layer.0.output.LayerNorm.gamma"
 *      -----                                 ------
 *      the family's prefix: may be           the old names of LayerNorm's parameters:
 *      there or not                          gamma is weight, beta is bias
 *
 * A masked language model's decoder may be missing: then it is tied to the word embeddings (or they to it,
 * when the file kept its name). Its bias, too, stands under one of two names: "cls.predictions.decoder.bias"
 * or "cls.predictions.bias".
 */
#ifndef GAZE_WEIGHTS_BIND_H
#define GAZE_WEIGHTS_BIND_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/model/config.h"
#include "core/model/params.h"
#include "weights/text_list.h"
#include "weights/weight_files.h"

/* Sets every parameter that `weights` has, and marks its tensor as used. *params must be initialised for
 * the same configuration. A parameter's data is in the file's memory where it is aligned and in the host's
 * byte order, else in `copies`, which must live as long as *params; copies may take `limit` bytes
 * (SIZE_MAX: no limit). Names of absent parameters that a model may lack, the pooler's and the head's, go to
 * `missing`. Errors, which name the tensor: NOT_FOUND (a required parameter is missing), SHAPE, UNSUPPORTED
 * (a dtype other than F32, F16, BF16), DUPLICATE (a parameter under two names), LIMIT, MEMORY. */
gaze_status gaze_bind(gaze_params *params, const gaze_config *config, gaze_weight_files *weights,
                      gaze_arena *copies, size_t limit, gaze_text_list *missing, gaze_error *err);

#endif
