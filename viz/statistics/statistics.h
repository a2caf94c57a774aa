/* Head statistics as a figure: what the heads of each layer do, after figures 2 and 4 of Clark et al. (2019). A
 * chart for the entropy, and one for each kind of token that attention can go to; a dot is a head, the line the
 * mean of the layer.
 */
#ifndef GAZE_VIZ_STATISTICS_H
#define GAZE_VIZ_STATISTICS_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/model_view/model_view.h"

/* Appends the figure of the view's badges, a whole SVG file; matrices, means and sorting are not looked at. Errors: as
 * gaze_model_view_svg. */
gaze_status gaze_statistics_svg(gaze_buffer *out, const gaze_model_view *view, gaze_error *err);

#endif
