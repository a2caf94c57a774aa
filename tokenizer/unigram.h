/* Unigram as a model: what it needs beside the vocabulary. */
#ifndef GAZE_TOKENIZER_UNIGRAM_H
#define GAZE_TOKENIZER_UNIGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "tokenizer/prefix_tree.h"

typedef struct gaze_unigram {
    gaze_prefix_tree pieces; /* the values are ids */
    double *scores;          /* by id: logarithms of probabilities */
    double unknown_score;    /* of one unknown char */
    int32_t byte_ids[256];   /* of "<0x00>" to "<0xFF>", or -1 */
    bool byte_fallback;      /* unknown text becomes its bytes, if all have an entry */
} gaze_unigram;

#endif
