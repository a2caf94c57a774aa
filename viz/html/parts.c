#include "viz/html/parts.h"

gaze_status gaze_page_parts_status(const gaze_page_parts *parts, gaze_error *err) {
    gaze_status status = gaze_texts_status(&parts->texts, err);
    if (!status) status = gaze_buffer_status(&parts->json, err);
    return status ? status : gaze_buffer_status(&parts->dropped, err);
}

void gaze_page_parts_deinit(gaze_page_parts *parts) {
    gaze_texts_deinit(&parts->texts);
    gaze_buffer_deinit(&parts->json);
    gaze_buffer_deinit(&parts->dropped);
}

void gaze_page_put_left_out(gaze_buffer *out, const size_t *layers, const bool *held, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!held[i]) gaze_buffer_printf(out, "%s%zu", out->length ? ", " : "", layers[i]);
}
