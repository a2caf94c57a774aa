/* What every page composes before it is written: texts, data, what was left out. */
#ifndef GAZE_VIZ_HTML_PARTS_H
#define GAZE_VIZ_HTML_PARTS_H

#include <stdbool.h>
#include <stddef.h>

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

/* Which of `count` layers a page does not hold, as "0, 2, 5"; nothing where it holds all. */
void gaze_page_put_left_out(gaze_buffer *out, const size_t *layers, const bool *held, size_t count);

#endif
