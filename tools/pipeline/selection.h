/* --layer and --head: which matrices of a model are meant, and whether they are drawn one by one.
 *
 *     3  -1  last  0,2,5-7     these, one by one
 *     all                      every one, one by one
 *     mean  max                one matrix made of every one
 */
#ifndef GAZE_TOOLS_PIPELINE_SELECTION_H
#define GAZE_TOOLS_PIPELINE_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

typedef enum gaze_reduction { GAZE_EACH, GAZE_MEAN, GAZE_MAX } gaze_reduction;

/* Owned; a zeroed struct is empty. */
typedef struct gaze_selection {
    gaze_reduction reduction;
    size_t *indices; /* ascending, from 0 */
    size_t count;    /* at least 1 */
} gaze_selection;

/* Reads `word` for things counted 0 .. count-1. `include`, a list such as "0,2,5-7,-1" or NULL, narrows what all,
 * mean and max mean. `what` is "layer" or "head". ARGUMENT names the word and what there is; MEMORY. */
gaze_status gaze_select(gaze_selection *selection, const char *word, const char *include, const char *what,
                        size_t count, gaze_error *err);
void gaze_selection_deinit(gaze_selection *selection);

/* Reads a list such as "0,2,5-7,-1" into flags[count]; NULL sets all of them. */
gaze_status gaze_select_list(bool *flags, const char *list, const char *what, size_t count, gaze_error *err);

#endif
