/* The link map: which head links two tokens. A map of layers x heads of the weight from one token to the other, and
 * beside it that weight minus what the other rows give to the same token: a head that always looks at "cat" is
 * strong in the first and pale in the second, one that resolves "it" is strong in both.
 */
#ifndef GAZE_VIZ_LINK_MAP_H
#define GAZE_VIZ_LINK_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"

typedef struct gaze_link_map {
    gaze_figure figure;
    gaze_label from, to;
    const float *weights;     /* (L,H): a[l,h,from,to] */
    const float *differences; /* (L,H): weights minus the mean of the other rows */
    size_t layer_count;       /* L, at least 1 */
    size_t head_count;        /* H, at least 1 */
    const size_t *layers;     /* (L): their numbers */
    const size_t *heads;      /* (H) */
    double limit;             /* where the colours of the differences end; above 0 */
} gaze_link_map;

/* Appends the figure, a whole SVG file. Errors: ARGUMENT (no layer or head), LIMIT (more than 64 of either), MEMORY. */
gaze_status gaze_link_map_svg(gaze_buffer *out, const gaze_link_map *map, gaze_error *err);

#endif
