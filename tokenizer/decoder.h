/* Decoders: from token strings back to text.
 *
 * A list of steps, each of which reads a list of strings and writes another; what the last one writes is
 * joined. Without any decoder the strings are joined by spaces.
 */
#ifndef GAZE_TOKENIZER_DECODER_H
#define GAZE_TOKENIZER_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/component.h"
#include "tokenizer/metaspace.h"
#include "tokenizer/strings.h"

typedef struct gaze_decoder gaze_decoder;
struct gaze_decoder {
    /* Cannot fail but for memory, which `out` remembers. */
    void (*apply)(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in);
    union {
        struct {
            gaze_string prefix;
            bool cleanup;
        } wordpiece;
        gaze_string suffix; /* BPEDecoder */
        gaze_metaspace metaspace;
        struct {
            gaze_string content; /* of one char */
            size_t start, stop;
        } strip;
        struct {
            gaze_string pattern, content;
        } replace;
    } as;
};

/* A zeroed struct is no decoder. */
typedef struct gaze_decoders {
    gaze_decoder items[GAZE_MAX_COMPONENTS];
    size_t count;
    bool present; /* an empty Sequence is a decoder too: it joins without spaces */
} gaze_decoders;

/* `json` is the value of "decoder" (NULL: none). Strings are copied into the arena. Errors: SCHEMA, MEMORY;
 * UNSUPPORTED for a decoder that is not known here. */
gaze_status gaze_decoders_read(gaze_decoders *list, gaze_arena *arena, const gaze_json_value *json,
                               gaze_error *err);
/* Appends the text of the strings, which are used up. Errors: MEMORY. */
gaze_status gaze_decoders_apply(gaze_buffer *out, const gaze_decoders *list, gaze_strings *strings,
                                gaze_error *err);

/* Appends a text without the spaces that a tokenizer of English puts in; `contracts`: and "do not" becomes "don't",
 * as in the WordPiece decoder, but not in Python (PreTrainedTokenizerBase.clean_up_tokenization). */
void gaze_decoder_clean_up(gaze_buffer *out, gaze_string text, bool contracts);

#endif
