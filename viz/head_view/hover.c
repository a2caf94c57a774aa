/* Hovering without a script: a token under the mouse leaves only its own lines. */
#include "viz/head_view/draw.h"

enum { HOVER_TOKENS = 48 };

bool gaze_head_view_hovers(const gaze_head_drawing *d) {
    return d->view->row_count <= HOVER_TOKENS && d->view->column_count <= HOVER_TOKENS;
}

/* svg:has(.Q3:hover) .gaze-edges path:not(.q3){opacity:.04} */
static void put_rules(gaze_svg *svg, char label, char edge, size_t count) {
    for (size_t i = 0; i < count; i++)
        gaze_buffer_printf(svg->out, "svg:has(.%c%zu:hover) .gaze-edges path:not(.%c%zu)%s", label, i, edge, i,
                           i + 1 < count ? ",\n" : "{opacity:.04}\n");
}

void gaze_head_view_put_hover(const gaze_head_drawing *d) {
    if (!gaze_head_view_hovers(d)) return;
    gaze_svg_begin(d->svg, "style");
    gaze_svg_raw(d->svg, "\n");
    put_rules(d->svg, 'Q', 'q', d->view->row_count);
    put_rules(d->svg, 'K', 'k', d->view->column_count);
    gaze_svg_end(d->svg);
}
