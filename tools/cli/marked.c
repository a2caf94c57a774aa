#include "tools/cli/marked.h"

#include <stdint.h>

#include "tools/cli/columns.h"

static void put_piece(gaze_buffer *out, const char *text, size_t start, size_t end) {
    cli_put_text(out, text + start, end - start, SIZE_MAX);
}

static void put_mark(gaze_buffer *out, const char *text, const cli_mark *mark, bool color) {
    gaze_buffer_puts(out, color ? "\033[1;7m" : "[");
    put_piece(out, text, mark->bytes.start, mark->bytes.end);
    if (color) gaze_buffer_puts(out, "\033[0m");
    if (mark->tag) gaze_buffer_printf(out, color ? "\033[2m %s\033[0m" : " %s", mark->tag);
    if (!color) gaze_buffer_putc(out, ']');
}

void cli_put_marked(gaze_buffer *out, const char *text, gaze_span range, const cli_mark *marks, size_t count,
                    bool color) {
    size_t at = range.start;
    for (size_t i = 0; i < count; i++) {
        const gaze_span bytes = marks[i].bytes;
        if (bytes.start < at || bytes.end <= bytes.start || bytes.end > range.end) continue;
        put_piece(out, text, at, bytes.start);
        put_mark(out, text, &marks[i], color);
        at = bytes.end;
    }
    put_piece(out, text, at, range.end);
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

/* Whether a code point begins here: a byte that continues one is 10xxxxxx. */
static bool begins_one(char c) {
    return ((unsigned char)c & 0xC0) != 0x80;
}

gaze_span cli_excerpt(const char *text, size_t length, gaze_span span, size_t around) {
    gaze_span range = {span.start > around ? span.start - around : 0,
                       length - span.end > around ? span.end + around : length};
    while (range.start > 0 && range.start < span.start && !is_space(text[range.start - 1])) range.start++;
    while (range.end < length && range.end > span.end && !is_space(text[range.end])) range.end--;
    while (range.start > 0 && !begins_one(text[range.start])) range.start--;
    while (range.end < length && !begins_one(text[range.end])) range.end++;
    return range;
}
