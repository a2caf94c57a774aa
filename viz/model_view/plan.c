/* What picture and page of the model view begin with: check, order, lay out. */
#include "core/base/memory.h"
#include "viz/model_view/draw.h"

#define LARGEST_COUNT  4096
#define LARGEST_PANELS 1024

static gaze_status check(const gaze_model_view *view, gaze_error *err) {
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

gaze_status gaze_model_plan_make(gaze_model_plan *plan, gaze_buffer *out, const gaze_model_view *view, bool live,
                                 gaze_error *err) {
    gaze_status status = check(view, err);
    if (status) return status;
    plan->order = gaze_alloc(view->panel_count, sizeof *plan->order);
    if (!plan->order) return gaze_fail_memory(err);
    if (live)
        for (size_t i = 0; i < view->panel_count; i++) plan->order[i] = i;
    else
        gaze_model_order(plan->order, view);
    plan->svg = gaze_svg_writer(out);
    gaze_palette_fill(&plan->palette, &view->figure);
    gaze_model_layout_make(&plan->layout, view, live);
    plan->drawing = (gaze_model_drawing){.svg = &plan->svg,
                                         .view = view,
                                         .layout = &plan->layout,
                                         .order = plan->order,
                                         .palette = &plan->palette,
                                         .words = gaze_words_of(view->figure.language),
                                         .model_words = gaze_model_words_of(view->figure.language),
                                         .live = live};
    return GAZE_OK;
}

void gaze_model_plan_deinit(gaze_model_plan *plan) {
    gaze_free(plan->order);
}
