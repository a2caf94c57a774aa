/* Which links of attention are drawn as lines: all n^2 would be a grey sheet, and more than a browser can hold.
 *
 * Of each row of each panel, strongest first (of equal weights the one further left):
 *
 *     links are kept until they carry 90 % of the row's mass, while w >= .02, at most 12;
 *     the first 3 are kept in any case, so that a head that looks broadly does not seem to do nothing;
 *     what weighs nothing, or is no number, is never drawn.
 *
 * At most 4,000 in all: the weakest links go, of the rows that have most, but never a row's first 3 (or fewer, when
 * even those would be more than 4,000). What is left out of a row is its rest.
 *
 * Here they are chosen; viz/head_view/lines.c, bundles.c beside it and viz/model_view/lines.c draw them, and
 * viz/html/edges.js chooses by the same rule in a page.
 */
#ifndef GAZE_VIZ_EDGES_H
#define GAZE_VIZ_EDGES_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "viz/figure.h"

#define GAZE_EDGES_MASS    0.9
#define GAZE_EDGES_WEIGHT  0.02
#define GAZE_EDGES_PER_ROW 12
#define GAZE_EDGES_SURE    3
#define GAZE_EDGES_IN_ALL  4000

typedef struct gaze_edge {
    uint32_t panel, row, column;
    double weight;
} gaze_edge;

/* What is left out of one row, of all panels together. */
typedef struct gaze_rest {
    double mass;  /* mean over the panels */
    size_t links; /* how many */
    double share; /* of the row's mass: 0 to 1. A rest above 1 - GAZE_EDGES_MASS is worth showing */
} gaze_rest;

/* Owned; a zeroed struct is empty. */
typedef struct gaze_edges {
    gaze_edge *at; /* weakest first, so that the strongest is drawn last; then by panel, row, column */
    size_t count;
    gaze_rest *rests; /* (rows) */
    double mass;      /* of all links that there are, */
    double drawn;     /* and of those that are kept */
} gaze_edges;

/* panels[panel_count], each (rows, columns). Errors: LIMIT (more than 4,000 rows in all panels), MEMORY; on failure
 * *edges is empty. */
gaze_status gaze_edges_choose(gaze_edges *edges, const gaze_panel *panels, size_t panel_count, size_t rows,
                              size_t columns, gaze_error *err);
void gaze_edges_deinit(gaze_edges *edges);

#endif
