/* Where the thumbnails of the model view stand. All lengths are pixels at 100 %. */
#ifndef GAZE_VIZ_MODEL_VIEW_LAYOUT_H
#define GAZE_VIZ_MODEL_VIEW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/model_view/model_view.h"

typedef struct gaze_model_layout {
    size_t rows, columns; /* of the grid, the means not counted */
    bool named;           /* each thumbnail bears its layer and head, because its place does not say them */
    bool numbers;         /* badges in numbers: thumbnails are large */
    bool means;           /* a further column */
    double left, top;     /* of the first thumbnail */
    double side;          /* of a thumbnail */
    double pitch_x, pitch_y;
    double mean_x; /* left edge of the means */
    size_t dots;   /* at most so many a side */
    size_t pool;   /* weights a side that make one dot */
    double legend_x, legend_height;
    double readout_y; /* baseline of the last line of the headline */
    double key_y;     /* base of the bars of their key */
    double meaning_y; /* baseline of what badges mean, which takes lines below */
    double bottom, width;
} gaze_model_layout;

/* `live`: for a page, whose header is not in the figure, and where each thumbnail has room for its name above it. */
void gaze_model_layout_make(gaze_model_layout *layout, const gaze_model_view *view, bool live);

/* What a badge takes under its thumbnail. */
double gaze_model_badge_height(const gaze_model_layout *layout);

/* Heights under a thumbnail: bars, then lines of text. */
#define GAZE_BADGE_BARS 26.0
#define GAZE_BADGE_LINE 14.0

#endif
