/* What the script of the head view is given. */
#ifndef GAZE_VIZ_HEAD_VIEW_PAGE_DATA_H
#define GAZE_VIZ_HEAD_VIEW_PAGE_DATA_H

#include <stdbool.h>

#include "viz/head_view/draw.h"
#include "viz/head_view/page.h"

/* Appends the JSON object but for its end, and sets held[layer_count] of the layers that are in it. Errors: MEMORY. */
gaze_status gaze_head_page_put_data(gaze_buffer *out, bool *held, const gaze_head_page *page,
                                    gaze_error *err);

/* A sentence on the layers that are not held, and one on weights that were no numbers; nothing when all is there. */
void gaze_head_page_put_dropped(gaze_buffer *out, const bool *held, const gaze_head_page *page);

/* The labels of tokens and words, in a <template>: the script copies them, so that text is escaped in one place. */
void gaze_head_page_put_labels(const gaze_head_drawing *d, const gaze_head_page *page);

/* Keys and what they do, in pairs, ended by NULL. */
const char *const *gaze_head_view_keys(gaze_language language);

#endif
