/* The parts of a text view. */
#ifndef GAZE_VIZ_TEXT_VIEW_DRAW_H
#define GAZE_VIZ_TEXT_VIEW_DRAW_H

#include "viz/caption.h"
#include "viz/text_view/text_view.h"
#include "viz/words.h"

/* Where one piece stands. */
typedef struct gaze_text_place {
    double x, y, width; /* top left corner of its mark */
} gaze_text_place;

typedef struct gaze_text_layout {
    gaze_text_place *places; /* (count) */
    bool numbers;            /* weights under the words: the passage is short */
    double line;             /* from one line to the next */
    double second_y;         /* top of the first line of the second text; 0 when there is none */
    double first_y;
    double bottom, width, legend_x, legend_height;
} gaze_text_layout;

#define GAZE_TEXT_VIEW_FONT 16.0
#define GAZE_TEXT_VIEW_MARK 24.0 /* height of a mark */

/* layout.c. Errors: MEMORY. Free `places`. */
gaze_status gaze_text_layout_make(gaze_text_layout *layout, const gaze_text_view *view, gaze_error *err);

/* captions.c: title, description and caption. */
void gaze_text_view_compose(gaze_texts *texts, const gaze_text_view *view);

#endif
