/* The matrices of a picture; see tools/pipeline/picture.h. */
#ifndef GAZE_TOOLS_PIPELINE_PICTURE_PANELS_H
#define GAZE_TOOLS_PIPELINE_PICTURE_PANELS_H

#include "tools/pipeline/picture.h"

/* Fills picture->panels, their entropies and the masses of picture->shares; units, layers and heads are there.
 * `bits`: as in the options. Errors: MEMORY. */
gaze_status gaze_picture_make_panels(gaze_picture *picture, const gaze_source *source, bool renormalise,
                                     unsigned bits, gaze_error *err);

#endif
