/* The SVG writer: elements, attributes, text. The one place where text is escaped.
 *
 *     gaze_svg_begin(svg, "text");
 *     gaze_svg_number(svg, "x", 12.5);
 *     gaze_svg_string(svg, "fill", "#123456");
 *     gaze_svg_text(svg, token, token_length);
 *     gaze_svg_end(svg);                         // <text x="12.5" fill="#123456">the</text>
 *
 * Nothing that a caller passes as text or as an attribute's value can leave its place: & < > " ' become
 * references, and what XML 1.0 forbids (control characters, U+FFFE, ill-formed UTF-8) becomes U+FFFD.
 * Names of elements and attributes are literals of the program. Failures stick to the buffer.
 */
#ifndef GAZE_VIZ_SVG_H
#define GAZE_VIZ_SVG_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/color.h"

#define GAZE_SVG_MAX_DEPTH 16

typedef struct gaze_svg {
    gaze_buffer *out;
    const char *open[GAZE_SVG_MAX_DEPTH]; /* the elements that are open, outermost first */
    size_t depth;
    size_t nodes; /* elements written so far */
    bool in_tag;  /* the last start tag still takes attributes */
} gaze_svg;

/* A writer that appends to `out`, which is borrowed. */
gaze_svg gaze_svg_writer(gaze_buffer *out);

/* An element; `name` is borrowed until its end. A new line begins before it where that changes nothing,
 * which is inside <svg>, <g> and <defs>. */
void gaze_svg_begin(gaze_svg *svg, const char *name);
void gaze_svg_end(gaze_svg *svg);

/* Attributes of the element that was begun last, before anything is put into it. */
void gaze_svg_string(gaze_svg *svg, const char *name, const char *value);
void gaze_svg_number(gaze_svg *svg, const char *name, double value); /* at most 2 decimals */
void gaze_svg_color(gaze_svg *svg, const char *name, gaze_rgb color);

/* Text inside the element. */
void gaze_svg_text(gaze_svg *svg, const char *text, size_t length);
void gaze_svg_puts(gaze_svg *svg, const char *text);
/* `value` as gaze_buffer_put_fixed writes it. */
void gaze_svg_fixed(gaze_svg *svg, double value, int decimals);

/* A start tag's end, after which raw bytes that are already well-formed may go to svg->out. */
void gaze_svg_content(gaze_svg *svg);

/* Appends `length` bytes of anything as XML text that is also safe between either kind of quotes. */
void gaze_xml_escape(gaze_buffer *out, const char *text, size_t length);

#endif
