/* The merging of byte-pair encoding (Sennrich et al. 2016; Hugging Face: models/bpe/word.rs).
 *
 *     repeat: of all neighbours in the word, join the pair of lowest rank, the leftmost of equals,
 *             until no pair of neighbours is among the merges
 *
 *     merges  a b (rank 0), ab c (rank 1), b c (rank 2)     a b c d  ->  ab c d  ->  abc d
 *
 * Two ways to the same result: scanning all ranks for the lowest each time is the fastest for a word of a
 * few symbols, and takes quadratic time; a heap takes n log n on words of any length.
 */
#ifndef GAZE_TOKENIZER_BPE_MERGE_H
#define GAZE_TOKENIZER_BPE_MERGE_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/pair_map.h"

/* A part of a word. */
typedef struct gaze_symbol {
    uint32_t id;
    uint32_t length;         /* bytes of the word that it stands for; not 0 */
    uint32_t previous, next; /* private to gaze_bpe_merge_long */
} gaze_symbol;

/* A merge that was possible when it was put into the heap. */
typedef struct gaze_merge {
    uint32_t rank, merged;
    uint32_t at;          /* the left symbol */
    uint32_t left, right; /* the ids then: they tell whether it is possible still */
} gaze_merge;

#define GAZE_BPE_SHORT_WORD 32 /* symbols */

/* Merge symbols[0] to symbols[count - 1] in place, and return how many are left. Merges are
 * (left id, right id) -> (rank, merged id). A short word has at most GAZE_BPE_SHORT_WORD symbols;
 * for a long one, `heap` has room for 2 count merges. */
size_t gaze_bpe_merge_short(const gaze_pair_map *merges, gaze_symbol *symbols, size_t count);
size_t gaze_bpe_merge_long(const gaze_pair_map *merges, gaze_symbol *symbols, size_t count, gaze_merge *heap);

#endif
