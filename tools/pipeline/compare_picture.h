/* What a comparison is drawn from: two pictures, of one source or of two. */
#ifndef GAZE_TOOLS_PIPELINE_COMPARE_PICTURE_H
#define GAZE_TOOLS_PIPELINE_COMPARE_PICTURE_H

#include "tools/pipeline/picture.h"
#include "viz/compare/compare.h"

/* Owned, apart from what the sources lend; a zeroed struct is empty. */
typedef struct gaze_compare_picture {
    gaze_picture sides[2];
    float *difference; /* (N,N), or NULL where the tokens differ */
    double limit;      /* 99th percentile of |difference| */
} gaze_compare_picture;

/* `sources` may be the same one twice, whose model then runs once. Each options[i] must choose one panel: ARGUMENT. On
 * failure *picture is left empty. */
gaze_status gaze_compare_picture_make(gaze_compare_picture *picture, gaze_source *const sources[2],
                                      const gaze_picture_options options[2], gaze_error *err);
void gaze_compare_picture_deinit(gaze_compare_picture *picture);

/* The comparison that the picture is for; title, theme, language and scale are the caller's. */
gaze_compare gaze_compare_picture_view(const gaze_compare_picture *picture);

/* A minus B and where its colours end, of sides with the same tokens; else NULL. The caller frees it.
 * Errors: MEMORY. */
gaze_status gaze_compare_subtract(float **difference, double *limit, const gaze_compare_side sides[2], gaze_error *err);
/* What both sides have in common: that of `a`, without model or texts where they differ. */
void gaze_compare_share(gaze_figure *figure, const gaze_figure *a, const gaze_figure *b);

#endif
