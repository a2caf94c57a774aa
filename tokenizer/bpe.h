/* Byte-pair encoding as a model: what it needs beside the vocabulary. */
#ifndef GAZE_TOKENIZER_BPE_H
#define GAZE_TOKENIZER_BPE_H

#include <stdbool.h>
#include <stdint.h>

#include "tokenizer/pair_map.h"
#include "tokenizer/strings.h"

#define GAZE_BPE_CHARS 0x180 /* enough for byte-level text, whose chars end at U+0143 */
#define GAZE_BPE_AFFIX 32    /* bytes of the prefix and of the suffix, at most */

typedef struct gaze_bpe {
    gaze_pair_map merges;             /* (left id, right id) -> (rank, id of both together) */
    int32_t char_ids[GAZE_BPE_CHARS]; /* the id of a char by itself, or -1: saves a look-up */
    int32_t byte_ids[256];            /* of "<0x00>" to "<0xFF>", or -1 */
    gaze_string prefix;               /* continuing_subword_prefix: of chars that do not begin a word, */
    gaze_string suffix;               /* end_of_word_suffix: of the char that ends it */
    gaze_string unk;                  /* what unknown chars become; text NULL: they vanish */
    bool fuse_unk;                    /* neighbouring ones become one */
    bool byte_fallback;               /* an unknown char becomes its bytes, if all have an entry */
    bool ignore_merges;               /* a word that has an entry is that token */
} gaze_bpe;

#endif
