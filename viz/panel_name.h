/* What panels are called: "layer 4, head 3", "mean over layers (0, 2)", "heads 0 to 11". */
#ifndef GAZE_VIZ_PANEL_NAME_H
#define GAZE_VIZ_PANEL_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/figure.h"
#include "viz/words.h"

/* "layer 4", "mean over layers"; `list`, or NULL, follows in brackets where they are not all meant. */
void gaze_panel_put_layer(gaze_buffer *out, const gaze_words *words, int32_t layer, const char *list);
void gaze_panel_put_head(gaze_buffer *out, const gaze_words *words, int32_t head, const char *list);

/* "Layers 0 to 5, head 3": what `count` panels have in common, with a capital; figure->title when there is one. */
void gaze_panels_put_title(gaze_buffer *out, const gaze_panel *panels, size_t count, const gaze_figure *figure,
                           const gaze_words *words);

/* "heads 0, 3, 5": the heads of `count` panels. */
void gaze_panels_put_heads(gaze_buffer *out, const gaze_panel *panels, size_t count, const gaze_figure *figure,
                           const gaze_words *words);

#endif
