/* The links that the headline names, framed in the picture, and named there too where cells are small. */
#include <math.h>

#include "viz/heatmap/draw.h"
#include "viz/sentence.h"
#include "viz/text.h"

static const double LEAST_SIDE = 9, OUTSIDE = 1.5, STROKE = 2;
static const double NAME_GAP = 6, NAME_HEIGHT = 16, NAME_PADDING = 4;

/* The frame of a mark: a small cell has one that can be seen. */
typedef struct frame {
    double x, y, side;
} frame;

static frame frame_of(const gaze_heatmap_drawing *d, const gaze_link *link) {
    double pitch = gaze_heatmap_pitch(d->layout), side = fmax(pitch + 2 * OUTSIDE - 1, LEAST_SIDE);
    double x = d->layout->left + pitch * ((double)link->column + 0.5) - side / 2;
    double y = d->layout->top + pitch * ((double)link->row + 0.5) - side / 2;
    double gap = pitch >= LEAST_SIDE ? 0.5 : 0; /* cells that large are a pixel apart */
    return (frame){x - gap, y - gap, side};
}

static void draw_frames(const gaze_heatmap_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-border");
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_color(d->svg, "stroke", d->palette->ink);
    gaze_svg_number(d->svg, "stroke-width", STROKE);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t k = 0; k < d->layout->mark_count; k++) {
        frame f = frame_of(d, &d->layout->marks[k]);
        gaze_svg_box(d->svg, f.x, f.y, f.side, f.side);
    }
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* On paper of its own, beside the frame: at its right, or at its left where the panel ends. */
static void draw_name(const gaze_heatmap_drawing *d, const frame *f, double y, const gaze_buffer *name) {
    double width = gaze_text_width(name->data, name->length) * GAZE_SMALL_FONT * 1.08 + 2 * NAME_PADDING;
    double x = f->x + f->side + NAME_GAP;
    if (x + width > d->layout->left + d->layout->panel_width) x = f->x - NAME_GAP - width;
    gaze_svg_begin(d->svg, "rect");
    gaze_svg_string(d->svg, "class", "gaze-paper");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", y - NAME_HEIGHT / 2);
    gaze_svg_number(d->svg, "width", width);
    gaze_svg_number(d->svg, "height", NAME_HEIGHT);
    gaze_svg_color(d->svg, "fill", d->palette->paper);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x + NAME_PADDING);
    gaze_svg_number(d->svg, "y", y + 4);
    gaze_svg_string(d->svg, "font-weight", "600");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_text(d->svg, name->data, name->length);
    gaze_svg_end(d->svg);
}

/* The second below the first, where both would stand in one place. */
static void draw_names(const gaze_heatmap_drawing *d) {
    double above = -NAME_HEIGHT;
    for (size_t k = 0; k < d->layout->mark_count; k++) {
        frame f = frame_of(d, &d->layout->marks[k]);
        gaze_buffer name = {0};
        double y = f.y + f.side / 2;
        if (k > 0 && fabs(y - above) < NAME_HEIGHT) y = above + NAME_HEIGHT;
        gaze_heatmap_put_link(&name, d->map, &d->layout->marks[k], d->words);
        if (name.failed)
            d->svg->out->failed = true;
        else
            draw_name(d, &f, y, &name);
        gaze_buffer_deinit(&name);
        above = y;
    }
}

void gaze_heatmap_draw_marks(const gaze_heatmap_drawing *d) {
    if (!d->layout->mark_count) return;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "pointer-events", "none");
    draw_frames(d);
    if (d->layout->raster) draw_names(d);
    gaze_svg_end(d->svg);
}
