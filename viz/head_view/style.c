/* Colour and opacity of lines, by day and by night: on dark paper a pale line would vanish, so colours are lighter
 * there and opacities begin higher. A figure that follows the reader's screen is drawn for the day; a style sheet,
 * which knows the attributes that it finds, turns it for the night. */
#include <math.h>

#include "viz/head_view/draw.h"

static const double DAY_LEAST = 0.15, NIGHT_LEAST = 0.45; /* opacity of a weight of 0; that of 1 is 1 */
enum { BANDS = 10 };                                      /* opacities by their first decimal */

bool gaze_head_view_is_dark(const gaze_figure *figure) {
    return figure->theme == GAZE_THEME_DARK;
}

gaze_rgb gaze_head_view_color(const gaze_head_drawing *d, size_t panel) {
    gaze_head_color color = gaze_head_color_of(panel);
    return gaze_head_view_is_dark(&d->view->figure) ? color.night : color.color;
}

double gaze_head_view_least_opacity(const gaze_figure *figure) {
    return gaze_head_view_is_dark(figure) ? NIGHT_LEAST : DAY_LEAST;
}

double gaze_head_view_opacity(const gaze_head_drawing *d, double weight) {
    double least = gaze_head_view_least_opacity(&d->view->figure);
    return least + (1 - least) * sqrt(fmin(weight, 1));
}

/* Of lines that are opaque by `day`, or a little more. */
static double night_of(double day) {
    double root = fmax(0, (day - DAY_LEAST) / (1 - DAY_LEAST));
    return NIGHT_LEAST + (1 - NIGHT_LEAST) * root;
}

static void put_hex(gaze_buffer *out, gaze_rgb c) {
    gaze_buffer_printf(out, "#%02x%02x%02x", c.r, c.g, c.b);
}

/* .head[style*="#0072b2"]{ : the button of a head that has this colour. */
static void put_button(gaze_buffer *out, gaze_rgb color) {
    gaze_buffer_puts(out, ".head[style*=\"");
    put_hex(out, color);
    gaze_buffer_puts(out, "\"]{");
}

/* What is written on the buttons of heads. */
static void put_inks(const gaze_head_drawing *d) {
    for (size_t i = 0; i < GAZE_HEAD_COLORS; i++) {
        gaze_rgb color = gaze_head_view_color(d, i);
        put_button(d->svg->out, color);
        gaze_buffer_printf(d->svg->out, "--head-ink:%s}\n", gaze_color_wants_black(color) ? "#000" : "#fff");
    }
}

/* The colours of lines, and of the buttons of their heads. */
static void put_night_color(gaze_buffer *out, size_t panel) {
    gaze_head_color c = gaze_head_color_of(panel);
    gaze_buffer_puts(out, "[stroke=\"");
    put_hex(out, c.color);
    gaze_buffer_puts(out, "\"]{stroke:");
    put_hex(out, c.night);
    gaze_buffer_puts(out, "}\n");
    put_button(out, c.color);
    gaze_buffer_puts(out, "--head:");
    put_hex(out, c.night);
    gaze_buffer_puts(out, "!important;--head-ink:#000}\n");
}

static void put_night(gaze_buffer *out) {
    gaze_buffer_puts(out, "@media screen and (prefers-color-scheme:dark){\n");
    for (size_t i = 0; i < GAZE_HEAD_COLORS; i++) put_night_color(out, i);
    for (int band = 1; band < BANDS; band++) {
        gaze_buffer_printf(out, "[stroke-opacity^=\"0.%d\"]{stroke-opacity:", band);
        gaze_buffer_put_trimmed(out, night_of((double)band / BANDS), 2);
        gaze_buffer_puts(out, "}\n");
    }
    gaze_buffer_puts(out, "}\n");
}

void gaze_head_view_put_style(const gaze_head_drawing *d) {
    bool follows = d->view->figure.theme == GAZE_THEME_AUTO;
    if (!d->interactive && !follows) return;
    gaze_svg_begin(d->svg, "style");
    gaze_svg_raw(d->svg, "\n");
    if (d->interactive) put_inks(d);
    if (d->interactive) gaze_svg_raw(d->svg, "#gaze-figure:has(.gaze-narrow){min-width:0}\n");
    if (follows) put_night(d->svg->out);
    gaze_svg_end(d->svg);
}
