/* The model view as a picture: texts, grid, caption. */
#include "viz/model_view/model_view.h"

#include "viz/caption.h"
#include "viz/header.h"
#include "viz/model_view/draw.h"
#include "viz/panel_name.h"

static gaze_status draw(const gaze_model_drawing *d, const gaze_texts *texts, gaze_error *err) {
    const gaze_figure *figure = &d->view->figure;
    const gaze_model_layout *layout = d->layout;
    double caption_y = layout->bottom + 30;
    double height = gaze_caption_bottom(figure, &texts->caption, caption_y, layout->width);
    gaze_page_begin_above(d->svg, figure, d->palette, layout->width, height, texts->title.data,
                          texts->description.data, gaze_readout_rise(&texts->readout, layout->width));
    gaze_readout_draw(d->svg, d->palette, &texts->readout, layout->readout_y, layout->width);
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
    gaze_model_plan plan;
    gaze_texts texts = {0};
    gaze_status status = gaze_model_plan_make(&plan, out, view, false, err);
    if (status) return status;
    const gaze_model_drawing *d = &plan.drawing;
    gaze_panels_put_title(&texts.title, view->panels, view->panel_count, &view->figure, d->words);
    gaze_model_headline(&texts.readout, d);
    gaze_model_description(&texts.description, d);
    gaze_model_caption(&texts.caption, d);
    status = gaze_texts_status(&texts, err);
    if (!status) status = draw(d, &texts, err);
    gaze_texts_deinit(&texts);
    gaze_model_plan_deinit(&plan);
    return status;
}
