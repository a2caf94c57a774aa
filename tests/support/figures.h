/* Heat maps to draw in tests: attention that looks like a model's, with labels. */
#ifndef GAZE_TESTS_SUPPORT_FIGURES_H
#define GAZE_TESTS_SUPPORT_FIGURES_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/viz.h"

typedef struct figure {
    gaze_heatmap map; /* may be changed before it is drawn */
    gaze_label *labels;
    gaze_panel *panels;
    float *weights; /* (layers * heads, tokens, tokens) */
    gaze_share share; /* free for use */
} figure;

/* `tokens` labels "[CLS]" "word1" "##2" "word3" ... "[SEP]" with ids, and layers * heads random softmax
 * matrices of the kinds of heads that trained models have. The same every time. */
figure figure_new(size_t tokens, size_t layers, size_t heads);
void figure_free(figure *f);

/* The heat map of two tokens, "a" and "b", with ids 7 and 8, of one panel: layer 4, head 3. */
extern const gaze_label figure_two[2];
gaze_heatmap figure_two_by_two(const float weights[4], gaze_panel *panel);

/* Draws into *out and fails the test unless that works and is well-formed. Returns the elements. */
size_t figure_draw(const gaze_heatmap *map, gaze_buffer *out);

/* Fails the test unless the file holds these bytes. With GAZE_UPDATE_GOLDEN in the environment it is written. */
void figure_assert_golden(const char *path, const gaze_buffer *got);

#endif
