/* What headline and caption of a heat map state about the numbers it draws: plain sums, counts and maxima. */
#ifndef GAZE_VIZ_HEATMAP_FACTS_H
#define GAZE_VIZ_HEATMAP_FACTS_H

#include <stddef.h>

#include "viz/heatmap/heatmap.h"

#define GAZE_LINKS 3

/* One cell. */
typedef struct gaze_link {
    size_t panel, row, column;
    double weight;
} gaze_link;

/* The strongest cells seen so far, strongest first; of equal ones the first seen. */
typedef struct gaze_links {
    gaze_link at[GAZE_LINKS];
    size_t count;
} gaze_links;

void gaze_links_add(gaze_links *links, gaze_link link);

typedef struct gaze_heatmap_facts {
    double least_sum, largest_sum; /* over the rows that hold numbers only; 1, 1 when there is none */
    size_t not_numbers;            /* NaN and infinities */
    size_t out_of_range;           /* below 0 or above 1 by more than float32 can err */
    gaze_links strongest;
    gaze_links words; /* the strongest between two different tokens, neither of them special */
    size_t ties;      /* cells that are written with the two decimals of the strongest, itself among them */
} gaze_heatmap_facts;

void gaze_heatmap_facts_collect(gaze_heatmap_facts *facts, const gaze_heatmap *map);

/* Sum of one row, from left to right in double; NaN when a cell holds no number. */
double gaze_heatmap_row_sum(const gaze_heatmap *map, size_t panel, size_t row);

#endif
