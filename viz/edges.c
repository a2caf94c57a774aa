#include "viz/edges.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/base/memory.h"

/* The kept links of one row of one panel lie side by side, strongest first. */
typedef struct run {
    gaze_edge *at;
    size_t count;
    double mass; /* of the whole row */
} run;

typedef struct choice {
    const gaze_panel *panels;
    size_t rows, columns;
    size_t run_count; /* panels x rows */
    run *runs;
    gaze_edge *room; /* GAZE_EDGES_PER_ROW for each run */
    size_t sure;     /* links of a run that no limit takes away */
} choice;

static double mass_of(double weight) {
    return isfinite(weight) && weight > 0 ? weight : 0;
}

/* Puts an edge where it belongs among the strongest seen so far. */
static void offer(run *r, gaze_edge edge) {
    size_t i = r->count;
    while (i > 0 && edge.weight > r->at[i - 1].weight) i--;
    if (i == GAZE_EDGES_PER_ROW) return;
    if (r->count < GAZE_EDGES_PER_ROW) r->count++;
    for (size_t k = r->count - 1; k > i; k--) r->at[k] = r->at[k - 1];
    r->at[i] = edge;
}

static void keep_what_counts(run *r) {
    double sum = 0;
    size_t kept = 0;
    while (kept < r->count) {
        bool wanted = sum < GAZE_EDGES_MASS * r->mass && r->at[kept].weight >= GAZE_EDGES_WEIGHT;
        if (!wanted && kept >= GAZE_EDGES_SURE) break;
        sum += r->at[kept++].weight;
    }
    r->count = kept;
}

static void choose_row(const choice *c, size_t index) {
    uint32_t panel = (uint32_t)(index / c->rows), row = (uint32_t)(index % c->rows);
    const float *weights_t = c->panels[panel].weights + row * c->columns;
    run *r = &c->runs[index];
    *r = (run){.at = c->room + index * GAZE_EDGES_PER_ROW};
    for (size_t s = 0; s < c->columns; s++) {
        double w = mass_of((double)weights_t[s]);
        r->mass += w;
        if (w > 0) offer(r, (gaze_edge){panel, row, (uint32_t)s, w});
    }
    keep_what_counts(r);
}

/* The limit for the whole figure --------------------------------------------------------------------- */

static int by_weight(const void *a, const void *b) {
    const gaze_edge *x = a, *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? -1 : 1;
    if (x->panel != y->panel) return x->panel < y->panel ? -1 : 1;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static size_t count_edges(const choice *c) {
    size_t count = 0;
    for (size_t i = 0; i < c->run_count; i++) count += c->runs[i].count;
    return count;
}

/* Takes the last link from rows that have `most`, weakest first, until `excess` are gone. Returns how many went. */
static size_t shorten(choice *c, gaze_edge *last, size_t most, size_t excess) {
    size_t count = 0;
    for (size_t i = 0; i < c->run_count; i++)
        if (c->runs[i].count == most) last[count++] = c->runs[i].at[most - 1];
    qsort(last, count, sizeof *last, by_weight);
    if (count > excess) count = excess;
    for (size_t i = 0; i < count; i++) c->runs[last[i].panel * c->rows + last[i].row].count--;
    return count;
}

static void limit(choice *c, gaze_edge *last) {
    size_t count = count_edges(c);
    for (size_t most = GAZE_EDGES_PER_ROW; most > c->sure && count > GAZE_EDGES_IN_ALL; most--)
        count -= shorten(c, last, most, count - GAZE_EDGES_IN_ALL);
}

/* The result ----------------------------------------------------------------------------------------- */

static void add_run(gaze_edges *edges, const choice *c, const run *r, gaze_rest *rest, size_t panels) {
    double drawn = 0;
    for (size_t i = 0; i < r->count; i++) {
        drawn += r->at[i].weight;
        edges->at[edges->count++] = r->at[i];
    }
    edges->mass += r->mass;
    edges->drawn += drawn;
    rest->mass += (r->mass - drawn) / (double)panels;
    rest->share += r->mass / (double)panels; /* the row's mass, until all panels are added */
    rest->links += c->columns - r->count;
}

static void collect(gaze_edges *edges, const choice *c) {
    size_t panels = c->run_count / c->rows;
    for (size_t i = 0; i < c->run_count; i++) add_run(edges, c, &c->runs[i], &edges->rests[i % c->rows], panels);
    for (size_t t = 0; t < c->rows; t++) {
        gaze_rest *rest = &edges->rests[t];
        rest->share = rest->share > 0 ? rest->mass / rest->share : 0;
    }
    qsort(edges->at, edges->count, sizeof *edges->at, by_weight);
}

gaze_status gaze_edges_choose(gaze_edges *edges, const gaze_panel *panels, size_t panel_count, size_t rows,
                              size_t columns, gaze_error *err) {
    *edges = (gaze_edges){0};
    size_t all = panel_count * rows;
    if (panel_count == 0 || rows == 0 || all / panel_count != rows || all > GAZE_EDGES_IN_ALL)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "lines: %zu panels of %zu rows, expected 1 to %d rows in all",
                         panel_count, rows, GAZE_EDGES_IN_ALL);
    choice c = {.panels = panels, .rows = rows, .columns = columns, .run_count = all};
    c.sure = GAZE_EDGES_IN_ALL / all < GAZE_EDGES_SURE ? GAZE_EDGES_IN_ALL / all : GAZE_EDGES_SURE;
    c.runs = gaze_alloc(all, sizeof *c.runs);
    c.room = gaze_alloc(all * GAZE_EDGES_PER_ROW, sizeof *c.room);
    edges->at = gaze_alloc(all * GAZE_EDGES_PER_ROW, sizeof *edges->at);
    edges->rests = gaze_alloc_zero(rows, sizeof *edges->rests);
    gaze_status status = c.runs && c.room && edges->at && edges->rests ? GAZE_OK : gaze_fail_memory(err);
    if (status) goto cleanup;
    for (size_t i = 0; i < all; i++) choose_row(&c, i);
    limit(&c, edges->at);
    collect(edges, &c);
cleanup:
    gaze_free(c.runs);
    gaze_free(c.room);
    if (status) gaze_edges_deinit(edges);
    return status;
}

void gaze_edges_deinit(gaze_edges *edges) {
    gaze_free(edges->at);
    gaze_free(edges->rests);
    *edges = (gaze_edges){0};
}
