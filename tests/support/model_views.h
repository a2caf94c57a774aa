/* Model views to draw in tests, over the attention of tests/support/figures.h. */
#ifndef GAZE_TESTS_SUPPORT_MODEL_VIEWS_H
#define GAZE_TESTS_SUPPORT_MODEL_VIEWS_H

#include "tests/support/figures.h"

typedef struct model_figure {
    figure figure;
    gaze_model_view view; /* may be changed before it is drawn */
    gaze_badge *badges; /* of heads, then of layers: previous .1, next .2, ..., no name; the entropy falls */
} model_figure;

model_figure model_figure_new(size_t tokens, size_t layers, size_t heads);
void model_figure_free(model_figure *m);

/* Draws into *out and fails the test unless that works and is well-formed. Returns the elements. */
size_t model_figure_draw(const gaze_model_view *view, gaze_buffer *out);

#endif
