/* The page around an interactive figure, the same in every view: one file, no request, no library.
 *
 *     gaze_html_begin(svg, &figure, &palette, title);        header: title, model, texts
 *     gaze_html_begin_controls(svg, figure.language);        the view's selects and buttons; "?" is added
 *     ...
 *     gaze_html_end_controls(svg, figure.language, keys);
 *     gaze_html_readout(svg, text);                          what is pinned, in words and numbers
 *     gaze_html_begin_drawing(svg, ..., width, height);      the static figure, which shows without scripts too
 *     ...
 *     gaze_html_end_drawing(svg);
 *     gaze_html_caption(svg, &figure, caption, bits, dropped);
 *     gaze_html_end(svg, json, scripts);                     data, then the scripts
 *
 * Elements go through the writer of viz/svg.h, and so through its one escape. An element that is not void must have
 * gaze_svg_content() called before its end, or HTML would not see it end.
 */
#ifndef GAZE_VIZ_HTML_HTML_H
#define GAZE_VIZ_HTML_HTML_H

#include "core/base/buffer.h"
#include "viz/figure.h"
#include "viz/page.h"
#include "viz/svg.h"

/* Everything up to the header's end. <main> stays open. */
void gaze_html_begin(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, const char *title);

/* Between these two: viz/html/controls.h. */
void gaze_html_begin_controls(gaze_svg *svg, gaze_language language);
/* `keys`: pairs of a key and what it does, ended by NULL; they stand behind "?". */
void gaze_html_end_controls(gaze_svg *svg, gaze_language language, const char *const *keys);

/* The visible line under the controls, and the hidden one that a screen reader speaks. */
void gaze_html_readout(gaze_svg *svg, const gaze_buffer *text);

/* <svg id="gaze-figure">, of which gaze_html_end_drawing is the end. */
void gaze_html_begin_drawing(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                             double height, const char *label);
void gaze_html_end_drawing(gaze_svg *svg);

/* The caption, which a script may rewrite; how exact the weights are, of `bits` (0: the page says it itself); what was
 * dropped; the note; that attention is no explanation. NULL leaves out. */
void gaze_html_caption(gaze_svg *svg, const gaze_figure *figure, const gaze_buffer *caption, unsigned bits,
                       const char *dropped);

/* A folded table, which the script fills, with a row of headings, the first of which is written. In a heading's
 * template {} is the number. */
void gaze_html_begin_table(gaze_svg *svg, gaze_language language);
void gaze_html_heading(gaze_svg *svg, const char *template, size_t number);
void gaze_html_end_table(gaze_svg *svg);

/* `json`: an object made with gaze_buffer_put_json_string, so without any '<'. `scripts`: of viz/html/scripts.h, ended
 * by NULL. Closes everything. */
void gaze_html_end(gaze_svg *svg, const gaze_buffer *json, const unsigned char *const *scripts);

#endif
