/* The parts of a terminal picture; gaze_heatmap_text in viz/heatmap/heatmap.h. */
#ifndef GAZE_VIZ_HEATMAP_TERMINAL_H
#define GAZE_VIZ_HEATMAP_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "viz/heatmap/heatmap.h"
#include "viz/page.h"
#include "viz/terminal_write.h"
#include "viz/words.h"

#define GAZE_NO_LEVEL (-1) /* a cell without a number */

/* What all parts share; all borrowed. */
typedef struct gaze_text_drawing {
    gaze_tty *tty;
    const gaze_heatmap *map;
    const gaze_palette *palette;
    const gaze_words *words;
} gaze_text_drawing;

/* The cells of one panel: a level for each, or for the largest of pool x pool of them. */
typedef struct gaze_text_cells {
    size_t pool;
    size_t rows, columns;
    int16_t *levels; /* (rows, columns): 0 to 255, or GAZE_NO_LEVEL */
} gaze_text_cells;

/* Free with gaze_text_cells_deinit. Errors: MEMORY. */
gaze_status gaze_text_cells_make(gaze_text_cells *cells, const gaze_heatmap *map, size_t panel, size_t pool,
                                 gaze_error *err);
void gaze_text_cells_deinit(gaze_text_cells *cells);

/* The colour of a cell, dimmed where its row or column is; and the sign that stands for it without colours. */
gaze_rgb gaze_text_cell_color(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row, size_t column);
const char *gaze_text_cell_sign(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row,
                                size_t column);
/* A line of one-character cells: with colours, the cells of `row` above those of row + 1; else one row. */
void gaze_text_put_cells(const gaze_text_drawing *d, const gaze_text_cells *cells, size_t row);
/* Rows of cells that such a line shows: 2 or 1. */
size_t gaze_text_rows_of_line(const gaze_tty *tty);

/* What legend and caption must say of how the panels were drawn. */
typedef struct gaze_text_notes {
    size_t pool;       /* cells a side that make one; 1: all are drawn */
    size_t label_step; /* every k-th row has its label */
    bool all_numbers;  /* each cell has its number, so that signs need no legend */
} gaze_text_notes;

/* terminal_panel.c: one panel with its labels. terminal_grid.c: several, small. Errors: MEMORY. */
gaze_status gaze_text_draw_panel(const gaze_text_drawing *d, gaze_text_notes *notes, gaze_error *err);
gaze_status gaze_text_draw_grid(const gaze_text_drawing *d, gaze_text_notes *notes, gaze_error *err);

#endif
