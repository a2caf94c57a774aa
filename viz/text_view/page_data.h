/* What the script of a text view's page reads. */
#ifndef GAZE_VIZ_TEXT_VIEW_PAGE_DATA_H
#define GAZE_VIZ_TEXT_VIEW_PAGE_DATA_H

#include "viz/text_view/draw.h"
#include "viz/text_view/page.h"

/* Appends an object; held[layer_count] becomes true for the layers whose weights are in it. Errors: MEMORY. */
gaze_status gaze_text_page_put_data(gaze_buffer *out, bool *held, const gaze_text_page *page,
                                    const gaze_text_drawing *d, gaze_error *err);

#endif
