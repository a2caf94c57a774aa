/* The head view, put together: check, choose, lay out, draw. */
#include "viz/head_view/head_view.h"

#include <string.h>

#include "viz/head_view/draw.h"
#include "viz/panel_name.h"
#include "viz/text.h"

#define LARGEST_COUNT 4096
static const double CAPTION_GAP = 30, READOUT_LINE = 20;

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
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "head view: %zu rows, %zu columns, %zu heads, expected at least 1 of each and %d heads at most",
                         view->row_count, view->column_count, view->panel_count, GAZE_HEAD_COLORS);
    if (view->column_count > LARGEST_COUNT)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "head view: %zu columns, expected at most %d", view->column_count,
                         LARGEST_COUNT);
    size_t there = view->pinned_keys ? view->column_count : view->row_count;
    for (size_t i = 0; i < view->pinned_count; i++)
        if (view->pinned[i] >= there)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "head view: pinned token %zu, expected 0 to %zu",
                             view->pinned[i], there - 1);
    return GAZE_OK;
}

void gaze_head_view_draw(const gaze_head_drawing *d) {
    gaze_head_view_put_hover(d);
    gaze_head_view_draw_labels(d);
    gaze_head_view_draw_marks(d);
    gaze_head_view_draw_rests(d);
    gaze_head_view_draw_lines(d);
    gaze_head_view_draw_strip(d);
    gaze_head_view_draw_legend(d);
}

/* The texts of a figure, each a buffer. */
typedef struct texts {
    gaze_buffer title, description, readout, caption;
} texts;

static void free_texts(texts *text) {
    gaze_buffer_deinit(&text->title);
    gaze_buffer_deinit(&text->description);
    gaze_buffer_deinit(&text->readout);
    gaze_buffer_deinit(&text->caption);
}

static gaze_status compose(texts *text, const gaze_head_drawing *d, gaze_error *err) {
    gaze_panels_put_title(&text->title, d->view->panels, d->view->panel_count, &d->view->figure, d->words);
    gaze_head_view_description(&text->description, d->view, d->edges, d->words);
    gaze_head_view_readout(&text->readout, d->view, d->words);
    gaze_head_view_caption(&text->caption, d->view, d->layout, d->edges, d->words);
    gaze_status status = gaze_buffer_status(&text->title, err);
    if (!status) status = gaze_buffer_status(&text->description, err);
    if (!status) status = gaze_buffer_status(&text->readout, err);
    if (!status) status = gaze_buffer_status(&text->caption, err);
    return status;
}

static double text_width(const gaze_head_drawing *d) {
    return d->layout->width - 2 * GAZE_PAGE_MARGIN;
}

/* The caption's paragraphs, the note between them cut to one line. Returns the y below the last. */
static double draw_caption(const gaze_head_drawing *d, const gaze_buffer *caption, double y, bool draw) {
    double width = text_width(d);
    const char *note = d->view->figure.note, *last = d->words->no_explanation;
    if (draw) gaze_page_paragraph(d->svg, caption->data, caption->length, GAZE_PAGE_MARGIN, y, width);
    y += GAZE_CAPTION_LINE * (double)gaze_page_lines(caption->data, caption->length, width);
    if (note && draw) gaze_page_line_of_text(d->svg, note, strlen(note), GAZE_PAGE_MARGIN, y, width);
    if (note) y += GAZE_CAPTION_LINE;
    if (draw) gaze_page_paragraph(d->svg, last, strlen(last), GAZE_PAGE_MARGIN, y, width);
    return y + GAZE_CAPTION_LINE * (double)gaze_page_lines(last, strlen(last), width);
}

static void draw_readout(const gaze_head_drawing *d, const gaze_buffer *readout) {
    if (readout->length == 0) return;
    gaze_svg_begin(d->svg, "g");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_string(d->svg, "font-weight", "600");
    gaze_page_line_of_text(d->svg, readout->data, readout->length, GAZE_PAGE_MARGIN,
                           gaze_page_header_height(&d->view->figure) + READOUT_LINE, text_width(d));
    gaze_svg_end(d->svg);
}

static void draw_figure(const gaze_head_drawing *d, const texts *text) {
    double caption_y = d->layout->bottom + CAPTION_GAP;
    double height = draw_caption(d, &text->caption, caption_y, false) + GAZE_PAGE_MARGIN - 10;
    gaze_page_begin(d->svg, &d->view->figure, d->palette, d->layout->width, height, text->title.data,
                    text->description.data);
    draw_readout(d, &text->readout);
    gaze_head_view_draw(d);
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    draw_caption(d, &text->caption, caption_y, true);
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
}

gaze_status gaze_head_view_svg(gaze_buffer *out, const gaze_head_view *view, gaze_error *err) {
    gaze_status status = gaze_head_view_check(view, err);
    if (status) return status;
    gaze_palette palette;
    gaze_head_layout layout;
    gaze_edges edges;
    texts text = {0};
    gaze_svg svg = gaze_svg_writer(out);
    status = gaze_edges_choose(&edges, view->panels, view->panel_count, view->row_count, view->column_count, err);
    if (status) return status;
    double top = gaze_page_header_height(&view->figure) + (view->pinned_count ? READOUT_LINE : 0);
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
    status = compose(&text, &d, err);
    if (!status) draw_figure(&d, &text);
    if (!status) status = gaze_buffer_status(out, err);
    free_texts(&text);
    gaze_edges_deinit(&edges);
    return status;
}
