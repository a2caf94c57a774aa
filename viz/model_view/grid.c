/* The grid: names of layers and heads, thumbnails, badges. */
#include "viz/model_view/draw.h"
#include "viz/panel_name.h"

static const char VEIL[] = "0.8";

size_t gaze_model_thumb_count(const gaze_model_drawing *d) {
    return d->view->panel_count + (d->layout->means ? d->layout->rows : 0);
}

gaze_thumb gaze_model_thumb_at(const gaze_model_drawing *d, size_t i) {
    const gaze_model_layout *layout = d->layout;
    const gaze_model_view *view = d->view;
    if (i >= view->panel_count) {
        size_t row = i - view->panel_count;
        return (gaze_thumb){&view->means[row], &view->mean_badges[row], layout->mean_x,
                            layout->top + layout->pitch_y * (double)row};
    }
    return (gaze_thumb){&view->panels[d->order[i]], &view->badges[d->order[i]],
                        layout->left + layout->pitch_x * (double)(i % layout->columns),
                        layout->top + layout->pitch_y * (double)(i / layout->columns)};
}

/* Names ------------------------------------------------------------------------------------------------ */

static void begin_name(const gaze_model_drawing *d, double x, double y, const char *anchor) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", y);
    if (anchor) gaze_svg_string(d->svg, "text-anchor", anchor);
    gaze_svg_content(d->svg);
}

void gaze_model_draw_own_name(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    begin_name(d, thumb->x, thumb->y - 5, NULL);
    gaze_words_put_counts(d->svg->out, d->model_words->short_head,
                          (size_t[]){(size_t)thumb->panel->layer, (size_t)thumb->panel->head}, 2);
    gaze_svg_end(d->svg);
}

/* Heads above the columns, layers beside the rows. */
static void draw_names(const gaze_model_drawing *d) {
    const gaze_model_layout *layout = d->layout;
    double middle = layout->side / 2, y = layout->top - 8;
    for (size_t i = 0; i < layout->columns; i++) {
        begin_name(d, layout->left + layout->pitch_x * (double)i + middle, y, "middle");
        gaze_panel_put_head(d->svg->out, d->words, d->view->panels[i].head, NULL);
        gaze_svg_end(d->svg);
    }
    for (size_t i = 0; i < layout->rows; i++) {
        begin_name(d, layout->left - 10, layout->top + layout->pitch_y * (double)i + middle + 4, "end");
        gaze_panel_put_layer(d->svg->out, d->words, d->view->panels[i * layout->columns].layer, NULL);
        gaze_svg_end(d->svg);
    }
    if (!layout->means) return;
    begin_name(d, layout->mean_x + middle, y, "middle");
    gaze_svg_puts(d->svg, d->model_words->mean);
    gaze_svg_end(d->svg);
}

static void draw_headings(const gaze_model_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-muted gaze-names");
    gaze_svg_color(d->svg, "fill", d->palette->muted);
    if (!d->layout->named) draw_names(d);
    for (size_t i = 0; i < d->view->panel_count && d->layout->named && !d->live; i++) {
        gaze_thumb thumb = gaze_model_thumb_at(d, i);
        gaze_model_draw_own_name(d, &thumb);
    }
    gaze_svg_end(d->svg);
}

/* Thumbnails ------------------------------------------------------------------------------------------- */

static void begin_path(const gaze_model_drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "pointer-events", "none");
}

/* One path over all thumbnails. */
static void end_path(const gaze_model_drawing *d,
                     void put(const gaze_model_drawing *d, const gaze_thumb *thumb)) {
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < gaze_model_thumb_count(d); i++) {
        gaze_thumb thumb = gaze_model_thumb_at(d, i);
        put(d, &thumb);
    }
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

static void draw_veils(const gaze_model_drawing *d) {
    begin_path(d);
    gaze_svg_string(d->svg, "class", "gaze-paper gaze-veil");
    gaze_svg_color(d->svg, "fill", d->palette->paper);
    gaze_svg_string(d->svg, "fill-opacity", VEIL);
    end_path(d, gaze_model_put_veil);
}

static void draw_borders(const gaze_model_drawing *d) {
    begin_path(d);
    gaze_svg_string(d->svg, "class", "gaze-border");
    gaze_svg_color(d->svg, "stroke", d->palette->ink);
    gaze_svg_string(d->svg, "stroke-opacity", "0.6");
    end_path(d, gaze_model_put_border);
}

static void draw_lines(const gaze_model_drawing *d, const char *opacity,
                       void put(const gaze_model_drawing *d, const gaze_thumb *thumb)) {
    begin_path(d);
    gaze_page_line(d->svg, d->palette);
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_string(d->svg, "stroke-opacity", opacity);
    end_path(d, put);
}

static gaze_status draw_matrices(const gaze_model_drawing *d, gaze_error *err) {
    gaze_page_begin_heat(d->svg);
    gaze_svg_string(d->svg, "image-rendering", "optimizeSpeed"); /* SVG 1.1's word for the next */
    gaze_svg_string(d->svg, "style", "image-rendering:pixelated");
    for (size_t i = 0; i < gaze_model_thumb_count(d); i++) {
        gaze_thumb thumb = gaze_model_thumb_at(d, i);
        gaze_status status = gaze_model_draw_thumb(d, &thumb, err);
        if (status) return status;
    }
    gaze_svg_end(d->svg);
    return GAZE_OK;
}

gaze_status gaze_model_draw_grid(const gaze_model_drawing *d, gaze_error *err) {
    draw_headings(d);
    gaze_status status = d->live ? gaze_model_draw_live(d, err) : draw_matrices(d, err);
    if (status) return status;
    if (d->live) return GAZE_OK;
    if (d->view->figure.special == GAZE_SPECIAL_DIM && !d->view->lines) draw_veils(d);
    if (gaze_model_second_text(d->view)) draw_borders(d);
    draw_lines(d, "0.5", gaze_model_put_frame);
    if (!d->layout->numbers) draw_lines(d, "1", gaze_model_put_base);
    if (!d->layout->numbers) draw_lines(d, "0.4", gaze_model_put_guides);
    for (size_t i = 0; i < gaze_model_thumb_count(d); i++) {
        gaze_thumb thumb = gaze_model_thumb_at(d, i);
        gaze_model_draw_badge(d, &thumb);
    }
    return GAZE_OK;
}
