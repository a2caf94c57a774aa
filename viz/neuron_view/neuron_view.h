/* The neuron view: attention from one token in one head, step by step, each key a row.
 *
 *     q  --  k_s  |  q x k_s  |  q . k_s  |  / sqrt(K)  |  + mask  |  softmax  |  v_s  |  w ||v_s||
 *                                                                     sum_s w v_s
 *
 * Vectors are strips of K cells, blue above 0 and orange below, linear up to a limit that is printed under them. Keys
 * stand in the order of the sentence, at the same height in every column; the query stands at the height of its token.
 * All numbers are given: this room computes none but sums of what it shows.
 */
#ifndef GAZE_VIZ_NEURON_VIEW_H
#define GAZE_VIZ_NEURON_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"

/* Where the colours of each kind of number end. Larger ones are drawn at the end, ticked and counted. */
typedef struct gaze_neuron_limits {
    double vectors; /* q and k */
    double products;
    double scores;
    double values;
    double output;
} gaze_neuron_limits;

/* All borrowed. T tokens, K dimensions of the head. Numbers may be anything; those that are none are left blank and
 * counted. */
typedef struct gaze_neuron_view {
    gaze_figure figure; /* shares: of this query's weights */
    int32_t layer, head;
    const gaze_label *labels; /* (T) */
    size_t token_count;       /* T */
    size_t head_size;         /* K */
    size_t query;             /* which token attends */
    const size_t *rows;       /* (row_count): the keys that are drawn, ascending */
    size_t row_count;
    size_t strongest;         /* the key with the largest weight */
    const float *queries;     /* (T,K) */
    const float *keys;        /* (T,K) */
    const float *values;      /* (T,K) */
    const float *products;    /* (T,K): of this query and each key */
    const double *dots;       /* (T) */
    const double *scores;     /* (T): -inf where masked */
    const float *weights;     /* (T) */
    const double *norms;      /* (T) */
    const float *output;      /* (K) */
    double softmax_error;     /* largest |softmax(scores) - weights|: said when it can be seen */
    gaze_neuron_limits limits;
    const size_t *order;      /* (K): the dimensions, largest |products| of the strongest key first */
    bool sorted;              /* dimensions are drawn in that order */
    bool page;                /* part of an HTML page, which has title and captions of its own */
} gaze_neuron_view;

/* Up to so many tokens a page shows all of them; beyond, GAZE_NEURON_SOME. */
#define GAZE_NEURON_ALL  32
#define GAZE_NEURON_SOME 13

/* Appends the figure, a whole SVG file. Errors: ARGUMENT (no token, no dimension, a token that is none), LIMIT (more
 * than 64 rows, 4096 tokens or 1024 dimensions), MEMORY. */
gaze_status gaze_neuron_view_svg(gaze_buffer *out, const gaze_neuron_view *view, gaze_error *err);

/* Arrays (T,K) of one head as a page holds them: whole numbers times a scale, in float. */
typedef struct gaze_neuron_head {
    const float *queries, *keys, *values;
    double query_scale, key_scale, value_scale;
} gaze_neuron_head;

/* What a page shows first, and the layers and heads between which it can switch. */
typedef struct gaze_neuron_page {
    gaze_neuron_view view; /* of the arrays of its layer and head, .page set; weights are the softmax of its scores */
    size_t first_layer, layer_count, head_count;
    const gaze_neuron_head *heads; /* (layer_count, head_count) */
    unsigned bits;        /* 8 to 16: of a whole number */
    double largest_error; /* of a weight, over all heads and queries, against those of the model */
} gaze_neuron_page;

/* An interactive page, a whole HTML file: any token, and any head of its layers, without any request.
 * Errors as above. */
gaze_status gaze_neuron_view_html(gaze_buffer *out, const gaze_neuron_page *page, gaze_error *err);

#endif
