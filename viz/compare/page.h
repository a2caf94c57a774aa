/* The comparison as an interactive page: the figure drawn here, the weights of both sides, and the script
 * viz/compare/compare.js, which switches layer and head of either side and reads cells. */
#ifndef GAZE_VIZ_COMPARE_PAGE_H
#define GAZE_VIZ_COMPARE_PAGE_H

#include "viz/compare/compare.h"

/* One side. All borrowed. */
typedef struct gaze_compare_page_side {
    const float *const *weights;  /* layers x heads, each (all,all), rounded by gaze_round_weights */
    const gaze_label *labels;     /* (all): with the tokens that are hidden */
    const size_t *seen;           /* (the view's count): those that are not hidden */
    size_t all;
    const size_t *layers, *heads; /* their numbers in the model */
    size_t layer_count, head_count;
    const char *head; /* what the page begins with: "mean", "max" or the number of a head */
    size_t layer;     /* a place in `layers` */
} gaze_compare_page_side;

typedef struct gaze_compare_page {
    gaze_compare view; /* as it is first shown */
    gaze_compare_page_side sides[2];
    bool one_source; /* both sides have the same weights, which the page holds once */
    unsigned bits;   /* of a weight: 8 or 16 */
    size_t budget;   /* bytes that the weights may take; the first layers are left out. 0: all */
} gaze_compare_page;

/* Appends the page; `dropped`, unless NULL, gets what it does not hold. Errors: those of gaze_compare_svg. */
gaze_status gaze_compare_html(gaze_buffer *out, gaze_buffer *dropped, const gaze_compare_page *page, gaze_error *err);

#endif
