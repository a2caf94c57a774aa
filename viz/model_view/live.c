/* The grid of a page: everything that belongs to one head in one group, which the script moves.
 *
 * A page has hundreds of groups. So what is the same in all of them stands once: frame and base line in <defs>,
 * colours and widths in the style sheet; and all matrices are one picture, of which each group shows its part.
 * Where the script draws the thumbnails of the weights (see `redrawn`), that picture is for readers without
 * scripts, and a coarse one will do: its dots are means of the colours that the script will draw, so that nothing
 * becomes lighter or darker then. */
#include "core/base/memory.h"
#include "viz/dots.h"
#include "viz/model_view/draw.h"

enum { MANY_PANELS = 16, FEW_COLORS = 33, COARSE_COLORS = 17, COARSE_DOTS = 16 };

/* The picture: a matrix is `side` dots high and wide. */
typedef struct sprite {
    gaze_dots dots; /* of one matrix, as the script draws them */
    size_t fine;    /* these a side */
    size_t times;   /* so many of them a side make one of the picture */
    size_t side, across, down;
} sprite;

static size_t dots_a_side(const gaze_model_drawing *d) {
    return (d->view->count + d->layout->pool - 1) / d->layout->pool;
}

size_t gaze_model_coarseness(const gaze_model_drawing *d) {
    return d->redrawn ? (dots_a_side(d) + COARSE_DOTS - 1) / COARSE_DOTS : 1;
}

static sprite plan(const gaze_model_drawing *d) {
    const gaze_model_view *view = d->view;
    size_t fine = dots_a_side(d), times = gaze_model_coarseness(d), side = (fine + times - 1) / times;
    size_t across = d->layout->columns + (d->layout->means ? 1 : 0), down = d->layout->rows;
    size_t few = d->redrawn ? COARSE_COLORS : FEW_COLORS;
    return (sprite){.dots = {.rows = view->count,
                             .columns = view->count,
                             .pool = d->layout->pool,
                             .scale = view->figure.scale,
                             .ramp = d->palette->ramp,
                             .colors = view->panel_count > MANY_PANELS ? few : GAZE_RAMP_LEVELS,
                             .width = (double)(across * side),
                             .height = (double)(down * side)},
                    .fine = fine,
                    .times = times,
                    .side = side,
                    .across = across,
                    .down = down};
}

/* Top left corner, in dots, of thumbnail i. */
static size_t corner(const gaze_model_drawing *d, const sprite *s, size_t i, size_t *y) {
    size_t columns = d->layout->columns, count = d->view->panel_count;
    *y = (i < count ? i / columns : i - count) * s->side;
    return (i < count ? i % columns : columns) * s->side;
}

/* out[side,side] of the picture: means of the levels of fine[fine,fine]. */
static void put_means(uint8_t *out, size_t stride, const uint8_t *fine, const sprite *s) {
    for (size_t i = 0; i < s->side * s->side; i++) {
        size_t top = i / s->side * s->times, left = i % s->side * s->times, sum = 0, count = 0;
        for (size_t y = top; y < top + s->times && y < s->fine; y++)
            for (size_t x = left; x < left + s->times && x < s->fine; x++, count++) sum += fine[y * s->fine + x];
        out[i / s->side * stride + i % s->side] = (uint8_t)((sum + count / 2) / count);
    }
}

static gaze_status draw_sprite(const gaze_model_drawing *d, sprite *s, gaze_error *err) {
    size_t width = s->across * s->side, height = s->down * s->side;
    gaze_rgb palette[GAZE_RAMP_LEVELS];
    uint8_t *pixels = gaze_alloc_zero(width, height), *fine = gaze_alloc(s->fine, s->fine);
    gaze_status status = pixels && fine ? GAZE_OK : gaze_fail_memory(err);
    if (status) goto cleanup;
    for (size_t i = 0; i < gaze_model_thumb_count(d); i++) {
        size_t y, x = corner(d, s, i, &y);
        s->dots.weights = gaze_model_thumb_at(d, i).panel->weights;
        gaze_dots_fill(fine, s->fine, &s->dots);
        put_means(pixels + y * width + x, width, fine, s);
    }
    gaze_dots_palette(palette, &s->dots);
    status = gaze_dots_begin_picture(
        d->svg, &s->dots, &(gaze_png){width, height, pixels, palette, s->dots.colors}, err);
    if (status) goto cleanup;
    gaze_svg_string(d->svg, "id", "gaze-sprite");
    gaze_svg_end(d->svg);
cleanup:
    gaze_free(fine);
    gaze_free(pixels);
    return status;
}

static void put_path(const gaze_model_drawing *d, void put(const gaze_model_drawing *d, const gaze_thumb *thumb)) {
    const gaze_thumb origin = {0};
    gaze_svg_begin_value(d->svg, "d");
    put(d, &origin);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

static void put_frame_and_base(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_model_put_frame(d, thumb);
    if (!d->layout->numbers) gaze_model_put_base(d, thumb);
}

/* Wherever something of the head is. */
static void put_whole(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_box(d->svg, thumb->x, thumb->y, d->layout->side, d->layout->side + gaze_model_badge_height(d->layout));
}

static void begin_path(const gaze_model_drawing *d, const char *class) {
    gaze_svg_begin(d->svg, "path");
    if (class) gaze_svg_string(d->svg, "class", class);
}

/* What lies on a matrix: a veil, for which the script finds a shape; where a pair is parted; frame and line under
 * the bars; a box without colour that feels the mouse. */
static void draw_frame(const gaze_model_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", "gaze-frame");
    begin_path(d, "gaze-veil");
    gaze_svg_end(d->svg);
    if (gaze_model_second_text(d->view)) {
        begin_path(d, "gaze-border");
        put_path(d, gaze_model_put_border);
    }
    begin_path(d, NULL);
    put_path(d, put_frame_and_base);
    if (!d->layout->numbers) {
        begin_path(d, "gaze-guides");
        put_path(d, gaze_model_put_guides);
    }
    begin_path(d, NULL);
    gaze_svg_string(d->svg, "stroke", "none");
    gaze_svg_string(d->svg, "pointer-events", "all");
    put_path(d, put_whole);
    gaze_svg_end(d->svg);
}

static gaze_status draw_shared(const gaze_model_drawing *d, sprite *s, gaze_error *err) {
    gaze_svg_begin(d->svg, "defs");
    gaze_status status = draw_sprite(d, s, err);
    if (status) return status;
    draw_frame(d);
    gaze_svg_end(d->svg);
    return GAZE_OK;
}

static void put_use(const gaze_model_drawing *d, const char *class, const char *target) {
    gaze_svg_begin(d->svg, "use");
    if (class) gaze_svg_string(d->svg, "class", class);
    gaze_svg_string(d->svg, "href", target);
    gaze_svg_end(d->svg);
}

static void draw_part(const gaze_model_drawing *d, const sprite *s, size_t i) {
    size_t y, x = corner(d, s, i, &y);
    gaze_svg_begin(d->svg, "svg");
    gaze_svg_string(d->svg, "class", "gaze-heat");
    gaze_svg_number(d->svg, "width", d->layout->side);
    gaze_svg_number(d->svg, "height", d->layout->side);
    gaze_svg_numbers(d->svg, "viewBox", NULL,
                     (double[]){(double)x, (double)y, (double)s->side, (double)s->side}, 4);
    put_use(d, NULL, "#gaze-sprite");
    gaze_svg_end(d->svg);
}

/* Its name is its title: with an aria-label, the words that one sees would have to be in that too. */
static void begin_group(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-thumb");
    gaze_svg_translate(d->svg, thumb->x, thumb->y);
    gaze_svg_begin(d->svg, "title");
    gaze_svg_content(d->svg);
    gaze_model_put_name(d->svg->out, d, thumb->panel);
    gaze_svg_end(d->svg);
}

static void put_name(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-muted");
    gaze_model_draw_own_name(d, thumb);
    gaze_svg_end(d->svg);
}

gaze_status gaze_model_draw_live(const gaze_model_drawing *d, gaze_error *err) {
    sprite s = plan(d);
    gaze_status status = draw_shared(d, &s, err);
    if (status) return status;
    gaze_svg_begin(d->svg, "g");
    gaze_page_ink(d->svg, d->palette);
    for (size_t i = 0; i < gaze_model_thumb_count(d); i++) {
        gaze_thumb thumb = gaze_model_thumb_at(d, i);
        begin_group(d, &thumb);
        draw_part(d, &s, i);
        put_use(d, "gaze-frame", "#gaze-frame");
        thumb.x = thumb.y = 0; /* of its group */
        if (d->layout->named) put_name(d, &thumb);
        gaze_model_draw_badge(d, &thumb);
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
    return GAZE_OK;
}
