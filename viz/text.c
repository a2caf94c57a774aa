/* Widths, clusters and cuts. */
#include "viz/text.h"

#include "core/base/utf8.h"
#include "viz/width_table.h"

#define WINDOW    256 /* bytes that are looked at on each side of a cut */
#define MAX_STACK 4

static const double ELLIPSIS_EM = 0.8, EMOJI_EM = 1.25, OTHER_EM = 0.62;

static const char ISOLATE[] = "\xE2\x81\xA8", POP_ISOLATE[] = "\xE2\x81\xA9", DOTS[] = "\xE2\x80\xA6";

enum { ZWJ = 0x200D, EMOJI_STYLE = 0xFE0F, FIRST_FLAG = 0x1F1E6, LAST_FLAG = 0x1F1FF };

/* Hundredths of an em, U+0020 to U+007E: about what Helvetica, Arial and Noto Sans have. */
static const unsigned char ascii_width[] = {
    28, 28, 40, 63, 57, 85, 73, 22, 32, 32, 48, 58, 28, 34, 28, 35, 57, 57, 57, 57, 57, 57, 57, 57,
    57, 57, 28, 28, 58, 58, 58, 50, 95, 66, 66, 68, 73, 62, 58, 75, 74, 30, 38, 64, 54, 88, 75, 78,
    63, 78, 65, 63, 58, 73, 63, 94, 62, 60, 59, 32, 34, 32, 52, 50, 32, 57, 61, 52, 61, 57, 33, 61,
    61, 26, 26, 53, 26, 92, 61, 60, 61, 61, 41, 49, 36, 61, 52, 78, 52, 52, 49, 36, 28, 36, 58};

static gaze_width_class width_class(uint32_t c) {
    size_t low = 0, high = gaze_width_table_size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gaze_width_table[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == gaze_width_table_size || c < gaze_width_table[low].first) return GAZE_WIDTH_ORDINARY;
    return gaze_width_table[low].width;
}

static double code_point_em(uint32_t c, gaze_width_class class) {
    if (c >= 0x20 && c <= 0x7E) return ascii_width[c - 0x20] / 100.0;
    switch (class) {
    case GAZE_WIDTH_ZERO: return 0;
    case GAZE_WIDTH_WIDE: return 1;
    case GAZE_WIDTH_EMOJI: return EMOJI_EM;
    case GAZE_WIDTH_MARK:
    case GAZE_WIDTH_ORDINARY: break;
    }
    return OTHER_EM;
}

static bool joins_left(gaze_width_class class) {
    return class == GAZE_WIDTH_ZERO || class == GAZE_WIDTH_MARK;
}

static bool is_flag_letter(uint32_t c) {
    return c >= FIRST_FLAG && c <= LAST_FLAG;
}

/* A simple form of Unicode's rules (UAX 29): marks and joiners join to the left, whatever follows a
 * zero-width joiner joins, and flags are pairs of letters. */
size_t gaze_text_cluster(const char *text, size_t length, double *em) {
    uint32_t c;
    size_t at = gaze_utf8_decode(text, length, &c, NULL);
    bool flag = is_flag_letter(c);
    *em = flag ? EMOJI_EM / 2 : code_point_em(c, width_class(c));
    while (at < length) {
        uint32_t next;
        size_t n = gaze_utf8_decode(text + at, length - at, &next, NULL);
        gaze_width_class class = width_class(next);
        bool pair = flag && is_flag_letter(next);
        if (!joins_left(class) && c != ZWJ && !pair) break;
        if (class == GAZE_WIDTH_MARK) *em += OTHER_EM / 2;
        if (next == EMOJI_STYLE || pair) *em = EMOJI_EM;
        flag = false;
        c = next;
        at += n;
    }
    return at;
}

/* A letter is narrower than one em; Han, Kana, Hangul and emoji are not, and take two columns. */
size_t gaze_text_terminal_cluster(const char *text, size_t length, size_t *columns) {
    double em;
    size_t n = gaze_text_cluster(text, length, &em);
    *columns = em >= 1 ? 2 : em > 0;
    return n;
}

double gaze_text_width(const char *text, size_t length) {
    double sum = 0, em;
    for (size_t i = 0; i < length; sum += em) i += gaze_text_cluster(text + i, length - i, &em);
    return sum;
}

/* The clusters from the front that fit into max_em. */
static size_t fit_front(const char *text, size_t length, double max_em, double *used) {
    size_t at = 0;
    *used = 0;
    while (at < length) {
        double em;
        size_t n = gaze_text_cluster(text + at, length - at, &em);
        if (*used + em > max_em) break;
        *used += em;
        at += n;
    }
    return at;
}

/* Drops clusters at the front until the rest fits; returns how many bytes go. */
static size_t drop_front(const char *text, size_t length, double max_em, double *left) {
    size_t at = 0;
    *left = gaze_text_width(text, length);
    while (at < length && max_em < *left) {
        double em;
        at += gaze_text_cluster(text + at, length - at, &em);
        *left -= em;
    }
    return at;
}

/* Moves back to where a code point begins; ill-formed bytes are not followed further than 3. */
static size_t align(const char *text, size_t at) {
    for (int step = 0; step < 3 && at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80; step++) at--;
    return at;
}

/* Bytes at the front that belong to a cluster which began before. */
static size_t orphans(const char *text, size_t length) {
    size_t at = 0;
    while (at < length) {
        uint32_t c;
        size_t n = gaze_utf8_decode(text + at, length - at, &c, NULL);
        if (!joins_left(width_class(c))) break;
        at += n;
    }
    return at;
}

/* The clusters at the back that fit into max_em, none of which begins before `start`. */
static size_t fit_back(const char *text, size_t length, size_t start, double max_em, double *used) {
    if (length > WINDOW && length - WINDOW > start) {
        start = align(text, length - WINDOW);
        start += orphans(text + start, length - start);
    }
    return length - start - drop_front(text + start, length - start, max_em, used);
}

gaze_text_cut gaze_text_fit(const char *text, size_t length, double max_em) {
    if (length <= 2 * WINDOW) {
        double em = gaze_text_width(text, length);
        if (em <= max_em) return (gaze_text_cut){.head = length, .em = em};
    }
    double half = (max_em - ELLIPSIS_EM) / 2, front, back;
    size_t window = length > WINDOW ? align(text, WINDOW) : length;
    size_t head = fit_front(text, window, half, &front);
    size_t tail = fit_back(text, length, head, half, &back);
    return (gaze_text_cut){.head = head, .tail = tail, .cut = true, .em = front + ELLIPSIS_EM + back};
}

/* Punctuation that may not begin a line. */
static bool closes(const char *text, size_t length) {
    uint32_t c;
    gaze_utf8_decode(text, length, &c, NULL);
    return c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF09 ||
           c == 0x201D;
}

size_t gaze_text_break(const char *text, size_t length, double max_em) {
    size_t at = 0, good = 0;
    double used = 0, em;
    while (at < length) {
        size_t n = gaze_text_cluster(text + at, length - at, &em);
        bool wide = gaze_text_is_wide(text + at, n);
        if (wide && !closes(text + at, n)) good = at;
        used += em;
        if (used > max_em && text[at] != ' ') break;
        at += n;
        bool next_closes = at < length && closes(text + at, length - at);
        if ((wide && !next_closes) || text[at - 1] == ' ') good = at;
    }
    if (at == length) return length;
    if (good > 0) return good;
    return at > 0 ? at : gaze_text_cluster(text, length, &em);
}

bool gaze_text_is_wide(const char *text, size_t length) {
    if (length == 0) return false;
    uint32_t c;
    double em;
    gaze_utf8_decode(text, length, &c, NULL);
    gaze_text_cluster(text, length < WINDOW ? length : WINDOW, &em);
    return width_class(c) == GAZE_WIDTH_WIDE || em == EMOJI_EM;
}

static bool is_rtl(uint32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

bool gaze_text_is_rtl(const char *text, size_t length) {
    if (length > 2 * WINDOW) length = 2 * WINDOW;
    for (size_t i = 0; i < length;) {
        uint32_t c;
        i += gaze_utf8_decode(text + i, length - i, &c, NULL);
        if (is_rtl(c)) return true;
    }
    return false;
}

/* Signs without width that make one emoji of several code points; all others stack above or below. */
static bool is_glue(uint32_t c) {
    return c == ZWJ || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF) || c >= 0xE0000;
}

/* The text with at most MAX_STACK marks on one letter: a tower of them would reach into other rows. */
static void write_part(gaze_svg *svg, const char *text, size_t length) {
    size_t from = 0, stack = 0;
    for (size_t i = 0, n; i < length; i += n) {
        uint32_t c;
        n = gaze_utf8_decode(text + i, length - i, &c, NULL);
        bool zero = width_class(c) == GAZE_WIDTH_ZERO;
        if (!zero)
            stack = 0;
        else if (!is_glue(c) && ++stack > MAX_STACK) {
            gaze_svg_text(svg, text + from, i - from);
            from = i + n;
        }
    }
    gaze_svg_text(svg, text + from, length - from);
}

void gaze_text_write(gaze_svg *svg, const char *text, size_t length, double max_em) {
    gaze_text_cut cut = gaze_text_fit(text, length, max_em);
    const char *tail = text + (length - cut.tail);
    bool isolate = gaze_text_is_rtl(text, cut.head) || gaze_text_is_rtl(tail, cut.tail);
    if (isolate) gaze_svg_raw(svg, ISOLATE);
    write_part(svg, text, cut.head);
    if (cut.cut) gaze_svg_puts(svg, DOTS);
    write_part(svg, tail, cut.tail);
    if (isolate) gaze_svg_raw(svg, POP_ISOLATE);
}

void gaze_text_write_all(gaze_svg *svg, const char *text, size_t length) {
    static const double piece_em = 100;
    for (size_t at = 0, n; at < length; at += n) {
        n = gaze_text_break(text + at, length - at, piece_em);
        gaze_text_write(svg, text + at, n, piece_em + 1);
    }
}
