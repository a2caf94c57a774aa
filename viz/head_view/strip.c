/* The head strip: beside the side that is not pinned, a cell for each token and head. */
#include <math.h>

#include "viz/head_view/draw.h"
#include "viz/scale.h"
#include "viz/sentence.h"

static const double NUMBER_GAP = 5, NUMBER_STEP = 14, SMALL_NUMBER = 10.5; /* pixels */

bool gaze_head_view_is_pinned(const gaze_head_view *view, bool key, size_t token) {
    if (key != view->pinned_keys) return false;
    for (size_t i = 0; i < view->pinned_count; i++)
        if (view->pinned[i] == token) return true;
    return false;
}

double gaze_head_view_pinned_weight(const gaze_head_view *view, const gaze_panel *panel, size_t token) {
    double sum = 0;
    for (size_t i = 0; i < view->pinned_count; i++) {
        size_t row = view->pinned_keys ? token : view->pinned[i], column = view->pinned_keys ? view->pinned[i] : token;
        double w = (double)panel->weights[row * view->column_count + column];
        if (isfinite(w) && w > 0) sum += w;
    }
    return view->pinned_count ? sum / (double)view->pinned_count : 0;
}

static const gaze_head_side *side_of(const gaze_head_drawing *d) {
    return d->view->pinned_keys ? &d->layout->from : &d->layout->to;
}

static bool is_shown(const gaze_head_drawing *d) {
    return d->view->pinned_count > 0 && side_of(d)->has_strip;
}

static size_t tokens_of(const gaze_head_drawing *d) {
    return d->view->pinned_keys ? d->view->row_count : d->view->column_count;
}

/* Across: where the cells of a head begin. */
static double head_at(const gaze_head_drawing *d, size_t head) {
    double all = GAZE_STRIP_CELL * (double)d->layout->strip_heads;
    return side_of(d)->strip + GAZE_STRIP_CELL * (double)head - (d->view->pinned_keys ? all : 0);
}

/* The level of each cell: (heads, tokens). A row's maximum, where the scale asks for it, is that of a head here. */
static void fill_levels(uint8_t *levels, const gaze_head_drawing *d) {
    size_t tokens = tokens_of(d);
    for (size_t h = 0; h < d->layout->strip_heads; h++) {
        float weights[GAZE_STRIP_TOKENS];
        for (size_t i = 0; i < tokens; i++)
            weights[i] = (float)gaze_head_view_pinned_weight(d->view, &d->view->strip[h], i);
        gaze_row_scale scale = gaze_scale_row(d->view->figure.scale, weights, tokens);
        for (size_t i = 0; i < tokens; i++) levels[h * tokens + i] = gaze_scale_level(&scale, (double)weights[i]);
    }
}

static void put_cell(const gaze_head_drawing *d, size_t head, size_t token) {
    gaze_head_point p =
        gaze_head_layout_point(d->layout, d->layout->start + d->layout->pitch * (double)token, head_at(d, head));
    gaze_head_point size = gaze_head_layout_point(d->layout, d->layout->pitch, GAZE_STRIP_CELL);
    gaze_svg_box(d->svg, p.x, p.y, size.x, size.y);
}

/* One path for each level, so that there are never more elements than levels. */
static void draw_cells(const gaze_head_drawing *d, const uint8_t *levels) {
    size_t tokens = tokens_of(d), cells = d->layout->strip_heads * tokens;
    bool used[GAZE_RAMP_LEVELS] = {false};
    for (size_t i = 0; i < cells; i++) used[levels[i]] = true;
    for (size_t level = 0; level < GAZE_RAMP_LEVELS; level++) {
        if (!used[level]) continue;
        gaze_svg_begin(d->svg, "path");
        gaze_svg_color(d->svg, "fill", d->palette->ramp[level]);
        gaze_svg_begin_value(d->svg, "d");
        for (size_t i = 0; i < cells; i++)
            if (levels[i] == level) put_cell(d, i / tokens, i % tokens);
        gaze_svg_end_value(d->svg);
        gaze_svg_end(d->svg);
    }
}

static bool is_chosen(const gaze_head_view *view, int32_t head) {
    for (size_t i = 0; i < view->chosen_count; i++)
        if ((int32_t)view->chosen[i] == head) return true;
    return false;
}

/* A page's script marks others, by a class. */
static void mark_chosen(const gaze_head_drawing *d) {
    if (d->interactive) gaze_svg_string(d->svg, "class", "gaze-chosen");
    if (d->interactive) return;
    gaze_svg_string(d->svg, "font-weight", "700");
    gaze_svg_string(d->svg, "text-decoration", "underline");
}

/* Above its cells, or beside them. Of two digits it is smaller, so that the next one stands apart. */
static void put_number(const gaze_head_drawing *d, size_t h) {
    double across = head_at(d, h) + GAZE_STRIP_CELL / 2;
    gaze_head_point p = gaze_head_layout_point(d->layout, d->layout->start - NUMBER_GAP, across);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", p.x);
    gaze_svg_number(d->svg, "y", d->layout->horizontal ? p.y + 4 : p.y);
    if (d->view->strip[h].head > 9 && !d->layout->horizontal) gaze_svg_number(d->svg, "font-size", SMALL_NUMBER);
    if (is_chosen(d->view, d->view->strip[h].head)) mark_chosen(d);
    gaze_svg_content(d->svg);
    gaze_buffer_printf(d->svg->out, "%d", (int)d->view->strip[h].head);
    gaze_svg_end(d->svg);
}

/* Above the numbers; where heads lie below one another, above the first of them. */
static void put_heading(const gaze_head_drawing *d) {
    const gaze_head_layout *layout = d->layout;
    gaze_head_point p = gaze_head_layout_point(layout, layout->start, head_at(d, 0));
    p.y -= layout->horizontal ? NUMBER_GAP : NUMBER_GAP + NUMBER_STEP + 2;
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", p.x);
    gaze_svg_number(d->svg, "y", p.y);
    gaze_svg_string(d->svg, "text-anchor", "start");
    gaze_svg_puts(d->svg, d->words->strip_heading);
    gaze_svg_end(d->svg);
}

static void put_heads(const gaze_head_drawing *d, bool keys, bool shown) {
    gaze_head_view view = *d->view;
    gaze_head_drawing one = *d;
    view.pinned_keys = keys;
    one.view = &view;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", keys ? "gaze-strip-heads gaze-strip-to" : "gaze-strip-heads gaze-strip-from");
    if (!shown) gaze_svg_string(d->svg, "display", "none");
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    gaze_svg_string(d->svg, "text-anchor", d->layout->horizontal ? "end" : "middle");
    if (side_of(&one)->has_strip) put_heading(&one);
    for (size_t h = 0; h < d->layout->strip_heads && side_of(&one)->has_strip; h++) put_number(&one, h);
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw_strip_heads(const gaze_head_drawing *d) {
    for (int keys = 0; keys < 2; keys++) {
        bool shown = is_shown(d) && keys == d->view->pinned_keys;
        if (shown || d->interactive) put_heads(d, keys, shown);
    }
}

/* 'cat', head 0 .12; head 1 .49; ... */
static void put_title(const gaze_head_drawing *d, const gaze_label *label, size_t token) {
    gaze_buffer name = {0};
    gaze_sentence_name(&name, label, d->words);
    gaze_svg_begin(d->svg, "title");
    gaze_svg_text(d->svg, name.data, name.length);
    if (name.failed) d->svg->out->failed = true;
    gaze_buffer_deinit(&name);
    for (size_t h = 0; h < d->layout->strip_heads; h++) {
        gaze_svg_puts(d->svg, h ? d->words->list_comma : d->words->comma);
        gaze_svg_content(d->svg);
        gaze_words_put_counts(d->svg->out, d->words->head, (size_t[]){(size_t)d->view->strip[h].head}, 1);
        gaze_svg_puts(d->svg, " ");
        gaze_page_weight(d->svg, gaze_head_view_pinned_weight(d->view, &d->view->strip[h], token));
    }
    gaze_svg_end(d->svg);
}

static void draw_titles(const gaze_head_drawing *d) {
    const gaze_label *labels = d->view->pinned_keys ? d->view->rows : d->view->columns;
    for (size_t i = 0; i < tokens_of(d); i++) {
        gaze_head_point p =
            gaze_head_layout_point(d->layout, d->layout->start + d->layout->pitch * (double)i, head_at(d, 0));
        gaze_head_point size = gaze_head_layout_point(d->layout, d->layout->pitch,
                                                      GAZE_STRIP_CELL * (double)d->layout->strip_heads);
        gaze_svg_begin(d->svg, "rect");
        gaze_svg_number(d->svg, "x", p.x);
        gaze_svg_number(d->svg, "y", p.y);
        gaze_svg_number(d->svg, "width", size.x);
        gaze_svg_number(d->svg, "height", size.y);
        gaze_svg_string(d->svg, "fill-opacity", "0");
        put_title(d, &labels[i], i);
        gaze_svg_end(d->svg);
    }
}

void gaze_head_view_draw_strip(const gaze_head_drawing *d) {
    uint8_t levels[GAZE_STRIP_HEADS * GAZE_STRIP_TOKENS];
    bool shown = is_shown(d);
    if (!shown && !d->interactive) return;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-heat gaze-strip");
    if (shown) fill_levels(levels, d);
    if (shown) draw_cells(d, levels);
    gaze_svg_end(d->svg);
    if (shown && d->titled) draw_titles(d);
}
