/* What the script of a comparison's page reads. */
#ifndef GAZE_VIZ_COMPARE_PAGE_DATA_H
#define GAZE_VIZ_COMPARE_PAGE_DATA_H

#include "viz/compare/draw.h"
#include "viz/compare/page.h"

/* Appends an object; held[i][layer_count] becomes true for the layers of side i whose weights are in it.
 * Errors: MEMORY. */
gaze_status gaze_compare_page_put_data(gaze_buffer *out, bool *const held[2], const gaze_compare_page *page,
                                       const gaze_compare_plan *plan, gaze_error *err);

#endif
