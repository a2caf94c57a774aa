/* The parts of a comparison. */
#ifndef GAZE_VIZ_COMPARE_DRAW_H
#define GAZE_VIZ_COMPARE_DRAW_H

#include "viz/caption.h"
#include "viz/compare/compare.h"
#include "viz/matrix.h"
#include "viz/words.h"

enum { GAZE_COMPARE_MOST = 3 }; /* matrices */

typedef struct gaze_compare_layout {
    gaze_matrix_box boxes[GAZE_COMPARE_MOST];
    size_t pool;                  /* the largest of them */
    bool names_model, names_text; /* under the heading of each side, because they differ */
    bool live;     /* of a page: the script finds what it changes, and frames one cell, which is read */
    size_t across; /* matrices of a line: 3, or 2 above the difference, or 1 where the figure is narrow */
} gaze_compare_layout;

/* Everything that is decided before drawing. */
typedef struct gaze_compare_plan {
    const gaze_compare *compare;
    const gaze_words *words;
    gaze_palette palette;
    gaze_rgb signed_ramp[GAZE_RAMP_LEVELS];
    gaze_matrix matrices[GAZE_COMPARE_MOST];
    gaze_compare_layout layout;
    size_t marks[GAZE_COMPARE_MOST][2]; /* the cells that the headline of a picture names */
    double readout_y;                   /* baseline of that headline's last line */
    size_t count; /* of matrices: 3, or 2 where there is no difference */
    double x[GAZE_COMPARE_MOST], top[GAZE_COMPARE_MOST], heading_y[GAZE_COMPARE_MOST];
    double legend_x[2], legend_top[2], legend_height[2]; /* of the weights, of the difference */
    double width, bottom;
} gaze_compare_plan;

/* compare.c. Errors of the check: ARGUMENT, LIMIT; of drawing: MEMORY. */
gaze_status gaze_compare_check(const gaze_compare *compare, gaze_error *err);
gaze_status gaze_compare_draw(gaze_svg *svg, const gaze_compare_plan *plan, gaze_error *err);

/* layout.c. `live`: of a page, which is narrower and has its header and caption in HTML. */
void gaze_compare_plan_make(gaze_compare_plan *plan, const gaze_compare *compare, bool live);

/* captions.c. How many differences lie beyond the limit. */
size_t gaze_compare_clipped(const gaze_compare *compare);
/* The cell where A exceeds B most, or (which = 1) B exceeds A; false when none does. */
bool gaze_compare_largest(const gaze_compare *compare, size_t which, size_t *cell);
/* The cell that a page begins with: the largest difference of either sign, or the largest weight of a side. */
size_t gaze_compare_strongest(const gaze_compare *compare, size_t which);
/* What a title says behind layer and head where both sides have the same: ": two texts". */
const char *gaze_compare_same(const gaze_compare *compare);
/* Which numbers are written in cells, where not all are; else "". */
const char *gaze_compare_strong(const gaze_compare *compare, const gaze_compare_layout *layout);

/* "A: layer 3, head 1", "B: ...", "A - B". */
void gaze_compare_put_heading(gaze_buffer *out, const gaze_compare *compare, size_t which);
/* What is largest is said in the headline of a picture, and in the caption of a page, whose headline is what is
 * read. */
void gaze_compare_compose(gaze_texts *texts, const gaze_compare *compare, const gaze_compare_layout *layout);
/* What a cell says on hover; `matrix->context` is the gaze_compare. */
void gaze_compare_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column);

#endif
