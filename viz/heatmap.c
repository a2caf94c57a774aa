/* The heat map, plain: one panel below the other, every cell a rectangle. */
#include "viz/heatmap.h"

#include "viz/color.h"
#include "viz/svg.h"

static const double CELL = 28, LEFT = 140, TOP = 110;

static void draw_cells(gaze_svg *svg, const gaze_heatmap *map, const float *weights, double top) {
    for (size_t t = 0; t < map->row_count; t++)
        for (size_t s = 0; s < map->column_count; s++) {
            double weight = (double)weights[t * map->column_count + s];
            gaze_svg_begin(svg, "rect");
            gaze_svg_number(svg, "x", LEFT + CELL * (double)s);
            gaze_svg_number(svg, "y", top + CELL * (double)t);
            gaze_svg_number(svg, "width", CELL);
            gaze_svg_number(svg, "height", CELL);
            gaze_svg_color(svg, "fill", gaze_color_ramp(gaze_color_level(weight)));
            gaze_svg_end(svg);
        }
}

static void draw_rows(gaze_svg *svg, const gaze_heatmap *map, double top) {
    for (size_t t = 0; t < map->row_count; t++) {
        gaze_svg_begin(svg, "text");
        gaze_svg_number(svg, "x", LEFT - 6);
        gaze_svg_number(svg, "y", top + CELL * ((double)t + 0.65));
        gaze_svg_string(svg, "text-anchor", "end");
        gaze_svg_text(svg, map->rows[t].text, map->rows[t].length);
        gaze_svg_end(svg);
    }
}

static gaze_status check(const gaze_heatmap *map, gaze_error *err) {
    if (!map->row_count || !map->column_count || !map->panel_count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "heat map: no rows, columns or panels");
    if (map->row_count > 4096 || map->column_count > 4096 || map->panel_count > 4096)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "heat map: %zu rows, %zu columns, %zu panels; at most 4096 of each",
                         map->row_count, map->column_count, map->panel_count);
    return GAZE_OK;
}

gaze_status gaze_heatmap_svg(gaze_buffer *out, const gaze_heatmap *map, gaze_error *err) {
    gaze_status status = check(map, err);
    if (status) return status;
    double panel_height = TOP + CELL * (double)map->row_count;
    gaze_svg svg = gaze_svg_writer(out);
    gaze_svg_begin(&svg, "svg");
    gaze_svg_string(&svg, "xmlns", "http://www.w3.org/2000/svg");
    gaze_svg_number(&svg, "width", LEFT + CELL * (double)map->column_count + 20);
    gaze_svg_number(&svg, "height", panel_height * (double)map->panel_count + 20);
    for (size_t i = 0; i < map->panel_count; i++) {
        draw_rows(&svg, map, TOP + panel_height * (double)i);
        draw_cells(&svg, map, map->panels[i].weights, TOP + panel_height * (double)i);
    }
    gaze_svg_end(&svg);
    gaze_buffer_putc(out, '\n');
    return gaze_buffer_status(out, err);
}
