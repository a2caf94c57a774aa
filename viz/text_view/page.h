/* The text view as an interactive page: the passage drawn here, the weights of the heads, and the script
 * viz/text_view/text_view.js, which chooses tokens, layer, head and direction, and hides special tokens. */
#ifndef GAZE_VIZ_TEXT_VIEW_PAGE_H
#define GAZE_VIZ_TEXT_VIEW_PAGE_H

#include "viz/text_view/text_view.h"

/* All borrowed. */
typedef struct gaze_text_page {
    gaze_text_view view;         /* as it is first shown, with every token; the special ones may be hidden */
    const float *const *weights; /* layers x heads, each (count,count), rounded by gaze_round_weights */
    const size_t *layers, *heads; /* their numbers in the model */
    size_t layer_count, head_count;
    const char *head; /* what the page begins with: "mean", "max" or the number of a head */
    size_t layer;     /* a place in `layers` */
    unsigned bits;    /* of a weight: 8 or 16 */
    size_t budget;    /* bytes that the weights may take; the first layers are left out. 0: all */
} gaze_text_page;

/* Appends the page; `dropped`, unless NULL, gets what it does not hold. Errors: those of gaze_text_view_svg. */
gaze_status gaze_text_view_html(gaze_buffer *out, gaze_buffer *dropped, const gaze_text_page *page,
                                gaze_error *err);

#endif
