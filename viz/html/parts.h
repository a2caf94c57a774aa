/* What every page composes before it is written: texts, data, what was left out. */
#ifndef GAZE_VIZ_HTML_PARTS_H
#define GAZE_VIZ_HTML_PARTS_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/caption.h"

/* A zeroed struct is empty. */
typedef struct gaze_page_parts {
    gaze_texts texts;
    gaze_buffer json, dropped;
} gaze_page_parts;

/* GAZE_OK, or MEMORY when one of them failed. */
gaze_status gaze_page_parts_status(const gaze_page_parts *parts, gaze_error *err);
void gaze_page_parts_deinit(gaze_page_parts *parts);

#endif
