/* The thumbnails: each a picture of its matrix; over them a frame, a veil on what is dimmed, and where a pair
 * is parted. */
#include "viz/dots.h"
#include "viz/model_view/draw.h"

enum { MANY_PANELS = 16, FEW_COLORS = 33 };

/* layer 3, head 1: entropy (nats) 1.62, ... */
void gaze_model_put_title(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_begin(d->svg, "title");
    gaze_svg_content(d->svg);
    gaze_model_put_name(d->svg->out, d, thumb->panel);
    gaze_svg_puts(d->svg, d->model_words->is_most);
    gaze_model_put_values(d->svg->out, d, thumb->badge);
    gaze_svg_end(d->svg);
}

gaze_status gaze_model_draw_thumb(const gaze_model_drawing *d, const gaze_thumb *thumb, gaze_error *err) {
    const gaze_model_view *view = d->view;
    if (view->lines) return gaze_model_draw_lines(d, thumb, err);
    gaze_dots dots = {.weights = thumb->panel->weights,
                      .rows = view->count,
                      .columns = view->count,
                      .pool = d->layout->pool,
                      .times = 1,
                      .scale = view->figure.scale,
                      .ramp = d->palette->ramp,
                      .colors = view->panel_count > MANY_PANELS ? FEW_COLORS : GAZE_RAMP_LEVELS,
                      .x = thumb->x,
                      .y = thumb->y,
                      .width = d->layout->side,
                      .height = d->layout->side};
    gaze_status status = gaze_dots_begin(d->svg, &dots, err);
    if (status) return status;
    if (!d->live) gaze_model_put_title(d, thumb); /* a page tells in its readout */
    gaze_svg_end(d->svg);
    return GAZE_OK;
}

/* Over the thumbnails ---------------------------------------------------------------------------------- */

void gaze_model_put_frame(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_box(d->svg, thumb->x - 0.5, thumb->y - 0.5, d->layout->side + 1, d->layout->side + 1);
}

void gaze_model_put_veil(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    double pitch = d->layout->side / (double)d->view->count;
    for (size_t i = 0; i < d->view->count; i++) {
        if (!d->view->labels[i].special) continue;
        double at = pitch * (double)i;
        gaze_svg_box(d->svg, thumb->x, thumb->y + at, d->layout->side, pitch);
        gaze_svg_box(d->svg, thumb->x + at, thumb->y, pitch, d->layout->side);
    }
}

size_t gaze_model_second_text(const gaze_model_view *view) {
    size_t end = gaze_labels_run_end(view->labels, view->count, 0);
    return end < view->count ? end : 0;
}

void gaze_model_put_border(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    double at = d->layout->side * (double)gaze_model_second_text(d->view) / (double)d->view->count;
    gaze_svg_line(d->svg, thumb->x, thumb->y + at, 'h', d->layout->side);
    if (!d->view->lines) gaze_svg_line(d->svg, thumb->x + at, thumb->y, 'v', d->layout->side);
}
