/* One pass over the numbers of a heat map. */
#include "viz/heatmap/facts.h"

#include <math.h>
#include <stdbool.h>

static const double FLOAT_NOISE = 1e-5; /* a softmax in float32 may sum or round to 1.000001 */

void gaze_links_add(gaze_links *links, gaze_link link) {
    size_t i = links->count;
    while (i > 0 && link.weight > links->at[i - 1].weight) i--;
    if (i == GAZE_LINKS) return;
    if (links->count < GAZE_LINKS) links->count++;
    for (size_t k = links->count - 1; k > i; k--) links->at[k] = links->at[k - 1];
    links->at[i] = link;
}

double gaze_heatmap_row_sum(const gaze_heatmap *map, size_t panel, size_t row) {
    const float *weights_t = map->panels[panel].weights + row * map->column_count;
    double sum = 0;
    for (size_t s = 0; s < map->column_count; s++) sum += (double)weights_t[s];
    return isfinite(sum) ? sum : (double)NAN;
}

static void collect_row(gaze_heatmap_facts *facts, const gaze_heatmap *map, size_t panel, size_t row) {
    const float *weights_t = map->panels[panel].weights + row * map->column_count;
    for (size_t s = 0; s < map->column_count; s++) {
        double w = (double)weights_t[s];
        if (!isfinite(w)) {
            facts->not_numbers++;
            continue;
        }
        if (w < -FLOAT_NOISE || w > 1 + FLOAT_NOISE) facts->out_of_range++;
        gaze_links_add(&facts->strongest, (gaze_link){panel, row, s, w});
        if (row != s && !map->rows[row].special && !map->columns[s].special)
            gaze_links_add(&facts->words, (gaze_link){panel, row, s, w});
    }
}

static size_t count_ties(const gaze_heatmap *map, double strongest) {
    double hundredths = floor(strongest * 100 + 0.5);
    size_t ties = 0;
    for (size_t p = 0; p < map->panel_count; p++)
        for (size_t i = 0; i < map->row_count * map->column_count; i++)
            ties += floor((double)map->panels[p].weights[i] * 100 + 0.5) == hundredths;
    return ties;
}

void gaze_heatmap_facts_collect(gaze_heatmap_facts *facts, const gaze_heatmap *map) {
    bool first = true;
    *facts = (gaze_heatmap_facts){.least_sum = 1, .largest_sum = 1};
    for (size_t p = 0; p < map->panel_count; p++)
        for (size_t t = 0; t < map->row_count; t++) {
            collect_row(facts, map, p, t);
            double sum = gaze_heatmap_row_sum(map, p, t);
            if (isnan(sum)) continue;
            if (first || sum < facts->least_sum) facts->least_sum = sum;
            if (first || sum > facts->largest_sum) facts->largest_sum = sum;
            first = false;
        }
    if (facts->strongest.count) facts->ties = count_ties(map, facts->strongest.at[0].weight);
}
