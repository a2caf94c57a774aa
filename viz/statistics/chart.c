/* One chart: frame, ticks, dots, the line of means. */
#include <math.h>

#include "viz/model_view/words.h"
#include "viz/statistics/draw.h"
#include "viz/words.h"

static const double DOT = GAZE_CHART_DOT, SPREAD = 0.5, INSET = 16;
enum { TICKS = 4 };

static size_t layer_count(const gaze_model_view *view) {
    return view->panel_count / view->head_count;
}

static double layer_x(const gaze_chart *chart, const gaze_model_view *view, double layer) {
    double last = (double)layer_count(view) - 1, room = GAZE_CHART_WIDTH - 2 * INSET;
    return chart->x + INSET + (last > 0 ? room * layer / last : room / 2);
}

/* Heads of one layer stand side by side in their order, so that equal values do not cover each other. */
double gaze_chart_x(const gaze_chart *chart, const gaze_model_view *view, size_t panel) {
    double heads = (double)view->head_count, head = (double)(panel % view->head_count);
    double step = layer_x(chart, view, 1) - layer_x(chart, view, 0);
    double width = layer_count(view) > 1 ? SPREAD * step : GAZE_CHART_WIDTH / 2;
    return layer_x(chart, view, (double)(panel / view->head_count)) + width * ((head + 0.5) / heads - 0.5);
}

double gaze_chart_y(const gaze_chart *chart, double value) {
    return chart->y + GAZE_CHART_HEIGHT * (1 - fmin(fmax(value / chart->top, 0), 1));
}

static void put_text(gaze_svg *svg, double x, double y, const char *anchor) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y);
    if (anchor) gaze_svg_string(svg, "text-anchor", anchor);
    gaze_svg_content(svg);
}

static void put_grid(gaze_svg *svg, const gaze_chart *chart, const gaze_palette *palette) {
    gaze_svg_begin(svg, "path");
    gaze_page_line(svg, palette);
    gaze_svg_string(svg, "stroke-opacity", "0.35");
    gaze_svg_begin_value(svg, "d");
    for (int i = 0; i <= TICKS; i++)
        gaze_svg_line(svg, chart->x, gaze_chart_y(chart, chart->top * i / TICKS), 'h', GAZE_CHART_WIDTH);
    gaze_svg_end_value(svg);
    gaze_svg_end(svg);
    if (!(chart->threshold > 0)) return;
    gaze_svg_begin(svg, "path");
    gaze_page_line(svg, palette);
    gaze_svg_string(svg, "stroke-dasharray", "2 3");
    gaze_svg_begin_value(svg, "d");
    gaze_svg_line(svg, chart->x, gaze_chart_y(chart, chart->threshold), 'h', GAZE_CHART_WIDTH);
    gaze_svg_end_value(svg);
    gaze_svg_end(svg);
}

static void put_ticks(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view) {
    size_t layers = layer_count(view), step = (layers + 12) / 13;
    for (int i = 0; i <= TICKS; i += 2) {
        put_text(svg, chart->x - 6, gaze_chart_y(chart, chart->top * i / TICKS) + 4, "end");
        gaze_buffer_put_trimmed(svg->out, chart->top * i / TICKS, 2);
        gaze_svg_end(svg);
    }
    for (int i = 0; i <= TICKS && chart->parts; i += 2) {
        put_text(svg, chart->x + GAZE_CHART_WIDTH + 6, gaze_chart_y(chart, chart->top * i / TICKS) + 4, NULL);
        gaze_buffer_put_trimmed(svg->out, (double)i / TICKS, 2);
        gaze_svg_end(svg);
    }
    for (size_t l = 0; l < layers; l += step) {
        put_text(svg, layer_x(chart, view, (double)l), chart->y + GAZE_CHART_HEIGHT + 16, "middle");
        gaze_svg_count(svg, (size_t)view->panels[l * view->head_count].layer);
        gaze_svg_end(svg);
    }
    put_text(svg, chart->x + GAZE_CHART_WIDTH, chart->y + GAZE_CHART_HEIGHT + 32, "end");
    gaze_svg_puts(svg, view->figure.language == GAZE_LANGUAGE_ZH ? "层 →" : "layer →");
    gaze_svg_end(svg);
}

double gaze_chart_layer_x(const gaze_chart *chart, const gaze_model_view *view, size_t layer) {
    return layer_x(chart, view, (double)layer);
}

double gaze_chart_mean(const gaze_chart *chart, const gaze_model_view *view, size_t layer) {
    double sum = 0;
    for (size_t h = 0; h < view->head_count; h++)
        sum += view->badges[layer * view->head_count + h].values[chart->value];
    return sum / (double)view->head_count;
}

static void put_mean(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                     const gaze_palette *palette) {
    gaze_page_begin_heat(svg);
    gaze_svg_begin(svg, "polyline");
    gaze_svg_string(svg, "fill", "none");
    gaze_svg_color(svg, "stroke", palette->ramp[GAZE_CHART_MEAN_LEVEL]);
    gaze_svg_string(svg, "stroke-width", "2.5");
    gaze_svg_begin_value(svg, "points");
    for (size_t l = 0; l < layer_count(view); l++) {
        if (l) gaze_buffer_putc(svg->out, ' ');
        gaze_buffer_put_trimmed(svg->out, layer_x(chart, view, (double)l), 2);
        gaze_buffer_putc(svg->out, ',');
        gaze_buffer_put_trimmed(svg->out, gaze_chart_y(chart, gaze_chart_mean(chart, view, l)), 2);
    }
    gaze_svg_end_value(svg);
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

void gaze_chart_put_head(gaze_svg *svg, const gaze_model_view *view, size_t panel) {
    const gaze_model_words *words = gaze_model_words_of(view->figure.language);
    gaze_words_put_counts(svg->out, words->short_head,
                          (size_t[]){(size_t)view->panels[panel].layer, (size_t)view->panels[panel].head}, 2);
}

static void put_dots(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                     const gaze_palette *palette, bool titles) {
    gaze_svg_begin(svg, "g");
    gaze_page_ink(svg, palette);
    gaze_svg_string(svg, "fill-opacity", "0.6");
    for (size_t i = 0; i < view->panel_count; i++) {
        double value = view->badges[i].values[chart->value];
        gaze_svg_begin(svg, "circle");
        gaze_svg_number(svg, "cx", gaze_chart_x(chart, view, i));
        gaze_svg_number(svg, "cy", gaze_chart_y(chart, value));
        gaze_svg_number(svg, "r", DOT);
        if (titles) {
            gaze_svg_begin(svg, "title");
            gaze_svg_content(svg);
            gaze_chart_put_head(svg, view, i);
            gaze_svg_puts(svg, ": ");
            gaze_svg_fixed(svg, value, 3);
            gaze_svg_end(svg);
        }
        gaze_svg_end(svg);
    }
    gaze_svg_end(svg);
}

/* "entropy (nats)", and above the scale at the right "/ ln n". */
static void put_heading(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                        const gaze_palette *palette) {
    const gaze_model_words *words = gaze_model_words_of(view->figure.language);
    gaze_svg_begin(svg, "g");
    gaze_page_ink(svg, palette);
    gaze_svg_string(svg, "font-weight", "600");
    gaze_svg_number(svg, "font-size", GAZE_TEXT_FONT);
    put_text(svg, chart->x, chart->y - 18, NULL);
    gaze_svg_puts(svg, words->values[chart->value]);
    gaze_svg_end(svg);
    gaze_svg_end(svg);
    if (!chart->parts) return;
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, palette);
    put_text(svg, chart->x + GAZE_CHART_WIDTH + 30, chart->y - 18, "end");
    gaze_svg_puts(svg, words->values[GAZE_BADGE_RELATIVE_ENTROPY]);
    gaze_svg_puts(svg, " ↓");
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

void gaze_chart_draw(gaze_svg *svg, const gaze_chart *chart, const gaze_model_view *view,
                     const gaze_palette *palette, bool titles) {
    gaze_chart_label label = gaze_chart_place_label(chart, view);
    put_grid(svg, chart, palette);
    put_heading(svg, chart, view, palette);
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, palette);
    put_ticks(svg, chart, view);
    gaze_svg_end(svg);
    gaze_chart_clear_label(svg, &label, palette);
    put_dots(svg, chart, view, palette, titles);
    put_mean(svg, chart, view, palette);
    gaze_chart_put_label(svg, chart, view, &label, palette);
}
