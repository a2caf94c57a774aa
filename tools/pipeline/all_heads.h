/* What the pages of one matrix at a time begin with: every head of every layer as the page holds it, and of these the
 * one that is shown first, or the mean or maximum of the heads of its layer.
 */
#ifndef GAZE_TOOLS_PIPELINE_ALL_HEADS_H
#define GAZE_TOOLS_PIPELINE_ALL_HEADS_H

#include "tools/pipeline/picture.h"

/* Owned, apart from what the source lends; a zeroed struct is empty. */
typedef struct gaze_all_heads {
    gaze_picture all;       /* each head by itself, with every unit; its shares are those of `first` */
    const float **matrices; /* (panels), each (N,N), rounded */
    size_t *seen;           /* (seen_count): the units that are not hidden */
    size_t seen_count;
    float *first;     /* (N,N): what is shown first */
    gaze_panel panel; /* its layer and head; the weights are `first` */
    size_t layer;     /* its place in all.layer */
    const char *head; /* "mean", "max" or its number */
    float *rounded;     /* private */
    gaze_arena memory;  /* private */
} gaze_all_heads;

/* The options choose what is first, and what is there with include_layers and include_heads; `bits`: 8 or 16. The
 * figure says what is hidden; nothing is hidden or renormalised here. Errors: also ARGUMENT when the options choose
 * more than one matrix, or the mean or maximum of layers. `was_read`: the source
 * was read before, with the same text and layers. On failure *heads is left empty. */
gaze_status gaze_all_heads_make(gaze_all_heads *heads, gaze_source *source, const gaze_picture_options *options,
                                unsigned bits, bool was_read, gaze_error *err);
void gaze_all_heads_deinit(gaze_all_heads *heads);

#endif
