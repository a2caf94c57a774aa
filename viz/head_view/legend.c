/* What width and colour of a line mean. */
#include "viz/head_view/draw.h"

static const double LINE = 18, SAMPLE = 40, KEY_WIDTH = 112, BAR_HEIGHT = 124;
static const struct {
    double weight;
    const char *label;
} samples[] = {{1, "1"}, {0.5, ".5"}, {0.25, ".25"}, {0.1, ".1"}, {0.02, ".02"}};
enum { SAMPLES = sizeof samples / sizeof *samples };

static void begin_sample(const gaze_head_drawing *d, double x, double y) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_begin_value(d->svg, "d");
    gaze_svg_line(d->svg, x, y, 'h', SAMPLE);
    gaze_svg_end_value(d->svg);
}

/* In no head's colour: a weight is as wide and as opaque in each of them. */
static void put_weights(const gaze_head_drawing *d, double x, double y) {
    for (size_t i = 0; i < SAMPLES; i++, y += LINE) {
        begin_sample(d, x, y - 4);
        gaze_svg_string(d->svg, "class", "gaze-border");
        gaze_svg_color(d->svg, "stroke", d->palette->ink);
        gaze_svg_number(d->svg, "stroke-width", 0.5 + 5.5 * samples[i].weight);
        gaze_svg_number(d->svg, "stroke-opacity", gaze_head_view_opacity(d, samples[i].weight));
        gaze_svg_end(d->svg);
        gaze_page_text(d->svg, x + SAMPLE + 8, y, NULL, samples[i].label);
    }
}

static void put_rest(const gaze_head_drawing *d, double x, double y) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-bar");
    gaze_svg_color(d->svg, "fill", d->palette->line);
    gaze_svg_begin_value(d->svg, "d");
    gaze_svg_box(d->svg, x, y - 7, GAZE_REST_ROOM / 2, 6);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
    gaze_page_text(d->svg, x + SAMPLE + 8, y, NULL, d->words->left_out_key);
}

/* The colour and dash of the i-th head that is drawn; `shown`: there is one. */
static void put_head(const gaze_head_drawing *d, double x, double y, size_t i, bool shown) {
    const char *dash = gaze_head_color_of(i).dash;
    begin_sample(d, x, y - 4);
    gaze_svg_color(d->svg, "stroke", gaze_head_view_color(d, i));
    gaze_svg_number(d->svg, "stroke-width", 3);
    if (dash) gaze_svg_string(d->svg, "stroke-dasharray", dash);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x + SAMPLE + 8);
    gaze_svg_number(d->svg, "y", y);
    gaze_svg_content(d->svg);
    if (shown) gaze_words_put_counts(d->svg->out, d->words->head, (size_t[]){(size_t)d->view->panels[i].head}, 1);
    gaze_svg_end(d->svg);
}

static void put_translate(gaze_svg *svg, gaze_head_point at) {
    gaze_svg_begin_value(svg, "transform");
    gaze_buffer_puts(svg->out, "translate(");
    gaze_buffer_put_trimmed(svg->out, at.x, 2);
    gaze_buffer_putc(svg->out, ' ');
    gaze_buffer_put_trimmed(svg->out, at.y, 2);
    gaze_buffer_putc(svg->out, ')');
    gaze_svg_end_value(svg);
}

/* Begins a group that stands `at` a place: written with its numbers, or, where a script will move it, beside them. */
static gaze_head_point begin_group(const gaze_head_drawing *d, const char *class, gaze_head_point at) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", class);
    if (!d->interactive) return at;
    put_translate(d->svg, at);
    return (gaze_head_point){0, 0};
}

/* Heads that are drawn side by side. A page has a place for each that may be, and its script shows those that are. */
static void put_heads(const gaze_head_drawing *d, gaze_head_point legend) {
    size_t heads = d->view->panel_count > 1 ? d->view->panel_count : 0;
    gaze_head_point at = gaze_head_layout_heads(d->layout);
    at = begin_group(d, "gaze-heads", (gaze_head_point){legend.x + at.x, legend.y + at.y});
    for (size_t i = 0; i < (d->interactive ? GAZE_HEAD_COLORS : heads); i++, at.y += LINE) {
        if (d->interactive) gaze_svg_begin(d->svg, "g");
        if (d->interactive && i >= heads) gaze_svg_string(d->svg, "display", "none");
        put_head(d, at.x, at.y, i, i < heads);
        if (d->interactive) gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

const char *const gaze_head_view_scales[] = {"sqrt", "linear", "xn", "row-max", NULL};

/* The colours of the strip, where there is one. */
static void put_scale(const gaze_head_drawing *d, const gaze_figure *figure, gaze_head_point at) {
    gaze_palette palette;
    gaze_palette_fill(&palette, figure);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-scale");
    if (!d->layout->from.has_strip && !d->layout->to.has_strip) gaze_svg_string(d->svg, "display", "none");
    gaze_page_legend(d->svg, figure, &palette, at.x + KEY_WIDTH + 16, at.y + 4, BAR_HEIGHT);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_legend(const gaze_head_drawing *d) {
    const gaze_head_layout *layout = d->layout;
    gaze_head_point at = begin_group(d, "gaze-legend", (gaze_head_point){layout->legend_x, layout->legend_y});
    double x = at.x, y = at.y + 12;
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    gaze_page_text(d->svg, x, y, NULL, d->words->weight);
    put_weights(d, x, y + LINE);
    if (d->interactive || gaze_head_view_has_rests(d->view, d->edges)) put_rest(d, x, y + LINE * (SAMPLES + 1));
    put_heads(d, at);
    gaze_svg_end(d->svg);
    if (layout->from.has_strip || layout->to.has_strip || d->interactive) put_scale(d, &d->view->figure, at);
    gaze_svg_end(d->svg);
}

void gaze_head_view_put_scales(const gaze_head_drawing *d) {
    gaze_figure figure = d->view->figure;
    for (int scale = 0; gaze_head_view_scales[scale]; scale++) {
        figure.scale = (gaze_scale)scale;
        gaze_svg_begin(d->svg, "template");
        gaze_svg_begin_value(d->svg, "id");
        gaze_buffer_printf(d->svg->out, "gaze-scale-%s", gaze_head_view_scales[scale]);
        gaze_svg_end_value(d->svg);
        gaze_svg_begin(d->svg, "svg");
        put_scale(d, &figure, (gaze_head_point){0, 0});
        gaze_svg_end(d->svg);
        gaze_svg_end(d->svg);
    }
}
