/* Text on the page: how wide it is, where it may be cut, how it is written.
 *
 * Widths are estimates in em, the size of the font: the reader's fonts are not known here. Text is cut
 * between grapheme clusters only (a letter with its accents, an emoji with its parts), never inside one.
 * Whatever its length, only the first and last 256 bytes of a text are looked at once it must be cut.
 */
#ifndef GAZE_VIZ_TEXT_H
#define GAZE_VIZ_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/svg.h"

/* Bytes of the cluster that begins at text[0]; length > 0. *em is its width. */
size_t gaze_text_cluster(const char *text, size_t length, double *em);

/* The same for a terminal: *columns is 0, 1 or 2. */
size_t gaze_text_terminal_cluster(const char *text, size_t length, size_t *columns);

/* Width of all of the text. */
double gaze_text_width(const char *text, size_t length);

/* A text that must fit: its first `head` bytes, then, if `cut`, an ellipsis and its last `tail` bytes. */
typedef struct gaze_text_cut {
    size_t head;
    size_t tail;
    bool cut;
    double em; /* width of what is shown, the ellipsis included; at most what was asked for */
} gaze_text_cut;

/* How to show the text in `max_em` (at least 2). Texts of more than 512 bytes are always cut. */
gaze_text_cut gaze_text_fit(const char *text, size_t length, double max_em);

/* Bytes of the longest beginning that fits a line of max_em: up to the last space or between two wide
 * characters; at least one cluster. */
size_t gaze_text_break(const char *text, size_t length, double max_em);

/* Whether the text begins with a wide character (Han, Kana, Hangul, emoji), which stands upright. */
bool gaze_text_is_wide(const char *text, size_t length);

/* Whether the text (its first 512 bytes) holds a letter that is written from right to left. */
bool gaze_text_is_rtl(const char *text, size_t length);

/* Writes the text into the open element, cut to max_em. Text that runs from right to left is isolated
 * (U+2068 ... U+2069), so that it moves nothing around it. A letter keeps its first 4 accents. */
void gaze_text_write(gaze_svg *svg, const char *text, size_t length, double max_em);
/* The same, of any length and never cut: all of it is looked at. */
void gaze_text_write_all(gaze_svg *svg, const char *text, size_t length);

#endif
