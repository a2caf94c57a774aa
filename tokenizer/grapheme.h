/* Extended grapheme clusters: what a reader takes for one character (Unicode Standard Annex 29).
 *
 * e and U+0301 are one, and so are a family of emoji, a flag of two letters, a Hangul syllable in jamo and
 * an Indic conjunct. Precompiled looks up whole clusters, so it must know where they end.
 * tools/gen_graphemes.py writes the table (grapheme_tables.c).
 */
#ifndef GAZE_TOKENIZER_GRAPHEME_H
#define GAZE_TOKENIZER_GRAPHEME_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/normalized.h"

/* Grapheme_Cluster_Break, joined with Indic_Conjunct_Break and Extended_Pictographic. */
typedef enum gaze_grapheme_class {
    GAZE_GRAPHEME_OTHER,
    GAZE_GRAPHEME_CR,
    GAZE_GRAPHEME_LF,
    GAZE_GRAPHEME_CONTROL,
    GAZE_GRAPHEME_EXTEND,        /* marks; in no Indic conjunct: U+200C alone */
    GAZE_GRAPHEME_JOINED_EXTEND, /* marks that may stand inside an Indic conjunct */
    GAZE_GRAPHEME_LINKER,        /* marks that join consonants: virama */
    GAZE_GRAPHEME_ZWJ,
    GAZE_GRAPHEME_SPACING_MARK,
    GAZE_GRAPHEME_PREPEND,
    GAZE_GRAPHEME_CONSONANT, /* of the scripts that have linkers */
    GAZE_GRAPHEME_PICTOGRAPH,
    GAZE_GRAPHEME_REGIONAL_INDICATOR,
    GAZE_GRAPHEME_L, /* Hangul: leading consonant, vowel, trailing consonant, and syllables of them */
    GAZE_GRAPHEME_V,
    GAZE_GRAPHEME_T,
    GAZE_GRAPHEME_LV,
    GAZE_GRAPHEME_LVT
} gaze_grapheme_class;

gaze_grapheme_class gaze_grapheme_class_of(uint32_t c);

/* The end of the cluster that begins at chars[at]; at < count. */
size_t gaze_grapheme_end(const gaze_char *chars, size_t count, size_t at);

/* The table: first, ..., last have the class. Sorted; chars that are OTHER and Hangul syllables are not in it. */
typedef struct gaze_grapheme_run {
    uint32_t first, last;
    gaze_grapheme_class kind;
} gaze_grapheme_run;
extern const gaze_grapheme_run gaze_grapheme_runs[];
extern const size_t gaze_grapheme_run_count;

#endif
