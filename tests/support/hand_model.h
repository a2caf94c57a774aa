/* A directory with a model whose logits are the biases of its head, whatever it reads: all that stands before is 0. Its
 * words are [PAD] [UNK] [CLS] [SEP] [MASK] a b c d . , and it has 7 positions. */
#ifndef GAZE_TESTS_SUPPORT_HAND_MODEL_H
#define GAZE_TESTS_SUPPORT_HAND_MODEL_H

#include <stddef.h>

#include "core/model/config.h"

/* biases (count): of the 11 words, or of the labels. `more` is put behind the fields of config.json (", \"x\": 1"), and
 * may be NULL. Free with tmpdir_remove. */
char *hand_model_make(gaze_task task, const float *biases, size_t count, const char *more);

#endif
