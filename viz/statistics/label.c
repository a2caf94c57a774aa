/* The name of the largest value of a chart: beside its dot where neither dots nor the line of means are, else
 * above it. */
#include <math.h>

#include "viz/statistics/draw.h"

static const double WIDTH = 66, HEIGHT = 10, DESCENT = 3, GAP = 4, ABOVE = 7;
enum { SAMPLES = 8 };

static double value_of(const gaze_chart *chart, const gaze_model_view *view, size_t panel) {
    return view->badges[panel].values[chart->value];
}

static size_t largest_of(const gaze_chart *chart, const gaze_model_view *view) {
    size_t largest = 0;
    for (size_t i = 1; i < view->panel_count; i++)
        if (value_of(chart, view, i) > value_of(chart, view, largest)) largest = i;
    return largest;
}

/* The height of the line of means at x, between two layers; a NaN beside all of them. */
static double mean_at(const gaze_chart *chart, const gaze_model_view *view, double x) {
    for (size_t l = 1; l < view->panel_count / view->head_count; l++) {
        double from = gaze_chart_layer_x(chart, view, l - 1), to = gaze_chart_layer_x(chart, view, l);
        double t = (x - from) / (to - from);
        double before = gaze_chart_mean(chart, view, l - 1), after = gaze_chart_mean(chart, view, l);
        if (t >= 0 && t <= 1) return gaze_chart_y(chart, (1 - t) * before + t * after);
    }
    return NAN;
}

/* Whether something is drawn where a label would stand from `left`, its baseline at y. */
static bool covers(const gaze_chart *chart, const gaze_model_view *view, double left, double y) {
    double top = y - HEIGHT - GAZE_CHART_DOT, bottom = y + DESCENT + GAZE_CHART_DOT;
    for (size_t i = 0; i < view->panel_count; i++) {
        double dot_x = gaze_chart_x(chart, view, i), dot_y = gaze_chart_y(chart, value_of(chart, view, i));
        if (dot_x + GAZE_CHART_DOT > left && dot_x - GAZE_CHART_DOT < left + WIDTH && dot_y > top && dot_y < bottom)
            return true;
    }
    for (int i = 0; i <= SAMPLES; i++) {
        double line = mean_at(chart, view, left + WIDTH * i / SAMPLES);
        if (line > top && line < bottom) return true;
    }
    return false;
}

gaze_chart_label gaze_chart_place_label(const gaze_chart *chart, const gaze_model_view *view) {
    size_t panel = largest_of(chart, view);
    double x = gaze_chart_x(chart, view, panel), y = gaze_chart_y(chart, value_of(chart, view, panel));
    double right = x + GAZE_CHART_DOT + GAP, left = x - GAZE_CHART_DOT - GAP - WIDTH;
    double edge = chart->x + GAZE_CHART_WIDTH;
    gaze_chart_label label = {.panel = panel, .left = right, .y = y + GAP};
    if (right + WIDTH < edge && !covers(chart, view, right, label.y)) return label;
    label.ends = true;
    label.left = left;
    if (left > chart->x && !covers(chart, view, left, label.y)) return label;
    label.ends = x > chart->x + GAZE_CHART_WIDTH / 2;
    label.left = label.ends ? x + GAZE_CHART_DOT - WIDTH : x - GAZE_CHART_DOT;
    label.y = y - ABOVE;
    return label;
}

void gaze_chart_clear_label(gaze_svg *svg, const gaze_chart_label *label, const gaze_palette *palette) {
    gaze_svg_begin(svg, "rect");
    gaze_svg_string(svg, "class", "gaze-paper");
    gaze_svg_number(svg, "x", label->left);
    gaze_svg_number(svg, "y", label->y - HEIGHT);
    gaze_svg_number(svg, "width", WIDTH);
    gaze_svg_number(svg, "height", HEIGHT + DESCENT);
    gaze_svg_color(svg, "fill", palette->paper);
    gaze_svg_end(svg);
}

/* "L2 H3 .71" */
void gaze_chart_put_label(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                          const gaze_chart_label *label, const gaze_palette *palette) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", label->left + (label->ends ? WIDTH : 0));
    gaze_svg_number(svg, "y", label->y);
    if (label->ends) gaze_svg_string(svg, "text-anchor", "end");
    gaze_page_ink(svg, palette);
    gaze_svg_content(svg);
    gaze_chart_put_head(svg, view, label->panel);
    gaze_svg_puts(svg, " ");
    gaze_page_weight(svg, value_of(chart, view, label->panel));
    gaze_svg_end(svg);
}
