/* What a comparison's page is drawn from: every head of both sides, and what the page begins with. */
#ifndef GAZE_TOOLS_PIPELINE_COMPARE_PAGE_H
#define GAZE_TOOLS_PIPELINE_COMPARE_PAGE_H

#include "tools/pipeline/all_heads.h"
#include "tools/pipeline/compare_picture.h"
#include "viz/compare/page.h"

/* Owned, apart from what the sources lend; a zeroed struct is empty. */
typedef struct gaze_compare_scene {
    gaze_all_heads sides[2];
    gaze_label *labels[2]; /* (N): of the tokens that are seen */
    float *weights[2];     /* (N,N): what is shown first */
    float *difference;
    gaze_compare_page page; /* title, theme, language, scale and budget are the caller's */
} gaze_compare_scene;

/* As gaze_compare_picture_make. Errors: also those of gaze_all_heads_make. On failure *scene is left empty. */
gaze_status gaze_compare_scene_make(gaze_compare_scene *scene, gaze_source *const sources[2],
                                    const gaze_picture_options options[2], unsigned bits, gaze_error *err);
void gaze_compare_scene_deinit(gaze_compare_scene *scene);

#endif
