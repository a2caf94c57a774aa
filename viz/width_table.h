/* Code points that do not have the width of a letter; written by tools/gen_width.py. */
#ifndef GAZE_VIZ_WIDTH_TABLE_H
#define GAZE_VIZ_WIDTH_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef enum gaze_width_class {
    GAZE_WIDTH_ORDINARY, /* not in the table */
    GAZE_WIDTH_ZERO,     /* no room, joins what stands before: accents, joiners, skin tones */
    GAZE_WIDTH_MARK,     /* takes room, joins what stands before: vowel signs of Indian scripts */
    GAZE_WIDTH_WIDE,     /* one em: Han, Kana, Hangul */
    GAZE_WIDTH_EMOJI     /* a little more */
} gaze_width_class;

typedef struct gaze_width_range {
    uint32_t first, last; /* both included */
    gaze_width_class width;
} gaze_width_range;

extern const gaze_width_range gaze_width_table[]; /* ascending */
extern const size_t gaze_width_table_size;

#endif
