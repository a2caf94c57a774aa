/* Tokens as a table for people: one row a token.
 *
 *           token        id         text   word  type
 *        0  [CLS]         1            -      -     0  special
 *        1  un            9          0-2      0     0
 *        2  ##want        6          2-6      0     0
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tools/pipeline/tokenize_lines.h"
#include "viz/text.h"

#define WIDEST 32 /* columns of a terminal for a token; longer ones push their row to the right */

/* Controls, which would steer the terminal, and the signs that turn the direction of what follows them (UAX 9). */
static bool is_unruly(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Appends the token, unruly characters as \x0A or \u202E, and returns the columns it takes. */
static int put_token(gaze_buffer *out, const char *string, size_t length) {
    int columns = 0;
    for (size_t at = 0; at < length;) {
        uint32_t c;
        size_t width, taken = gaze_utf8_decode(string + at, length - at, &c, NULL);
        if (is_unruly(c)) {
            gaze_buffer_printf(out, c < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)c);
            columns += c < 0x100 ? 4 : 6;
        } else {
            gaze_buffer_append(out, string + at, taken);
            gaze_text_terminal_cluster(string + at, taken, &width);
            columns += (int)width;
        }
        at += taken;
    }
    return columns;
}

/* Columns of the widest token, up to WIDEST; at least those of the heading. */
static int token_column(const gaze_tokens *tokens) {
    int widest = (int)strlen("token");
    gaze_buffer scratch = {0};
    for (size_t i = 0; i < tokens->count; i++) {
        gaze_buffer_clear(&scratch);
        int columns = put_token(&scratch, tokens->strings[i], tokens->string_lengths[i]);
        if (columns > widest) widest = columns;
    }
    gaze_buffer_deinit(&scratch);
    return widest < WIDEST ? widest : WIDEST;
}

/* "12" or "-" when there is none. */
static const char *number_or_dash(char out[16], int32_t number, int32_t none) {
    snprintf(out, 16, number == none ? "-" : "%d", (int)number);
    return out;
}

static void put_row(gaze_buffer *out, const gaze_tokens *t, size_t i, int width) {
    char word[16], span[48] = "-";
    const bool of_text = t->sequence_ids[i] != GAZE_NO_SEQUENCE || t->word_ids[i] != GAZE_NO_WORD;
    if (of_text) snprintf(span, sizeof span, "%zu-%zu", t->chars[i].start, t->chars[i].end);
    gaze_buffer_printf(out, "%4zu  ", i);
    int columns = put_token(out, t->strings[i], t->string_lengths[i]);
    gaze_buffer_printf(out, "%*s  %7d  %11s  %5s  %4d%s\n", columns < width ? width - columns : 0, "",
                       (int)t->ids[i], span, number_or_dash(word, t->word_ids[i], GAZE_NO_WORD),
                       (int)t->type_ids[i],
                       !t->attention[i] ? "  padding"
                       : t->special[i]  ? "  special"
                                        : "");
}

void gaze_tokens_put_table(gaze_buffer *out, const gaze_tokens *tokens) {
    int width = token_column(tokens);
    gaze_buffer_printf(out, "      %-*s  %7s  %11s  %5s  %4s\n", width, "token", "id", "text", "word",
                       "type");
    for (size_t i = 0; i < tokens->count; i++) put_row(out, tokens, i, width);
    for (size_t i = 0; i < tokens->overflow_count; i++) {
        gaze_buffer_printf(out, "\ncut off, window %zu of %zu\n", i + 1, tokens->overflow_count);
        gaze_tokens_put_table(out, &tokens->overflow[i]);
    }
}
