/* Where the matrices of a comparison stand: in one line while their cells are large enough; else A and B in a
 * line and the difference below, larger; one under the other where the figure is narrow. */
#include <math.h>

#include "viz/compare/draw.h"

enum { VECTORS = 26 * 26, TWO = 2, NUMBERED = 16 };

static const double GAP = 14, LIVE_MARGIN = 2, LEGEND_GAP = 12;
static const double LEGEND_ROOM = GAZE_LEGEND_WIDTH + 8, SIGNED_ROOM = 10, SHORTEST_LEGEND = 150, LONGEST_LEGEND = 320;
static const double HEADING_LINE = 18, AXIS = 26, LINE_GAP = 44, LIVE_TOP = 20, READOUT = 26;
static const double LEAST_LEFT = 97, LEAST_HEADING = 230; /* "attends from", "A: layer 3, mean over heads" */
static const double WIDEST = 1480,
                    WIDEST_LIVE = 1352; /* what a window of 1500 pixels shows; what a page's column does */
static const double NARROW = 640, LEAST_CELL_OF_THREE = 8, LEAST_ROOM = 96;
static const double AROUND_DIFFERENCE = 300, LARGEST_DIFFERENCE = 1040;

typedef gaze_compare_plan plan;

/* Of a picture: where A exceeds B most, and B exceeds A; or what is strongest in each. A page's frame moves. */
static size_t find_marks(size_t marks[2], const gaze_compare *compare, size_t which) {
    size_t count = 0;
    if (!compare->difference) {
        marks[0] = gaze_compare_strongest(compare, which);
        return 1;
    }
    for (size_t sign = 0; sign < 2; sign++) count += gaze_compare_largest(compare, sign, &marks[count]);
    return count;
}

static gaze_matrix matrix_of(plan *p, size_t which) {
    const gaze_compare_side *side = &p->compare->sides[which == 2 ? 0 : which];
    bool is_difference = which == 2;
    return (gaze_matrix){.values = is_difference ? p->compare->difference : side->panel.weights,
                         .rows = side->count,
                         .columns = side->count,
                         .row_labels = side->labels,
                         .column_labels = side->labels,
                         .scale = is_difference ? GAZE_SCALE_SIGNED : p->compare->figure.scale,
                         .limit = p->compare->limit,
                         .ramp = is_difference ? p->signed_ramp : p->palette.ramp,
                         .turns_dark = p->compare->figure.theme == GAZE_THEME_AUTO,
                         .marks = p->marks[which],
                         .mark_count = p->layout.live ? 0 : find_marks(p->marks[which], p->compare, which),
                         .title = gaze_compare_title,
                         .context = p->compare};
}

/* The matrix beside which legend k stands: the last of the line, or where all are in one column, A. */
static size_t beside(const plan *p, size_t k) {
    return k ? 2 : p->layout.across > 1 ? 1 : 0;
}

static bool has_legend(const plan *p, size_t i) {
    return i == beside(p, 0) || i == beside(p, 1);
}

/* From left to right; returns where the line ends. */
static double place_line(plan *p, size_t first, size_t end) {
    double margin = p->layout.live ? LIVE_MARGIN : GAZE_PAGE_MARGIN, x = margin;
    for (size_t i = first; i < end; i++) {
        const gaze_matrix_box *box = &p->layout.boxes[i];
        x += fmax(box->left, LEAST_LEFT);
        p->x[i] = x;
        x += fmax(box->width, p->layout.across == TWO ? LEAST_HEADING : 0);
        if (has_legend(p, i)) p->legend_x[i == 2] = x + LEGEND_GAP;
        x += fmax(has_legend(p, i) ? LEGEND_GAP + LEGEND_ROOM + (i == 2 ? SIGNED_ROOM : 0) : 0, box->overhang) + GAP;
    }
    return x - GAP + margin;
}

/* What a line of matrices takes above their cells. */
static double head_of(const plan *p) {
    double above = 0;
    size_t lines = 1 + (p->layout.names_model ? 1u : 0u) + (p->layout.names_text ? 1u : 0u);
    for (size_t i = 0; i < p->count; i++) above = fmax(above, p->layout.boxes[i].top);
    return HEADING_LINE * (double)(lines - 1) + AXIS + above + 8;
}

/* A line whose headings begin at y; returns where it ends. */
static double place_heights(plan *p, size_t first, size_t end, double y) {
    double head = head_of(p), height = 0;
    bool legend = false;
    for (size_t i = first; i < end; i++) height = fmax(height, p->layout.boxes[i].height);
    double bar = fmin(fmax(height, SHORTEST_LEGEND), LONGEST_LEGEND);
    for (size_t i = first; i < end; i++) {
        p->heading_y[i] = y;
        p->top[i] = y + head;
        if (!has_legend(p, i)) continue;
        legend = true;
        p->legend_top[i == 2] = p->top[i];
        p->legend_height[i == 2] = bar;
    }
    return y + head + (legend ? fmax(height, bar + GAZE_LEGEND_FOOT) : height);
}

static void place(plan *p) {
    p->readout_y = gaze_page_header_height(&p->compare->figure) + READOUT - 6;
    double y = p->layout.live ? LIVE_TOP : p->readout_y + 32;
    p->width = 0;
    for (size_t first = 0; first < p->count; first += p->layout.across) {
        size_t end = first + p->layout.across < p->count ? first + p->layout.across : p->count;
        p->width = fmax(p->width, ceil(place_line(p, first, end)));
        p->bottom = place_heights(p, first, end, y);
        y = p->bottom + LINE_GAP;
    }
}

/* A difference that has a line of its own is larger, unless that would be another pool than the caption's. */
static double room_of(const plan *p, size_t i, double room, double widest) {
    if (i < 2 || p->layout.across != TWO || p->layout.pool > 1) return room;
    return fmax(room, fmin(widest - AROUND_DIFFERENCE, LARGEST_DIFFERENCE));
}

static void measure(plan *p, double room, double widest) {
    p->layout.pool = 1;
    for (size_t i = 0; i < p->count; i++) {
        gaze_matrix_box *box = &p->layout.boxes[i];
        gaze_matrix_measure(box, &p->matrices[i], room_of(p, i, room, widest), VECTORS);
        if (box->pool > p->layout.pool) p->layout.pool = box->pool;
    }
    place(p);
}

/* Of three in a line few tokens have their numbers, and the cells of many can be told apart. */
static double least_room(const plan *p, size_t across) {
    size_t rows = p->matrices[0].rows;
    if (across <= TWO) return LEAST_ROOM;
    return (double)rows * (rows <= NUMBERED ? GAZE_MATRIX_NUMBERS_FROM : LEAST_CELL_OF_THREE);
}

/* So many in a line, as large as fits; whether they fit. */
static bool fit(plan *p, size_t across, double widest) {
    double least = least_room(p, across);
    p->layout.across = across;
    for (double room = fmax(widest / (double)across, least); room >= least;) {
        measure(p, room, widest);
        if (p->width <= widest) return true;
        room -= ceil((p->width - widest) / (double)across);
    }
    return false;
}

static void arrange(plan *p) {
    double wish = p->compare->figure.width, widest = wish > 0 ? wish : p->layout.live ? WIDEST_LIVE : WIDEST;
    for (size_t across = widest < NARROW ? 1 : p->count; across; across--)
        if (fit(p, across, widest)) return;
}

void gaze_compare_plan_make(plan *p, const gaze_compare *compare, bool live) {
    *p = (plan){.compare = compare, .words = gaze_words_of(compare->figure.language), .layout.live = live};
    p->count = compare->difference ? 3 : 2;
    p->layout.names_model = !compare->figure.model;
    p->layout.names_text = !compare->figure.text;
    gaze_palette_fill(&p->palette, &compare->figure);
    gaze_page_signed_ramp(p->signed_ramp, &compare->figure);
    for (size_t i = 0; i < p->count; i++) p->matrices[i] = matrix_of(p, i);
    arrange(p);
}
