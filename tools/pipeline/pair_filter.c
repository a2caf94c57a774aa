#include "tools/pipeline/pair_filter.h"

#include <string.h>

#include "core/explain/subset.h"

/* The run of units of one segment: they follow one another. */
static void find_run(size_t *start, size_t *count, const gaze_units *units, int32_t segment) {
    *start = *count = 0;
    for (size_t i = 0; i < units->count; i++) {
        if (units->labels[i].segment != segment) continue;
        if (*count == 0) *start = i;
        ++*count;
    }
}

static void copy_part(float *out, const float *weights, const gaze_part *part, size_t N) {
    for (size_t t = 0; t < part->row_count; t++)
        memcpy(out + t * part->column_count, weights + (part->row_start + t) * N + part->column_start,
               part->column_count * sizeof *out);
}

static gaze_status copy_panels(gaze_part *part, gaze_picture *picture, bool renormalise, gaze_error *err) {
    size_t size = part->row_count * part->column_count;
    gaze_panel *panels = gaze_arena_alloc(&picture->memory, picture->panel_count, sizeof *panels);
    if (!panels) return gaze_fail_memory(err);
    for (size_t p = 0; p < picture->panel_count; p++) {
        float *weights = gaze_arena_alloc(&picture->memory, size, sizeof *weights);
        if (!weights) return gaze_fail_memory(err);
        copy_part(weights, picture->panels[p].weights, part, picture->units.count);
        if (renormalise) gaze_rows_renormalise(weights, part->row_count, part->column_count);
        panels[p] = picture->panels[p];
        panels[p].weights = weights;
    }
    part->panels = panels;
    return GAZE_OK;
}

gaze_status gaze_part_make(gaze_part *part, gaze_picture *picture, const char *filter, bool renormalise,
                           gaze_error *err) {
    size_t N = picture->units.count;
    *part = (gaze_part){.row_count = N, .column_count = N, .panels = picture->panels};
    if (filter && strcmp(filter, "all") != 0) {
        find_run(&part->row_start, &part->row_count, &picture->units, filter[0] == 'b');
        find_run(&part->column_start, &part->column_count, &picture->units, filter[1] == 'b');
    } else if (!renormalise) {
        return GAZE_OK;
    }
    if (part->row_count && part->column_count) return copy_panels(part, picture, renormalise, err);
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "--filter %s: there is only one text, expected a pair", filter);
}
