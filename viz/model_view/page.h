/* The model view as an interactive page: the grid drawn here, the weights of the heads, and the script
 * viz/model_view/model_view.js, which opens one head beside the grid, sorts, hides special tokens, and maps
 * one link. */
#ifndef GAZE_VIZ_MODEL_VIEW_PAGE_H
#define GAZE_VIZ_MODEL_VIEW_PAGE_H

#include "viz/model_view/model_view.h"

/* All borrowed. */
typedef struct gaze_model_page {
    gaze_model_view
        view; /* as it is first shown, in the order of layers, with every token: hiding is the script's */
    gaze_special special; /* what the page begins with */
    const char *sort;     /* "layer", "label", "entropy", ...: likewise */
    unsigned bits;        /* of a weight: 8 or 16 */
    size_t budget;        /* bytes that the weights may take; the first layers are left out. 0: all */
} gaze_model_page;

/* A budget that keeps a page with its pictures below 8 MB. */
#define GAZE_MODEL_PAGE_BUDGET ((size_t)7000000)

/* Appends the page. Errors: those of gaze_model_view_svg. */
gaze_status gaze_model_view_html(gaze_buffer *out, const gaze_model_page *page, gaze_error *err);

#endif
