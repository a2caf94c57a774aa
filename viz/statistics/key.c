/* What the marks of the charts are, where a further chart would stand. */
#include "viz/statistics/draw.h"

enum { MARKS = 3 };

static const double LINE = 30, SAMPLE = 34;

static const char *const texts[2][MARKS] = {
    {"a head", "mean of a layer's heads", "threshold (Clark et al. 2019)"},
    {"一个头", "一层各头的平均", "阈值（Clark 等，2019）"},
};

static void put_stroke(gaze_svg *svg, double x, double y) {
    gaze_svg_begin_value(svg, "d");
    gaze_svg_line(svg, x, y, 'h', SAMPLE);
    gaze_svg_end_value(svg);
}

static void put_marks(gaze_svg *svg, const gaze_palette *palette, double x, double y) {
    gaze_svg_begin(svg, "circle");
    gaze_page_ink(svg, palette);
    gaze_svg_string(svg, "fill-opacity", "0.6");
    gaze_svg_number(svg, "cx", x + SAMPLE / 2);
    gaze_svg_number(svg, "cy", y);
    gaze_svg_number(svg, "r", GAZE_CHART_DOT);
    gaze_svg_end(svg);
    gaze_page_begin_heat(svg);
    gaze_svg_begin(svg, "path");
    gaze_svg_color(svg, "stroke", palette->ramp[GAZE_CHART_MEAN_LEVEL]);
    gaze_svg_string(svg, "stroke-width", "2.5");
    put_stroke(svg, x, y + LINE);
    gaze_svg_end(svg);
    gaze_svg_end(svg);
    gaze_svg_begin(svg, "path");
    gaze_page_line(svg, palette);
    gaze_svg_string(svg, "stroke-dasharray", "2 3");
    put_stroke(svg, x, y + 2 * LINE);
    gaze_svg_end(svg);
}

void gaze_chart_draw_key(gaze_svg *svg, const gaze_palette *palette, gaze_language language, double x, double y) {
    put_marks(svg, palette, x, y);
    gaze_svg_begin(svg, "g");
    gaze_page_ink(svg, palette);
    for (size_t i = 0; i < MARKS; i++)
        gaze_page_text(svg, x + SAMPLE + 12, y + LINE * (double)i + 4, NULL,
                       texts[language == GAZE_LANGUAGE_ZH][i]);
    gaze_svg_end(svg);
}
