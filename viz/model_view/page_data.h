/* What the script of the model view is given: a JSON object. */
#ifndef GAZE_VIZ_MODEL_VIEW_PAGE_DATA_H
#define GAZE_VIZ_MODEL_VIEW_PAGE_DATA_H

#include "viz/model_view/draw.h"
#include "viz/model_view/page.h"

/* Appends it. held[layers] tells of which layers the weights are in it. Errors: MEMORY. */
gaze_status gaze_model_page_put_data(gaze_buffer *out, bool *held, const gaze_model_page *page,
                                     const gaze_model_drawing *d, gaze_error *err);

/* What stands above the grid until a head is looked at: the headline, and what a reader can do. */
void gaze_model_page_hint(gaze_buffer *out, const gaze_model_drawing *d);

/* Whether the script draws the thumbnails of the weights: they are many, the page holds all weights, these are few
 * enough to be read at once, and each is a number, so that its level says all. */
bool gaze_model_page_redrawn(const gaze_model_page *page, const bool *held);

#endif
