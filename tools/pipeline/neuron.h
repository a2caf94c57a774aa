/* What a neuron view draws: one query of one head, step by step.
 *
 *     gaze_source source;
 *     gaze_neuron neuron;
 *     gaze_neuron_options options = {.token = "it", .picture = {.layer = "5", .head = "0", .read.input = {...}}};
 *     gaze_source_open(&source, "path/to/model", &err);           // or gaze_source_open_record
 *     gaze_neuron_make(&neuron, &source, &options, &err);
 *     gaze_neuron_view_svg(&out, &neuron.view, &err);
 *     gaze_neuron_deinit(&neuron);
 */
#ifndef GAZE_TOOLS_PIPELINE_NEURON_H
#define GAZE_TOOLS_PIPELINE_NEURON_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "tools/pipeline/picture.h"
#include "viz/neuron_view/neuron_view.h"

/* Keys that are drawn, unless .rows says otherwise. The query's own token comes on top where it is not among them, and
 * where not more than four would be missing, none is. */
#define GAZE_NEURON_ROWS 12

/* Zero fields take the default. */
typedef struct gaze_neuron_options {
    /* one layer (NULL: the last) and one head (NULL: the first); no words, no renormalising */
    gaze_picture_options picture;
    const char *token;            /* as --token; NULL: the one with the strongest link to another */
    size_t rows;                  /* 0: GAZE_NEURON_ROWS */
    bool sorted;                  /* dimensions by the strongest key's products */
    bool full;                    /* the page holds every layer, not only the one that it shows first */
    unsigned bits; /* 8 to 16: vectors rounded for an .html page, and all that follows from them; 0: none */
} gaze_neuron_options;

/* Owned, apart from what the source lends. The view's title, theme and language are the caller's. */
typedef struct gaze_neuron {
    gaze_neuron_view view;
    gaze_neuron_page page; /* with .bits: what an .html page is made of; its view is the one above */
    gaze_picture picture;
    gaze_arena memory; /* private: what the view points to */
} gaze_neuron;

/* Reads the source and computes the steps. On failure *neuron is left empty. Errors: those of gaze_picture_make and
 * gaze_token_choose; ARGUMENT (several layers or heads, or a mean of them); SHAPE (queries, keys and values of a record
 * that do not fit one another). */
gaze_status gaze_neuron_make(gaze_neuron *neuron, gaze_source *source, const gaze_neuron_options *options,
                             gaze_error *err);
void gaze_neuron_deinit(gaze_neuron *neuron);

/* The steps for another query (a token) of a head of the same layer, in place; the source must still be open. `rows` as
 * in the options. Errors: MEMORY. */
gaze_status gaze_neuron_set_query(gaze_neuron *neuron, const gaze_source *source, size_t head, size_t query,
                                  size_t rows, gaze_error *err);

#endif
