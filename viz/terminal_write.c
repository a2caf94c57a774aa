#include "viz/terminal_write.h"

#include <string.h>

#include "core/base/utf8.h"
#include "viz/sign.h"
#include "viz/text.h"

enum { DEFAULT_COLUMNS = 80, LEAST_COLUMNS = 40, MAX_STACK = 4 };
enum { WINDOW = 256 }; /* bytes that are looked at for one cluster, and at the end of a text that is cut */

static const unsigned long NO_COLOR = ~0UL;

gaze_tty gaze_tty_writer(gaze_buffer *out, const gaze_terminal *terminal) {
    size_t columns = terminal->columns ? terminal->columns : DEFAULT_COLUMNS;
    return (gaze_tty){.out = out,
                      .colors = terminal->colors,
                      .columns = columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns,
                      .ink = NO_COLOR,
                      .ground = NO_COLOR};
}

/* Text ----------------------------------------------------------------------------------------------- */

size_t gaze_tty_width(const char *text, size_t length) {
    size_t width = 0;
    for (size_t at = 0, columns; at < length; width += columns)
        at += gaze_text_terminal_cluster(text + at, length - at, &columns);
    return width;
}

/* One cluster, what may not be shown replaced, of a tower of accents the first four. */
static void put_cluster(gaze_tty *tty, const char *text, size_t length) {
    size_t written = 0, at = 0;
    uint32_t c;
    for (; at < length && written <= MAX_STACK; written++) at += gaze_utf8_decode(text + at, length - at, &c, NULL);
    gaze_sign_put(tty->out, text, at);
    if (written > 1 || gaze_text_is_rtl(text, length)) tty->uncertain = true;
}

/* Clusters from the front, at most `columns` wide; returns the bytes. */
static size_t put_front(gaze_tty *tty, const char *text, size_t length, size_t columns) {
    size_t at = 0, width;
    while (at < length) {
        size_t left = length - at;
        size_t n = gaze_text_terminal_cluster(text + at, left < WINDOW ? left : WINDOW, &width);
        if (width > columns) break;
        if (width > 0 || at == 0) put_cluster(tty, text + at, n); /* else more of a tower of accents */
        tty->column += width;
        columns -= width;
        at += n;
    }
    return at;
}

/* Where the last clusters that fit begin. */
static size_t find_back(const char *text, size_t length, size_t start, size_t columns) {
    if (length > WINDOW && length - WINDOW > start) start = length - WINDOW;
    while (start < length && ((unsigned char)text[start] & 0xC0) == 0x80) start++;
    while (start < length && gaze_tty_width(text + start, length - start) > columns) {
        size_t width;
        start += gaze_text_terminal_cluster(text + start, length - start, &width);
    }
    return start;
}

/* The first and the last clusters with an ellipsis between them. */
static void put_cut(gaze_tty *tty, const char *text, size_t length, size_t columns) {
    size_t half = (columns - 1) / 2, head = put_front(tty, text, length, columns - 1 - half);
    gaze_buffer_puts(tty->out, "…");
    tty->column++;
    size_t tail = find_back(text, length, head, half);
    put_front(tty, text + tail, length - tail, half);
}

void gaze_tty_text(gaze_tty *tty, const char *text, size_t length, size_t columns) {
    enum { LONGEST = 4096 };                                  /* no line holds more */
    static const char left_to_right_mark[] = "\xE2\x80\x8E"; /* U+200E keeps what stands around where it is */
    if (columns == 0) return;
    bool fits = length <= LONGEST && gaze_tty_width(text, length) <= columns, rtl = gaze_text_is_rtl(text, length);
    if (rtl) gaze_buffer_puts(tty->out, left_to_right_mark);
    if (fits)
        put_front(tty, text, length, columns);
    else
        put_cut(tty, text, length, columns);
    if (rtl) gaze_buffer_puts(tty->out, left_to_right_mark);
}

void gaze_tty_puts(gaze_tty *tty, const char *text) {
    size_t length = strlen(text);
    put_front(tty, text, length, SIZE_MAX);
}

void gaze_tty_fill(gaze_tty *tty, const char *sign, size_t times) {
    tty->column += times;
    while (times-- > 0) gaze_buffer_puts(tty->out, sign);
}

void gaze_tty_goto(gaze_tty *tty, size_t column) {
    if (column > tty->column) gaze_tty_fill(tty, " ", column - tty->column);
    if (tty->uncertain && tty->colors != GAZE_TERMINAL_PLAIN) gaze_buffer_printf(tty->out, "\033[%zuG", column + 1);
    tty->uncertain = false;
}

/* Blanks at the end of a line mean nothing where there are no colours. */
static void trim(gaze_buffer *out) {
    while (out->length > 0 && out->data[out->length - 1] == ' ') out->length--;
}

void gaze_tty_newline(gaze_tty *tty) {
    gaze_tty_reset(tty);
    if (tty->colors == GAZE_TERMINAL_PLAIN) trim(tty->out);
    gaze_buffer_putc(tty->out, '\n');
    tty->column = 0;
    tty->uncertain = false;
}

/* Bytes of the text that one line takes: up to the last blank, or between two wide characters. */
static size_t line_length(const char *text, size_t length, size_t columns) {
    size_t at = 0, good = 0, used = 0;
    while (at < length) {
        size_t width, n = gaze_text_terminal_cluster(text + at, length - at, &width);
        if (used + width > columns && text[at] != ' ') return good ? good : at ? at : n;
        used += width;
        at += n;
        if (text[at - 1] == ' ' || width == 2) good = at;
    }
    return length;
}

void gaze_tty_paragraph(gaze_tty *tty, const char *text, size_t length) {
    for (size_t at = 0, n; at < length; at += n) {
        n = line_length(text + at, length - at, tty->columns);
        size_t shown = n;
        while (shown > 0 && text[at + shown - 1] == ' ') shown--;
        gaze_tty_text(tty, text + at, shown, tty->columns);
        if (at + n < length) {
            gaze_buffer_putc(tty->out, '\n');
            tty->column = 0;
        }
    }
    gaze_tty_newline(tty);
}

/* Colours -------------------------------------------------------------------------------------------- */

/* Levels of a side of xterm's colour cube: 0, 95, 135, ..., 255. */
static int cube_level(unsigned i) {
    return i ? 55 + 40 * (int)i : 0;
}

static unsigned nearest_cube(uint8_t x) {
    unsigned best = 0;
    for (unsigned i = 1; i < 6; i++) {
        int old = x - cube_level(best), new = x - cube_level(i);
        if (new *new < old * old) best = i;
    }
    return best;
}

static int squared_distance(gaze_rgb a, int r, int g, int b) {
    int dr = a.r - r, dg = a.g - g, db = a.b - b;
    return dr * dr + dg * dg + db * db;
}

unsigned gaze_tty_nearest_of_256(gaze_rgb color) {
    unsigned r = nearest_cube(color.r), g = nearest_cube(color.g), b = nearest_cube(color.b), grey = 0;
    int least = squared_distance(color, cube_level(r), cube_level(g), cube_level(b)), least_grey = 3 * 256 * 256;
    for (unsigned i = 0; i < 24; i++) {
        int level = 8 + 10 * (int)i, d = squared_distance(color, level, level, level);
        if (d >= least_grey) continue;
        least_grey = d;
        grey = i;
    }
    return least_grey < least ? 232 + grey : 16 + 36 * r + 6 * g + b;
}

/* CSI 38 (ink) or 48 (ground) ; 5 ; number, or ; 2 ; red ; green ; blue m */
static void put_color(gaze_tty *tty, unsigned long *now, unsigned target, gaze_rgb color) {
    if (tty->colors == GAZE_TERMINAL_PLAIN) return;
    bool true_color = tty->colors == GAZE_TERMINAL_TRUE;
    unsigned long code = true_color ? (unsigned long)color.r << 16 | (unsigned long)color.g << 8 | color.b
                                    : gaze_tty_nearest_of_256(color);
    if (code == *now) return;
    *now = code;
    if (true_color)
        gaze_buffer_printf(tty->out, "\033[%u;2;%d;%d;%dm", target, color.r, color.g, color.b);
    else
        gaze_buffer_printf(tty->out, "\033[%u;5;%lum", target, code);
}

void gaze_tty_ink(gaze_tty *tty, gaze_rgb color) {
    put_color(tty, &tty->ink, 38, color);
}

void gaze_tty_ground(gaze_tty *tty, gaze_rgb color) {
    put_color(tty, &tty->ground, 48, color);
}

void gaze_tty_style_set(gaze_tty *tty, gaze_tty_style style) {
    if (tty->colors == GAZE_TERMINAL_PLAIN) return;
    gaze_tty_reset(tty);
    if (style == GAZE_TTY_NORMAL) return;
    gaze_buffer_puts(tty->out, style == GAZE_TTY_BOLD ? "\033[1m" : "\033[2m");
    tty->ink = NO_COLOR - 1; /* something is to be reset */
}

void gaze_tty_reset(gaze_tty *tty) {
    if (tty->ink == NO_COLOR && tty->ground == NO_COLOR) return;
    gaze_buffer_puts(tty->out, "\033[0m");
    tty->ink = tty->ground = NO_COLOR;
}
