/* The SVG writer: elements, attributes, text. The one place where text is escaped.
 *
 *     gaze_svg_begin(svg, "text");
 *     gaze_svg_number(svg, "x", 12.5);
 *     gaze_svg_string(svg, "fill", "#123456");
 *     gaze_svg_text(svg, token, token_length);
 *     gaze_svg_end(svg);                         // <text x="12.5" fill="#123456">the</text>
 *
 * Nothing that a caller passes as text or as an attribute's value can leave its place: & < > " ' become
 * references; what XML 1.0 forbids (control characters, U+FFFE, ill-formed UTF-8) and what would turn the
 * direction of the text around it becomes U+FFFD; a tab or the end of a line becomes a sign for it.
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
/* name="1 2 3", or name="function(1 2 3)" when `function` is not NULL. */
void gaze_svg_numbers(gaze_svg *svg, const char *name, const char *function, const double *numbers,
                      size_t count);
void gaze_svg_translate(gaze_svg *svg, double x, double y);              /* transform="translate(x y)" */
void gaze_svg_rotate(gaze_svg *svg, double degrees, double x, double y); /* about (x, y) */

/* An attribute made of pieces: between the two, its value is appended to svg->out, escaped where needed. */
void gaze_svg_begin_value(gaze_svg *svg, const char *name);
void gaze_svg_end_value(gaze_svg *svg);
/* A piece of a path's value: a line from (x, y) to the right ('h') or down ('v'). */
void gaze_svg_line(gaze_svg *svg, double x, double y, char direction, double length);
/* Likewise: a box with its top left corner at (x, y), all of them turning the same way. */
void gaze_svg_box(gaze_svg *svg, double x, double y, double width, double height);

/* Text inside the element. */
void gaze_svg_text(gaze_svg *svg, const char *text, size_t length);
void gaze_svg_puts(gaze_svg *svg, const char *text);
void gaze_svg_count(gaze_svg *svg, size_t value);
/* `value` as gaze_buffer_put_fixed writes it. */
void gaze_svg_fixed(gaze_svg *svg, double value, int decimals);

/* A literal of the program as it stands: a style sheet, a sign that gaze_svg_text would replace. */
void gaze_svg_raw(gaze_svg *svg, const char *literal);
/* Ends the start tag; after it, text that is already well-formed may be appended to svg->out. */
void gaze_svg_content(gaze_svg *svg);

/* Appends `length` bytes of anything as XML text that is also safe between quotes of either kind. */
void gaze_xml_escape(gaze_buffer *out, const char *text, size_t length);

#endif
