/* The words of a link map, drawn by a file of their own. */
#ifndef GAZE_VIZ_LINK_MAP_DRAW_H
#define GAZE_VIZ_LINK_MAP_DRAW_H

#include "viz/caption.h"
#include "viz/link_map/link_map.h"
#include "viz/matrix.h"

/* Strings with {} take values, in order. */
typedef struct gaze_link_words {
    const char *title;                        /* {from}, {to} */
    const char *weight, *difference;          /* above the two maps; {to} */
    const char *layer, *head;                 /* of the axes */
    const char *largest, *largest_difference; /* {layer}, {head}, {weight}, {others} */
    const char *next;                         /* the one after either: the same */
    const char *reading;
    const char *clipped;     /* {count}, {limit} */
    const char *description; /* {layers}, {heads} */
} gaze_link_words;

const gaze_link_words *gaze_link_words_of(gaze_language language);

/* The cell with the largest value; the first of equal ones. */
size_t gaze_link_map_largest(const float *values, size_t count);

/* How many differences lie beyond the limit. */
size_t gaze_link_map_clipped(const gaze_link_map *map);

/* captions.c: title, description and caption. */
void gaze_link_map_compose(gaze_texts *texts, const gaze_link_map *map);
/* What a cell says on hover: layer 3, head 1: 0.4920, others 0.1330. `matrix->context` is the map. */
void gaze_link_map_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column);

#endif
