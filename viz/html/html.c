#include "viz/html/html.h"

#include <string.h>

#include "viz/html/controls.h"
#include "viz/html/terms.h"
#include "viz/sentence.h"
#include "viz/text.h"
#include "viz/words.h"

static const double LONGEST_TEXT = 4000, LONGEST_INPUT = 240; /* em of what a page repeats */
enum { LOOKED_AT = 6000 }; /* bytes of an input; more is never shown */

/* No request can leave the page: this is what a browser is told. */
static const char POLICY[] =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

static const char STYLE[] =
    "\n*{box-sizing:border-box}\n"
    "body{margin:0;font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,"
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;background:var(--paper);color:var(--ink)}\n"
    "main{max-width:1400px;margin:0 auto;padding:16px 24px}\n"
    "h1{font-size:20px;margin:0 12px 0 0;display:inline}\nheader p{margin:4px 0;overflow-wrap:anywhere}\n"
    ".model,.note{color:var(--muted)}\nheader .model{display:inline-block;margin:0}\n"
    "#gaze-controls{display:none;flex-wrap:wrap;gap:6px 14px;align-items:center;margin:10px 0}\n"
    ".live #gaze-controls{display:flex}\n"
    "label,.group{display:inline-flex;gap:5px;align-items:center;flex-wrap:wrap}\n"
    "#gaze-more{max-width:calc(100% - 44px)}#gaze-more>div{display:flex;flex-wrap:wrap;gap:6px 14px}\n"
    "@media(min-width:601px){#gaze-more>summary{display:none}}\n"
    "button,select,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);"
    "border-radius:4px;padding:2px 7px;min-height:26px}\n"
    "input[type=range]{padding:0;width:90px}\ninput[type=checkbox]{min-height:0}\n"
    "button{cursor:pointer}\n.head{min-width:28px;padding:2px 4px}\n"
    ".head[aria-pressed=true]{color:var(--head-ink,#fff);background:var(--head,#0072b2);border-color:transparent}\n"
    ":focus-visible{outline:2px solid #d55e00;outline-offset:1px}\n"
    "#gaze-readout{font-weight:600;margin:6px 0;min-height:1.45em;overflow-wrap:anywhere}\n"
    "#gaze-spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
    "#gaze-figure{display:block;max-width:100%;min-width:640px;height:auto;cursor:default}\n"
    "#gaze-values{display:none}.live #gaze-values{display:block}\n"
    "#gaze-figure text{user-select:none}\n.live #gaze-figure .gaze-token{cursor:pointer}\n"
    ".gaze-labels [aria-selected=true],.gaze-chosen{font-weight:700}\n.gaze-chosen{text-decoration:underline}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "td,th{border:1px solid var(--line);padding:1px 6px;text-align:right}\n"
    "dialog{color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px;max-width:44em}\n"
    "dt{font-weight:600}dd{margin:0 0 6px 1em}\n.scroll{overflow-x:auto}\n"
    "@media print{#gaze-controls,details,#gaze-help{display:none!important}}\n@page{size:A4 landscape}\n"
    "@media(forced-colors:active){.head[aria-pressed=true]{forced-color-adjust:none}}\n";

static void put_element(gaze_svg *svg, const char *name, const char *class, const char *text, size_t length) {
    gaze_svg_begin(svg, name);
    if (class) gaze_svg_string(svg, "class", class);
    gaze_svg_content(svg);
    gaze_text_write(svg, text, length, LONGEST_TEXT);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
}

static void put_meta(gaze_svg *svg, const char *name, const char *value, const char *content) {
    gaze_svg_begin(svg, "meta");
    gaze_svg_string(svg, name, value);
    if (content) gaze_svg_string(svg, "content", content);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
}

static void put_color(gaze_buffer *out, const char *name, gaze_rgb c) {
    gaze_buffer_printf(out, "--%s:#%02x%02x%02x;", name, c.r, c.g, c.b);
}

static void put_palette(gaze_buffer *out, const gaze_palette *palette) {
    gaze_buffer_puts(out, ":root{");
    put_color(out, "paper", palette->paper);
    put_color(out, "ink", palette->ink);
    put_color(out, "muted", palette->muted);
    put_color(out, "line", palette->line);
    gaze_buffer_puts(out, "}");
}

/* The palette of the theme, and the dark one for a reader's dark screen; print is light. */
static void put_style(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette) {
    gaze_svg_begin(svg, "style");
    gaze_svg_content(svg);
    put_palette(svg->out, palette);
    gaze_buffer_printf(svg->out, "html{color-scheme:%s}", figure->theme == GAZE_THEME_AUTO   ? "light dark"
                                                           : figure->theme == GAZE_THEME_DARK ? "dark"
                                                                                              : "light");
    if (figure->theme == GAZE_THEME_AUTO) {
        gaze_figure night = *figure;
        gaze_palette dark;
        night.theme = GAZE_THEME_DARK;
        gaze_palette_fill(&dark, &night);
        gaze_buffer_puts(svg->out, "\n@media screen and (prefers-color-scheme:dark){");
        put_palette(svg->out, &dark);
        gaze_buffer_puts(svg->out, "}");
    }
    gaze_buffer_puts(svg->out, STYLE);
    gaze_svg_end(svg);
}

static void put_head(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, const char *title) {
    gaze_svg_begin(svg, "head");
    gaze_svg_content(svg);
    put_meta(svg, "charset", "utf-8", NULL);
    put_meta(svg, "http-equiv", "Content-Security-Policy", POLICY);
    put_meta(svg, "name", "viewport", "width=device-width, initial-scale=1");
    put_element(svg, "title", NULL, title, strlen(title));
    put_style(svg, figure, palette);
    gaze_svg_end(svg);
}

/* Texts of any direction, between quotes, as in a figure's own header: a long one up to a word, and whole on hover. */
static void put_input(gaze_svg *svg, const char *text, size_t length) {
    if (!text) return;
    size_t some = length < LOOKED_AT ? length : LOOKED_AT, shown = gaze_text_break(text, some, LONGEST_INPUT);
    gaze_svg_begin(svg, "p");
    if (shown < length) {
        gaze_svg_begin_value(svg, "title");
        gaze_xml_escape(svg->out, text, some);
        gaze_svg_end_value(svg);
    }
    gaze_svg_puts(svg, "“");
    gaze_text_write_all(svg, text, shown - (shown < length && shown > 0 && text[shown - 1] == ' '));
    gaze_svg_puts(svg, shown < length ? "…”" : "”");
    gaze_svg_end(svg);
}

static void put_header(gaze_svg *svg, const gaze_figure *figure, const char *title) {
    gaze_svg_begin(svg, "header");
    gaze_svg_content(svg);
    gaze_svg_begin(svg, "h1");
    gaze_svg_string(svg, "id", "gaze-heading");
    gaze_svg_content(svg);
    gaze_text_write(svg, title, strlen(title), LONGEST_TEXT);
    gaze_svg_end(svg);
    if (figure->model) put_element(svg, "p", "model", figure->model, strlen(figure->model));
    put_input(svg, figure->text, figure->text_length);
    put_input(svg, figure->pair, figure->pair_length);
    gaze_svg_end(svg);
}

void gaze_html_begin(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, const char *title) {
    gaze_buffer_puts(svg->out, "<!DOCTYPE html>\n");
    gaze_svg_begin(svg, "html");
    gaze_svg_string(svg, "lang", gaze_words_of(figure->language)->xml_lang);
    put_head(svg, figure, palette, title);
    gaze_svg_begin(svg, "body");
    gaze_svg_content(svg);
    gaze_svg_begin(svg, "main");
    gaze_svg_content(svg);
    put_header(svg, figure, title);
}

/* Controls ------------------------------------------------------------------------------------------- */

void gaze_html_begin_controls(gaze_svg *svg, gaze_language language) {
    gaze_buffer_putc(svg->out, '\n');
    gaze_svg_begin(svg, "div");
    gaze_svg_string(svg, "id", "gaze-controls");
    gaze_svg_string(svg, "role", "group");
    gaze_svg_string(svg, "aria-label", gaze_terms_of(language)->controls);
    gaze_svg_content(svg);
}

static void put_help(gaze_svg *svg, const gaze_terms *terms, const char *const *keys) {
    gaze_svg_begin(svg, "dialog");
    gaze_svg_string(svg, "id", "gaze-help");
    gaze_svg_string(svg, "aria-label", terms->help);
    gaze_svg_begin(svg, "dl");
    for (; *keys; keys += 2) {
        put_element(svg, "dt", NULL, keys[0], strlen(keys[0]));
        put_element(svg, "dd", NULL, keys[1], strlen(keys[1]));
    }
    gaze_svg_end(svg);
    gaze_svg_begin(svg, "form"); /* which closes it */
    gaze_svg_string(svg, "method", "dialog");
    put_element(svg, "button", NULL, terms->close, strlen(terms->close));
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

void gaze_html_end_controls(gaze_svg *svg, gaze_language language, const char *const *keys) {
    const gaze_terms *terms = gaze_terms_of(language);
    gaze_svg_begin(svg, "button");
    gaze_svg_string(svg, "id", "gaze-ask");
    gaze_svg_string(svg, "type", "button");
    gaze_svg_string(svg, "aria-label", terms->help);
    gaze_svg_puts(svg, "?");
    gaze_svg_end(svg);
    gaze_svg_end(svg);
    put_help(svg, terms, keys);
    gaze_svg_begin(svg, "noscript");
    gaze_svg_content(svg);
    put_element(svg, "p", "note", terms->no_script, strlen(terms->no_script));
    gaze_svg_end(svg);
}

/* Around the drawing --------------------------------------------------------------------------------- */

void gaze_html_readout(gaze_svg *svg, const gaze_buffer *text) {
    gaze_buffer_putc(svg->out, '\n');
    gaze_svg_begin(svg, "p");
    gaze_svg_string(svg, "id", "gaze-readout");
    gaze_svg_content(svg);
    if (text->length) gaze_svg_text(svg, text->data, text->length);
    gaze_svg_end(svg);
    gaze_svg_begin(svg, "p");
    gaze_svg_string(svg, "id", "gaze-spoken");
    gaze_svg_string(svg, "aria-live", "polite");
    gaze_svg_content(svg);
    gaze_svg_end(svg);
}

void gaze_html_begin_drawing(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                             double height, const char *label) {
    gaze_buffer_putc(svg->out, '\n');
    gaze_svg_begin(svg, "div");
    gaze_svg_string(svg, "class", "scroll"); /* in a narrow window */
    gaze_svg_content(svg);
    gaze_page_begin_drawing(svg, figure, palette, width, height, label);
}

void gaze_html_end_drawing(gaze_svg *svg) {
    gaze_svg_end(svg);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
}

/* What gaze_dequantise gives differs by no more (viz/html/quantise.h), rounded up. */
static void put_precision(gaze_svg *svg, const gaze_figure *figure, unsigned bits) {
    gaze_buffer text = {0};
    const bool fine = bits == 16;
    gaze_words_put(&text, gaze_terms_of(figure->language)->stored,
                   (const char *[]){fine ? "16" : "8", fine ? "0.00002" : "0.004"});
    if (text.failed)
        svg->out->failed = true;
    else
        put_element(svg, "p", "note", text.data, text.length);
    gaze_buffer_deinit(&text);
}

void gaze_html_caption(gaze_svg *svg, const gaze_figure *figure, const gaze_buffer *caption, unsigned bits,
                       const char *dropped) {
    const char *last = gaze_words_of(figure->language)->no_explanation;
    gaze_svg_begin(svg, "p");
    gaze_svg_string(svg, "id", "gaze-caption");
    gaze_svg_string(svg, "class", "note");
    gaze_svg_text(svg, caption->data, caption->length);
    gaze_svg_end(svg);
    if (bits) put_precision(svg, figure, bits);
    if (dropped && *dropped) put_element(svg, "p", "note", dropped, strlen(dropped));
    if (figure->note) put_element(svg, "p", "note", figure->note, strlen(figure->note));
    put_element(svg, "p", "note", last, strlen(last));
}

/* A table of values ---------------------------------------------------------------------------------- */

void gaze_html_begin_table(gaze_svg *svg, gaze_language language) {
    const gaze_terms *terms = gaze_terms_of(language);
    gaze_html_begin_details(svg, "gaze-values", terms->values);
    gaze_svg_begin(svg, "div");
    gaze_svg_string(svg, "class", "scroll");
    gaze_svg_string(svg, "tabindex", "0");
    gaze_svg_content(svg);
    gaze_svg_begin(svg, "table");
    gaze_svg_begin(svg, "thead");
    gaze_svg_begin(svg, "tr");
    gaze_html_heading(svg, terms->values_of, 0);
}

void gaze_html_heading(gaze_svg *svg, const char *template, size_t number) {
    gaze_svg_begin(svg, "th");
    gaze_svg_string(svg, "scope", "col");
    gaze_svg_content(svg);
    gaze_words_put_counts(svg->out, template, &number, 1);
    gaze_svg_end(svg);
}

void gaze_html_end_table(gaze_svg *svg) {
    gaze_svg_end(svg); /* tr */
    gaze_svg_end(svg); /* thead */
    gaze_svg_begin(svg, "tbody");
    gaze_svg_content(svg);
    gaze_svg_end(svg);
    gaze_svg_end(svg); /* table */
    gaze_svg_end(svg); /* div */
    gaze_svg_end(svg); /* details */
}

/* The end -------------------------------------------------------------------------------------------- */

void gaze_html_end(gaze_svg *svg, const gaze_buffer *json, const unsigned char *const *scripts) {
    gaze_svg_end(svg); /* main */
    gaze_svg_begin(svg, "script");
    gaze_svg_string(svg, "id", "gaze-data");
    gaze_svg_string(svg, "type", "application/json");
    gaze_svg_content(svg);
    gaze_buffer_append(svg->out, json->data, json->length);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
    gaze_svg_begin(svg, "script");
    gaze_svg_content(svg);
    gaze_buffer_puts(svg->out, "\n'use strict';\n(() => {\n");
    for (; *scripts; scripts++) gaze_buffer_puts(svg->out, (const char *)*scripts);
    gaze_buffer_puts(svg->out, "})();\n");
    gaze_svg_end(svg);
    gaze_svg_end(svg); /* body */
    gaze_svg_end(svg); /* html */
    gaze_buffer_putc(svg->out, '\n');
}
