/* What a figure of all heads begins with: a picture of every layer and head, the means of the layers beside it, and the
 * statistics of each, taken over all tokens before anything is hidden or joined. */
#ifndef GAZE_TOOLS_PIPELINE_MODEL_PICTURE_H
#define GAZE_TOOLS_PIPELINE_MODEL_PICTURE_H

#include "tools/pipeline/picture.h"
#include "viz/model_view/model_view.h"

/* Owned, apart from what the source lends; a zeroed struct is empty. */
typedef struct gaze_model_picture {
    gaze_picture heads;      /* the heads of the first layer, then of the second, ... */
    gaze_picture means;      /* of each layer, over the heads that are drawn */
    gaze_badge *badges;      /* of each head */
    gaze_badge *mean_badges; /* of each mean */
} gaze_model_picture;

/* `options` as for gaze_picture_make; its layer and head are taken as "all". On failure *picture is left empty. */
gaze_status gaze_model_picture_make(gaze_model_picture *picture, gaze_source *source,
                                    const gaze_picture_options *options, gaze_error *err);
void gaze_model_picture_deinit(gaze_model_picture *picture);

/* The view that the picture is for; title, theme, language, scale and sorting are the caller's. */
gaze_model_view gaze_model_picture_view(const gaze_model_picture *picture);

#endif
