/* Elements, attributes and escaped text. */
#include "viz/svg.h"

#include <assert.h>
#include <string.h>

#include "core/base/utf8.h"
#include "viz/sign.h"

/* What stands for a character that cannot stand for itself; NULL when it can. */
static const char *substitute(uint32_t c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return gaze_sign_instead(c);
    }
}

void gaze_xml_escape(gaze_buffer *out, const char *text, size_t length) {
    for (size_t i = 0; i < length;) {
        uint32_t c;
        bool valid;
        size_t n = gaze_utf8_decode(text + i, length - i, &c, &valid);
        const char *instead = valid ? substitute(c) : "\xEF\xBF\xBD";
        if (instead)
            gaze_buffer_puts(out, instead);
        else
            gaze_buffer_append(out, text + i, n);
        i += n;
    }
}

gaze_svg gaze_svg_writer(gaze_buffer *out) {
    return (gaze_svg){.out = out};
}

void gaze_svg_content(gaze_svg *svg) {
    if (svg->in_tag) gaze_buffer_putc(svg->out, '>');
    svg->in_tag = false;
}

/* White space between the children of these means nothing. */
static bool is_container(const char *name) {
    return strcmp(name, "svg") == 0 || strcmp(name, "g") == 0 || strcmp(name, "defs") == 0;
}

void gaze_svg_begin(gaze_svg *svg, const char *name) {
    assert(svg->depth < GAZE_SVG_MAX_DEPTH);
    gaze_svg_content(svg);
    if (svg->depth > 0 && is_container(svg->open[svg->depth - 1])) gaze_buffer_putc(svg->out, '\n');
    gaze_buffer_putc(svg->out, '<');
    gaze_buffer_puts(svg->out, name);
    svg->open[svg->depth++] = name;
    svg->nodes++;
    svg->in_tag = true;
}

void gaze_svg_end(gaze_svg *svg) {
    assert(svg->depth > 0);
    const char *name = svg->open[--svg->depth];
    if (svg->in_tag) {
        gaze_buffer_puts(svg->out, "/>");
        svg->in_tag = false;
        return;
    }
    gaze_buffer_puts(svg->out, "</");
    gaze_buffer_puts(svg->out, name);
    gaze_buffer_putc(svg->out, '>');
}

void gaze_svg_begin_value(gaze_svg *svg, const char *name) {
    assert(svg->in_tag);
    gaze_buffer_putc(svg->out, ' ');
    gaze_buffer_puts(svg->out, name);
    gaze_buffer_puts(svg->out, "=\"");
}

void gaze_svg_end_value(gaze_svg *svg) {
    gaze_buffer_putc(svg->out, '"');
}

/* `numbers` with a blank between them. */
static void put_numbers(gaze_buffer *out, const double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) gaze_buffer_putc(out, ' ');
        gaze_buffer_put_trimmed(out, numbers[i], 2);
    }
}

void gaze_svg_line(gaze_svg *svg, double x, double y, char direction, double length) {
    gaze_buffer_putc(svg->out, 'M');
    put_numbers(svg->out, (double[]){x, y}, 2);
    gaze_buffer_putc(svg->out, direction);
    gaze_buffer_put_trimmed(svg->out, length, 2);
}

void gaze_svg_box(gaze_svg *svg, double x, double y, double width, double height) {
    gaze_svg_line(svg, x, y, 'h', width);
    gaze_buffer_putc(svg->out, 'v');
    gaze_buffer_put_trimmed(svg->out, height, 2);
    gaze_buffer_putc(svg->out, 'h');
    gaze_buffer_put_trimmed(svg->out, -width, 2);
    gaze_buffer_putc(svg->out, 'z');
}

void gaze_svg_string(gaze_svg *svg, const char *name, const char *value) {
    gaze_svg_begin_value(svg, name);
    gaze_xml_escape(svg->out, value, strlen(value));
    gaze_svg_end_value(svg);
}

void gaze_svg_number(gaze_svg *svg, const char *name, double value) {
    gaze_svg_begin_value(svg, name);
    gaze_buffer_put_trimmed(svg->out, value, 2);
    gaze_svg_end_value(svg);
}

void gaze_svg_color(gaze_svg *svg, const char *name, gaze_rgb color) {
    gaze_svg_begin_value(svg, name);
    gaze_buffer_printf(svg->out, "#%02x%02x%02x\"", color.r, color.g, color.b);
}

void gaze_svg_numbers(gaze_svg *svg, const char *name, const char *function, const double *numbers,
                      size_t count) {
    gaze_svg_begin_value(svg, name);
    if (function) gaze_buffer_printf(svg->out, "%s(", function);
    put_numbers(svg->out, numbers, count);
    if (function) gaze_buffer_putc(svg->out, ')');
    gaze_svg_end_value(svg);
}

void gaze_svg_translate(gaze_svg *svg, double x, double y) {
    gaze_svg_numbers(svg, "transform", "translate", (double[]){x, y}, 2);
}

void gaze_svg_rotate(gaze_svg *svg, double degrees, double x, double y) {
    gaze_svg_numbers(svg, "transform", "rotate", (double[]){degrees, x, y}, 3);
}

void gaze_svg_text(gaze_svg *svg, const char *text, size_t length) {
    gaze_svg_content(svg);
    gaze_xml_escape(svg->out, text, length);
}

void gaze_svg_puts(gaze_svg *svg, const char *text) {
    gaze_svg_text(svg, text, strlen(text));
}

void gaze_svg_count(gaze_svg *svg, size_t value) {
    gaze_svg_content(svg);
    gaze_buffer_printf(svg->out, "%zu", value);
}

void gaze_svg_fixed(gaze_svg *svg, double value, int decimals) {
    gaze_svg_content(svg);
    gaze_buffer_put_fixed(svg->out, value, decimals);
}

void gaze_svg_raw(gaze_svg *svg, const char *literal) {
    gaze_svg_content(svg);
    gaze_buffer_puts(svg->out, literal);
}
