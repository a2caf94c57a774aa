/* Frame, legend, paragraphs. */
#include "viz/page.h"

#include <math.h>
#include <string.h>

#include "viz/header.h"
#include "viz/scale.h"
#include "viz/sentence.h"
#include "viz/text.h"
#include "viz/words.h"

#define BAR_STOPS 18 /* at every 15th level */
#define BAR_ID    "gaze-scale"
#define SIGNED_ID "gaze-signed"

static const double LINE_STEP = 20, BAR_WIDTH = 14;
static const double DESCRIBED_EM = 240; /* room for the title and description that are read aloud */

static const char FONTS[] =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, "
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

static const gaze_palette light = {.paper = {0xFF, 0xFF, 0xFF},
                                   .ink = {0x1B, 0x1F, 0x28},
                                   .muted = {0x59, 0x64, 0x70},
                                   .line = {0x7D, 0x88, 0x92}};
static const gaze_palette dark = {.paper = {0x10, 0x15, 0x18},
                                  .ink = {0xE8, 0xEC, 0xEF},
                                  .muted = {0xA4, 0xAE, 0xB8},
                                  .line = {0x76, 0x81, 0x8B}};

/* The dark palette once more: a style sheet cannot be computed. */
static const char STYLE_DARK[] =
    "@media screen and (prefers-color-scheme:dark){"
    ".gaze-paper{fill:#101518}.gaze-ink{fill:#e8ecef}.gaze-muted{fill:#a4aeb8}"
    ".gaze-line{stroke:#76818b}.gaze-bar{fill:#76818b}.gaze-border,.gaze-rows rect:hover{stroke:#e8ecef}"
    ".gaze-numbers text{fill:#fff}.gaze-numbers .gaze-black{fill:#000}"
    ".gaze-heat{filter:invert(1) hue-rotate(180deg)}}\n";
static const char STYLE_HOVER[] =
    ".gaze-heat rect:hover,.gaze-rows rect:hover{stroke:#1b1f28;stroke-width:2}\n";
static const char STYLE_HOVER_DARK[] =
    ".gaze-heat rect:hover,.gaze-rows rect:hover{stroke:#e8ecef;stroke-width:2}\n";

void gaze_palette_fill(gaze_palette *palette, const gaze_figure *figure) {
    *palette = figure->theme == GAZE_THEME_DARK ? dark : light;
    gaze_scale_colors(figure->scale, palette->ramp);
    if (figure->theme != GAZE_THEME_DARK) return;
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++) palette->ramp[i] = gaze_color_darken(palette->ramp[i]);
}

void gaze_page_ink(gaze_svg *svg, const gaze_palette *palette) {
    gaze_svg_string(svg, "class", "gaze-ink");
    gaze_svg_color(svg, "fill", palette->ink);
}

void gaze_page_muted(gaze_svg *svg, const gaze_palette *palette) {
    gaze_svg_string(svg, "class", "gaze-muted");
    gaze_svg_color(svg, "fill", palette->muted);
}

void gaze_page_line(gaze_svg *svg, const gaze_palette *palette) {
    gaze_svg_string(svg, "class", "gaze-line");
    gaze_svg_color(svg, "stroke", palette->line);
}

void gaze_page_begin_heat(gaze_svg *svg) {
    gaze_svg_begin(svg, "g");
    gaze_svg_string(svg, "class", "gaze-heat");
}

void gaze_page_weight(gaze_svg *svg, double weight) {
    gaze_svg_content(svg);
    gaze_sentence_weight(svg->out, weight);
}

double gaze_page_header_height(const gaze_figure *figure) {
    return 44 + LINE_STEP * ((figure->text != NULL) + (figure->pair != NULL));
}

/* What both kinds of root have in common, `rise` pixels of it above y = 0; attributes of its own may follow. */
static void begin_root(gaze_svg *svg, double width, double height, double rise) {
    gaze_svg_begin(svg, "svg");
    gaze_svg_string(svg, "xmlns", "http://www.w3.org/2000/svg");
    gaze_svg_string(svg, "xmlns:xlink", "http://www.w3.org/1999/xlink");
    gaze_svg_number(svg, "width", width);
    gaze_svg_number(svg, "height", height + rise);
    gaze_svg_numbers(svg, "viewBox", NULL, (double[]){0, -rise, width, height + rise}, 4);
}

static void put_described(gaze_svg *svg, const char *element, const char *id, const char *text) {
    gaze_svg_begin(svg, element);
    gaze_svg_string(svg, "id", id);
    gaze_text_write(svg, text, strlen(text), DESCRIBED_EM);
    gaze_svg_end(svg);
}

static void put_style(gaze_svg *svg, gaze_theme theme) {
    gaze_svg_begin(svg, "style");
    gaze_svg_raw(svg, "\n");
    gaze_svg_raw(svg, theme == GAZE_THEME_DARK ? STYLE_HOVER_DARK : STYLE_HOVER);
    if (theme == GAZE_THEME_AUTO) gaze_svg_raw(svg, STYLE_DARK);
    gaze_svg_end(svg);
}

static void put_paper(gaze_svg *svg, const gaze_palette *palette, double width, double height, double rise) {
    gaze_svg_begin(svg, "rect");
    gaze_svg_string(svg, "class", "gaze-paper");
    if (rise > 0) gaze_svg_number(svg, "y", -rise);
    gaze_svg_number(svg, "width", width);
    gaze_svg_number(svg, "height", height + rise);
    gaze_svg_color(svg, "fill", palette->paper);
    gaze_svg_end(svg);
}

void gaze_page_begin(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                     double height, const char *title, const char *description) {
    gaze_page_begin_above(svg, figure, palette, width, height, title, description, 0);
}

void gaze_page_begin_above(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                           double height, const char *title, const char *description, double above) {
    double rise = above + gaze_header_rise(figure, title, width);
    begin_root(svg, width, height, rise);
    gaze_svg_string(svg, "role", "img");
    gaze_svg_string(svg, "aria-labelledby", "gaze-title gaze-desc");
    gaze_svg_string(svg, "xml:lang", gaze_words_of(figure->language)->xml_lang);
    gaze_svg_string(svg, "font-family", FONTS);
    gaze_svg_number(svg, "font-size", GAZE_SMALL_FONT);
    put_described(svg, "title", "gaze-title", title);
    put_described(svg, "desc", "gaze-desc", description);
    put_style(svg, figure->theme);
    put_paper(svg, palette, width, height, rise);
    gaze_header_draw(svg, figure, palette, width, title, rise);
}

void gaze_page_begin_drawing(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                             double height, const char *label) {
    begin_root(svg, width, height, 0);
    gaze_svg_string(svg, "id", "gaze-figure");
    gaze_svg_string(svg, "role", "group");
    gaze_svg_string(svg, "aria-label", label);
    gaze_svg_string(svg, "font-family", FONTS);
    gaze_svg_number(svg, "font-size", GAZE_SMALL_FONT);
    put_style(svg, figure->theme);
    put_paper(svg, palette, width, height, 0);
}

/* A gradient cannot say sqrt; it joins colours that are an even way apart on the bar. */
static void put_gradient(gaze_svg *svg, const char *id, const gaze_rgb *ramp) {
    gaze_svg_begin(svg, "linearGradient");
    gaze_svg_string(svg, "id", id);
    gaze_svg_number(svg, "x1", 0);
    gaze_svg_number(svg, "y1", 1);
    gaze_svg_number(svg, "x2", 0);
    gaze_svg_number(svg, "y2", 0);
    for (size_t i = 0; i < BAR_STOPS; i++) {
        gaze_svg_begin(svg, "stop");
        gaze_svg_number(svg, "offset", (double)i / (BAR_STOPS - 1));
        gaze_svg_color(svg, "stop-color", ramp[i * (GAZE_RAMP_LEVELS - 1) / (BAR_STOPS - 1)]);
        gaze_svg_end(svg);
    }
    gaze_svg_end(svg);
}

static void put_bar(gaze_svg *svg, const char *id, const gaze_rgb *ramp, double x, double y, double height) {
    gaze_page_begin_heat(svg);
    put_gradient(svg, id, ramp);
    gaze_svg_begin(svg, "rect");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y);
    gaze_svg_number(svg, "width", BAR_WIDTH);
    gaze_svg_number(svg, "height", height);
    gaze_svg_begin_value(svg, "fill");
    gaze_buffer_printf(svg->out, "url(#%s)", id);
    gaze_svg_end_value(svg);
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

void gaze_page_text(gaze_svg *svg, double x, double y, const char *anchor, const char *text) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y);
    if (anchor) gaze_svg_string(svg, "text-anchor", anchor);
    gaze_svg_puts(svg, text);
    gaze_svg_end(svg);
}

static void put_tick_marks(gaze_svg *svg, const gaze_palette *palette, const gaze_tick *ticks, size_t count,
                           double x, double y, double height) {
    gaze_svg_begin(svg, "path");
    gaze_page_line(svg, palette);
    gaze_svg_begin_value(svg, "d");
    for (size_t i = 0; i < count; i++) gaze_svg_line(svg, x, y + height * (1 - ticks[i].at), 'h', 4);
    gaze_svg_end_value(svg);
    gaze_svg_end(svg);
}

/* "sqrt scale", or where it ends. */
static void put_scale_name(gaze_svg *svg, const gaze_figure *figure, double x, double y) {
    gaze_buffer name = {0};
    gaze_sentence_scale(&name, figure, gaze_words_of(figure->language));
    if (name.failed) svg->out->failed = true;
    gaze_page_text(svg, x, y, NULL, name.data ? name.data : "");
    gaze_buffer_deinit(&name);
}

void gaze_page_legend(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double x,
                      double y, double height) {
    double right = x + BAR_WIDTH;
    gaze_tick ticks[GAZE_MOST_TICKS];
    size_t count = gaze_scale_figure_ticks(ticks, figure);
    put_bar(svg, BAR_ID, palette->ramp, x, y, height);
    put_tick_marks(svg, palette, ticks, count, right, y, height);
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, palette);
    for (size_t i = 0; i < count; i++)
        gaze_page_text(svg, right + 7, y + height * (1 - ticks[i].at) + 4, NULL, ticks[i].label);
    gaze_page_text(svg, x, y + height + 20, NULL, gaze_words_of(figure->language)->scale_names[figure->scale][0]);
    put_scale_name(svg, figure, x, y + height + 36);
    gaze_svg_end(svg);
}

void gaze_page_signed_ramp(gaze_rgb *ramp, const gaze_figure *figure) {
    gaze_scale_colors(GAZE_SCALE_SIGNED, ramp);
    for (size_t i = 0; i < GAZE_RAMP_LEVELS && figure->theme == GAZE_THEME_DARK; i++)
        ramp[i] = gaze_color_darken(ramp[i]);
}

/* "-0.42", trimmed, at the ends and the middle; where there is more beyond an end, "≤ -0.42". */
static void put_limit(gaze_svg *svg, double x, double y, double value, bool beyond) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y + 4);
    gaze_svg_content(svg);
    if (beyond && value != 0) gaze_svg_puts(svg, value > 0 ? "≥ " : "≤ ");
    if (value > 0) gaze_svg_puts(svg, "+");
    gaze_buffer_put_trimmed(svg->out, value, 3);
    gaze_svg_end(svg);
}

void gaze_page_signed_legend(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette,
                             const gaze_rgb *ramp, double limit, bool beyond, double x, double y, double height) {
    static const gaze_tick ticks[] = {{0, ""}, {0.5, ""}, {1, ""}};
    const gaze_words *words = gaze_words_of(figure->language);
    double right = x + BAR_WIDTH;
    put_bar(svg, SIGNED_ID, ramp, x, y, height);
    put_tick_marks(svg, palette, ticks, 3, right, y, height);
    gaze_svg_begin(svg, "g");
    gaze_page_muted(svg, palette);
    for (int i = 0; i < 3; i++) put_limit(svg, right + 7, y + height * (1 - i / 2.0), limit * (i - 1), beyond);
    gaze_page_text(svg, x, y + height + 20, NULL, words->scale_names[GAZE_SCALE_SIGNED][0]);
    gaze_page_text(svg, x, y + height + 36, NULL, words->scale_names[GAZE_SCALE_SIGNED][1]);
    gaze_svg_end(svg);
}

/* Half an em is left free, because the width of a font is only guessed. */
static double line_em(double width) {
    return width / GAZE_SMALL_FONT * 0.95 - 0.5;
}

size_t gaze_page_lines(const char *text, size_t length, double width) {
    size_t lines = 0;
    for (size_t at = 0; at < length; lines++) at += gaze_text_break(text + at, length - at, line_em(width));
    return lines;
}

void gaze_page_paragraph(gaze_svg *svg, const char *text, size_t length, double x, double y, double width) {
    for (size_t at = 0; at < length; y += GAZE_CAPTION_LINE) {
        size_t n = gaze_text_break(text + at, length - at, line_em(width));
        gaze_svg_begin(svg, "text");
        gaze_svg_number(svg, "x", x);
        gaze_svg_number(svg, "y", y);
        gaze_svg_text(svg, text + at, n);
        gaze_svg_end(svg);
        at += n;
    }
}

void gaze_page_line_of_text(gaze_svg *svg, const char *text, size_t length, double x, double y,
                            double width) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y);
    gaze_text_write(svg, text, length, line_em(width));
    gaze_svg_end(svg);
}
