/* Elements, attributes and escaped text. */
#include "viz/svg.h"

#include <assert.h>
#include <string.h>

#include "core/base/utf8.h"

/* What XML 1.0 allows, section 2.2: Char. */
static bool is_xml_char(uint32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c != 0xFFFE && c != 0xFFFF;
}

static const char *reference(uint32_t c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\r': return "&#13;"; /* a parser would read a bare one as a line feed */
    default: return NULL;
    }
}

static void escape_code_point(gaze_buffer *out, uint32_t c) {
    const char *escaped = reference(c);
    if (escaped) {
        gaze_buffer_puts(out, escaped);
        return;
    }
    char bytes[4];
    size_t n = gaze_utf8_encode(is_xml_char(c) ? c : GAZE_REPLACEMENT_CHARACTER, bytes);
    gaze_buffer_append(out, bytes, n);
}

void gaze_xml_escape(gaze_buffer *out, const char *text, size_t length) {
    for (size_t i = 0; i < length;) {
        uint32_t c;
        i += gaze_utf8_decode(text + i, length - i, &c, NULL);
        escape_code_point(out, c);
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

static void begin_attribute(gaze_svg *svg, const char *name) {
    assert(svg->in_tag);
    gaze_buffer_putc(svg->out, ' ');
    gaze_buffer_puts(svg->out, name);
    gaze_buffer_puts(svg->out, "=\"");
}

void gaze_svg_string(gaze_svg *svg, const char *name, const char *value) {
    begin_attribute(svg, name);
    gaze_xml_escape(svg->out, value, strlen(value));
    gaze_buffer_putc(svg->out, '"');
}

void gaze_svg_number(gaze_svg *svg, const char *name, double value) {
    begin_attribute(svg, name);
    gaze_buffer_put_trimmed(svg->out, value, 2);
    gaze_buffer_putc(svg->out, '"');
}

void gaze_svg_color(gaze_svg *svg, const char *name, gaze_rgb color) {
    begin_attribute(svg, name);
    gaze_buffer_printf(svg->out, "#%02x%02x%02x\"", color.r, color.g, color.b);
}

void gaze_svg_text(gaze_svg *svg, const char *text, size_t length) {
    gaze_svg_content(svg);
    gaze_xml_escape(svg->out, text, length);
}

void gaze_svg_puts(gaze_svg *svg, const char *text) {
    gaze_svg_text(svg, text, strlen(text));
}

void gaze_svg_fixed(gaze_svg *svg, double value, int decimals) {
    gaze_svg_content(svg);
    gaze_buffer_put_fixed(svg->out, value, decimals);
}
