/* The scenes of a head view's page. A scene is a choice of unit, special tokens, texts and layout: it decides where
 * everything stands, whatever layer and heads are drawn. All of them are laid out here, so that the script need not. */
#ifndef GAZE_VIZ_HEAD_VIEW_PAGE_SCENES_H
#define GAZE_VIZ_HEAD_VIEW_PAGE_SCENES_H

#include "viz/head_view/draw.h"
#include "viz/head_view/page.h"

/* Appends to `json` the member "scenes", lengths and sentences by the scene's name ("word-hide-ab-vertical"), and to
 * `html` a <template> of that name with what stands still in it. Errors: MEMORY. */
gaze_status gaze_head_page_put_scenes(gaze_buffer *json, gaze_buffer *html, const gaze_head_page *page,
                                      const gaze_palette *palette, gaze_error *err);

#endif
