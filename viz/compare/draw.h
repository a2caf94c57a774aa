/* The words of a comparison. */
#ifndef GAZE_VIZ_COMPARE_DRAW_H
#define GAZE_VIZ_COMPARE_DRAW_H

#include "viz/caption.h"
#include "viz/compare/compare.h"
#include "viz/matrix.h"

typedef struct gaze_compare_layout {
    gaze_matrix_box boxes[3];
    size_t pool;                  /* the largest of them */
    bool names_model, names_text; /* under the heading of each side, because they differ */
} gaze_compare_layout;

/* "A: layer 3, head 1", "B: ...", "A - B". */
void gaze_compare_put_heading(gaze_buffer *out, const gaze_compare *compare, size_t which);
void gaze_compare_compose(gaze_texts *texts, const gaze_compare *compare, const gaze_compare_layout *layout);
/* What a cell says on hover; `matrix->context` is the gaze_compare. */
void gaze_compare_title(gaze_svg *svg, const gaze_matrix *matrix, size_t row, size_t column);

#endif
