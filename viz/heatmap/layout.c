/* Sizes and places. The numbers were chosen by looking at figures of 3 to 512 tokens. */
#include "viz/heatmap/layout.h"

#include <math.h>

#include "viz/text.h"

static const double LARGEST_CELL = 56, NUMBER_CELL = 28, STRONG_NUMBER_CELL = 22;
static const double LABEL_PITCH = 13;  /* a label needs that much */
static const double GRID_WIDTH = 1120; /* room for the panels of a grid */
static const double PANEL_GAP = 12, HEADING = 22, BAND = 22, SUMS = 44, FACET_NAME = 56;
static const double READOUT = 26, AXIS_TITLE = 22, LABEL_GAP = 8, LEGEND_GAP = 30;
static const double SHORTEST_LEGEND = 180, LONGEST_LEGEND = 320, NARROWEST = 600;
static const double SIN_60 = 0.8660254037844386, COS_60 = 0.5;

double gaze_heatmap_pitch(const gaze_heatmap_layout *layout) {
    return layout->cell / (double)layout->pool;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t tokens_of(const gaze_heatmap *map) {
    return larger(map->row_count, map->column_count);
}

static size_t divide_up(size_t a, size_t b) {
    return (a + b - 1) / b;
}

/* Panels of the first layer, when all layers have as many: the heads of a layer. Else 0. */
static size_t heads_of_layers(const gaze_heatmap *map) {
    size_t heads = 1;
    while (heads < map->panel_count && map->panels[heads].layer == map->panels[0].layer) heads++;
    if (heads == 1 || heads == map->panel_count || map->panel_count % heads) return 0;
    for (size_t i = 0; i < map->panel_count; i++) {
        if (map->panels[i].layer != map->panels[i / heads * heads].layer) return 0;
        if (map->panels[i].head != map->panels[i % heads].head) return 0;
    }
    return heads;
}

/* A grid a little wider than high, without a hole where the count allows it: 12 are 4 x 3. */
static size_t balanced_columns(size_t count) {
    size_t least = (size_t)ceil(sqrt((double)count));
    for (size_t columns = least; columns < 2 * least && columns <= count; columns++)
        if (count % columns == 0) return columns;
    return least;
}

static gaze_heading choose_heading(const gaze_heatmap *map) {
    bool one_layer = true, one_head = true;
    for (size_t i = 1; i < map->panel_count; i++) {
        if (map->panels[i].layer != map->panels[0].layer) one_layer = false;
        if (map->panels[i].head != map->panels[0].head) one_head = false;
    }
    if (one_layer) return GAZE_HEADING_HEAD;
    return one_head ? GAZE_HEADING_LAYER : GAZE_HEADING_BOTH;
}

static void choose_grid(gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    size_t heads = heads_of_layers(map);
    size_t columns = map->grid_columns ? map->grid_columns
                     : heads           ? heads
                                       : balanced_columns(map->panel_count);
    if (columns > map->panel_count) columns = map->panel_count;
    layout->grid_columns = columns;
    layout->grid_rows = divide_up(map->panel_count, columns);
    layout->facets = heads > 0 && columns == heads;
    layout->heading = choose_heading(map);
}

/* Pixels that one panel may take on a side. */
static double panel_room(const gaze_heatmap_layout *layout, size_t tokens) {
    double columns = (double)layout->grid_columns;
    if (columns > 1) return fmax((GRID_WIDTH - (columns - 1) * PANEL_GAP) / columns, 48);
    if (tokens <= 24) return 580;
    if (tokens <= 48) return 640;
    return tokens <= 128 ? 896 : 1024;
}

/* Whole pixels a cell where the cells have room, else whole cells a pixel. */
static void choose_cells(gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    size_t tokens = tokens_of(map);
    double room = panel_room(layout, tokens);
    layout->pool = larger((size_t)ceil((double)tokens / room), 1);
    layout->cell = layout->pool > 1 ? 1 : fmin(floor(room / (double)tokens), LARGEST_CELL);
    layout->panel_width = layout->cell * (double)divide_up(map->column_count, layout->pool);
    layout->panel_height = layout->cell * (double)divide_up(map->row_count, layout->pool);
}

/* Neighbouring labels of one segment are one run. */
static size_t count_runs(const gaze_label *labels, size_t count) {
    size_t runs = 1;
    for (size_t i = 1; i < count; i++) runs += labels[i].segment != labels[i - 1].segment;
    return runs;
}

/* Elements of the figure besides the cells: three a label and a panel, and about 90 around them. */
static size_t count_frame(const gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    size_t labels = map->row_count * layout->grid_rows + map->column_count * layout->grid_columns;
    size_t bands = count_runs(map->rows, map->row_count) + count_runs(map->columns, map->column_count);
    return 90 + 3 * labels + 3 * map->panel_count + (layout->bands ? 2 * bands : 0);
}

static gaze_cell_numbers choose_numbers(const gaze_heatmap_layout *layout, size_t tokens) {
    if (layout->raster) return GAZE_NUMBERS_NONE;
    if (tokens <= 16 && layout->cell >= NUMBER_CELL) return GAZE_NUMBERS_ALL;
    return tokens <= 24 && layout->cell >= STRONG_NUMBER_CELL ? GAZE_NUMBERS_STRONG : GAZE_NUMBERS_NONE;
}

/* Numbers, then values on hover, as long as the elements last. */
static void choose_marks(gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    size_t panels = map->panel_count, cells = panels * map->row_count * map->column_count;
    layout->raster = cells > GAZE_MAX_VECTOR_CELLS || layout->pool > 1;
    layout->pair =
        count_runs(map->rows, map->row_count) > 1 || count_runs(map->columns, map->column_count) > 1;
    layout->bands = layout->pair && panels == 1;
    layout->sums = panels == 1 && tokens_of(map) <= 24;
    size_t nodes = count_frame(layout, map) + (layout->raster ? 0 : cells);
    layout->numbers = choose_numbers(layout, tokens_of(map));
    if (nodes + cells > GAZE_MAX_NODES) layout->numbers = GAZE_NUMBERS_NONE;
    if (layout->numbers != GAZE_NUMBERS_NONE) nodes += cells;
    layout->titles = !layout->raster && nodes + cells <= GAZE_MAX_NODES;
    layout->row_titles = layout->raster && panels == 1 && nodes + 2 * map->row_count <= GAZE_MAX_NODES;
}

static double label_width(const gaze_heatmap_layout *layout, const gaze_label *label) {
    return gaze_text_fit(label->text, label->length, GAZE_LABEL_MAX_EM).em * layout->label_font;
}

static double widest_row_label(const gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    double widest = 0;
    for (size_t t = 0; t < map->row_count; t++)
        if (layout->row_written[t]) widest = fmax(widest, label_width(layout, &map->rows[t]));
    return widest;
}

gaze_label_stance gaze_heatmap_stance(const gaze_heatmap_layout *layout, const gaze_label *label) {
    if (!gaze_text_is_wide(label->text, label->length)) return GAZE_LABEL_LEANS;
    double room = gaze_heatmap_pitch(layout) * (double)layout->label_step;
    return label_width(layout, label) <= room ? GAZE_LABEL_STANDS : GAZE_LABEL_STACKS;
}

double gaze_heatmap_column_label_height(const gaze_heatmap_layout *layout, const gaze_label *label) {
    double width = label_width(layout, label);
    switch (gaze_heatmap_stance(layout, label)) {
    case GAZE_LABEL_LEANS: return width * SIN_60 + layout->label_font * COS_60;
    case GAZE_LABEL_STANDS: return layout->label_font;
    case GAZE_LABEL_STACKS: return width;
    }
    return width;
}

/* How high the labels of the columns reach, and how far beyond the right edge of the panel. */
static void measure_column_labels(gaze_heatmap_layout *layout, const gaze_heatmap *map, double *overhang) {
    layout->column_label_height = 0;
    *overhang = 0;
    for (size_t s = 0; s < map->column_count; s++) {
        if (!layout->column_written[s]) continue;
        const gaze_label *label = &map->columns[s];
        double height = gaze_heatmap_column_label_height(layout, label);
        layout->column_label_height = fmax(layout->column_label_height, height);
        double x = ((double)s + 0.5) * gaze_heatmap_pitch(layout) - layout->panel_width;
        double reach = label_width(layout, label) * COS_60 + layout->label_font;
        *overhang = fmax(*overhang, x + reach);
    }
}

/* In a grid of small panels the labels of one would run into those of the next: only the first has some. */
static void choose_labels(gaze_heatmap_layout *layout, const gaze_heatmap *map) {
    double pitch = gaze_heatmap_pitch(layout);
    layout->label_step = larger((size_t)ceil(LABEL_PITCH / pitch), 1);
    layout->label_font = pitch * (double)layout->label_step >= 16 ? 13 : 12;
    bool crowded = layout->facets && layout->label_step > 1;
    layout->labelled_columns = crowded ? 1 : layout->grid_columns;
    gaze_heatmap_choose_labels(layout, map);
}

static bool is_same(const gaze_link *a, const gaze_link *b) {
    return a->row == b->row && a->column == b->column;
}

static void choose_links(gaze_heatmap_layout *layout, const gaze_heatmap *map, const gaze_heatmap_facts *facts) {
    const gaze_links *all = &facts->strongest, *words = &facts->words;
    if (map->panel_count > 1 || !all->count || map->row_count * map->column_count == 1) return;
    layout->marks[layout->mark_count++] = all->at[0];
    if (words->count && !is_same(&words->at[0], &all->at[0])) layout->marks[layout->mark_count++] = words->at[0];
}

bool gaze_heatmap_is_marked_row(const gaze_heatmap_layout *layout, size_t row) {
    for (size_t k = 0; k < layout->mark_count; k++)
        if (layout->marks[k].row == row) return true;
    return false;
}

bool gaze_heatmap_is_marked_column(const gaze_heatmap_layout *layout, size_t column) {
    for (size_t k = 0; k < layout->mark_count; k++)
        if (layout->marks[k].column == column) return true;
    return false;
}

/* From the header down to the cells: headline, title of the axis, names of the heads, labels. */
static void place_top(gaze_heatmap_layout *layout, const gaze_heatmap *map, const gaze_heatmap_facts *facts) {
    double header = gaze_page_header_height(&map->figure) + (facts->strongest.count ? READOUT : 0);
    layout->readout_y = header - 6;
    layout->axis_title_y = header + AXIS_TITLE + 10;
    layout->facet_y = layout->axis_title_y + HEADING;
    double above = layout->facets ? layout->facet_y : layout->axis_title_y;
    layout->top = above + 8 + layout->column_label_height + LABEL_GAP;
}

/* From the cells to the right: bands, row sums, names of the layers, legend. Returns the least width. */
static double place_right(gaze_heatmap_layout *layout, double overhang) {
    double edge = layout->left + layout->pitch_x * (double)layout->grid_columns - PANEL_GAP;
    double x = edge;
    if (layout->bands) x += BAND;
    if (layout->sums) x += SUMS;
    layout->sums_x = x - 4;
    if (layout->facets) x += FACET_NAME;
    layout->legend_x = x + LEGEND_GAP;
    return fmax(layout->legend_x + GAZE_LEGEND_WIDTH, edge + overhang) + GAZE_PAGE_MARGIN;
}

static void place(gaze_heatmap_layout *layout, const gaze_heatmap *map, const gaze_heatmap_facts *facts) {
    const double corner = 90; /* the title of the rows stands over their labels */
    double overhang, heading = map->panel_count > 1 && !layout->facets ? HEADING : 0;
    measure_column_labels(layout, map, &overhang);
    layout->left = GAZE_PAGE_MARGIN + fmax(widest_row_label(layout, map), corner) + LABEL_GAP;
    place_top(layout, map, facts);
    layout->pitch_x = layout->panel_width + PANEL_GAP;
    layout->pitch_y = layout->panel_height + PANEL_GAP + heading;
    layout->width = ceil(fmax(place_right(layout, overhang), NARROWEST));
    double height = layout->pitch_y * (double)layout->grid_rows - PANEL_GAP;
    layout->legend_height = fmin(fmax(height - heading, SHORTEST_LEGEND), LONGEST_LEGEND);
    double foot = height + (layout->bands ? BAND : 0);
    layout->bottom = layout->top + fmax(foot, layout->legend_height + GAZE_LEGEND_FOOT);
}

void gaze_heatmap_layout_make(gaze_heatmap_layout *layout, const gaze_heatmap *map, const gaze_heatmap_facts *facts) {
    *layout = (gaze_heatmap_layout){0};
    choose_grid(layout, map);
    choose_cells(layout, map);
    choose_links(layout, map, facts);
    choose_labels(layout, map);
    choose_marks(layout, map);
    place(layout, map, facts);
}

double gaze_heatmap_panel_x(const gaze_heatmap_layout *layout, size_t panel) {
    return layout->left + layout->pitch_x * (double)(panel % layout->grid_columns);
}

double gaze_heatmap_panel_y(const gaze_heatmap_layout *layout, size_t panel) {
    return layout->top + layout->pitch_y * (double)(panel / layout->grid_columns);
}
