/* Pictures of attention: the room's one public header.
 *
 *     gaze_label labels[13];                                  // one for each token
 *     gaze_labels_from_tokens(labels, &tokens);
 *     gaze_panel panel = {.weights = attention, .layer = 4, .head = 3};
 *     gaze_heatmap map = {.figure = {.model = "all-MiniLM-L6-v2", .text = text, .text_length = length},
 *                         .rows = labels, .row_count = tokens.count,
 *                         .columns = labels, .column_count = tokens.count,
 *                         .panels = &panel, .panel_count = 1};
 *     gaze_buffer svg = {0};
 *     if (gaze_heatmap_svg(&svg, &map, &err) == GAZE_OK) ... svg.data, svg.length
 *     gaze_buffer_deinit(&svg);
 *
 * The views take numbers and labels and append a whole file to a buffer. They touch no file, keep no
 * state and borrow everything, so any thread may call them; the same input gives the same bytes.
 */
#ifndef GAZE_VIZ_VIZ_H
#define GAZE_VIZ_VIZ_H

#include "viz/compare/compare.h"
#include "viz/figure.h"
#include "viz/head_view/head_view.h"
#include "viz/heatmap/heatmap.h"
#include "viz/label.h"
#include "viz/link_map/link_map.h"
#include "viz/model_view/model_view.h"
#include "viz/model_view/page.h"
#include "viz/neuron_view/neuron_view.h"
#include "viz/statistics/statistics.h"
#include "viz/text_view/text_view.h"

#endif
