/* What a link map is drawn from: one weight of every head, and what the other rows give to the same token. */
#ifndef GAZE_TOOLS_PIPELINE_LINK_PICTURE_H
#define GAZE_TOOLS_PIPELINE_LINK_PICTURE_H

#include "tools/pipeline/picture.h"
#include "viz/link_map/link_map.h"

/* Owned, apart from what the source lends; a zeroed struct is empty. */
typedef struct gaze_link_picture {
    gaze_picture heads; /* of every layer and head */
    size_t from, to;    /* among its units */
    float *weights;     /* (L,H) */
    float *differences; /* (L,H) */
    double limit;       /* largest |difference|; 1 when all are 0 */
} gaze_link_picture;

/* `link` is "FROM,TO" as for gaze_token_choose_link; layer and head of the options are taken as "all". On failure
 * *picture is left empty. */
gaze_status gaze_link_picture_make(gaze_link_picture *picture, gaze_source *source,
                                   const gaze_picture_options *options, const char *link, gaze_error *err);
void gaze_link_picture_deinit(gaze_link_picture *picture);

/* The map that the picture is for; title, theme, language and scale are the caller's. */
gaze_link_map gaze_link_picture_map(const gaze_link_picture *picture);

#endif
