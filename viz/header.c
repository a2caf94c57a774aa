#include "viz/header.h"

#include <string.h>

#include "viz/text.h"

enum { TITLE_LINES = 3, MODEL_LINES = 2, TEXT_LINES = 2, READOUT_LINES = 3 };
enum { LOOKED_AT = 6000 }; /* bytes of a text: more is never shown */

static const double TITLE_Y = 40, FIRST_Y = 64, TITLE_STEP = 26, LINE_STEP = 20;
static const double BOLD = 1.08, GUESS = 0.95; /* bold type is wider; widths are guessed, so not all room is taken */
static const double ELLIPSIS_EM = 1, MODEL_GAP = 14;

/* Words that are broken into lines of `em`, at most so many of them. */
typedef struct paragraph {
    const char *text;
    size_t length;
    double em;
    size_t most;
    bool more; /* behind what is looked at */
} paragraph;

static paragraph paragraph_of(const char *text, size_t length, double em, size_t most) {
    paragraph p = {text, length, em, most, length > LOOKED_AT};
    if (!p.more) return p;
    for (p.length = LOOKED_AT; p.length > LOOKED_AT - 4 && ((unsigned char)text[p.length] & 0xC0) == 0x80;) p.length--;
    return p;
}

/* Bytes of the line that begins at `at`. *cut: it is the last that may be, and more would follow. */
static size_t line_bytes(const paragraph *p, size_t at, size_t line, bool *cut) {
    size_t left = p->length - at, n = gaze_text_break(p->text + at, left, p->em);
    *cut = (n < left || p->more) && line + 1 == p->most;
    return *cut ? gaze_text_break(p->text + at, left, p->em - ELLIPSIS_EM) : n;
}

static size_t count_lines(const paragraph *p, bool *cut) {
    size_t lines = 0;
    *cut = false;
    for (size_t at = 0; at < p->length && lines < p->most; lines++) at += line_bytes(p, at, lines, cut);
    return lines;
}

static double rise_of(const paragraph *p, double step) {
    bool cut;
    size_t lines = count_lines(p, &cut);
    return lines > 1 ? step * (double)(lines - 1) : 0;
}

/* The whole of it, for the mouse and for who cannot see. */
static void put_whole(gaze_svg *svg, const paragraph *p) {
    gaze_svg_begin(svg, "title");
    gaze_text_write_all(svg, p->text, p->length);
    if (p->more) gaze_svg_puts(svg, "…");
    gaze_svg_end(svg);
}

static void put_line(gaze_svg *svg, const paragraph *p, size_t at, size_t n, bool cut) {
    while (n > 0 && p->text[at + n - 1] == ' ') n--;
    gaze_text_write(svg, p->text + at, n, p->em + 1);
    if (cut) gaze_svg_puts(svg, "…");
}

/* The first line where the open element stands, each other a step below the one before. */
static void put_lines(gaze_svg *svg, const paragraph *p, double y, double step) {
    bool cut;
    for (size_t at = 0, line = 0, n; at < p->length && line < p->most; line++, at += n) {
        n = line_bytes(p, at, line, &cut);
        if (line > 0) {
            gaze_svg_begin(svg, "tspan");
            gaze_svg_number(svg, "x", GAZE_PAGE_MARGIN);
            gaze_svg_number(svg, "y", y + step * (double)line);
        }
        put_line(svg, p, at, n, cut);
        if (line > 0) gaze_svg_end(svg);
    }
}

/* Where each part stands ------------------------------------------------------------------------------ */

static double room_of(double width, double font) {
    return (width - 2 * GAZE_PAGE_MARGIN) / font * GUESS;
}

static paragraph title_of(const char *title, double width) {
    return paragraph_of(title, strlen(title), room_of(width, GAZE_TITLE_FONT) / BOLD, TITLE_LINES);
}

static paragraph model_of(const gaze_figure *figure, double width) {
    const char *model = figure->model ? figure->model : "";
    return paragraph_of(model, strlen(model), room_of(width, GAZE_TEXT_FONT), MODEL_LINES);
}

static paragraph text_of(const char *text, size_t length, double width) {
    return paragraph_of(text, text ? length : 0, room_of(width, GAZE_TEXT_FONT) - 1, TEXT_LINES);
}

static paragraph readout_of(const gaze_buffer *text, double width) {
    return paragraph_of(text->data, text->length, room_of(width, GAZE_TEXT_FONT) / BOLD, READOUT_LINES);
}

/* Whether the model's name stands behind the title, on its one line. */
static bool is_beside(const paragraph *title, const paragraph *model) {
    double used = gaze_text_width(title->text, title->length) * BOLD * GAZE_TITLE_FONT + MODEL_GAP;
    return used + gaze_text_width(model->text, model->length) * GAZE_TEXT_FONT <= title->em * BOLD * GAZE_TITLE_FONT;
}

/* Baselines from the title's first to that of the last text. */
typedef struct rows {
    paragraph title, model, text, pair;
    bool beside;
    double title_y, model_y, text_y, pair_y;
} rows;

/* Counted from the last one up, which has its place. */
static rows rows_of(const gaze_figure *figure, const char *title, double width) {
    rows r = {.title = title_of(title, width),
              .model = model_of(figure, width),
              .text = text_of(figure->text, figure->text_length, width),
              .pair = text_of(figure->pair, figure->pair_length, width)};
    double rise = 0;
    r.beside = is_beside(&r.title, &r.model);
    r.pair_y = FIRST_Y + (figure->text ? LINE_STEP : 0) - (rise += rise_of(&r.pair, LINE_STEP));
    r.text_y = FIRST_Y - (rise += rise_of(&r.text, LINE_STEP));
    if (!r.beside) r.model_y = TITLE_Y - (rise += rise_of(&r.model, LINE_STEP));
    if (!r.beside && r.model.length) rise += LINE_STEP;
    r.title_y = TITLE_Y - rise - rise_of(&r.title, TITLE_STEP);
    return r;
}

double gaze_header_rise(const gaze_figure *figure, const char *title, double width) {
    return TITLE_Y - rows_of(figure, title, width).title_y;
}

/* Drawing -------------------------------------------------------------------------------------------- */

static void begin_text(gaze_svg *svg, double y, double font) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", GAZE_PAGE_MARGIN);
    gaze_svg_number(svg, "y", y);
    gaze_svg_number(svg, "font-size", font);
}

static void put_whole_if_cut(gaze_svg *svg, const paragraph *p) {
    bool cut;
    count_lines(p, &cut);
    if (cut) put_whole(svg, p);
}

/* The model behind the title, in plain type. */
static void put_model_beside(gaze_svg *svg, const gaze_palette *palette, const paragraph *model) {
    gaze_svg_begin(svg, "tspan");
    gaze_svg_number(svg, "dx", MODEL_GAP);
    gaze_svg_number(svg, "font-size", GAZE_TEXT_FONT);
    gaze_page_muted(svg, palette);
    gaze_text_write(svg, model->text, model->length, model->em);
    gaze_svg_end(svg);
}

static void put_title(gaze_svg *svg, const gaze_palette *palette, const rows *r, double y) {
    begin_text(svg, y, GAZE_TITLE_FONT);
    gaze_page_ink(svg, palette);
    put_whole_if_cut(svg, &r->title);
    gaze_svg_begin(svg, "tspan");
    gaze_svg_string(svg, "font-weight", "600");
    put_lines(svg, &r->title, y, TITLE_STEP);
    gaze_svg_end(svg);
    if (r->beside && r->model.length) put_model_beside(svg, palette, &r->model);
    gaze_svg_end(svg);
}

static void put_model(gaze_svg *svg, const gaze_palette *palette, const paragraph *model, double y) {
    begin_text(svg, y, GAZE_TEXT_FONT);
    gaze_page_muted(svg, palette);
    put_whole_if_cut(svg, model);
    put_lines(svg, model, y, LINE_STEP);
    gaze_svg_end(svg);
}

static void put_input(gaze_svg *svg, const gaze_palette *palette, const paragraph *text, double y) {
    begin_text(svg, y, GAZE_TEXT_FONT);
    gaze_page_ink(svg, palette);
    put_whole_if_cut(svg, text);
    gaze_svg_puts(svg, "“");
    put_lines(svg, text, y, LINE_STEP);
    gaze_svg_puts(svg, "”");
    gaze_svg_end(svg);
}

void gaze_header_draw(gaze_svg *svg, const gaze_figure *figure, const gaze_palette *palette, double width,
                      const char *title, double rise) {
    rows r = rows_of(figure, title, width);
    double up = rise - (TITLE_Y - r.title_y);
    put_title(svg, palette, &r, r.title_y - up);
    if (!r.beside) put_model(svg, palette, &r.model, r.model_y - up);
    if (figure->text) put_input(svg, palette, &r.text, r.text_y - up);
    if (figure->pair) put_input(svg, palette, &r.pair, r.pair_y - up);
}

double gaze_readout_rise(const gaze_buffer *text, double width) {
    paragraph p = readout_of(text, width);
    return rise_of(&p, LINE_STEP);
}

void gaze_readout_draw(gaze_svg *svg, const gaze_palette *palette, const gaze_buffer *text, double y, double width) {
    paragraph p = readout_of(text, width);
    if (!text->length) return;
    y -= rise_of(&p, LINE_STEP);
    begin_text(svg, y, GAZE_TEXT_FONT);
    gaze_svg_string(svg, "font-weight", "600");
    gaze_page_ink(svg, palette);
    put_whole_if_cut(svg, &p);
    put_lines(svg, &p, y, LINE_STEP);
    gaze_svg_end(svg);
}
