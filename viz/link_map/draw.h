/* The parts of a link map. */
#ifndef GAZE_VIZ_LINK_MAP_DRAW_H
#define GAZE_VIZ_LINK_MAP_DRAW_H

#include "viz/caption.h"
#include "viz/link_map/link_map.h"
#include "viz/matrix.h"

/* The cell with the largest value; the first of equal ones. */
size_t gaze_link_map_largest(const float *values, size_t count);

/* How many differences lie beyond the limit. */
size_t gaze_link_map_clipped(const gaze_link_map *map);

/* captions.c: title, description and caption. */
void gaze_link_map_compose(gaze_texts *texts, const gaze_link_map *map);
/* What a cell says on hover: layer 3, head 1: 0.4920, others 0.1330. `matrix->context` is the map. */
void gaze_link_map_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column);

#endif
