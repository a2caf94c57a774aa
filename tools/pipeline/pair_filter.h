/* --filter: of a pair of texts, the rows of one and the columns of one. */
#ifndef GAZE_TOOLS_PIPELINE_PAIR_FILTER_H
#define GAZE_TOOLS_PIPELINE_PAIR_FILTER_H

#include "tools/pipeline/picture.h"

/* Rows and columns of a picture: runs of its units. Borrowed from the picture. */
typedef struct gaze_part {
    size_t row_start, row_count;
    size_t column_start, column_count;
    const gaze_panel *panels; /* (row_count, column_count) each */
} gaze_part;

/* `filter`: "aa", "ab", "ba", "bb", text of the rows first; "all" or NULL is all of the picture. With `renormalise`
 * each row is divided by what is left of it. Errors: ARGUMENT (there is only one text), MEMORY. */
gaze_status gaze_part_make(gaze_part *part, gaze_picture *picture, const char *filter, bool renormalise,
                           gaze_error *err);

#endif
