#include "tools/pipeline/columns.h"

#include <stddef.h>

#include "viz/width_table.h"

int gaze_columns_of(uint32_t c) {
    size_t low = 0, high = gaze_width_table_size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (gaze_width_table[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == gaze_width_table_size || c < gaze_width_table[low].first) return 1;
    gaze_width_class width = gaze_width_table[low].width;
    return width == GAZE_WIDTH_ZERO ? 0 : width == GAZE_WIDTH_WIDE || width == GAZE_WIDTH_EMOJI ? 2 : 1;
}
