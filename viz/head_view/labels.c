/* What stands beside the lines: the tokens, which side is which, the pieces of words, the texts of a pair. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/html/terms.h"
#include "viz/text.h"

static const double LABEL_EM = 14;
static const double BRACKET_AT = 3, BRACKET_PITCH = 6, BAND_LETTER = 9;
static const double HEADING_GAP = 26, HEADING_LINE = 16;

static bool is_wide(const gaze_label *label) {
    return gaze_text_is_wide(label->text + label->marker, label->length - label->marker);
}

static void put_place(const gaze_head_drawing *d, const gaze_label *label, bool key, size_t i) {
    const gaze_head_layout *layout = d->layout;
    gaze_head_stand stand = gaze_head_layout_stand(layout, key, is_wide(label));
    gaze_head_point p = gaze_head_layout_point(layout, gaze_head_layout_middle(layout, i),
                                               key ? layout->to.label : layout->from.label);
    p.x += stand.shift.x;
    p.y += stand.shift.y;
    gaze_svg_number(d->svg, "x", p.x);
    gaze_svg_number(d->svg, "y", p.y);
    if (stand.turn) gaze_svg_rotate(d->svg, stand.turn, p.x, p.y);
    if (!stand.style) return;
    gaze_svg_string(d->svg, "writing-mode", "tb"); /* as SVG 1.1 calls it */
    if (!key) gaze_svg_string(d->svg, "text-anchor", "end");
    gaze_svg_string(d->svg, "style", stand.style);
}

static void put_label(const gaze_head_drawing *d, const gaze_label *label, bool key, size_t i) {
    bool pinned = gaze_head_view_is_pinned(d->view, key, i);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_begin_value(d->svg, "class");
    gaze_buffer_puts(d->svg->out, "gaze-token");
    if (!d->interactive) gaze_buffer_printf(d->svg->out, " %c%zu", key ? 'K' : 'Q', i); /* hover.c */
    if (label->special) gaze_buffer_puts(d->svg->out, " gaze-muted");
    gaze_svg_end_value(d->svg);
    put_place(d, label, key, i);
    if (label->special) gaze_svg_color(d->svg, "fill", d->palette->muted);
    if (pinned) gaze_svg_string(d->svg, "font-weight", "700");
    if (d->titled) gaze_label_put_title(d->svg, label, d->words);
    gaze_label_write(d->svg, label, LABEL_EM, d->palette->muted);
    gaze_svg_end(d->svg);
}

/* In a page tokens can be chosen: the script makes them the options of this list. */
static void put_role(const gaze_head_drawing *d, bool key) {
    const gaze_terms *terms = gaze_terms_of(d->view->figure.language);
    gaze_svg_string(d->svg, "role", "listbox");
    gaze_svg_string(d->svg, "aria-multiselectable", "true");
    gaze_svg_string(d->svg, "aria-label", key ? terms->key_tokens : terms->query_tokens);
}

static void put_side(const gaze_head_drawing *d, bool key, const bool *written) {
    const gaze_label *labels = key ? d->view->columns : d->view->rows;
    size_t count = key ? d->view->column_count : d->view->row_count;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", key ? "gaze-keys" : "gaze-queries");
    if (!key && !d->layout->horizontal) gaze_svg_string(d->svg, "text-anchor", "end");
    if (d->interactive) put_role(d, key);
    for (size_t i = 0; i < count; i++)
        if (written[i]) put_label(d, &labels[i], key, i);
    gaze_svg_end(d->svg);
}

static void put_line(const gaze_head_drawing *d, double x, double y, const char *anchor, const char *text) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", y);
    if (anchor) gaze_svg_string(d->svg, "text-anchor", anchor);
    gaze_svg_puts(d->svg, text);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_headings(const gaze_head_drawing *d) {
    const gaze_head_layout *layout = d->layout;
    double y = layout->start - HEADING_GAP;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", layout->narrow ? "gaze-headings gaze-narrow" : "gaze-headings");
    gaze_svg_begin(d->svg, "g");
    gaze_svg_number(d->svg, "font-size", GAZE_SMALL_FONT);
    gaze_page_muted(d->svg, d->palette);
    if (layout->horizontal) {
        double x = layout->start - HEADING_LINE;
        put_line(d, x, layout->from.label - HEADING_LINE + 4, "end", d->words->query);
        put_line(d, x, layout->from.label + 4, "end", d->words->attends_from_lines);
        put_line(d, x, layout->to.label + 12, "end", d->words->key);
        put_line(d, x, layout->to.label + 12 + HEADING_LINE, "end", d->words->attended_to_lines);
    } else {
        put_line(d, layout->from.label, y, "end", d->words->query);
        put_line(d, layout->from.label, y + HEADING_LINE, "end", d->words->attends_from_lines);
        put_line(d, layout->to.label, y, NULL, d->words->key);
        put_line(d, layout->to.label, y + HEADING_LINE, NULL, d->words->attended_to_lines);
    }
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_labels(const gaze_head_drawing *d) {
    bool written[2][GAZE_HEAD_TOKENS];
    gaze_head_view_choose_labels(written, d);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_number(d->svg, "font-size", d->layout->font);
    gaze_svg_string(d->svg, "class", "gaze-ink gaze-labels");
    gaze_svg_color(d->svg, "fill", d->palette->ink);
    put_side(d, false, written[0]);
    put_side(d, true, written[1]);
    gaze_svg_end(d->svg);
}

/* Marks: pins, words, texts -------------------------------------------------------------------------- */

/* A line along the tokens [from, to), at `across`. */
static void put_along(const gaze_head_drawing *d, double across, size_t from, size_t to, double inset) {
    double a = d->layout->start + d->layout->pitch * (double)from + inset;
    gaze_head_point p = gaze_head_layout_point(d->layout, a, across);
    gaze_svg_line(d->svg, p.x, p.y, d->layout->horizontal ? 'h' : 'v',
                  d->layout->pitch * (double)(to - from) - 2 * inset);
}

static void put_brackets(const gaze_head_drawing *d, const gaze_label *labels, size_t count, double across) {
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        while (to < count && labels[to].marker > 0) to++;
        if (to > from + 1) put_along(d, across, from, to, 2);
    }
}

static void begin_marks(const gaze_head_drawing *d, const char *name, double width) {
    gaze_svg_begin(d->svg, name);
    gaze_page_line(d->svg, d->palette);
    gaze_svg_number(d->svg, "stroke-width", width);
}

static void draw_words(const gaze_head_drawing *d) {
    begin_marks(d, "path", 1);
    gaze_svg_begin_value(d->svg, "d");
    put_brackets(d, d->view->rows, d->view->row_count, d->layout->from.label + BRACKET_AT);
    put_brackets(d, d->view->columns, d->view->column_count, d->layout->to.label - BRACKET_AT);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

static void put_letter(const gaze_head_drawing *d, size_t from, size_t to, double across, int32_t segment) {
    double along = d->layout->start + d->layout->pitch * (double)(from + to) / 2;
    gaze_head_point p = gaze_head_layout_point(d->layout, along, across);
    put_line(d, p.x, p.y + 4, "middle", segment == 0 ? d->words->text_a : d->words->text_b);
}

static void draw_bands(const gaze_head_drawing *d, const gaze_label *labels, size_t count, const gaze_head_side *side,
                       double outwards) {
    begin_marks(d, "path", 2);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t from = 0; from < count; from = gaze_labels_run_end(labels, count, from))
        put_along(d, side->band, from, gaze_labels_run_end(labels, count, from), 1);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    for (size_t from = 0; from < count; from = gaze_labels_run_end(labels, count, from))
        put_letter(d, from, gaze_labels_run_end(labels, count, from), side->band + outwards * BAND_LETTER,
                   labels[from].segment);
    gaze_svg_end(d->svg);
}

/* A line across, where one text ends and the other begins. */
static void put_boundary(const gaze_head_drawing *d, const gaze_label *labels, size_t count, double from, double to) {
    for (size_t t = gaze_labels_run_end(labels, count, 0); t < count; t = gaze_labels_run_end(labels, count, t)) {
        gaze_head_point p = gaze_head_layout_point(d->layout, d->layout->start + d->layout->pitch * (double)t, from);
        gaze_svg_line(d->svg, p.x, p.y, d->layout->horizontal ? 'v' : 'h', to - from);
    }
}

static void draw_boundaries(const gaze_head_drawing *d) {
    const gaze_head_layout *layout = d->layout;
    begin_marks(d, "path", 1);
    gaze_svg_string(d->svg, "stroke-dasharray", "3 3");
    gaze_svg_begin_value(d->svg, "d");
    put_boundary(d, d->view->rows, d->view->row_count, layout->from.band, layout->from.end);
    put_boundary(d, d->view->columns, d->view->column_count, layout->to.end, layout->to.band);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_marks(const gaze_head_drawing *d) {
    const gaze_head_layout *layout = d->layout;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-marks");
    if (layout->pitch >= BRACKET_PITCH) draw_words(d);
    if (layout->pair) {
        draw_bands(d, d->view->rows, d->view->row_count, &layout->from, -1);
        draw_bands(d, d->view->columns, d->view->column_count, &layout->to, 1);
        draw_boundaries(d);
    }
    gaze_svg_end(d->svg);
}

static void put_pin(const gaze_head_drawing *d, size_t token) {
    const gaze_head_layout *layout = d->layout;
    bool key = d->view->pinned_keys;
    const gaze_label *label = key ? &d->view->columns[token] : &d->view->rows[token];
    double across = key ? layout->to.label : layout->from.label;
    gaze_head_point p = gaze_head_layout_point(layout, gaze_head_layout_middle(layout, token), across);
    gaze_buffer *out = d->svg->out;
    gaze_buffer_putc(out, 'M');
    gaze_buffer_put_trimmed(out, p.x, 2);
    gaze_buffer_putc(out, ' ');
    gaze_buffer_put_trimmed(out, p.y, 2);
    double width = gaze_head_layout_frame_width(layout, label);
    gaze_head_layout_put_frame(out, layout, key, is_wide(label), &width);
}

void gaze_head_view_draw_pins(const gaze_head_drawing *d) {
    if (!d->view->pinned_count && !d->interactive) return;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-pin gaze-border");
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_color(d->svg, "stroke", d->palette->ink);
    gaze_svg_number(d->svg, "stroke-width", 1.5);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < d->view->pinned_count; i++) put_pin(d, d->view->pinned[i]);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}
