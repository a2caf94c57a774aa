/* The model view, put together: check, order, lay out, draw. */
#include "viz/model_view/model_view.h"

#include "core/base/memory.h"
#include "viz/caption.h"
#include "viz/model_view/draw.h"
#include "viz/panel_name.h"

#define LARGEST_COUNT  4096
#define LARGEST_PANELS 1024

gaze_status gaze_model_view_check(const gaze_model_view *view, gaze_error *err) {
    if (!view->count || !view->panel_count || !view->head_count || view->panel_count % view->head_count)
        return gaze_fail(
            err, GAZE_ERROR_ARGUMENT,
            "model view: %zu tokens, %zu panels, %zu heads, expected tokens and whole layers of heads",
            view->count, view->panel_count, view->head_count);
    if (view->count > LARGEST_COUNT || view->panel_count > LARGEST_PANELS)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "model view: %zu tokens, %zu panels, expected at most %d and %d", view->count,
                         view->panel_count, LARGEST_COUNT, LARGEST_PANELS);
    return GAZE_OK;
}

static gaze_status draw(const gaze_model_drawing *d, const gaze_texts *texts, gaze_error *err) {
    const gaze_figure *figure = &d->view->figure;
    const gaze_model_layout *layout = d->layout;
    double caption_y = layout->bottom + 30;
    double height = gaze_caption_bottom(figure, &texts->caption, caption_y, layout->width);
    gaze_page_begin(d->svg, figure, d->palette, layout->width, height, texts->title.data,
                    texts->description.data);
    gaze_status status = gaze_model_draw_grid(d, err);
    if (status) return status;
    gaze_model_draw_key(d);
    if (!d->view->lines)
        gaze_page_legend(d->svg, figure, d->palette, layout->legend_x, layout->top, layout->legend_height);
    gaze_caption_draw(d->svg, figure, d->palette, &texts->caption, caption_y, layout->width);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
    return gaze_buffer_status(d->svg->out, err);
}

gaze_status gaze_model_view_svg(gaze_buffer *out, const gaze_model_view *view, gaze_error *err) {
    gaze_status status = gaze_model_view_check(view, err);
    if (status) return status;
    gaze_palette palette;
    gaze_model_layout layout;
    gaze_texts texts = {0};
    gaze_svg svg = gaze_svg_writer(out);
    size_t *order = gaze_alloc(view->panel_count, sizeof *order);
    if (!order) return gaze_fail_memory(err);
    gaze_palette_fill(&palette, &view->figure);
    gaze_model_layout_make(&layout, view, false);
    gaze_model_order(order, view);
    gaze_model_drawing d = {.svg = &svg,
                            .view = view,
                            .layout = &layout,
                            .order = order,
                            .palette = &palette,
                            .words = gaze_words_of(view->figure.language),
                            .model_words = gaze_model_words_of(view->figure.language)};
    gaze_panels_put_title(&texts.title, view->panels, view->panel_count, &view->figure, d.words);
    gaze_model_description(&texts.description, &d);
    gaze_model_caption(&texts.caption, &d);
    status = gaze_texts_status(&texts, err);
    if (!status) status = draw(&d, &texts, err);
    gaze_texts_deinit(&texts);
    gaze_free(order);
    return status;
}
