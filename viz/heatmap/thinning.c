/* Which labels are written where not all have room: the strongest first, so that the dark columns have their names. */
#include <math.h>
#include <stdint.h>

#include "viz/heatmap/layout.h"

/* What each column receives in all panels; marked ones come before all others. */
static void weigh_columns(double *strength, const gaze_heatmap *map, const gaze_heatmap_layout *layout) {
    size_t T = map->row_count, S = map->column_count;
    for (size_t s = 0; s < S; s++) strength[s] = 0;
    for (size_t p = 0; p < map->panel_count; p++)
        for (size_t i = 0; i < T * S; i++)
            if (isfinite(map->panels[p].weights[i])) strength[i % S] += (double)map->panels[p].weights[i];
    for (size_t k = 0; k < layout->mark_count; k++) strength[layout->marks[k].column] = INFINITY;
}

/* All rows give as much: the marked ones, then from the first on. */
static void weigh_rows(double *strength, const gaze_heatmap *map, const gaze_heatmap_layout *layout) {
    for (size_t t = 0; t < map->row_count; t++) strength[t] = 0;
    for (size_t k = 0; k < layout->mark_count; k++) strength[layout->marks[k].row] = INFINITY;
}

/* The strongest that is no nearer than `step` to one that is written, again and again. */
static void choose(bool *written, const double *strength, size_t count, size_t step) {
    bool blocked[GAZE_HEATMAP_MOST] = {false};
    for (size_t best = 0; best < count;) {
        best = count;
        for (size_t i = 0; i < count; i++)
            if (!blocked[i] && (best == count || strength[i] > strength[best])) best = i;
        if (best == count) return;
        written[best] = true;
        for (size_t i = best + 1 > step ? best + 1 - step : 0; i < count && i < best + step; i++) blocked[i] = true;
    }
}

void gaze_heatmap_choose_labels(gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    double strength[GAZE_HEATMAP_MOST];
    for (size_t i = 0; i < GAZE_HEATMAP_MOST; i++)
        layout->row_written[i] = layout->column_written[i] = layout->label_step == 1;
    if (layout->label_step == 1) return;
    weigh_columns(strength, map, layout);
    choose(layout->column_written, strength, map->column_count, layout->label_step);
    weigh_rows(strength, map, layout);
    choose(layout->row_written, strength, map->row_count, layout->label_step);
}
