/* Metaspace: spaces are written as a visible char and belong to the word behind them. (Hugging Face:
 * Metaspace; SentencePiece.)
 *
 *     "Hi you"  ->  _Hi | _you        (_ is U+2581, the usual replacement)
 *
 * Prepending one to the text makes its first word look like the others; `first` does so at the beginning of
 * the text alone, and not behind added tokens.
 */
#ifndef GAZE_TOKENIZER_METASPACE_H
#define GAZE_TOKENIZER_METASPACE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/pieces.h"
#include "tokenizer/strings.h"

typedef enum gaze_prepend_scheme {
    GAZE_PREPEND_ALWAYS,
    GAZE_PREPEND_FIRST,
    GAZE_PREPEND_NEVER
} gaze_prepend_scheme;

typedef struct gaze_metaspace {
    gaze_literal replacement; /* one char */
    gaze_prepend_scheme prepend_scheme;
    bool split; /* false: the text stays in one piece */
} gaze_metaspace;

/* Reads the settings, which the pre-tokenizer and the decoder share. Errors: SCHEMA, UNSUPPORTED, MEMORY. */
gaze_status gaze_metaspace_read(gaze_metaspace *out, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err);

gaze_status gaze_metaspace_pre_tokenize(gaze_pieces *pieces, const gaze_metaspace *settings, gaze_error *err);
/* Spaces again; those of the first token vanish, unless nothing was prepended. */
void gaze_metaspace_decode(gaze_strings *out, const gaze_strings *in, const gaze_metaspace *settings);

#endif
