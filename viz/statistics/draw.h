/* The parts of the figure of head statistics. */
#ifndef GAZE_VIZ_STATISTICS_DRAW_H
#define GAZE_VIZ_STATISTICS_DRAW_H

#include "viz/caption.h"
#include "viz/statistics/statistics.h"

/* One chart: a value of all heads against the layer. */
typedef struct gaze_chart {
    gaze_badge_value value;
    double top;       /* of the scale, which begins at 0 */
    double threshold; /* drawn as a dotted line; 0: none */
    double x, y;      /* top left corner of the frame */
} gaze_chart;

#define GAZE_CHART_WIDTH  300.0
#define GAZE_CHART_HEIGHT 170.0

/* chart.c: everything inside and around one frame. `titles`: each dot says which head it is. */
void gaze_chart_draw(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                     const gaze_palette *palette, bool titles);
/* The place of a head among the panels' layers, and of a value. */
double gaze_chart_x(const gaze_chart *chart, const gaze_model_view *view, size_t panel);
double gaze_chart_y(const gaze_chart *chart, double value);

#endif
