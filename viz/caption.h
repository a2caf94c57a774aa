/* The words of a figure put together, and the caption at its foot: its paragraph, the figure's note, and the line that
 * attention is not an explanation. */
#ifndef GAZE_VIZ_CAPTION_H
#define GAZE_VIZ_CAPTION_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/page.h"
#include "viz/svg.h"

/* Plain text, composed before anything is drawn. A zeroed struct is empty. */
typedef struct gaze_texts {
    gaze_buffer title, description, caption;
    gaze_buffer readout; /* the bold line under the title, of views that have one */
} gaze_texts;

/* GAZE_OK, or MEMORY when one of them failed. */
gaze_status gaze_texts_status(const gaze_texts *texts, gaze_error *err);
void gaze_texts_deinit(gaze_texts *texts);

/* The height of a page whose caption has its first baseline at y. */
double gaze_caption_bottom(const gaze_figure *figure, const gaze_buffer *caption, double y, double width);
void gaze_caption_draw(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette,
                       const gaze_buffer *caption, double y, double width);

#endif
