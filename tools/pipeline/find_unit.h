/* --token: which row or column of a figure is meant.
 *
 *     it      the first unit that is written so, as a token ("##ing"), or in the text ("It", "tired")
 *     it#2    the second of them
 *     7       number 7, from 0
 */
#ifndef GAZE_TOOLS_PIPELINE_FIND_UNIT_H
#define GAZE_TOOLS_PIPELINE_FIND_UNIT_H

#include <stddef.h>

#include "core/base/error.h"
#include "tools/pipeline/source.h"
#include "tools/pipeline/units.h"

/* *index is below units->count. Letters of ASCII may differ in case where nothing fits exactly; a word of several
 * pieces is found by its first. Errors: ARGUMENT, which says what there is. */
gaze_status gaze_units_find(size_t *index, const gaze_units *units, const gaze_source *source, const char *word,
                            gaze_error *err);

#endif
