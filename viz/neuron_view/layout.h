/* Where everything of a neuron view stands. All lengths are pixels at 100 %. */
#ifndef GAZE_VIZ_NEURON_VIEW_LAYOUT_H
#define GAZE_VIZ_NEURON_VIEW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/neuron_view/neuron_view.h"
#include "viz/neuron_view/words.h"

#define GAZE_NEURON_PITCH 24.0 /* from a row to the next */
#define GAZE_NEURON_STRIP 16.0 /* height of a strip */
#define GAZE_NEURON_FONT  13.0
#define GAZE_NEURON_BAR   72.0 /* the bar of a weight of 1 */
#define GAZE_NEURON_LABEL_EM 14.0

typedef struct gaze_neuron_layout {
    double cell; /* width of a dimension */
    double strip; /* K of them */
    double labels;                  /* width of the widest label */
    double query_x, key_x, value_x; /* where labels end (query, key), and begin (value) */
    double length_x;                /* where ‖v‖ ends */
    double weight_x;                /* where weights end, behind their bars */
    double x[GAZE_NEURON_COLUMNS];  /* left edges; of numbers the right ones */
    double heading_y;               /* first baseline */
    double readout_y;
    double top;                     /* of the first row */
    double output_gap, output_y;    /* below the rows; top of the output's strip */
    double scale_y;                 /* top of the colour bars */
    double bottom;
    double width;
} gaze_neuron_layout;

void gaze_neuron_layout_make(gaze_neuron_layout *layout, const gaze_neuron_view *view);

/* Top of a row's strips; its middle; the row of the query. */
double gaze_neuron_row_y(const gaze_neuron_layout *layout, size_t row);
double gaze_neuron_row_middle(const gaze_neuron_layout *layout, size_t row);
size_t gaze_neuron_query_row(const gaze_neuron_view *view);

/* A page shows q of every token, where there are not more than GAZE_NEURON_ALL. */
bool gaze_neuron_all_queries(const gaze_neuron_view *view);

/* The strips of a column: that of a row, or NULL where it has none. */
const float *gaze_neuron_strip(const gaze_neuron_view *view, gaze_neuron_column column, size_t row);
/* The limit of a column's colours. */
double gaze_neuron_limit(const gaze_neuron_view *view, gaze_neuron_column column);
/* The score of a row before the mask, as far as a float tells. */
double gaze_neuron_score(const gaze_neuron_view *view, size_t row);
/* The dimension that is drawn at a place. */
size_t gaze_neuron_dimension(const gaze_neuron_view *view, size_t place);

#endif
