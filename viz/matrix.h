/* A matrix with its labels, as a part of a figure: cells with their numbers where there is room, a picture of dots
 * else. The heat map has more to say about one matrix and draws its own; views that put several different ones side
 * by side draw these. */
#ifndef GAZE_VIZ_MATRIX_H
#define GAZE_VIZ_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"
#include "viz/page.h"
#include "viz/svg.h"

typedef struct gaze_matrix gaze_matrix;

/* Writes what a cell says on hover into its open <title>. */
typedef void gaze_matrix_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column);

/* All borrowed. */
struct gaze_matrix {
    const float *values; /* (rows, columns) */
    size_t rows, columns;
    const gaze_label *row_labels, *column_labels;
    gaze_scale scale;
    double limit;         /* of GAZE_SCALE_SIGNED: where its colours end */
    const gaze_rgb *ramp; /* colours of the 256 levels */
    bool turns_dark;      /* the figure's theme is automatic */
    const size_t *marks; /* cells, row * columns + column, whose labels are written and bold whatever the room */
    size_t mark_count;
    gaze_matrix_title *title;
    const void *context; /* for the title */
};

/* Where its parts stand, decided from its counts and labels. */
typedef struct gaze_matrix_box {
    size_t pool;  /* this many values a side make one dot */
    double pitch; /* from one value to the next */
    bool raster, numbers;
    bool strong_only;     /* of the numbers, those of at least .10 are written: the cells are small */
    double number_font;
    bool notches;         /* cells are large enough for a notch where a value lies beyond the limit: 6 pixels */
    size_t label_step;    /* every k-th label is written, and those of marked cells in place of the ones beside them */
    bool leaning;         /* column labels, because they do not fit upright */
    double left, top;     /* what the labels take beside and above */
    double width, height; /* of the cells */
    double overhang;      /* how far a leaning label reaches beyond the right edge */
} gaze_matrix_box;

/* Numbers stand in all cells of at least 28 pixels, of at least 21 in matrices of at most 16 a side, and of
 * at most 24, or with a sign, where they are large: in smaller ones they would touch. `room`: pixels for the cells,
 * in both directions; `vectors`: how many cells may be drawn as rectangles. */
void gaze_matrix_measure(gaze_matrix_box *box, const gaze_matrix *matrix, double room, size_t vectors);

/* Draws it with the top left corner of its cells at (x, y). Errors: MEMORY. */
gaze_status gaze_matrix_draw(gaze_svg *svg, const gaze_matrix *matrix, const gaze_matrix_box *box,
                             const gaze_palette *palette, double x, double y, gaze_error *err);

/* A frame around one cell. */
void gaze_matrix_mark(gaze_svg *svg, const gaze_matrix_box *box, const gaze_palette *palette, double x,
                      double y, size_t row, size_t column);

/* From the upper edge of a cell to the baseline of its number. */
double gaze_matrix_number_drop(const gaze_matrix_box *box);
#define GAZE_MATRIX_NUMBERS_FROM 21.0

/* How wide and high a notch is. */
double gaze_matrix_notch(const gaze_matrix_box *box);
/* ".37", "-.05", "1.00". */
void gaze_matrix_put_number(gaze_svg *svg, double value);

#endif
