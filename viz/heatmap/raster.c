/* A panel as a picture: a dot a cell, or a dot for the largest of several. */
#include <math.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "viz/heatmap/draw.h"
#include "viz/png.h"
#include "viz/scale.h"

enum { MANY_PANELS = 16, COARSE_COUNT = 64 };

static const gaze_rgb NO_NUMBER_COLOR = {0xC0, 0x39, 0x2B};

/* A picture's palette: `count` colours, of which the last says "no number", so that 256 levels share 255
 * colours. In a grid of many small panels 63 do, and halve the file. */
typedef struct dot_palette {
    size_t count;
    gaze_rgb colors[GAZE_RAMP_LEVELS];
} dot_palette;

/* round(i * to / from), for i in 0 .. from: the same step of a finer or coarser ladder. */
static size_t rescale(size_t i, size_t from, size_t to) {
    return (2 * i * to + from) / (2 * from);
}

static void fill_palette(dot_palette *out, const gaze_palette *palette, size_t panels) {
    out->count = panels > MANY_PANELS ? COARSE_COUNT : GAZE_RAMP_LEVELS;
    for (size_t i = 0; i + 1 < out->count; i++)
        out->colors[i] = palette->ramp[rescale(i, out->count - 2, GAZE_RAMP_LEVELS - 1)];
    out->colors[out->count - 1] = NO_NUMBER_COLOR;
}

static uint8_t index_of(const dot_palette *palette, const gaze_row_scale *row, float weight) {
    if (!isfinite(weight)) return (uint8_t)(palette->count - 1);
    size_t level = gaze_scale_level(row, (double)weight);
    return (uint8_t)rescale(level, GAZE_RAMP_LEVELS - 1, palette->count - 2);
}

/* dots (rows, columns) of a panel, zeroed before: each is the largest index of its square, so that a cell
 * without a number shows through. */
static void fill_dots(uint8_t *dots, const gaze_heatmap_drawing *d, size_t panel, const dot_palette *palette,
                      size_t columns) {
    size_t S = d->map->column_count, k = d->layout->pool;
    for (size_t t = 0; t < d->map->row_count; t++) {
        const float *weights_t = d->map->panels[panel].weights + t * S;
        uint8_t *dots_t = dots + t / k * columns;
        gaze_row_scale row = gaze_scale_row(d->map->figure.scale, weights_t, S);
        for (size_t s = 0; s < S; s++) {
            uint8_t index = index_of(palette, &row, weights_t[s]);
            if (index > dots_t[s / k]) dots_t[s / k] = index;
        }
    }
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Every dot `times` times in both directions, so that a viewer that smooths pictures blurs only the
 * edges. Cells without a number are hatched where there are pixels for it. */
static void enlarge(uint8_t *pixels, const uint8_t *dots, size_t no_number, size_t rows, size_t columns,
                    size_t times) {
    for (size_t y = 0; y < rows * times; y++)
        for (size_t x = 0; x < columns * times; x++) {
            uint8_t dot = dots[y / times * columns + x / times];
            bool gap = dot == no_number && times > 2 && (x + y) % times >= (times + 1) / 2;
            *pixels++ = gap ? 0 : dot;
        }
}

/* At least 1,024 pixels for one head, two for each on the page in a grid. Without zlib nothing folds
 * the repeated pixels, and the picture stays small. */
static size_t enlargement(const gaze_heatmap_layout *layout, size_t rows, size_t columns) {
    size_t widest = rows > columns ? rows : columns;
    size_t in_grid = layout->cell >= 2 ? (size_t)(2 * layout->cell) : 1;
    size_t wanted = layout->grid_columns > 1 ? in_grid : (1023 + widest) / widest;
    size_t affordable = gaze_deflate_available() ? wanted : 320 / widest;
    wanted = smaller(wanted, affordable);
    return wanted ? wanted : 1;
}

static void put_image(const gaze_heatmap_drawing *d, size_t panel, const gaze_buffer *png) {
    gaze_svg_begin(d->svg, "image");
    gaze_svg_number(d->svg, "x", gaze_heatmap_panel_x(d->layout, panel));
    gaze_svg_number(d->svg, "y", gaze_heatmap_panel_y(d->layout, panel));
    gaze_svg_number(d->svg, "width", d->layout->panel_width);
    gaze_svg_number(d->svg, "height", d->layout->panel_height);
    gaze_svg_begin_value(d->svg, "xlink:href");
    gaze_buffer_puts(d->svg->out, "data:image/png;base64,");
    gaze_base64_append(d->svg->out, png->data, png->length);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

gaze_status gaze_heatmap_draw_raster(const gaze_heatmap_drawing *d, size_t panel, gaze_error *err) {
    size_t k = d->layout->pool;
    size_t rows = (d->map->row_count + k - 1) / k, columns = (d->map->column_count + k - 1) / k;
    size_t times = enlargement(d->layout, rows, columns);
    dot_palette palette;
    gaze_buffer png = {0};
    uint8_t *dots = gaze_alloc_zero(rows, columns);
    uint8_t *pixels = gaze_alloc(rows * times, columns * times);
    gaze_status status = GAZE_OK;
    if (!dots || !pixels) {
        status = gaze_fail_memory(err);
        goto cleanup;
    }
    fill_palette(&palette, d->palette, d->map->panel_count);
    fill_dots(dots, d, panel, &palette, columns);
    enlarge(pixels, dots, palette.count - 1, rows, columns, times);
    status = gaze_png_write(&png,
                            &(gaze_png){.width = columns * times,
                                        .height = rows * times,
                                        .pixels = pixels,
                                        .palette = palette.colors,
                                        .color_count = palette.count},
                            err);
    if (status == GAZE_OK) put_image(d, panel, &png);
cleanup:
    gaze_free(pixels);
    gaze_free(dots);
    gaze_buffer_deinit(&png);
    return status;
}
