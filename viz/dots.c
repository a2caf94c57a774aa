#include "viz/dots.h"

#include <math.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "viz/png.h"
#include "viz/scale.h"

enum { LARGEST_WITHOUT_ZLIB = 320 };

/* round(i * to / from), for i in 0 .. from: the same step of a finer or coarser ladder. */
static size_t rescale(size_t i, size_t from, size_t to) {
    return (2 * i * to + from) / (2 * from);
}

/* The last colour says "no number", so that 256 levels share 255. */
void gaze_dots_palette(gaze_rgb *palette, const gaze_dots *dots) {
    size_t last = dots->colors - 1;
    for (size_t i = 0; i < last; i++) palette[i] = dots->ramp[rescale(i, last - 1, GAZE_RAMP_LEVELS - 1)];
    palette[last] = GAZE_NO_NUMBER_COLOR;
}

static gaze_row_scale scale_of_row(const gaze_dots *dots, const float *weights_t) {
    if (dots->scale == GAZE_SCALE_SIGNED) return gaze_scale_signed(dots->limit);
    return gaze_scale_figure_row(&(gaze_figure){.scale = dots->scale, .top = dots->top}, weights_t, dots->columns);
}

static size_t distance(size_t a, size_t b) {
    return a > b ? a - b : b - a;
}

/* Whether one index takes the place of another in the dot that both share; one without a number always does. */
static bool outdoes(const gaze_dots *dots, size_t index, size_t other, size_t no_number) {
    if (dots->scale != GAZE_SCALE_SIGNED || index == no_number || other == no_number) return index > other;
    size_t zero = rescale(GAZE_SCALE_ZERO, GAZE_RAMP_LEVELS - 1, no_number - 1);
    return distance(index, zero) > distance(other, zero);
}

void gaze_dots_fill(uint8_t *out, size_t stride, const gaze_dots *dots) {
    size_t no_number = dots->colors - 1;
    for (size_t t = 0; t < dots->rows; t++) {
        const float *weights_t = dots->weights + t * dots->columns;
        uint8_t *out_t = out + t / dots->pool * stride;
        gaze_row_scale scale = scale_of_row(dots, weights_t);
        for (size_t s = 0; s < dots->columns; s++) {
            size_t level = gaze_scale_level(&scale, (double)weights_t[s]);
            size_t index =
                isfinite(weights_t[s]) ? rescale(level, GAZE_RAMP_LEVELS - 1, no_number - 1) : no_number;
            bool first = t % dots->pool == 0 && s % dots->pool == 0;
            if (first || outdoes(dots, index, out_t[s / dots->pool], no_number))
                out_t[s / dots->pool] = (uint8_t)index;
        }
    }
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

/* Without zlib nothing folds the repeated pixels. */
static size_t affordable(size_t times, size_t rows, size_t columns) {
    size_t most = LARGEST_WITHOUT_ZLIB / (rows > columns ? rows : columns);
    if (!gaze_deflate_available() && times > most) times = most;
    return times ? times : 1;
}

gaze_status gaze_dots_begin_picture(gaze_svg *svg, const gaze_dots *dots, const gaze_png *picture,
                                    gaze_error *err) {
    gaze_buffer png = {0};
    gaze_status status = gaze_png_write(&png, picture, err);
    if (status) goto cleanup;
    gaze_svg_begin(svg, "image");
    gaze_svg_number(svg, "x", dots->x);
    gaze_svg_number(svg, "y", dots->y);
    gaze_svg_number(svg, "width", dots->width);
    gaze_svg_number(svg, "height", dots->height);
    gaze_svg_begin_value(svg, "xlink:href");
    gaze_buffer_puts(svg->out, "data:image/png;base64,");
    gaze_base64_append(svg->out, png.data, png.length);
    gaze_svg_end_value(svg);
cleanup:
    gaze_buffer_deinit(&png);
    return status;
}

gaze_status gaze_dots_begin(gaze_svg *svg, const gaze_dots *dots, gaze_error *err) {
    size_t k = dots->pool, rows = (dots->rows + k - 1) / k, columns = (dots->columns + k - 1) / k;
    size_t times = affordable(dots->times, rows, columns);
    gaze_rgb palette[GAZE_RAMP_LEVELS];
    uint8_t *small = gaze_alloc(rows, columns), *pixels = gaze_alloc(rows * times, columns * times);
    gaze_status status = GAZE_OK;
    if (!small || !pixels) {
        status = gaze_fail_memory(err);
        goto cleanup;
    }
    gaze_dots_palette(palette, dots);
    gaze_dots_fill(small, columns, dots);
    enlarge(pixels, small, dots->colors - 1, rows, columns, times);
    status = gaze_dots_begin_picture(svg, dots,
                                     &(gaze_png){.width = columns * times,
                                                 .height = rows * times,
                                                 .pixels = pixels,
                                                 .palette = palette,
                                                 .color_count = dots->colors},
                                     err);
cleanup:
    gaze_free(pixels);
    gaze_free(small);
    return status;
}
