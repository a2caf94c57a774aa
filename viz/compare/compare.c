/* Two matrices and their difference, put together. */
#include "viz/compare/compare.h"

#include <math.h>
#include <string.h>

#include "viz/compare/draw.h"
#include "viz/words.h"

enum { LARGEST = 4096, VECTORS = 26 * 26 };

static const double GAP = 34, LEGEND_GAP = 20, SHORTEST_LEGEND = 150, LONGEST_LEGEND = 320, NARROWEST = 320;
static const double HEADING_LINE = 18, AXIS = 26, LIVE_TOP = 20;

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

static double room_for(size_t tokens) {
    return tokens <= 16 ? 380 : tokens <= 64 ? 416 : 512;
}

/* The legends stand behind the second matrix and behind the difference. */
static void place(plan *p) {
    double above = 0, height = 0, x = GAZE_PAGE_MARGIN;
    for (size_t i = 0; i < p->count; i++) {
        const gaze_matrix_box *box = &p->layout.boxes[i];
        x += fmax(box->left, 60);
        p->x[i] = x;
        x += fmax(box->width, NARROWEST) + fmax(box->overhang, 0);
        if (i) p->legend_x[i - 1] = x + LEGEND_GAP - fmax(box->overhang, 0);
        if (i) x += LEGEND_GAP + GAZE_LEGEND_WIDTH;
        x += GAP;
        above = fmax(above, box->top);
        height = fmax(height, box->height);
    }
    size_t lines = 1 + (p->layout.names_model ? 1u : 0u) + (p->layout.names_text ? 1u : 0u);
    p->heading_y = p->live ? LIVE_TOP : gaze_page_header_height(&p->compare->figure) + 26;
    p->top = p->heading_y + HEADING_LINE * (double)(lines - 1) + AXIS + above + 8;
    p->legend_height = fmin(fmax(height, SHORTEST_LEGEND), LONGEST_LEGEND);
    p->bottom = p->top + fmax(height, p->legend_height + GAZE_LEGEND_FOOT);
    p->width = ceil(x - GAP + GAZE_PAGE_MARGIN + 14);
}

void gaze_compare_plan_make(plan *p, const gaze_compare *compare, bool live) {
    *p = (plan){.compare = compare, .live = live, .words = gaze_words_of(compare->figure.language)};
    p->count = compare->difference ? 3 : 2;
    p->layout.names_model = !compare->figure.model;
    p->layout.names_text = !compare->figure.text;
    gaze_palette_fill(&p->palette, &compare->figure);
    gaze_page_signed_ramp(p->signed_ramp, &compare->figure);
    for (size_t i = 0; i < p->count; i++) {
        gaze_matrix_box *box = &p->layout.boxes[i];
        p->matrices[i] = matrix_of(p, i);
        gaze_matrix_measure(box, &p->matrices[i], room_for(p->matrices[i].rows), VECTORS);
        if (box->pool > p->layout.pool) p->layout.pool = box->pool;
    }
    place(p);
}

static void put_line(gaze_svg *svg, const plan *p, size_t i, double y, const char *text, size_t length) {
    if (text)
        gaze_page_line_of_text(svg, text, length, p->x[i], y, fmax(p->layout.boxes[i].width, NARROWEST));
}

/* "A: layer 3, head 1", then what the sides do not share, then the axes. */
static void put_heading(gaze_svg *svg, const plan *p, size_t i) {
    const gaze_figure *figure = i < 2 ? &p->compare->sides[i].figure : &(gaze_figure){0};
    double y = p->heading_y;
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", p->x[i]);
    gaze_svg_number(svg, "y", y);
    gaze_svg_string(svg, "font-weight", "600");
    gaze_svg_number(svg, "font-size", GAZE_TEXT_FONT);
    gaze_page_ink(svg, &p->palette);
    if (p->live) gaze_svg_string(svg, "id", (const char *const[]){"gaze-side-a", "gaze-side-b", "gaze-minus"}[i]);
    gaze_svg_content(svg);
    gaze_compare_put_heading(svg->out, p->compare, i);
    gaze_svg_end(svg);
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, &p->palette);
    if (p->layout.names_model)
        put_line(svg, p, i, y += HEADING_LINE, figure->model, figure->model ? strlen(figure->model) : 0);
    if (p->layout.names_text) put_line(svg, p, i, y += HEADING_LINE, figure->text, figure->text_length);
    put_line(svg, p, i, y + HEADING_LINE, p->words->attended_to, strlen(p->words->attended_to));
    gaze_svg_end(svg);
}

/* The cells that are read, framed in every matrix. */
static void draw_pins(gaze_svg *svg, const plan *p) {
    gaze_svg_begin(svg, "g");
    gaze_svg_string(svg, "id", "gaze-pins");
    for (size_t i = 0; i < p->count; i++) {
        size_t cell = gaze_compare_strongest(p->compare, i % 2), columns = p->matrices[i].columns;
        gaze_matrix_mark(svg, &p->layout.boxes[i], &p->palette, p->x[i], p->top, cell / columns, cell % columns);
    }
    gaze_svg_end(svg);
}

static void draw_signed_legend(gaze_svg *svg, const plan *p) {
    if (p->live) gaze_svg_begin(svg, "g");
    if (p->live) gaze_svg_string(svg, "id", "gaze-limits");
    gaze_page_signed_legend(svg, &p->compare->figure, &p->palette, p->signed_ramp, p->compare->limit, p->legend_x[1],
                            p->top, p->legend_height);
    if (p->live) gaze_svg_end(svg);
}

gaze_status gaze_compare_draw(gaze_svg *svg, const plan *p, gaze_error *err) {
    for (size_t i = 0; i < p->count; i++) {
        put_heading(svg, p, i);
        gaze_status status =
            gaze_matrix_draw(svg, &p->matrices[i], &p->layout.boxes[i], &p->palette, p->x[i], p->top, err);
        if (status) return status;
    }
    if (p->live) draw_pins(svg, p);
    gaze_page_legend(svg, &p->compare->figure, &p->palette, p->legend_x[0], p->top, p->legend_height);
    if (p->count == GAZE_COMPARE_MOST) draw_signed_legend(svg, p);
    return GAZE_OK;
}

static gaze_status draw(gaze_svg *svg, const plan *p, const gaze_texts *texts, gaze_error *err) {
    const gaze_figure *figure = &p->compare->figure;
    double caption_y = p->bottom + 30,
           height = gaze_caption_bottom(figure, &texts->caption, caption_y, p->width);
    gaze_page_begin(svg, figure, &p->palette, p->width, height, texts->title.data, texts->description.data);
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
