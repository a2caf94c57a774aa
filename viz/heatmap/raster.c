/* A panel as a picture: a dot a cell, or a dot for the largest of several. */
#include "viz/dots.h"
#include "viz/heatmap/draw.h"

enum { MANY_PANELS = 16, LEAST_PIXELS = 1024 };

/* At least 1,024 pixels for one head, two for each on the page in a grid. */
static size_t enlargement(const gaze_heatmap_layout *layout, size_t rows, size_t columns) {
    size_t widest = rows > columns ? rows : columns;
    if (layout->grid_columns == 1) return (LEAST_PIXELS - 1 + widest) / widest;
    return layout->cell >= 2 ? (size_t)(2 * layout->cell) : 1;
}

gaze_status gaze_heatmap_draw_raster(const gaze_heatmap_drawing *d, size_t panel, gaze_error *err) {
    size_t k = d->layout->pool;
    gaze_dots dots = {.weights = d->map->panels[panel].weights,
                      .rows = d->map->row_count,
                      .columns = d->map->column_count,
                      .pool = k,
                      .scale = d->map->figure.scale,
                      .top = d->map->figure.top,
                      .ramp = d->palette->ramp,
                      .colors = d->map->panel_count > MANY_PANELS ? 64 : GAZE_RAMP_LEVELS,
                      .x = gaze_heatmap_panel_x(d->layout, panel),
                      .y = gaze_heatmap_panel_y(d->layout, panel),
                      .width = d->layout->panel_width,
                      .height = d->layout->panel_height};
    dots.times = enlargement(d->layout, (dots.rows + k - 1) / k, (dots.columns + k - 1) / k);
    gaze_status status = gaze_dots_begin(d->svg, &dots, err);
    if (!status) gaze_svg_end(d->svg);
    return status;
}
