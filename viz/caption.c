#include "viz/caption.h"

#include <string.h>

#include "viz/words.h"

gaze_status gaze_texts_status(const gaze_texts *texts, gaze_error *err) {
    gaze_status status = gaze_buffer_status(&texts->title, err);
    if (!status) status = gaze_buffer_status(&texts->description, err);
    if (!status) status = gaze_buffer_status(&texts->readout, err);
    return status ? status : gaze_buffer_status(&texts->caption, err);
}

void gaze_texts_deinit(gaze_texts *texts) {
    gaze_buffer_deinit(&texts->title);
    gaze_buffer_deinit(&texts->description);
    gaze_buffer_deinit(&texts->caption);
    gaze_buffer_deinit(&texts->readout);
}

double gaze_caption_bottom(const gaze_figure *figure, const gaze_buffer *caption, double y, double width) {
    const char *last = gaze_words_of(figure->language)->no_explanation;
    double room = width - 2 * GAZE_PAGE_MARGIN;
    size_t lines = gaze_page_lines(caption->data, caption->length, room) + (figure->note != NULL) +
                   gaze_page_lines(last, strlen(last), room);
    return y + GAZE_CAPTION_LINE * (double)lines + GAZE_PAGE_MARGIN - 10;
}

void gaze_caption_draw(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette,
                       const gaze_buffer *caption, double y, double width) {
    const char *note = figure->note, *last = gaze_words_of(figure->language)->no_explanation;
    double room = width - 2 * GAZE_PAGE_MARGIN;
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, palette);
    gaze_page_paragraph(svg, caption->data, caption->length, GAZE_PAGE_MARGIN, y, room);
    y += GAZE_CAPTION_LINE * (double)gaze_page_lines(caption->data, caption->length, room);
    if (note) gaze_page_line_of_text(svg, note, strlen(note), GAZE_PAGE_MARGIN, y, room);
    if (note) y += GAZE_CAPTION_LINE;
    gaze_page_paragraph(svg, last, strlen(last), GAZE_PAGE_MARGIN, y, room);
    gaze_svg_end(svg);
}
