/* What a text view's page is drawn from: every head of every layer, and what the page begins with. */
#ifndef GAZE_TOOLS_PIPELINE_TEXT_PAGE_H
#define GAZE_TOOLS_PIPELINE_TEXT_PAGE_H

#include "tools/pipeline/all_heads.h"
#include "viz/text_view/page.h"

/* Owned, apart from what the source lends; a zeroed struct is empty. */
typedef struct gaze_text_scene {
    gaze_all_heads heads;
    gaze_text_piece *pieces; /* (N) */
    gaze_text_page page;     /* title, theme, language, scale and budget are the caller's */
} gaze_text_scene;

/* As gaze_text_picture_make. The weights have 8 or 16 `bits`, and the figure is made of the rounded ones. Errors: also
 * those of gaze_all_heads_make. On failure *scene is left empty. */
gaze_status gaze_text_scene_make(gaze_text_scene *scene, gaze_source *source, const gaze_picture_options *options,
                                 const char *tokens, bool received, unsigned bits, gaze_error *err);
void gaze_text_scene_deinit(gaze_text_scene *scene);

#endif
