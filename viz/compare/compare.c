/* Two matrices and their difference, put together. */
#include "viz/compare/compare.h"

#include <math.h>
#include <string.h>

#include "viz/compare/draw.h"
#include "viz/header.h"
#include "viz/words.h"

enum { LARGEST = 4096 };

static const double HEADING_LINE = 18, AXIS_GAP = 8;
static const double LEAST_LINE = 200; /* a name under a heading may be wider than its matrix */

typedef gaze_compare_plan plan;

gaze_status gaze_compare_check(const gaze_compare *c, gaze_error *err) {
    size_t a = c->sides[0].count, b = c->sides[1].count;
    if (!a || !b || (c->difference && a != b))
        return gaze_fail(
            err, GAZE_ERROR_ARGUMENT,
            "compare: %zu and %zu tokens%s, expected at least 1 of each, and as many for a difference", a, b,
            c->difference ? " with a difference" : "");
    if (a > LARGEST || b > LARGEST)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "compare: %zu and %zu tokens, expected at most %d", a, b,
                         LARGEST);
    return GAZE_OK;
}

static void put_line(gaze_svg *svg, const plan *p, size_t i, double y, const char *text, size_t length) {
    if (text)
        gaze_page_line_of_text(svg, text, length, p->x[i], y, fmax(p->layout.boxes[i].width, LEAST_LINE));
}

static void put_axis(gaze_svg *svg, const plan *p, size_t i, double above, const char *text) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", p->x[i] - AXIS_GAP);
    gaze_svg_number(svg, "y", p->top[i] - above);
    gaze_svg_string(svg, "text-anchor", "end");
    gaze_svg_puts(svg, text);
    gaze_svg_end(svg);
}

/* "A: layer 3, head 1", then what the sides do not share, then the axes. */
static void put_heading(gaze_svg *svg, const plan *p, size_t i) {
    const gaze_figure *figure = i < 2 ? &p->compare->sides[i].figure : &(gaze_figure){0};
    double y = p->heading_y[i];
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", p->x[i]);
    gaze_svg_number(svg, "y", y);
    gaze_svg_string(svg, "font-weight", "600");
    gaze_svg_number(svg, "font-size", GAZE_TEXT_FONT);
    gaze_page_ink(svg, &p->palette);
    if (p->layout.live)
        gaze_svg_string(svg, "id", (const char *const[]){"gaze-side-a", "gaze-side-b", "gaze-minus"}[i]);
    gaze_svg_content(svg);
    gaze_compare_put_heading(svg->out, p->compare, i);
    gaze_svg_end(svg);
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, &p->palette);
    if (p->layout.names_model)
        put_line(svg, p, i, y += HEADING_LINE, figure->model, figure->model ? strlen(figure->model) : 0);
    if (p->layout.names_text) put_line(svg, p, i, y += HEADING_LINE, figure->text, figure->text_length);
    put_line(svg, p, i, y + HEADING_LINE, p->words->attended_to, strlen(p->words->attended_to));
    put_axis(svg, p, i, 26, p->words->query);
    put_axis(svg, p, i, 10, p->words->attends_from);
    gaze_svg_end(svg);
}

static void mark(gaze_svg *svg, const plan *p, size_t i, size_t cell) {
    size_t columns = p->matrices[i].columns;
    gaze_matrix_mark(svg, &p->layout.boxes[i], &p->palette, p->x[i], p->top[i], cell / columns, cell % columns);
}

/* Frames around the cells that the headline names. */
static void mark_largest(gaze_svg *svg, const plan *p, size_t i) {
    for (size_t k = 0; k < p->matrices[i].mark_count; k++) mark(svg, p, i, p->marks[i][k]);
}

/* In a page the cells that are read, framed in every matrix. */
static void draw_pins(gaze_svg *svg, const plan *p) {
    gaze_svg_begin(svg, "g");
    gaze_svg_string(svg, "id", "gaze-pins");
    for (size_t i = 0; i < p->count; i++) mark(svg, p, i, gaze_compare_strongest(p->compare, i % 2));
    gaze_svg_end(svg);
}

static void draw_signed_legend(gaze_svg *svg, const plan *p) {
    if (p->layout.live) gaze_svg_begin(svg, "g");
    if (p->layout.live) gaze_svg_string(svg, "id", "gaze-limits");
    gaze_page_signed_legend(svg, &p->compare->figure, &p->palette, p->signed_ramp, p->compare->limit,
                            gaze_compare_clipped(p->compare) > 0, p->legend_x[1], p->legend_top[1],
                            p->legend_height[1]);
    if (p->layout.live) gaze_svg_end(svg);
}

gaze_status gaze_compare_draw(gaze_svg *svg, const plan *p, gaze_error *err) {
    for (size_t i = 0; i < p->count; i++) {
        put_heading(svg, p, i);
        gaze_status status =
            gaze_matrix_draw(svg, &p->matrices[i], &p->layout.boxes[i], &p->palette, p->x[i], p->top[i], err);
        if (status) return status;
        if (!p->layout.live) mark_largest(svg, p, i);
    }
    if (p->layout.live) draw_pins(svg, p);
    gaze_page_legend(svg, &p->compare->figure, &p->palette, p->legend_x[0], p->legend_top[0],
                     p->legend_height[0]);
    if (p->count == GAZE_COMPARE_MOST) draw_signed_legend(svg, p);
    return GAZE_OK;
}

static gaze_status draw(gaze_svg *svg, const plan *p, const gaze_texts *texts, gaze_error *err) {
    const gaze_figure *figure = &p->compare->figure;
    double caption_y = p->bottom + 30,
           height = gaze_caption_bottom(figure, &texts->caption, caption_y, p->width);
    gaze_page_begin_above(svg, figure, &p->palette, p->width, height, texts->title.data, texts->description.data,
                          gaze_readout_rise(&texts->readout, p->width));
    gaze_readout_draw(svg, &p->palette, &texts->readout, p->readout_y, p->width);
    gaze_status status = gaze_compare_draw(svg, p, err);
    if (status) return status;
    gaze_caption_draw(svg, figure, &p->palette, &texts->caption, caption_y, p->width);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
    return gaze_buffer_status(svg->out, err);
}

gaze_status gaze_compare_svg(gaze_buffer *out, const gaze_compare *compare, gaze_error *err) {
    plan p;
    gaze_texts texts = {0};
    gaze_svg svg = gaze_svg_writer(out);
    gaze_status status = gaze_compare_check(compare, err);
    if (status) return status;
    gaze_compare_plan_make(&p, compare, false);
    gaze_compare_compose(&texts, compare, &p.layout);
    status = gaze_texts_status(&texts, err);
    if (!status) status = draw(&svg, &p, &texts, err);
    gaze_texts_deinit(&texts);
    return status;
}
