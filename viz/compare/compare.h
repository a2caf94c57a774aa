/* Compare: two matrices side by side on one scale, and their signed difference where both have the same tokens. */
#ifndef GAZE_VIZ_COMPARE_H
#define GAZE_VIZ_COMPARE_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"

/* One side. All borrowed. */
typedef struct gaze_compare_side {
    gaze_panel panel;         /* (N,N) */
    const gaze_label *labels; /* (N) */
    size_t count;             /* N, at least 1 */
    gaze_figure figure;       /* model, text and pair, lists, shares of this side */
} gaze_compare_side;

typedef struct gaze_compare {
    gaze_figure figure; /* title, theme, language, scale, what was hidden or joined; model and text where both
                                  sides have the same, else NULL */
    gaze_compare_side sides[2];
    const float *difference; /* (N,N): the first minus the second; NULL where the tokens differ */
    double limit;            /* where the colours of the difference end; above 0 */
} gaze_compare;

/* Appends the figure, a whole SVG file. Errors: ARGUMENT (a side without tokens, or sides of different size with a
 * difference), LIMIT (more than 4096 tokens), MEMORY. */
gaze_status gaze_compare_svg(gaze_buffer *out, const gaze_compare *compare, gaze_error *err);

#endif
