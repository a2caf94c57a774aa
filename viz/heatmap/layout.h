/* Where everything of a heat map stands: decided once, from the counts and the labels, before anything
 * is drawn. All lengths are pixels at 100 %. */
#ifndef GAZE_VIZ_HEATMAP_LAYOUT_H
#define GAZE_VIZ_HEATMAP_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/heatmap/facts.h"
#include "viz/heatmap/heatmap.h"
#include "viz/page.h"

#define GAZE_LABEL_MAX_EM     14.0
#define GAZE_MAX_VECTOR_CELLS 2304 /* 48 x 48, over all panels: above, cells are dots of a picture */
#define GAZE_MAX_NODES        5000
#define GAZE_HEATMAP_MOST     4096 /* rows, columns, panels */
#define GAZE_HEATMAP_MARKS    2

typedef enum gaze_cell_numbers {
    GAZE_NUMBERS_NONE,
    GAZE_NUMBERS_STRONG, /* where the weight is at least .10 */
    GAZE_NUMBERS_ALL
} gaze_cell_numbers;

/* What distinguishes the panels of a grid, and so must stand beside each. */
typedef enum gaze_heading { GAZE_HEADING_BOTH, GAZE_HEADING_LAYER, GAZE_HEADING_HEAD } gaze_heading;

typedef struct gaze_heatmap_layout {
    /* the grid of panels */
    size_t grid_rows, grid_columns;
    bool facets;      /* a row of the grid is a layer, a column is a head */
    double left, top; /* of the first panel */
    double panel_width, panel_height;
    double pitch_x, pitch_y; /* from one panel to the next */
    gaze_heading heading;
    double facet_y; /* baseline of the heads' names above the grid, when there are facets */
    /* inside a panel */
    size_t pool; /* this many cells a side make one dot; 1: all are drawn */
    double cell; /* side of a cell, or of a dot */
    bool raster;
    bool titles;     /* each cell of vectors has a <title>, */
    bool row_titles; /* or each row of a single picture */
    gaze_cell_numbers numbers;
    bool sums; /* row sums at the right edge */
    double sums_x;
    bool pair;  /* two segments: lines between them */
    bool bands; /* and bands below and at the right, for a single panel */
    /* labels */
    double label_font;
    size_t label_step;       /* written ones are so many apart at least; 1: all are written */
    bool row_written[GAZE_HEATMAP_MOST], column_written[GAZE_HEATMAP_MOST];
    size_t labelled_columns; /* panels of the first row of the grid that have labels above them */
    double column_label_height;
    double readout_y;    /* baseline of the last line of the headline */
    double axis_title_y; /* baseline */
    /* of a single panel: the strongest link, and the strongest between two words where that is another */
    gaze_link marks[GAZE_HEATMAP_MARKS];
    size_t mark_count;
    /* around */
    double legend_x, legend_height;
    double bottom; /* below the panels and what belongs to them */
    double width;  /* of the whole figure; the height depends on the caption */
} gaze_heatmap_layout;

void gaze_heatmap_layout_make(gaze_heatmap_layout *layout, const gaze_heatmap *map, const gaze_heatmap_facts *facts);
/* thinning.c: row_written and column_written, from label_step and the marks. */
void gaze_heatmap_choose_labels(gaze_heatmap_layout *layout, const gaze_heatmap *map);
/* Whether a label belongs to a marked link. */
bool gaze_heatmap_is_marked_row(const gaze_heatmap_layout *layout, size_t row);
bool gaze_heatmap_is_marked_column(const gaze_heatmap_layout *layout, size_t column);

/* How a label stands above its column. */
typedef enum gaze_label_stance {
    GAZE_LABEL_LEANS,  /* letters: by 60 degrees */
    GAZE_LABEL_STANDS, /* wide characters that fit the column */
    GAZE_LABEL_STACKS  /* wide characters that do not, one above the other */
} gaze_label_stance;
gaze_label_stance gaze_heatmap_stance(const gaze_heatmap_layout *layout, const gaze_label *label);
double gaze_heatmap_column_label_height(const gaze_heatmap_layout *layout, const gaze_label *label);

/* From one token to the next. */
double gaze_heatmap_pitch(const gaze_heatmap_layout *layout);
/* Top left corner of a panel. */
double gaze_heatmap_panel_x(const gaze_heatmap_layout *layout, size_t panel);
double gaze_heatmap_panel_y(const gaze_heatmap_layout *layout, size_t panel);

#endif
