/* Pieces: the text cut into parts, each of which is either still to be tokenized or one added token.
 *
 * The parts are ranges of one text, in order. (Hugging Face: PreTokenizedString and its splits.) Parts
 * without any char are dropped as soon as they come about; the index of a piece in the final list is the
 * word id of its tokens.
 *
 *     "Hi [MASK], you"   after added tokens      "Hi " | [MASK] | ", you"
 *                        after pre-tokenizing    "Hi" | [MASK] | "," | "you"
 */
#ifndef GAZE_TOKENIZER_PIECES_H
#define GAZE_TOKENIZER_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "tokenizer/pattern.h"
#include "tokenizer/normalized.h"

#define GAZE_NO_TOKEN (-1)

typedef struct gaze_piece {
    uint32_t start, end; /* chars of the text */
    int32_t token;       /* the id of an added token, or GAZE_NO_TOKEN: still to be tokenized */
} gaze_piece;

/* A zeroed struct is empty. */
typedef struct gaze_pieces {
    gaze_normalized text;
    gaze_piece *items;
    size_t count;
    size_t capacity;
} gaze_pieces;

void gaze_pieces_deinit(gaze_pieces *pieces);
/* Appends a part of the text; one without chars is dropped. False: out of memory. */
bool gaze_pieces_push(gaze_pieces *pieces, size_t start, size_t end, int32_t token);

/* Cuts one piece: pushes its parts, from left to right. False: out of memory. */
typedef bool gaze_piece_cutter(const void *context, gaze_pieces *pieces, const gaze_piece *piece);

/* Replaces every piece that is still to be tokenized by what `cut` makes of it. */
gaze_status gaze_pieces_cut(gaze_pieces *pieces, gaze_piece_cutter *cut, const void *context,
                            gaze_error *err);

/* Appends to `out` what becomes of the chars of one piece; count > 0. */
typedef void gaze_piece_writer(const void *context, gaze_normalized *out, const gaze_char *chars,
                               size_t count);

/* Writes the text of every piece that is still to be tokenized anew. */
gaze_status gaze_pieces_rewrite(gaze_pieces *pieces, gaze_piece_writer *write, const void *context,
                                gaze_error *err);

/* What becomes of the matches of a pattern. On "the-final" with the pattern "-": */
typedef enum gaze_split_behavior {
    GAZE_SPLIT_REMOVED,              /* the | final */
    GAZE_SPLIT_ISOLATED,             /* the | - | final */
    GAZE_SPLIT_MERGED_WITH_PREVIOUS, /* the- | final */
    GAZE_SPLIT_MERGED_WITH_NEXT,     /* the | -final */
    GAZE_SPLIT_CONTIGUOUS            /* as isolated, but neighbouring matches stay together */
} gaze_split_behavior;

/* A pattern to split at. With `invert`, what lies between the matches counts as match. */
typedef struct gaze_split {
    gaze_pattern pattern;
    gaze_split_behavior behavior;
    bool invert;
} gaze_split;

/* Splits every piece that is still to be tokenized. */
gaze_status gaze_pieces_split(gaze_pieces *pieces, const gaze_split *split, gaze_error *err);

#endif
