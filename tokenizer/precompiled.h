/* The normalizer Precompiled: SentencePiece's rules, looked up cluster by cluster and char by char. */
#ifndef GAZE_TOKENIZER_PRECOMPILED_H
#define GAZE_TOKENIZER_PRECOMPILED_H

#include "core/base/error.h"
#include "tokenizer/charsmap.h"
#include "tokenizer/normalized.h"

/* Errors: MEMORY. */
gaze_status gaze_precompiled_normalize(const gaze_charsmap *map, gaze_normalized *text, gaze_error *err);

#endif
