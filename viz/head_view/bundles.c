/* The lines of a page's head view. A browser takes as long for a thousand elements as for all the rest of a change, so
 * lines of one head whose weights are about the same are one path:
 *
 *     level = floor(50 sqrt(w) + 1/2), drawn as a line of the weight (level / 50)^2
 *
 * which is off by .11 pixels in width at most. Lines of pinned tokens are drawn once more, above the others, which are
 * faint then, dimmed ones even more. The script does the same (drawLines() in head_view.js). */
#include <math.h>

#include "viz/head_view/draw.h"

enum { LEVELS = 50 };

static unsigned level_of(const gaze_edge *edge) {
    return (unsigned)floor(LEVELS * sqrt(fmin(edge->weight, 1)) + 0.5);
}

/* The edges of one path: of one level, which is all from `first` to before `end`, those of one head, which lead to
 * special tokens that are dimmed, or do not; of pinned tokens (`clear`), or of all. */
typedef struct bundle {
    size_t first, end;
    size_t panel;
    bool dimmed, clear;
} bundle;

static bool is_of(const gaze_head_view *view, const gaze_edge *edge, const bundle *b) {
    return edge->panel == b->panel && gaze_head_view_is_dimmed(view, edge) == b->dimmed &&
           (!b->clear || gaze_head_view_is_clear(view, edge));
}

static void put_look(const gaze_head_drawing *d, const bundle *b) {
    double root = (double)level_of(&d->edges->at[b->first]) / LEVELS, weight = root * root;
    gaze_svg_color(d->svg, "stroke", gaze_head_view_color(d, b->panel));
    gaze_head_view_put_dash(d, b->panel, weight);
    gaze_svg_number(d->svg, "stroke-width", gaze_head_view_line_width(weight));
    gaze_svg_number(d->svg, "stroke-opacity", gaze_head_view_opacity(d, weight));
    if (b->dimmed) gaze_svg_number(d->svg, "opacity", GAZE_HEAD_DIMMED);
}

static void put_bundle(const gaze_head_drawing *d, const bundle *b) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = b->first; i < b->end; i++)
        if (is_of(d->view, &d->edges->at[i], b)) gaze_head_view_put_course(d, &d->edges->at[i]);
    gaze_svg_end_value(d->svg);
    put_look(d, b);
    gaze_svg_end(d->svg);
}

/* The paths of one level, in the order of their first edges. */
static void put_level(const gaze_head_drawing *d, size_t first, size_t end, bool clear) {
    bool drawn[GAZE_HEAD_COLORS][2] = {{false}};
    for (size_t i = first; i < end; i++) {
        const gaze_edge *edge = &d->edges->at[i];
        bundle b = {i, end, edge->panel, gaze_head_view_is_dimmed(d->view, edge), clear};
        if (drawn[b.panel][b.dimmed] || !is_of(d->view, edge, &b)) continue;
        drawn[b.panel][b.dimmed] = true;
        put_bundle(d, &b);
    }
}

static size_t level_end(const gaze_edges *edges, size_t first) {
    size_t end = first + 1;
    while (end < edges->count && level_of(&edges->at[end]) == level_of(&edges->at[first])) end++;
    return end;
}

static void put_group(const gaze_head_drawing *d, bool clear) {
    bool faint = !clear && d->view->pinned_count;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", clear ? "gaze-clear" : "gaze-edges");
    gaze_svg_string(d->svg, "fill", "none");
    if (faint) gaze_svg_number(d->svg, "opacity", GAZE_HEAD_FAINT);
    for (size_t first = 0, end; first < d->edges->count; first = end) {
        end = level_end(d->edges, first);
        put_level(d, first, end, clear);
    }
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_bundles(const gaze_head_drawing *d) {
    put_group(d, false);
    put_group(d, true);
}
