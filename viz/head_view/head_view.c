/* The head view, put together: check, choose, lay out, draw. */
#include "viz/head_view/head_view.h"

#include <string.h>

#include "viz/caption.h"
#include "viz/head_view/draw.h"
#include "viz/panel_name.h"
#include "viz/text.h"

static const double CAPTION_GAP = 30, READOUT_GAP = 2;
static const double BOLD = 0.93; /* letters in a line of regular ones to those in a bold one */

const char *const gaze_head_view_layouts[] = {"vertical", "horizontal", "narrow", NULL};

size_t gaze_head_view_layout(const gaze_head_view *view) {
    return view->horizontal ? 1 : view->narrow ? 2 : 0;
}

void gaze_head_view_set_layout(gaze_head_view *view, const char *name) {
    view->horizontal = strcmp(name, gaze_head_view_layouts[1]) == 0;
    view->narrow = strcmp(name, gaze_head_view_layouts[2]) == 0;
}

bool gaze_head_view_prefers_horizontal(const gaze_label *labels, size_t count) {
    size_t wide = 0, written = 0;
    for (size_t i = 0; i < count; i++) {
        if (labels[i].special) continue;
        written++;
        if (gaze_text_is_wide(labels[i].text + labels[i].marker, labels[i].length - labels[i].marker)) wide++;
    }
    return 2 * wide > written;
}

gaze_status gaze_head_view_check(const gaze_head_view *view, gaze_error *err) {
    if (!view->row_count || !view->column_count || !view->panel_count || view->panel_count > GAZE_HEAD_COLORS)
        return gaze_fail(
            err, GAZE_ERROR_ARGUMENT,
            "head view: %zu rows, %zu columns, %zu heads, expected at least 1 of each and %d heads at most",
            view->row_count, view->column_count, view->panel_count, GAZE_HEAD_COLORS);
    if (view->column_count > GAZE_HEAD_TOKENS)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "head view: %zu columns, expected at most %d", view->column_count,
                         GAZE_HEAD_TOKENS);
    size_t there = view->pinned_keys ? view->column_count : view->row_count;
    for (size_t i = 0; i < view->pinned_count; i++)
        if (view->pinned[i] >= there)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "head view: pinned token %zu, expected 0 to %zu",
                             view->pinned[i], there - 1);
    return GAZE_OK;
}

void gaze_head_view_draw_still(const gaze_head_drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-still");
    gaze_head_view_draw_headings(d);
    gaze_head_view_draw_marks(d);
    gaze_head_view_draw_strip_heads(d);
    gaze_svg_end(d->svg);
}

void gaze_head_view_draw(const gaze_head_drawing *d) {
    gaze_head_view_put_style(d);
    if (!d->interactive) gaze_head_view_put_hover(d);
    gaze_head_view_draw_still(d);
    gaze_head_view_draw_labels(d);
    gaze_head_view_draw_pins(d);
    gaze_head_view_draw_rests(d);
    if (d->interactive)
        gaze_head_view_draw_bundles(d);
    else
        gaze_head_view_draw_lines(d);
    gaze_head_view_draw_strip(d);
    gaze_head_view_draw_legend(d);
}

void gaze_head_view_compose(gaze_texts *texts, const gaze_head_drawing *d) {
    const gaze_head_view *view = d->view;
    gaze_panels_put_title(&texts->title, view->panels, view->panel_count, &view->figure, d->words);
    gaze_head_view_description(&texts->description, view, d->edges, d->words);
    gaze_head_view_readout(&texts->readout, view, d->edges, d->words);
    gaze_head_view_caption(&texts->caption, view, d->layout, d->edges, d->words);
}

static double readout_width(const gaze_head_layout *layout) {
    return (layout->width - 2 * GAZE_PAGE_MARGIN) * BOLD;
}

static double readout_height(const gaze_head_layout *layout, const gaze_buffer *readout) {
    if (!readout->length) return 0;
    size_t lines = gaze_page_lines(readout->data, readout->length, readout_width(layout));
    return READOUT_GAP + GAZE_CAPTION_LINE * (double)lines;
}

static void draw_readout(const gaze_head_drawing *d, const gaze_buffer *readout) {
    if (readout->length == 0) return;
    gaze_svg_begin(d->svg, "g");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_string(d->svg, "font-weight", "600");
    gaze_page_paragraph(d->svg, readout->data, readout->length, GAZE_PAGE_MARGIN,
                        gaze_page_header_height(&d->view->figure) + READOUT_GAP + GAZE_CAPTION_LINE,
                        readout_width(d->layout));
    gaze_svg_end(d->svg);
}

static void draw_figure(const gaze_head_drawing *d, const gaze_texts *texts) {
    const gaze_figure *figure = &d->view->figure;
    const gaze_buffer *caption = &texts->caption;
    double y = d->layout->bottom + CAPTION_GAP;
    gaze_page_begin(d->svg, figure, d->palette, d->layout->width,
                    gaze_caption_bottom(figure, caption, y, d->layout->width), texts->title.data,
                    texts->description.data);
    draw_readout(d, &texts->readout);
    gaze_head_view_draw(d);
    gaze_caption_draw(d->svg, figure, d->palette, caption, y, d->layout->width);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
}

gaze_status gaze_head_view_svg(gaze_buffer *out, const gaze_head_view *view, gaze_error *err) {
    gaze_status status = gaze_head_view_check(view, err);
    if (status) return status;
    gaze_palette palette;
    gaze_head_layout layout;
    gaze_edges edges;
    gaze_texts texts = {0};
    gaze_svg svg = gaze_svg_writer(out);
    status = gaze_edges_choose(&edges, view->panels, view->panel_count, view->row_count, view->column_count, err);
    if (status) return status;
    double top = gaze_page_header_height(&view->figure);
    gaze_palette_fill(&palette, &view->figure);
    gaze_head_layout_make(&layout, view, top, false);
    bool titled = view->row_count <= GAZE_HEAD_TITLED && view->column_count <= GAZE_HEAD_TITLED;
    gaze_head_drawing d = {.svg = &svg,
                           .view = view,
                           .layout = &layout,
                           .edges = &edges,
                           .palette = &palette,
                           .words = gaze_words_of(view->figure.language),
                           .titled = titled};
    gaze_head_view_compose(&texts, &d);
    status = gaze_texts_status(&texts, err);
    if (!status) gaze_head_layout_make(&layout, view, top + readout_height(&layout, &texts.readout), false);
    if (!status) draw_figure(&d, &texts);
    if (!status) status = gaze_buffer_status(out, err);
    gaze_texts_deinit(&texts);
    gaze_edges_deinit(&edges);
    return status;
}
