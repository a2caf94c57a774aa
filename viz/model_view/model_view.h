/* The model view: all heads at once, layers x heads, a thumbnail of its matrix for each, with a badge that says what
 * the head does.
 *
 * A thumbnail is the head's heat map without labels: rows are queries from top to bottom, columns keys from left to
 * right. Under it stand seven bars (entropy as a part of ln n, then what the previous, next and same token, [CLS],
 * [SEP] and punctuation take) and, where one of Clark's thresholds holds, its name; else the largest of them.
 * Beside the rows stand the means of the layers.
 */
#ifndef GAZE_VIZ_MODEL_VIEW_H
#define GAZE_VIZ_MODEL_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"

/* What a badge is made of, in its order; the caller computed it. */
typedef enum gaze_badge_value {
    GAZE_BADGE_ENTROPY, /* nats */
    GAZE_BADGE_RELATIVE_ENTROPY,
    GAZE_BADGE_PREVIOUS,
    GAZE_BADGE_NEXT,
    GAZE_BADGE_SELF,
    GAZE_BADGE_CLS,
    GAZE_BADGE_SEP,
    GAZE_BADGE_PUNCTUATION,
    GAZE_BADGE_VALUES
} gaze_badge_value;

/* Which threshold holds. */
typedef enum gaze_badge_name {
    GAZE_BADGE_UNNAMED,
    GAZE_BADGE_IS_NEXT,
    GAZE_BADGE_IS_PREVIOUS,
    GAZE_BADGE_IS_BROAD,
    GAZE_BADGE_IS_CLS,
    GAZE_BADGE_IS_SEP,
    GAZE_BADGE_IS_PUNCTUATION,
    GAZE_BADGE_NAMES
} gaze_badge_name;

typedef struct gaze_badge {
    double values[GAZE_BADGE_VALUES];
    gaze_badge_name name;
} gaze_badge;

typedef enum gaze_model_sort {
    GAZE_SORT_LAYER, /* a row of the grid is a layer, a column a head */
    GAZE_SORT_NAME,  /* by the name of the badge, then by the value that it stands for */
    GAZE_SORT_VALUE  /* by sort_value, largest first */
} gaze_model_sort;

typedef struct gaze_model_view {
    gaze_figure figure;
    const gaze_label *labels; /* N */
    size_t count;             /* N, at least 1 */
    const gaze_panel
        *panels; /* each (N,N): the heads of the first layer, then of the second, ...: as many in each */
    const gaze_badge *badges; /* of each */
    size_t panel_count;
    size_t head_count;       /* panels of a layer */
    const gaze_panel *means; /* of each layer, (N,N), or NULL */
    const gaze_badge *mean_badges;
    gaze_model_sort sort;
    gaze_badge_value sort_value;
    bool lines; /* thumbnails of lines between two columns, in place of heat maps */
} gaze_model_view;

/* Sets the sorting by a word: "layer", "label" or a value: "entropy", "previous", "next", "self", "cls", "sep",
 * "punctuation". NULL is "layer". False when it is none of them. */
bool gaze_model_view_sort(gaze_model_view *view, const char *word);

/* Appends the figure, a whole SVG file, to `out`. Errors: ARGUMENT (nothing to draw, or layers of different size),
 * LIMIT (more than 4096 tokens or 1024 panels), MEMORY. On failure what was appended is undefined. */
gaze_status gaze_model_view_svg(gaze_buffer *out, const gaze_model_view *view, gaze_error *err);

#endif
