/* From weights to coloured characters. */
#include <math.h>

#include "core/base/memory.h"
#include "viz/heatmap/terminal.h"
#include "viz/scale.h"

static const double VEIL = 0.8; /* how much of the paper is mixed into a dimmed cell */

static void take_row(gaze_text_cells *cells, const gaze_heatmap *map, const float *weights_t, size_t t) {
    gaze_row_scale scale = gaze_scale_figure_row(&map->figure, weights_t, map->column_count);
    int16_t *levels_t = cells->levels + t / cells->pool * cells->columns;
    for (size_t s = 0; s < map->column_count; s++) {
        int16_t *level = &levels_t[s / cells->pool];
        int16_t found = isfinite(weights_t[s]) ? gaze_scale_level(&scale, (double)weights_t[s]) : GAZE_NO_LEVEL;
        if (*level != GAZE_NO_LEVEL && (found > *level || found == GAZE_NO_LEVEL)) *level = found;
    }
}

gaze_status gaze_text_cells_make(gaze_text_cells *cells, const gaze_heatmap *map, size_t panel, size_t pool,
                                 gaze_error *err) {
    cells->pool = pool;
    cells->rows = (map->row_count + pool - 1) / pool;
    cells->columns = (map->column_count + pool - 1) / pool;
    cells->levels = gaze_alloc_zero(cells->rows * cells->columns, sizeof *cells->levels);
    if (!cells->levels) return gaze_fail_memory(err);
    for (size_t t = 0; t < map->row_count; t++)
        take_row(cells, map, map->panels[panel].weights + t * map->column_count, t);
    return GAZE_OK;
}

void gaze_text_cells_deinit(gaze_text_cells *cells) {
    gaze_free(cells->levels);
    cells->levels = NULL;
}

static int level_at(const gaze_text_cells *cells, size_t row, size_t column) {
    return cells->levels[row * cells->columns + column];
}

static bool is_dimmed(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row, size_t column) {
    return d->map->figure.special == GAZE_SPECIAL_DIM && cells->pool == 1 &&
           (d->map->rows[row].special || d->map->columns[column].special);
}

static uint8_t mix(uint8_t a, uint8_t b) {
    return (uint8_t)(VEIL * a + (1 - VEIL) * b + 0.5);
}

gaze_rgb gaze_text_cell_color(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row, size_t column) {
    int level = level_at(cells, row, column);
    gaze_rgb color = level == GAZE_NO_LEVEL ? GAZE_NO_NUMBER_COLOR : d->palette->ramp[level];
    if (!is_dimmed(d, cells, row, column)) return color;
    gaze_rgb paper = d->palette->ramp[0];
    return (gaze_rgb){mix(paper.r, color.r), mix(paper.g, color.g), mix(paper.b, color.b)};
}

const char *gaze_text_cell_sign(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row,
                                size_t column) {
    static const char *const signs[] = {" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"};
    int level = level_at(cells, row, column);
    if (level == GAZE_NO_LEVEL) return "?";
    if (is_dimmed(d, cells, row, column)) level = level > 25 ? 26 : 0;
    return signs[level * 10 / GAZE_RAMP_LEVELS];
}

size_t gaze_text_rows_of_line(const gaze_tty *tty) {
    return tty->colors == GAZE_TERMINAL_PLAIN ? 1 : 2;
}

void gaze_text_put_cells(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row) {
    static const char upper_half[] = "\xE2\x96\x80"; /* U+2580: ink above, ground below */
    bool plain = d->tty->colors == GAZE_TERMINAL_PLAIN, below = row + 1 < cells->rows;
    for (size_t column = 0; column < cells->columns; column++) {
        if (!plain) gaze_tty_ink(d->tty, gaze_text_cell_color(d, cells, row, column));
        if (!plain && below) gaze_tty_ground(d->tty, gaze_text_cell_color(d, cells, row + 1, column));
        gaze_tty_fill(d->tty, plain ? gaze_text_cell_sign(d, cells, row, column) : upper_half, 1);
    }
    gaze_tty_reset(d->tty);
}
