/* The neuron view, put together: check, count, lay out, draw. */
#include "viz/neuron_view/neuron_view.h"

#include "viz/caption.h"
#include "viz/header.h"
#include "viz/neuron_view/draw.h"

#define MOST_ROWS 64
#define MOST_TOKENS 4096
#define MOST_DIMENSIONS 1024

gaze_status gaze_neuron_check(const gaze_neuron_view *view, gaze_error *err) {
    size_t T = view->token_count, K = view->head_size, R = view->row_count;
    if (!T || !K || !R || view->query >= T || view->strongest >= T)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "neuron view: query %zu of %zu tokens, %zu dimensions, %zu rows, expected at least 1 of each",
                         view->query, T, K, R);
    if (T > MOST_TOKENS || K > MOST_DIMENSIONS || R > MOST_ROWS)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "neuron view: %zu tokens, %zu dimensions, %zu rows, expected at most %d, %d and %d", T, K, R,
                         MOST_TOKENS, MOST_DIMENSIONS, MOST_ROWS);
    for (size_t r = 0; r < R; r++)
        if (view->rows[r] >= T)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "neuron view: row of token %zu, there are %zu", view->rows[r],
                             T);
    return GAZE_OK;
}

gaze_status gaze_neuron_compose(gaze_texts *text, const gaze_neuron_drawing *d, gaze_error *err) {
    gaze_neuron_title(&text->title, d);
    gaze_neuron_description(&text->description, d);
    gaze_neuron_caption(&text->caption, d);
    gaze_neuron_readout(&text->readout, d);
    return gaze_texts_status(text, err);
}

void gaze_neuron_draw_figure(const gaze_neuron_drawing *d) {
    gaze_neuron_put_style(d);
    gaze_neuron_draw_headings(d);
    gaze_neuron_draw_guides(d);
    gaze_neuron_draw_connectors(d);
    gaze_neuron_draw_labels(d);
    gaze_neuron_draw_cells(d);
    gaze_neuron_draw_numbers(d);
    gaze_neuron_draw_veil(d);
    gaze_neuron_draw_scales(d);
}

static gaze_status draw(const gaze_neuron_drawing *d, const gaze_texts *text, gaze_error *err) {
    const gaze_figure *figure = &d->view->figure;
    double caption_y = d->layout->bottom + 26, width = d->layout->width;
    double height = gaze_caption_bottom(figure, &text->caption, caption_y, width);
    gaze_page_begin_above(d->svg, figure, d->palette, width, height, text->title.data, text->description.data,
                          gaze_readout_rise(&text->readout, width));
    gaze_readout_draw(d->svg, d->palette, &text->readout, d->layout->readout_y, width);
    gaze_neuron_draw_figure(d);
    gaze_neuron_draw_hovers(d);
    gaze_caption_draw(d->svg, figure, d->palette, &text->caption, caption_y, width);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
    return gaze_buffer_status(d->svg->out, err);
}

gaze_status gaze_neuron_view_svg(gaze_buffer *out, const gaze_neuron_view *view, gaze_error *err) {
    gaze_status status = gaze_neuron_check(view, err);
    if (status) return status;
    gaze_palette palette;
    gaze_neuron_layout layout;
    gaze_neuron_facts facts;
    gaze_texts text = {0};
    gaze_svg svg = gaze_svg_writer(out);
    gaze_palette_fill(&palette, &view->figure);
    gaze_neuron_layout_make(&layout, view);
    gaze_neuron_facts_collect(&facts, view);
    gaze_neuron_drawing d = {&svg, view, &layout, &facts, &palette, gaze_words_of(view->figure.language),
                             gaze_neuron_words_of(view->figure.language), GAZE_NEURON_DECIMALS};
    status = gaze_neuron_compose(&text, &d, err);
    if (!status) status = draw(&d, &text, err);
    gaze_texts_deinit(&text);
    return status;
}
