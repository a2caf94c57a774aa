/* The parts of the figure of head statistics. */
#ifndef GAZE_VIZ_STATISTICS_DRAW_H
#define GAZE_VIZ_STATISTICS_DRAW_H

#include <stdbool.h>

#include "viz/caption.h"
#include "viz/statistics/statistics.h"

/* One chart: a value of all heads against the layer. */
typedef struct gaze_chart {
    gaze_badge_value value;
    double top;       /* of the scale, which begins at 0 */
    double threshold; /* drawn as a dotted line; 0: none */
    bool parts;       /* a second scale at the right: parts of the top */
    double x, y;      /* top left corner of the frame */
} gaze_chart;

#define GAZE_CHART_WIDTH  300.0
#define GAZE_CHART_HEIGHT 170.0
#define GAZE_CHART_DOT    3.0 /* its radius */
enum { GAZE_CHART_MEAN_LEVEL = 150 }; /* of the ramp, the colour of the line of means */

/* chart.c: everything inside and around one frame. `titles`: each dot says which head it is. */
void gaze_chart_draw(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                     const gaze_palette *palette, bool titles);
/* The place of a head among the panels' layers, and of a value. */
double gaze_chart_x(const gaze_chart *chart, const gaze_model_view *view, size_t panel);
double gaze_chart_y(const gaze_chart *chart, double value);
/* The place of a layer, and the mean of its heads. */
double gaze_chart_layer_x(const gaze_chart *chart, const gaze_model_view *view, size_t layer);
double gaze_chart_mean(const gaze_chart *chart, const gaze_model_view *view, size_t layer);
void gaze_chart_put_head(gaze_svg *svg, const gaze_model_view *view, size_t panel); /* "L2 H3" */

/* label.c: the name of the largest value. */
typedef struct gaze_chart_label {
    size_t panel;
    double left, y; /* of its baseline */
    bool ends;      /* at its right edge, beside the dot */
} gaze_chart_label;

gaze_chart_label gaze_chart_place_label(const gaze_chart *chart, const gaze_model_view *view);
/* The grid must not run through it: paper behind the name, then the name. */
void gaze_chart_clear_label(gaze_svg *svg, const gaze_chart_label *label, const gaze_palette *palette);
void gaze_chart_put_label(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                          const gaze_chart_label *label, const gaze_palette *palette);

/* key.c: what dots, line and dotted line are, at (x, y). */
void gaze_chart_draw_key(gaze_svg *svg, const gaze_palette *palette, gaze_language language, double x, double y);

#endif
