/* Where the matrices of a comparison stand: three in a line, or the difference below the two. */
#include <math.h>

#include "viz/compare/draw.h"

enum { VECTORS = 26 * 26 };

static const double GAP = 12, LEGEND_GAP = 14, SHORTEST_LEGEND = 150, LONGEST_LEGEND = 320;
static const double HEADING_LINE = 18, AXIS = 26, LINE_GAP = 44, LEAST_LEFT = 60, LIVE_TOP = 20;
static const double WIDEST = 1480,
                    WIDEST_LIVE = 1352; /* what a window of 1500 pixels shows; what a page's column does */
static const double LEAST_CELL = 20, ROOM_OF_THREE = 340, ROOM_OF_TWO = 560;

typedef gaze_compare_plan plan;

static gaze_matrix matrix_of(const plan *p, size_t which) {
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
                         .title = gaze_compare_title,
                         .context = p->compare};
}

/* From left to right, a legend behind all but the first; returns where the line ends. */
static double place_line(plan *p, size_t first, size_t end) {
    double x = GAZE_PAGE_MARGIN;
    for (size_t i = first; i < end; i++) {
        const gaze_matrix_box *box = &p->layout.boxes[i];
        x += fmax(box->left, LEAST_LEFT);
        p->x[i] = x;
        x += fmax(box->width, end - first == GAZE_COMPARE_MOST ? 0 : GAZE_COMPARE_NARROWEST);
        if (i) {
            p->legend_x[i - 1] = x + LEGEND_GAP;
            x += fmax(LEGEND_GAP + GAZE_LEGEND_WIDTH, box->overhang);
        }
        x += GAP;
    }
    return x - GAP + GAZE_PAGE_MARGIN + 24;
}

/* What a line of matrices takes above their cells. */
static double head_of(const plan *p) {
    double above = 0;
    size_t lines = 1 + (p->layout.names_model ? 1u : 0u) + (p->layout.names_text ? 1u : 0u);
    for (size_t i = 0; i < p->count; i++) above = fmax(above, p->layout.boxes[i].top);
    return HEADING_LINE * (double)(lines - 1) + AXIS + above + 8;
}

/* All in one line, or the difference in a second one. */
static void place(plan *p) {
    double height = 0, head = head_of(p);
    double y = p->layout.live ? LIVE_TOP : gaze_page_header_height(&p->compare->figure) + 26;
    for (size_t i = 0; i < p->count; i++) height = fmax(height, p->layout.boxes[i].height);
    p->legend_height = fmin(fmax(height, SHORTEST_LEGEND), LONGEST_LEGEND);
    double line = head + fmax(height, p->legend_height + GAZE_LEGEND_FOOT);
    for (size_t i = 0; i < p->count; i++) {
        p->heading_y[i] = y + (i == 2 && p->layout.below ? line + LINE_GAP : 0);
        p->top[i] = p->heading_y[i] + head;
    }
    p->bottom = p->top[p->count - 1] - head + line;
    p->width = place_line(p, 0, p->layout.below ? 2 : p->count);
    if (p->layout.below) p->width = fmax(p->width, place_line(p, 2, 3));
    p->width = ceil(p->width);
}

static void measure(plan *p, double room) {
    p->layout.pool = 1;
    for (size_t i = 0; i < p->count; i++) {
        gaze_matrix_box *box = &p->layout.boxes[i];
        gaze_matrix_measure(box, &p->matrices[i], room, VECTORS);
        if (box->pool > p->layout.pool) p->layout.pool = box->pool;
    }
    place(p);
}

/* Three in a line as large as fits the window, unless their cells would be too small to hold numbers. */
static bool fit_three(plan *p) {
    double least = LEAST_CELL * (double)p->matrices[0].rows, widest = p->layout.live ? WIDEST_LIVE : WIDEST;
    for (double room = fmax(least, ROOM_OF_THREE); room >= least;) {
        measure(p, room);
        if (p->width <= widest) return true;
        room -= ceil((p->width - widest) / GAZE_COMPARE_MOST);
    }
    return false;
}

static void arrange(plan *p) {
    if (p->count == GAZE_COMPARE_MOST) {
        if (fit_three(p)) return;
        p->layout.below = true;
    }
    measure(p, ROOM_OF_TWO);
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
