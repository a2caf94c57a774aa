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
