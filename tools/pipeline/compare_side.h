/* --a and --b of `gaze compare`: "layer=3,head=1", "model=DIR", "text=...". */
#ifndef GAZE_TOOLS_PIPELINE_COMPARE_SIDE_H
#define GAZE_TOOLS_PIPELINE_COMPARE_SIDE_H

#include "core/base/error.h"

/* What a side says; NULL where it says nothing. The strings are owned. */
typedef struct gaze_side_options {
    char *layer, *head, *model, *text;
} gaze_side_options;

/* Reads KEY=VALUE,KEY=VALUE. A value ends at a comma that a key and "=" follow, so that texts may hold commas, and
 * layer=0,2 is a list; one in double quotes is taken without them. ARGUMENT: an unknown key, a key twice, a value
 * without a key; MEMORY. On failure *side is left empty. */
gaze_status gaze_side_read(gaze_side_options *side, const char *words, gaze_error *err);
void gaze_side_deinit(gaze_side_options *side);

#endif
